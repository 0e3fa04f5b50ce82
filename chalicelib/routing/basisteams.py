"""Which basisteam a place belongs to. There is no open list of them: the table is to be replaced.

``basisteams.csv`` comes with the source and is invented; ``basisteams.local.csv`` beside it, never
committed, is used where it is. A gemeente that is in neither has one basisteam of its own name. Big
cities have several, told apart by postcode or wijk; a line without either is the rest of its
gemeente.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from chalicelib.routing.rule import Desk, Known

OWN, SHIPPED = "basisteams.local.csv", "basisteams.csv"
COLUMNS = ("team_id", "naam", "gemeente", "pc4", "wijk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A basisteam and what it looks after; ``pc4`` and ``quarter`` narrow the gemeente."""

    desk: Desk
    gemeente: str
    pc4: frozenset[str] = frozenset()
    quarter: str = ""

    @property
    def whole(self) -> bool:
        """Whether it looks after all that no other line does."""
        return not (self.pc4 or self.quarter)


@dataclass(frozen=True, slots=True)
class Basisteams:
    """Finds the basisteam of a place."""

    lines: tuple[Line, ...] = ()

    def of(self, known: Known) -> Desk | None:
        """None where no gemeente is known, or in which part of it is not."""
        if known.gemeente is None:
            return None
        here = [line for line in self.lines if line.gemeente == known.gemeente.casefold()]
        if not here:
            return own_name(known.gemeente)
        exact = [line for line in here if not line.whole and covers(line, known)]
        rest = [line for line in here if line.whole]
        return next((line.desk for line in (*exact, *rest)), None)


def covers(line: Line, known: Known) -> bool:
    quarter = (known.quarter or "").casefold()
    return known.postcode in line.pc4 or bool(quarter and line.quarter == quarter)


def own_name(gemeente: str) -> Desk:
    """The basisteam that stands for a gemeente until somebody fills the table."""
    letters = "".join(sign if sign.isalnum() else "-" for sign in gemeente.casefold())
    return Desk(id=f"basisteam-{letters}", name=f"Basisteam {gemeente} (nog te vullen)")


def read(lines: Iterable[str]) -> Basisteams:
    """The table. Raises ``ValueError`` naming the line that cannot be read."""
    rows = csv.DictReader(lines)
    if missing := set(COLUMNS) - set(rows.fieldnames or ()):
        raise ValueError(f"basisteams: columns missing: {', '.join(sorted(missing))}")
    return Basisteams(tuple(line_of(row, rows.line_num) for row in rows))


def line_of(row: dict[str, str], number: int) -> Line:
    if not (row["team_id"] and row["naam"] and row["gemeente"]):
        raise ValueError(f"basisteams line {number}: needs team_id, naam and gemeente")
    pc4 = frozenset(row["pc4"].split())
    if any(len(one) != len("1234") or not one.isdecimal() for one in pc4):
        raise ValueError(f"basisteams line {number}: pc4 is four digits, with spaces between")
    return Line(
        desk=Desk(id=row["team_id"], name=row["naam"]),
        gemeente=row["gemeente"].casefold(),
        pc4=pc4,
        quarter=row["wijk"].casefold(),
    )


@cache
def at_hand() -> Basisteams:
    """The own table where there is one, else the invented one."""
    folder = Path(str(files("chalicelib.routing")))
    own = folder / OWN
    with (own if own.exists() else folder / SHIPPED).open(encoding="utf-8") as file:
        return read(file)
