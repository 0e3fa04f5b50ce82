"""The engines that the contract suite of jobs runs on. Another engine is one more line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.jobs.jobs import Jobs
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.jobs.sqs import SqsJobs
from tests.emulator import Passing, emulator


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    followers: list[Passing] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time
        for follower in self.followers:
            follower.ahead += time.total_seconds()


ENGINES: dict[str, Callable[[Path, Clock], Jobs]] = {
    "sqlite-file": lambda folder, clock: SqliteJobs(folder / "jobs.db", clock),
    "sqlite-memory": lambda _folder, clock: SqliteJobs(":memory:", clock),
    "sqs-ministack": lambda _folder, clock: emulated(clock),
}


def emulated(clock: Clock) -> Jobs:
    """New queues in the emulator, whose own clock follows ours."""
    clock.followers.append(emulator().clock)
    return SqsJobs(emulator().client("sqs"), emulator().queues(), clock)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=ENGINES)
def jobs(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Jobs:
    return ENGINES[request.param](tmp_path, clock)


@pytest.fixture
def pass_by(clock: Clock) -> Callable[[timedelta], None]:
    """Lets time pass for the jobs."""
    return clock.pass_by
