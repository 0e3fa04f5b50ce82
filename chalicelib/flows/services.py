"""The parts a flow may ask for. ``wiring.py`` joins the real ones; tests and replay join others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from chalicelib.channels.contract import Channel, Secrets
from chalicelib.channels.http import Http
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.calendar import ROUND_THE_CLOCK, Calendar
from chalicelib.domain.card import Card, Receiver
from chalicelib.domain.media import Scan
from chalicelib.domain.message import Message
from chalicelib.domain.moments import Moment, moment
from chalicelib.domain.proposal import Article, Drafted
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.sample import Sizes
from chalicelib.errors import NotFound, ReceiverAway
from chalicelib.intake.engine import Assistant
from chalicelib.jobs.jobs import Jobs
from chalicelib.store.bucket import Bucket
from chalicelib.store.table import Table

Meaning = Callable[[str], Sequence[float]]
"""What a text means, as a vector of unit length. Raises ``EncoderAway``."""

SameEvent = Callable[[str, Sequence[Sequence[str]]], Sequence[float]]
"""How likely a text is about the event that each of these groups of texts tells of, as log-odds;
of a group the first text and then the latest ones. Raises ``EncoderAway``."""

Classify = Callable[[Message, Context], Assessment]


class SecretStore(Protocol):
    """Where the accounts' secrets are."""

    def of(self, channel: str, account: str) -> Secrets:
        """The secrets of an account. Raises ``Misconfigured`` when there are none."""
        ...


@runtime_checkable
class KeepsSecrets(SecretStore, Protocol):
    """A place of secrets that takes new ones too: for keys that platforms lend us."""

    def keep(self, channel: str, account: str, secrets: Mapping[str, str]) -> None:
        """From now on these are the current ones. Raises ``StoreUnavailable``."""
        ...


class Pager(Protocol):
    """Reaches a person who must act now."""

    def page(self, item: QueueItem) -> None:
        """Life at risk and nobody acted. Never holds what the citizen wrote."""
        ...

    def alarm(self, text: str) -> None:
        """Something of ours is broken: access lost, a rule that fails."""
        ...

    def warn(self, text: str) -> None:
        """Something ends soon: to be read in office hours, nobody is woken."""
        ...


class Hints(Protocol):
    """Tells open pages that a list changed; they then fetch. A lost hint does no harm."""

    def send(self, connection: str, text: str) -> bool:
        """Whether the connection was still there."""
        ...


class Scanner(Protocol):
    """Looks for malware in what lies in the bucket."""

    def scan(self, place: str) -> Scan:
        """What is known of the bytes under this key now. ``pending``: ask again in a moment."""
        ...


class Receivers(Protocol):
    """The way to police units and the operational centre."""

    def send(self, to: Receiver, card: Card, link: str) -> None:
        """Bring them a card; by the link they say that they have it. The same card may come twice.

        Raises ``ReceiverAway`` when it certainly or possibly did not arrive.
        """
        ...


class Translator(Protocol):
    """Says a text in another language; ``source`` and ``target`` are ISO 639-1."""

    def translate(self, text: str, source: str, target: str) -> str:
        """Raises ``TranslatorAway``."""
        ...


class Drafter(Protocol):
    """A language model that proposes an answer from articles."""

    def draft(self, question: str, articles: Sequence[Article]) -> Drafted:
        """Raises ``DrafterAway``."""
        ...


class NoReceivers:
    """No way was joined: a card stays owed, and the desk hears of it."""

    def send(self, to: Receiver, card: Card, link: str) -> None:
        del card, link
        raise ReceiverAway("no way to receivers was joined", receiver=to.id)


class NoScanner:
    """Nothing looks, and that is what it says."""

    def scan(self, place: str) -> Scan:
        del place
        return "not_scanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a flow needs from outside, handed in.

    ``public_url`` is where platforms reach us. Without ``assistant`` only people answer; without
    ``index``, the table that searches read, nobody searches; without ``translator`` nothing is
    translated, without ``drafter`` no language model writes.
    ``video`` is where the organisation's own service for video calls is; empty: there is none.
    ``practice``: a recorded evening comes in, nothing is real and nothing goes out.
    """

    table: Table
    bucket: Bucket
    jobs: Jobs
    channels: Mapping[str, Channel]
    secrets: SecretStore
    http: Http
    pager: Pager
    hints: Hints
    classify: Classify
    clock: Callable[[], datetime]
    sizes: Sizes = field(default_factory=Sizes)
    scanner: Scanner = field(default_factory=NoScanner)
    meaning: Meaning | None = None
    same_event: SameEvent | None = None
    index: Table | None = None
    receivers: Receivers = field(default_factory=NoReceivers)
    translator: Translator | None = None
    drafter: Drafter | None = None
    public_url: str = ""
    assistant: Assistant | None = None
    calendar: Calendar = ROUND_THE_CLOCK
    practice: bool = False
    video: str = ""

    def now(self) -> Moment:
        """The present moment, by the clock that was handed in."""
        return moment(self.clock())

    def channel(self, name: str) -> Channel:
        """The channel of this name. Raises ``NotFound``."""
        if name not in self.channels:
            raise NotFound(f"no such channel: {name}", channel=name)
        return self.channels[name]
