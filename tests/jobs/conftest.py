"""The engines that the contract suite of jobs runs on. Another engine is one more line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.jobs.jobs import Jobs
from chalicelib.jobs.sqlite import SqliteJobs


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


ENGINES: dict[str, Callable[[Path, Clock], Jobs]] = {
    "sqlite-file": lambda folder, clock: SqliteJobs(folder / "jobs.db", clock),
    "sqlite-memory": lambda _folder, clock: SqliteJobs(":memory:", clock),
}


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
