"""What can be told of an incident with one voice: confirmed, denied, or not known yet.

A change is a version of its own; the earlier ones stay, so that what was told before can be held
against what is known now.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.moments import Moment

Standing = Literal["confirmed", "denied", "unknown"]

LONGEST = 300
"""Characters of a statement and of its source: one sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One version of a statement. ``number`` counts from 1; ``source`` is who says so, in words.

    ``dropped``: it is no longer on the board; that it was stays known.
    """

    incident: str
    id: str
    number: int
    standing: Standing
    text: str
    source: str
    by: str
    name: str
    at: Moment
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A statement as it stands, and what it was before, the latest first."""

    now: Statement
    before: tuple[Statement, ...] = ()

    def at(self, moment: Moment) -> Statement | None:
        """What it was at that moment; None when nothing was stated yet, or it was dropped."""
        known = [one for one in (self.now, *self.before) if one.at <= moment]
        return known[0] if known and not known[0].dropped else None


def histories(versions: list[Statement]) -> list[History]:
    """Each statement with its versions, in the order in which they were first made."""
    by_id: dict[str, list[Statement]] = {}
    for one in sorted(versions, key=lambda one: (one.at, one.number)):
        by_id.setdefault(one.id, []).insert(0, one)
    return [History(now=now, before=tuple(before)) for now, *before in by_id.values()]
