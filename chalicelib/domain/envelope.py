"""The raw bytes of one delivery by a platform, and what became of them."""

from dataclasses import dataclass, field
from typing import Literal

from chalicelib.domain.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """As received. ``accepted, duplicates, ignored, statuses`` count its elements once parsed.

    ``request`` is what was asked where we read a page ourselves; ``listened`` when it is what we
    heard about places and topics, and not what was written to us; ``search`` is then the id of
    the search that found it, where one did.
    """

    channel: str
    account: str
    received_at: Moment
    digest: str
    transport: str = "webhook_post"
    request: str = ""
    listened: bool = False
    search: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    state: Literal["kept", "parsed", "unreadable"] = "kept"
    accepted: int = 0
    duplicates: int = 0
    ignored: int = 0
    statuses: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What came in, what became of it, what is owed. ``owed`` counts work not finished yet."""

    received: int = 0
    parsed: int = 0
    accepted: int = 0
    ignored: int = 0
    unreadable: int = 0
    duplicates: int = 0

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(
            received=self.received + other.received,
            parsed=self.parsed + other.parsed,
            accepted=self.accepted + other.accepted,
            ignored=self.ignored + other.ignored,
            unreadable=self.unreadable + other.unreadable,
            duplicates=self.duplicates + other.duplicates,
        )
