"""The Jobs contract: how work waits. A job carries ids only; the table is the truth.

A job may come twice, late or out of order. A nudge that is lost is found by the sweeper.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

Lane = Literal["direct", "listening", "deliver", "poll", "media"]
LANES: tuple[Lane, ...] = ("direct", "listening", "deliver", "poll", "media")

VISIBILITY = timedelta(seconds=30)
"""How long a received job stays hidden from others."""

MAX_ATTEMPTS = 8
"""After this many failures a job becomes a dead letter."""

ABANDONED = (
    f"received {MAX_ATTEMPTS} times without an end: its worker stopped halfway, or took too long"
)
"""The reason of a dead letter that nobody failed."""

LONGEST_DELAY = timedelta(minutes=15)
"""What SQS allows; work that is due later is found by the sweeper."""

JUST_AFTER = timedelta(milliseconds=100)
"""A job comes a moment after its work is due, never a moment before."""


@dataclass(frozen=True, slots=True)
class Job:
    """One received job. ``receipt`` proves that this receiver holds it."""

    id: str
    lane: Lane
    body: str
    attempts: int
    receipt: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that was given up, with the reason of its last failure."""

    id: str
    lane: Lane
    body: str
    attempts: int
    reason: str
    died_at: str


def back_off(attempts: int) -> timedelta:
    """Two seconds, doubled at every failure, at most fifteen minutes."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(timedelta(seconds=2 * 2**doublings), LONGEST_DELAY)


class Jobs(Protocol):
    """Send, receive, finish; fail with back-off; dead letters listed and replayed."""

    def send(self, lane: Lane, *bodies: str, delay: timedelta = timedelta()) -> None:
        """Put jobs on a lane, visible after ``delay``."""
        ...

    def receive(self, lane: Lane, limit: int = 10) -> list[Job]:
        """Take up to ``limit`` visible jobs, hiding them for the visibility time-out."""
        ...

    def finish(self, job: Job) -> None:
        """The work is done. Finishing twice, or after losing the job, is fine."""
        ...

    def fail(self, job: Job, reason: str) -> None:
        """Back off and try again, or become a dead letter after ``MAX_ATTEMPTS``."""
        ...

    def dead(self, lane: Lane, limit: int = 100) -> list[DeadLetter]:
        """The dead letters of a lane, oldest first."""
        ...

    def redrive(self, lane: Lane, *ids: str) -> int:
        """Put dead letters (all, when no ids are given) back on their lane; how many."""
        ...

    def waiting(self, lane: Lane) -> int:
        """About how many jobs wait or are in flight."""
        ...
