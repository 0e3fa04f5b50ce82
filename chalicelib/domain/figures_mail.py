"""The figures by mail: who asked for them, when the next is due, and what it says.

Sums only: no names, no words of citizens, nothing of one person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from chalicelib.domain.dutch_time import HERE, Day, days_later, local
from chalicelib.domain.moments import Moment, moment
from chalicelib.domain.sheet import Sheet
from chalicelib.domain.waiting import Waiting

Every = Literal["day", "week"]
DAYS_OF: dict[Every, int] = {"day": 1, "week": 7}

SENT_AT = time(7, 0)
"""Dutch wall-clock time: before the morning's meeting."""
MONDAY = 0
LONGEST_ADDRESS = 254
AROUND = frozenset(' ,;<>()"\\')

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresMail:
    """What one colleague asked for. ``next_at`` is when the next one is to go out."""

    agent: str
    to: str
    every: Every
    team: str
    next_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a mail tells: a period beside what is usual, and what waits now."""

    whose: str
    first: Day
    last: Day
    total: Sheet
    usual: Sheet
    compared: bool
    teams: Mapping[str, str]
    waiting: Waiting | None
    counted_at: Moment | None
    link: str


def next_time(every: Every, now: Moment) -> Moment:
    """The next morning, or the next Monday morning."""
    day = local(now).date()
    while True:
        at = moment(datetime.combine(day, SENT_AT, HERE))
        if at > now and (every == "day" or day.weekday() == MONDAY):
            return at
        day += timedelta(days=1)


def is_address(text: str) -> bool:
    """Whether mail could go there: one mailbox, nothing around it."""
    name, at, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not AROUND & set(text)
    fits = len(text) <= LONGEST_ADDRESS and "@" not in host
    return bool(name and at and "." in host.strip(".") and plain and fits)


def period(every: Every, today: Day) -> tuple[Day, Day]:
    """The whole days that a mail of today tells of."""
    return days_later(today, -DAYS_OF[every]), days_later(today, -1)


def subject(told: Told) -> str:
    return f"Cijfers van {told.whose}: {when(told)}"


def when(told: Told) -> str:
    """``21-11-2026``, or ``15-11-2026 tot en met 21-11-2026``."""
    first, last = ("-".join(reversed(day.split("-"))) for day in (told.first, told.last))
    return first if first == last else f"{first} tot en met {last}"


def written(told: Told) -> str:
    """The mail, in plain text."""
    return "\n".join(
        (*counts(told), "", *times(told), *by_team(told), "", *waits(told), *end(told))
    )


COUNTS = {
    "arrived": "Binnengekomen", "answered": "Beantwoord", "reopened": "Heropend",
    "handed_over": "Overgedragen", "failed": "Niet bezorgd", "missed": "Termijn verstreken",
    "emergencies": "Spoed",
}  # fmt: skip
TIMES = {
    "first_answer": "Eerste antwoord", "resolution": "Afhandeling", "see": "Spoed, tot gezien",
    "acknowledge": "Spoed, tot opgepakt",
}  # fmt: skip


def counts(told: Told) -> Iterator[str]:
    """What happened, each figure beside what is usual."""
    yield f"{told.whose}, {when(told)}"
    yield ""
    for name, word in COUNTS.items():
        usual = f" (gewoonlijk {decimal(told.usual[name])})" if told.compared else ""
        yield f"{word}: {told.total[name]:.0f}{usual}"
    yield f"Op tijd beantwoord: {share(told.total.level)}"


def times(told: Told) -> Iterator[str]:
    """How long it took."""
    for name, word in TIMES.items():
        half, most = (told.total.took(name, part) for part in (0.5, 0.9))
        if half is not None and most is not None:
            yield f"{word}: de helft binnen {lasted(half)}, negen van de tien binnen {lasted(most)}"


def by_team(told: Told) -> Iterator[str]:
    """Team by team, where the mail is of all."""
    if not told.teams:
        return
    yield ""
    for team, name in told.teams.items():
        arrived, answered = (told.total.of(one, "team", team) for one in ("arrived", "answered"))
        yield f"{name}: {arrived:.0f} binnengekomen, {answered:.0f} beantwoord"


def waits(told: Told) -> Iterator[str]:
    """What stands on the lists while the mail is written."""
    now = told.waiting
    if now is None or not now.waiting:
        yield "Er wacht nu niets."
        return
    oldest = f", het langst sinds {local(now.oldest):%d-%m %H:%M}" if now.oldest else ""
    yield f"Nu wachten er {now.waiting}{oldest}."
    yield f"Daarvan {now.late} te laat en {now.life} met leven in gevaar."


def end(told: Told) -> Iterator[str]:
    """How old it is, where it stands, and how it ends."""
    if told.counted_at:
        yield f"Geteld om {local(told.counted_at):%H:%M}."
    yield ""
    yield f"Wat elk cijfer telde: {told.link}"
    yield "U krijgt deze mail omdat u erom vroeg; op dezelfde pagina zet u hem uit."


def decimal(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",")


def share(value: float | None) -> str:
    """Rounded down, so that nothing seems better than it is."""
    return "niet gemeten" if value is None else f"{int(value * 100 + 1e-9)}%"


def lasted(milliseconds: float) -> str:
    if milliseconds < MINUTE:
        return f"{decimal(milliseconds / SECOND)} s"
    if milliseconds < HOUR:
        return f"{decimal(milliseconds / MINUTE)} min"
    return f"{decimal(milliseconds / HOUR)} uur"
