"""What every engine of jobs does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.jobs.jobs import LANES, MAX_ATTEMPTS, VISIBILITY, Job, Jobs, back_off

PassBy = Callable[[timedelta], None]
SECOND = timedelta(seconds=1)


def bodies(received: list[Job]) -> set[str]:
    return {job.body for job in received}


def receive_one(jobs: Jobs) -> Job:
    (job,) = jobs.receive("direct")
    return job


def fail_until_dead(jobs: Jobs, pass_by: PassBy, reason: str) -> None:
    for _ in range(MAX_ATTEMPTS):
        job = receive_one(jobs)
        jobs.fail(job, reason)
        pass_by(back_off(job.attempts))


# --- sending and receiving ---------------------------------------------------------------------


def test_what_was_sent_is_received_once(jobs: Jobs) -> None:
    jobs.send("direct", "ENV#1", "ENV#2")
    received = jobs.receive("direct")
    assert bodies(received) == {"ENV#1", "ENV#2"}
    assert [job.attempts for job in received] == [1, 1]
    assert len({job.id for job in received}) == 2
    assert jobs.receive("direct") == []


def test_lanes_do_not_see_each_other(jobs: Jobs) -> None:
    for lane in LANES:
        jobs.send(lane, f"for {lane}")
    for lane in LANES:
        assert [(job.lane, job.body) for job in jobs.receive(lane)] == [(lane, f"for {lane}")]


def test_no_more_is_received_than_asked_for(jobs: Jobs) -> None:
    jobs.send("direct", *(f"ENV#{n}" for n in range(5)))
    first, rest = jobs.receive("direct", limit=2), jobs.receive("direct")
    assert len(first) == 2
    assert bodies(first + rest) == {f"ENV#{n}" for n in range(5)}


def test_sending_nothing_sends_nothing(jobs: Jobs) -> None:
    jobs.send("direct")
    assert jobs.receive("direct") == []


def test_a_delayed_job_comes_after_its_delay(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1", delay=timedelta(minutes=15))
    pass_by(timedelta(minutes=15) - SECOND)
    assert jobs.receive("direct") == []
    pass_by(SECOND)
    assert receive_one(jobs).body == "ENV#1"


@pytest.mark.parametrize("delay", [timedelta(minutes=15, seconds=1), -SECOND])
def test_a_delay_that_cannot_be_is_refused(jobs: Jobs, delay: timedelta) -> None:
    with pytest.raises(ValueError, match="15 minutes"):
        jobs.send("direct", "ENV#1", delay=delay)


def test_a_job_without_a_body_is_refused_with_all_that_came_along(jobs: Jobs) -> None:
    with pytest.raises(ValueError, match="body"):
        jobs.send("direct", "ENV#1", "")
    assert jobs.waiting("direct") == 0


def test_jobs_wait_until_they_are_finished(jobs: Jobs) -> None:
    jobs.send("direct", "ENV#1", "ENV#2", "ENV#3")
    jobs.send("direct", "ENV#4", delay=SECOND)
    received = jobs.receive("direct", limit=2)
    assert jobs.waiting("direct") == 4
    jobs.finish(received[0])
    assert jobs.waiting("direct") == 3
    assert jobs.waiting("poll") == 0


# --- finishing, and losing a job ---------------------------------------------------------------


def test_a_finished_job_never_comes_back(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    job = receive_one(jobs)
    jobs.finish(job)
    jobs.finish(job)
    pass_by(VISIBILITY)
    assert jobs.receive("direct") == []


def test_a_job_whose_worker_died_comes_to_another(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    lost = receive_one(jobs)
    pass_by(VISIBILITY - SECOND)
    assert jobs.receive("direct") == []
    pass_by(SECOND)
    again = receive_one(jobs)
    assert (again.id, again.body, again.attempts) == (lost.id, "ENV#1", 2)
    assert again.receipt != lost.receipt


def test_who_lost_a_job_can_neither_finish_nor_fail_it(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    lost = receive_one(jobs)
    pass_by(VISIBILITY)
    held = receive_one(jobs)
    jobs.finish(lost)
    jobs.fail(lost, "te laat")
    assert jobs.waiting("direct") == 1
    pass_by(back_off(1))
    assert jobs.receive("direct") == []
    jobs.finish(held)
    assert jobs.waiting("direct") == 0


def test_a_late_finish_counts_while_nobody_else_took_the_job(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    job = receive_one(jobs)
    pass_by(VISIBILITY + SECOND)
    jobs.finish(job)
    assert jobs.receive("direct") == []


# --- failing, and dead letters -----------------------------------------------------------------


def test_a_failed_job_backs_off_longer_every_time(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    for attempt in range(1, MAX_ATTEMPTS):
        jobs.fail(receive_one(jobs), "platform weg")
        pass_by(back_off(attempt) - SECOND)
        assert jobs.receive("direct") == []
        pass_by(SECOND)


def test_waiting_grows_to_minutes_and_is_bounded() -> None:
    waits = [back_off(attempts).total_seconds() for attempts in range(1, MAX_ATTEMPTS + 1)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert back_off(20).total_seconds() == 900


def test_a_job_that_keeps_failing_becomes_a_dead_letter(jobs: Jobs, pass_by: PassBy) -> None:
    jobs.send("direct", "ENV#1")
    fail_until_dead(jobs, pass_by, "leesfout op regel 3")
    assert jobs.receive("direct") == []
    assert jobs.waiting("direct") == 0
    (letter,) = jobs.dead("direct")
    assert (letter.lane, letter.body, letter.attempts) == ("direct", "ENV#1", MAX_ATTEMPTS)
    assert letter.reason == "leesfout op regel 3"
    assert letter.died_at > "2026-01-02T03:04:05"
    assert jobs.dead("poll") == []


def test_a_job_that_keeps_killing_its_worker_becomes_a_dead_letter(
    jobs: Jobs, pass_by: PassBy
) -> None:
    jobs.send("direct", "ENV#1")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert receive_one(jobs).attempts == attempt
        pass_by(VISIBILITY)
    jobs.send("direct", "ENV#2")
    assert bodies(jobs.receive("direct")) == {"ENV#2"}
    (letter,) = jobs.dead("direct")
    assert (letter.body, letter.attempts) == ("ENV#1", MAX_ATTEMPTS)
    assert "worker" in letter.reason


def test_dead_letters_are_listed_oldest_first(jobs: Jobs, pass_by: PassBy) -> None:
    for body in ("ENV#2", "ENV#1", "ENV#3"):
        jobs.send("direct", body)
        fail_until_dead(jobs, pass_by, "leesfout")
    assert [letter.body for letter in jobs.dead("direct")] == ["ENV#2", "ENV#1", "ENV#3"]
    assert [letter.body for letter in jobs.dead("direct", limit=1)] == ["ENV#2"]


def test_redriven_letters_start_anew(jobs: Jobs, pass_by: PassBy) -> None:
    for body in ("ENV#1", "ENV#2", "ENV#3"):
        jobs.send("direct", body)
        fail_until_dead(jobs, pass_by, "leesfout")
    first = jobs.dead("direct")[0]
    assert jobs.redrive("direct", first.id, "unknown") == 1
    assert jobs.redrive("poll", *(letter.id for letter in jobs.dead("direct"))) == 0
    job = receive_one(jobs)
    assert (job.body, job.attempts) == ("ENV#1", 1)
    assert jobs.redrive("direct") == 2
    assert bodies(jobs.receive("direct")) == {"ENV#2", "ENV#3"}
    assert jobs.dead("direct") == []
    assert jobs.redrive("direct") == 0


# --- many at once ------------------------------------------------------------------------------


def test_many_receivers_never_share_a_job(jobs: Jobs) -> None:
    jobs.send("direct", *(f"ENV#{n}" for n in range(100)))
    with ThreadPoolExecutor(8) as workers:
        batches = list(workers.map(lambda _: jobs.receive("direct", limit=7), range(20)))
    ids = [job.id for batch in batches for job in batch]
    assert len(ids) == len(set(ids)) == 100
