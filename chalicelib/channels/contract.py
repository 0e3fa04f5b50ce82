"""What every channel must offer. To add a channel: one folder, one registry line, a corpus.

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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, runtime_checkable

from chalicelib.channels.http import Http
from chalicelib.domain.account import Use
from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.message import Parsed
from chalicelib.domain.template import FilledTemplate, Template


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRules:
    """Which files an answer may carry.

    ``largest`` is in bytes by MIME type (what is not named is not taken), ``most`` is how many at
    once, and ``longest_caption`` bounds the text that goes with them, measured as any other text.
    """

    largest: Mapping[str, int]
    longest_caption: int
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRules:
    """Buttons below an answer: how many, how long each (``measure``), and how long the text."""

    most: int
    longest_choice: int
    longest_text: int
    measure: Callable[[str], int] = len


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is known before sending.

    ``longest_text`` in characters as the platform counts them (``measure``); ``window`` after the
    citizen's last message, None when there is none; ``idempotent`` when a second send with the
    same ``reply_id`` is harmless. ``public`` when an answer can be read by everybody. ``quotes``
    when an answer names the message that it answers. ``only_if_addressed`` when the platform lets
    us answer those only who wrote to us, not whom we merely found.
    ``one_conversation_per`` says what belongs together: everything of one author; in public, that
    author's part of one thread; or, where anybody can claim to be anybody (a web form), each
    message by itself. ``private`` holds what differs for private messages on a public channel.
    ``most_parts`` is in how many messages one long answer may go out (``splitting.py``), each
    ``between_parts`` after the one before; with ``chains`` each answers the one before: a thread.
    ``on_our_page`` when the citizen reads answers on a page of ours, which is told of each.
    ``files`` is None where an answer carries none, ``uploads`` where citizens bring none to a page
    of ours before their message; ``choices`` where it has no buttons;
    ``buttons_wait`` when a pressed one waits until it is marked as read. ``keeps`` is how long the
    platform keeps what it could not deliver, and then delivers; None where that is lost to us.
    ``by_hand`` is how long after the citizen's last message a person may still answer this one
    citizen, beyond ``window``. ``privately`` is how long the writer of something public can be
    answered in private, once; None where they cannot. ``posts`` when we can publish a post there.
    """

    longest_text: int
    measure: Callable[[str], int] = len
    window: timedelta | None = None
    by_hand: timedelta | None = None
    privately: timedelta | None = None
    posts: bool = False
    idempotent: bool = False
    public: bool = False
    quotes: bool = False
    only_if_addressed: bool = False
    keeps: timedelta | None = None
    on_our_page: bool = False
    one_conversation_per: Literal["author", "author_and_root", "message"] = "author"
    most_parts: int = 1
    between_parts: timedelta = timedelta()
    chains: bool = False
    private: "Rules | None" = None
    files: FileRules | None = None
    uploads: FileRules | None = None
    choices: ChoiceRules | None = None
    buttons_wait: bool = False

    @property
    def longest_window(self) -> timedelta | None:
        """Until when a person may answer one citizen by hand; None where that never ends."""
        return self.by_hand or self.window

    def within(self, thread: str | None) -> "Rules":
        """The rules for a conversation in this public thread, or in private when it has none."""
        return self if thread or self.private is None else self.private


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
