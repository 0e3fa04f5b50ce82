"""What a channel may offer besides ``contract.Channel``: each a protocol that flows ask it for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from chalicelib.channels.contract import AccountSettings, Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.domain.account import Use
from chalicelib.domain.media import Media
from chalicelib.domain.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Something that is read page by page: our mentions, an inbox, a search.

    ``name`` is unique within the account, ``use`` is what the account must be approved for, and
    ``every`` is how often to look. A ``priced`` stream is read within the account's budget only.
    ``query`` is set for a line of a search in the register.
    """

    name: str
    use: Use
    every: timedelta
    priced: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledPage:
    """One page, untouched, and how to go on once it is safe.

    ``request`` is what was asked, without secrets; ``items`` how many elements the page holds
    (an empty page is not worth keeping). ``cursor`` is where to read on and ``more`` whether
    something waits there already. ``pause`` is the platform's own limit: come back no sooner.
    ``microeuros`` is what the page cost, at most: millionths of a euro.
    """

    body: bytes
    request: str
    items: int
    cursor: str
    more: bool = False
    pause: timedelta = timedelta()
    microeuros: int = 0


Gesture = Literal["seen", "typing", "no longer typing"]


@runtime_checkable
class Gestures(Protocol):
    """What a channel offers besides when it shows a citizen in private that somebody is there.

    For platforms that address the citizen and not the message; the others have ``mark_read``.
    """

    def gesture(
        self, what: Gesture, to: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Show it. A courtesy. Raises the ``ChannelError`` family."""
        ...


@runtime_checkable
class Polls(Protocol):
    """What a channel offers besides when its platform does not deliver but must be read."""

    def streams(self, settings: AccountSettings) -> tuple[Stream, ...]:
        """What there is to read for this account."""
        ...

    def fetch(
        self,
        stream: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        """One page, from where ``cursor`` says; from now on when there is none yet.

        Raises the ``ChannelError`` family; then nothing was taken and the cursor stays.
        """
        ...


@runtime_checkable
class Searches(Polls, Protocol):
    """What a channel offers besides when what is public on its platform can be searched.

    ``search_every`` is how often to look, ``search_priced`` whether each look costs money.
    """

    search_every: timedelta
    search_priced: bool

    def search(
        self,
        query: str,
        cursor: str | None,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        """One page of what holds all these words (phrases stand between quotation marks).

        As ``Polls.fetch``: newest or next from where ``cursor`` says. Raises likewise.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMedia:
    """A file's bytes, with what the platform says of them when it hands them over."""

    body: bytes = field(repr=False)
    mime: str | None = None


@runtime_checkable
class ReadsBack(Protocol):
    """What a channel offers besides when its platform delivers, and what it did not can be read."""

    def read_back(
        self,
        cursor: str | None,
        since: datetime,
        settings: AccountSettings,
        secrets: Secrets,
        http: Http,
    ) -> PolledPage:
        """A page of what was written since, with nothing older in it; ``cursor`` as in ``Polls``.

        Raises the ``ChannelError`` family.
        """
        ...


@runtime_checkable
class Collects(Protocol):
    """What a channel offers besides when its envelopes point at what they are about."""

    def collect(self, raw: Raw, http: Http) -> Mapping[str, bytes]:
        """The objects that these bytes point at, by address; what is not there is left out.

        Raises ``BadPayload``, or the ``ChannelError`` family when it is worth trying again.
        """
        ...


@runtime_checkable
class FetchesMedia(Protocol):
    """What a channel offers besides when citizens can send files that are to be fetched."""

    def fetch_media(
        self, media: Media, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> FetchedMedia:
        """The bytes of one file, with our own authentication where the platform asks for it.

        ``Http.download`` keeps to our size limit and to hosts that the channel names. Raises the
        ``ChannelError`` family, or ``TooLarge`` also when the platform says so.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a platform tells of our access. It answered, so our key is good.

    ``token_until`` is when the key ends, None when it does not say or does not end.
    ``subscribed``: it delivers to us; None where there is nothing to subscribe to. ``trouble`` is
    what it says went wrong with its deliveries, in Dutch. ``used_percent`` is of its quota.
    """

    token_until: datetime | None = None
    subscribed: bool | None = None
    trouble: str | None = None
    used_percent: int | None = None


@runtime_checkable
class Probes(Protocol):
    """What a channel offers besides when its platform can be asked whether our access works.

    What is read page by page needs none: each page is a probe.
    """

    def probe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Probed | None:
        """Ask; ``address`` is where the platform should deliver to. Changes nothing.

        None when this account has nothing to ask with. Raises the ``ChannelError`` family.
        """
        ...


@runtime_checkable
class Subscribes(Protocol):
    """What a channel offers besides when a lost subscription can be made again by us."""

    def subscribe(
        self, address: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Ask for deliveries to ``address``; twice is harmless.

        Raises the ``ChannelError`` family.
        """
        ...


@runtime_checkable
class Redelivers(Protocol):
    """What a channel offers besides when its platform delivers again what it could not."""

    def redeliver(
        self, address: str, since: datetime, until: datetime, secrets: Secrets, http: Http
    ) -> bool:
        """Ask for it; whether it will come. Raises the ``ChannelError`` family."""
        ...


@runtime_checkable
class Templates(Protocol):
    """What a channel offers besides when its platform approves texts beforehand."""

    def templates(
        self, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sequence[Template]:
        """All of this account, in every state. Raises the ``ChannelError`` family."""
        ...


TOKEN_UNTIL = "access_token_until"  # noqa: S105  the name of a secret
"""The secret beside the others that says when they end, as a moment; who renews them writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """New secrets in the place of old ones, by name, and until when they are good."""

    changed: Mapping[str, str] = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """How long before their end keys are renewed, and how long to wait when that was refused."""

    before: timedelta
    pause: timedelta


@runtime_checkable
class Renews(Protocol):
    """What a channel offers besides when its platform lends keys that end within hours or weeks."""

    renewal: Renewal

    def renews(self, settings: AccountSettings, secrets: Secrets) -> bool:
        """Whether these secrets are of the sort that ends."""
        ...

    def renew(self, settings: AccountSettings, secrets: Secrets, http: Http) -> Renewed:
        """Ask for the next ones. The old ones may end at once, so that nobody asks twice.

        Raises the ``ChannelError`` family; ``OutcomeUnknown`` only where the old ones may be gone.
        """
        ...


@runtime_checkable
class Canaries(Protocol):
    """What a channel offers besides when a second identity of ours can write to our account."""

    def send_canary(
        self, text: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Write this to ourselves, the way that citizens do. Raises the ``ChannelError`` family."""
        ...


@runtime_checkable
class Letters(Protocol):
    """What a channel offers besides when we can write to a colleague by it."""

    def write(
        self, to: str, subject: str, text: str, settings: AccountSettings, http: Http
    ) -> None:
        """One letter that answers nothing. Raises the ``ChannelError`` family."""
        ...
