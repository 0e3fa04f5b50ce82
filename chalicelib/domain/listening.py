"""A search: what we listen for in public, why, on what ground, who approved it, until when.

    asked ──approved by enough others──▶ active ──its end, or somebody──▶ ended
      └────────────refused──▶ refused          (changed: asked again, as a new version)

Each line of ``query`` is a way of saying it; all words of a line must occur. Never about a person:
what may stand in a query is judged by ``detection/searching.py``.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, get_args

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed, StaleVersion

Purpose = Literal["order", "help", "event", "traffic", "misleading", "service"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

Ground = Literal["politiewet_3", "wpg_8", "avg_6e"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
"""What a search may rest on. None of these allows to follow a person."""

State = Literal["asked", "active", "refused", "ended"]

LONGEST = timedelta(days=92)
"""A search is looked at again each quarter of a year."""

MOST_LINES, LONGEST_LINE = 5, 100
STREAM = "search"
"""What the streams of searches are called: ``search-<id>-<line>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Somebody who approved it, never its author."""

    by: str
    name: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """``accounts`` are those of ours with whose access it is read (``x#555000111``).

    ``sensitive`` and ``doubted`` say why two must approve it; both are empty where one is enough.
    ``why_not`` is the reason of who refused it. ``number`` is the version; it grows with
    everything that happens to it.
    """

    id: str
    name: str
    query: str
    accounts: tuple[str, ...]
    purpose: Purpose
    ground: Ground
    because: str
    author: str
    author_name: str
    until: Moment
    state: State = "asked"
    sensitive: str = ""
    doubted: tuple[str, ...] = ()
    approvers: tuple[Approver, ...] = ()
    why_not: str = ""
    number: int = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The ways of saying it."""
        return tuple(line for line in self.query.splitlines() if line.strip())

    @property
    def approvers_needed(self) -> int:
        return 2 if self.sensitive or self.doubted else 1

    def runs(self, now: Moment) -> bool:
        """Whether it may be read at this moment."""
        return self.state == "active" and now < self.until

    def reads(self, channel: str, account: str) -> bool:
        """Whether it is read with the access of this account."""
        return f"{channel}#{account}" in self.accounts


What = Literal["asked", "changed", "approved", "refused", "ended", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened to a search, with the whole search as it was from then on."""

    what: What
    by: str
    name: str
    at: Moment
    search: Search


def approve(search: Search, who: Principal, now: Moment) -> Search:
    """With one approver more; active once there are enough. Raises ``NotAllowed``."""
    must_wait(search)
    if who.id == search.author:
        raise NotAllowed("nobody approves their own search")
    if any(one.by == who.id for one in search.approvers):
        raise NotAllowed("another colleague must be the second approver")
    approvers = (*search.approvers, Approver(by=who.id, name=who.name, at=now))
    enough = len(approvers) >= search.approvers_needed
    state: State = "active" if enough else "asked"
    return replace(search, approvers=approvers, state=state, number=search.number + 1)


def refuse(search: Search, why: str) -> Search:
    """It is not to be. Raises ``StaleVersion`` when it was decided already."""
    must_wait(search)
    return replace(search, state="refused", why_not=why, number=search.number + 1)


def end(search: Search) -> Search:
    """From now on nothing is read. Raises ``StaleVersion`` when it is over already."""
    if search.state not in ("asked", "active"):
        raise StaleVersion("this search is over already")
    return replace(search, state="ended", number=search.number + 1)


def must_wait(search: Search) -> None:
    if search.state != "asked":
        raise StaleVersion("this search was decided in the meantime")


def stream_of(search: Search, line: int) -> str:
    """What the stream of one line is called."""
    return f"{STREAM}-{search.id}-{line}"


def line_of(stream: str) -> tuple[str, int] | None:
    """The id of the search and its line that a stream reads; None when it reads none."""
    head, _, rest = stream.partition("-")
    id_, _, line = rest.rpartition("-")
    return (id_, int(line)) if head == STREAM and line.isdigit() else None
