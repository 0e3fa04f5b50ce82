"""What every channel must offer. To add a channel: one folder, one registry line, a corpus.

What it may offer besides is in ``offers.py``, what it allows in ``limits.py``.

The same files in each folder, so that a reader guesses right:

    channel.py   the class that the registry names; verifies what comes in and glues the rest
    parse.py     PURE: the platform's bytes to messages, receipts and what is ignored
    rules.py     lengths, windows and other limits that are known before sending
    send.py      what goes out: the platform's requests; not where a page of ours shows it
    errors.py    only where somebody else can refuse: their refusals, mapped to our tree, in words
    poll.py      only where the platform is read by us: its pages, and where to read on
    probe.py     only where the platform can be asked: does our access work, does it deliver to us
    media.py     only where citizens send files: how a file is fetched, and how ours is uploaded
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.channels.http import Http
from chalicelib.channels.limits import Rules
from chalicelib.domain.media import MediaKind
from chalicelib.domain.message import Parsed
from chalicelib.domain.template import FilledTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """One HTTP request of a platform, untouched. Header names are lower case."""

    method: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """What a parser gets: the bytes as received and when. Polled pages add their request.

    ``objects`` are the files that these bytes point at, by address (``Collects``).
    """

    body: bytes
    received_at: datetime
    transport: str = "webhook_post"
    headers: Mapping[str, str] = field(default_factory=dict)
    request: Mapping[str, Any] = field(default_factory=dict)
    response_status: int = 200
    objects: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """An account's secrets: the current and, during a rotation, the previous ones.

    Shown nowhere: neither in logs nor in its representation.
    """

    current: Mapping[str, str] = field(repr=False)
    previous: Mapping[str, str] = field(default_factory=dict, repr=False)

    def all(self, name: str) -> tuple[str, ...]:
        """Every non-empty value of this secret, the current first."""
        return tuple(v for v in (self.current.get(name), self.previous.get(name)) if v)

    def before_rotation(self) -> "Secrets | None":
        """The secrets as they were before the rotation; None when nothing was rotated."""
        earlier = {**self.current, **self.previous}
        return None if earlier == dict(self.current) else Secrets(current=earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettings:
    """Our own identity on a platform, as a parser or sender needs it.

    ``settings`` are the platform's own, such as ``api_version``; never secrets.
    """

    account: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def seconds(self, name: str, otherwise: timedelta) -> timedelta:
        """The setting as a time span; a setting that is no number counts as not set."""
        said = self.settings.get(name, "")
        return timedelta(seconds=int(said)) if said.isascii() and said.isdigit() else otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file of ours that goes along; ``mime`` is what its bytes are, not what somebody claims."""

    kind: MediaKind
    name: str
    mime: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One answer on its way. ``to`` is the citizen's handle (``Message.author_id``).

    ``reply_id`` is our own id of the reply; platforms that can echo or deduplicate it get it.
    ``in_reply_to`` is the citizen's newest message, where the channel's rules say ``quotes``;
    ``thread`` is the public thread that the answer goes into, None when it is private.
    ``files`` is empty unless the channel's rules have ``files``; ``text`` may be empty with one.
    ``answer_with`` is what the citizen's newest message said that an answer must repeat.
    ``privately`` answers something public (``in_reply_to``, in ``thread``) so that only its writer
    reads it. ``after_window``: the usual window has ended and a person wrote this for this citizen
    alone, which is what ``Rules.by_hand`` allows. Never set for an answer to many.
    ``choices`` are buttons below the text, where the rules have ``choices``. With a ``template``
    that is sent, and ``text`` is only how it reads. ``post``: a post of our own, for everybody
    and to nobody, where the rules have ``posts``; a further part of one names the part before it.
    """

    reply_id: str
    to: str
    text: str
    in_reply_to: str | None = None
    thread: str | None = None
    files: tuple[OutgoingFile, ...] = ()
    answer_with: str | None = None
    privately: bool = False
    after_window: bool = False
    choices: tuple[str, ...] = ()
    template: FilledTemplate | None = None
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The platform accepted it; ``external_id`` is their id, which receipts will name."""

    external_id: str


class Channel(Protocol):
    """One platform. Stateless: accounts, secrets and HTTP are handed in."""

    name: str
    rules: Rules

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str | dict[str, str]:
        """Answer the platform's GET check of our address: a text as text, an object as JSON.

        Raises ``BadSignature``.
        """
        ...

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Does the platform vouch for these exact bytes? Raises ``BadSignature``."""
        ...

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        """PURE. Everything in these bytes; a bad element never poisons its siblings.

        Raises ``BadPayload`` when the bytes as a whole cannot be read.
        """
        ...

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        """Hand one answer to the platform. Raises the ``ChannelError`` family."""
        ...

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Show the citizen that this message was seen, where the platform can."""
        ...
