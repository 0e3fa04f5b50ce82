"""Which of the rows of a list somebody wants to see, and views of it that they keep."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.placing import is_late
from chalicelib.domain.queue_item import QueueRow
from chalicelib.domain.skills import Skills

Show = Literal["alles", "vrij", "mijn"]
SHOWS: tuple[Show, ...] = ("alles", "vrij", "mijn")

CLOSING = timedelta(hours=2)
"""A reply window that ends within this time is closing."""

ANYTHING = Skills()

MOST_VIEWS = 12
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Empty is no limit. ``waiting`` is in minutes, ``closing`` is a reply window about to end.

    ``area`` is a gemeente or a police unit. ``skilled`` is what the reader speaks and knows.
    """

    show: Show = "alles"
    channel: str = ""
    topic: str = ""
    lang: str = ""
    unit: str = ""
    area: str = ""
    waiting: int = 0
    closing: bool = False
    late: bool = False
    skilled: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything but the first question is asked."""
        return self != QueueFilter(show=self.show)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A filter that one agent keeps under a name."""

    agent: str
    name: str
    filter: QueueFilter


def holder(row: QueueRow, now: Moment) -> str:
    """Who works on it; a claim that ended counts as nobody's, swept or not."""
    return row.claimed_by or "" if (row.claim_until or "") > now else ""


def shows(show: Show, row: QueueRow, agent: str, now: Moment) -> bool:
    """What was answered waits for the citizen, not for us."""
    if show == "mijn":
        return holder(row, now) == agent
    if show == "vrij":
        return not holder(row, now) and not row.answered
    return True


def passes(wanted: QueueFilter, row: QueueRow, now: Moment, skills: Skills = ANYTHING) -> bool:
    """Whether a row is within everything but ``show``."""
    return (
        wanted.channel in ("", row.channel)
        and wanted.topic in ("", row.topic)
        and wanted.lang in ("", row.lang)
        and wanted.unit in ("", row.unit)
        and wanted.area in ("", row.about.gemeente, row.unit)
        and (not wanted.waiting or waits_longer(row, wanted.waiting, now))
        and (not wanted.closing or is_closing(row, now))
        and (not wanted.late or is_late(row, now))
        and (not wanted.skilled or skills.fit(row))
    )


def waits_longer(row: QueueRow, minutes: int, now: Moment) -> bool:
    return not row.answered and later(row.waiting_since, timedelta(minutes=minutes)) <= now


def is_closing(row: QueueRow, now: Moment) -> bool:
    """Whether the channel will soon let nobody answer by hand any more."""
    until = row.window_until
    return until is not None and now < until <= later(now, CLOSING) and not row.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from on a list, each with how many rows have it."""

    channel: dict[str, int]
    topic: dict[str, int]
    lang: dict[str, int]
    unit: dict[str, int]


def choices(rows: Sequence[QueueRow]) -> Choices:
    return Choices(
        channel=known(Counter(row.channel for row in rows)),
        topic=known(Counter(row.about.topic for row in rows)),
        lang=known(Counter(row.lang for row in rows)),
        unit=known(Counter(row.about.unit for row in rows)),
    )


def known(counted: Counter[str]) -> dict[str, int]:
    """The most frequent first; what is not known is nothing to choose."""
    return {name: number for name, number in counted.most_common() if name}
