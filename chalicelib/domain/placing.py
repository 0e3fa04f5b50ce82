"""Why a message stands where it stands: points that add up, in the very order of the list.

The list's order is urgency, then the moment by which an answer is due. The points say the same:
2,000 for each step of urgency, and of the time 1 for each minute, counted so that the deadline is
worth 1,440. So the sum of two numbers that anybody can check is the whole ranking.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.queue_item import QueueRow, rank_of

A_STEP = 2_000
AT_DEADLINE = 1_440
"""A day in minutes: the longest service deadline begins at 0."""

MOST_FOR_TIME = A_STEP - 1
"""Waiting alone never makes a message more urgent than one of the next kind."""

STEPS = 5

LAST_PART = 0.2
"""A deadline is near in the last fifth of the time that there was for an answer."""

Light = Literal["late", "soon", "fine"]


@dataclass(frozen=True, slots=True)
class Points:
    """``minutes`` until the deadline, below 0 when it has passed."""

    urgency: int
    time: int
    minutes: int

    @property
    def total(self) -> int:
        return self.urgency + self.time


def points(row: QueueRow, now: Moment) -> Points:
    """What a row gets. What was answered waits for the citizen, and gets nothing for urgency."""
    minutes = int((instant(row.due_at) - instant(now)) / timedelta(minutes=1))
    for_time = min(max(AT_DEADLINE - minutes, 0), MOST_FOR_TIME)
    if row.answered and not row.emergency:
        return Points(0, for_time, minutes)
    return Points(A_STEP * (STEPS - int(rank_of(row))), for_time, minutes)


def is_late(row: QueueRow, now: Moment) -> bool:
    """Whether an answer should have been given by now."""
    return row.due_at <= now and not row.answered


def light(row: QueueRow, now: Moment) -> Light:
    """Green, amber in the last fifth of the time, red when it is late."""
    due, since, at = instant(row.due_at), instant(row.waiting_since), instant(now)
    if due <= at:
        return "late"
    return "soon" if (due - at) <= LAST_PART * (due - since) else "fine"
