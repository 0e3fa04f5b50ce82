"""What the embedded engine adds to the contract: it outlives its process, and shares its file."""

from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from chalicelib.jobs.sqlite import SqliteJobs

# A child that shares no memory with us, as a second worker on the machine.
processes = get_context("spawn")


def now() -> datetime:
    return datetime.now(UTC)


def receive_all(path: Path, received: Connection) -> None:
    """Take jobs until there are none, telling each one's body; never finish one."""
    jobs = SqliteJobs(path, now)
    while batch := jobs.receive("direct", limit=3):
        for job in batch:
            received.send(job.body)
    received.send(None)


def test_two_processes_never_share_a_job(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    sent = [f"ENV#{n}" for n in range(300)]
    SqliteJobs(path, now).send("direct", *sent)
    workers = []
    for _ in range(2):
        receiver, sender = processes.Pipe(duplex=False)
        worker = processes.Process(target=receive_all, args=(path, sender))
        worker.start()
        workers.append((worker, receiver))
    received = [body for _, receiver in workers for body in iter(receiver.recv, None)]
    for worker, _ in workers:
        worker.join()
    assert sorted(received) == sorted(sent)


def send_for_ever(path: Path, acknowledged: Connection) -> None:
    """Send pairs of jobs, telling the number of each pair once it was acknowledged."""
    jobs = SqliteJobs(path, now)
    number = 0
    while True:
        jobs.send("direct", f"left {number}", f"right {number}")
        acknowledged.send(number)
        number += 1


def test_a_killed_process_loses_no_job_that_was_sent(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    receiver, sender = processes.Pipe(duplex=False)
    worker = processes.Process(target=send_for_ever, args=(path, sender))
    worker.start()
    acknowledged = [receiver.recv() for _ in range(200)]
    worker.kill()
    worker.join()
    bodies = {job.body for job in SqliteJobs(path, now).receive("direct", limit=100_000)}
    assert bodies >= {f"{side} {n}" for n in acknowledged for side in ("left", "right")}
    assert len(bodies) % 2 == 0


def test_a_moment_of_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    SqliteJobs(path, now).send("direct", "ENV#1")
    local = SqliteJobs(path, lambda: datetime.now().astimezone())
    assert [job.body for job in local.receive("direct")] == ["ENV#1"]


def test_the_only_worker_that_starts_again_takes_up_what_it_left(tmp_path: Path) -> None:
    jobs = SqliteJobs(tmp_path / "jobs.sqlite", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    jobs.send("direct", "een", "twee")
    (left,) = jobs.receive("direct", 1)
    assert jobs.recover() == 1
    assert {job.body for job in jobs.receive("direct")} == {"een", "twee"}
    jobs.finish(left)  # the old receipt is worth nothing
    assert jobs.waiting("direct") == 2
