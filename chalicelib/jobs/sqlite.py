"""The embedded engine: the Jobs contract on one SQLite database."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from chalicelib.domain.moments import Moment, moment
from chalicelib.embedded import Database
from chalicelib.jobs.jobs import (
    ABANDONED,
    LONGEST_DELAY,
    MAX_ATTEMPTS,
    VISIBILITY,
    DeadLetter,
    Job,
    Lane,
    back_off,
)

# A receipt is there while the job is in flight, ``died_at`` once it is a dead letter.
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS jobs (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        lane TEXT NOT NULL,
        body TEXT NOT NULL,
        visible_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        receipt TEXT,
        reason TEXT,
        died_at TEXT
    )""",
    "CREATE INDEX IF NOT EXISTS alive ON jobs (lane, visible_at) WHERE died_at IS NULL",
    "CREATE INDEX IF NOT EXISTS dead ON jobs (lane, died_at) WHERE died_at IS NOT NULL",
)
_SEND = "INSERT INTO jobs (id, lane, body, visible_at) VALUES (?, ?, ?, ?)"
_RECEIVE = """UPDATE jobs
    SET attempts = attempts + 1, visible_at = :hidden_until, receipt = lower(hex(randomblob(16)))
    WHERE number IN (
        SELECT number FROM jobs
        WHERE lane = :lane AND died_at IS NULL AND visible_at <= :now
        ORDER BY visible_at, number LIMIT :limit
    )
    RETURNING id, lane, body, attempts, receipt"""
_FINISH = "DELETE FROM jobs WHERE id = ? AND receipt = ?"
_RETRY = "UPDATE jobs SET visible_at = ?, receipt = NULL WHERE id = ? AND receipt = ?"
_BURY = """UPDATE jobs SET attempts = ?, reason = ?, died_at = ?, receipt = NULL
    WHERE id = ? AND receipt = ?"""
_DEAD = """SELECT id, lane, body, attempts, reason, died_at FROM jobs
    WHERE lane = ? AND died_at IS NOT NULL ORDER BY died_at, number LIMIT ?"""
_REDRIVE = """UPDATE jobs SET attempts = 0, visible_at = :now, reason = NULL, died_at = NULL
    WHERE lane = :lane AND died_at IS NOT NULL
    AND (:ids = '[]' OR id IN (SELECT value FROM json_each(:ids)))"""
_RECOVER = "UPDATE jobs SET visible_at = ?, receipt = NULL WHERE receipt IS NOT NULL"
_WAITING = "SELECT count(*) FROM jobs WHERE lane = ? AND died_at IS NULL"


class SqliteJobs:
    """Jobs in a file, or in ``:memory:``. For many threads and processes at once.

    Durable as ``chalicelib/embedded.py`` says. ``clock`` gives the time now, with its zone.
    Raises ``StoreUnavailable`` when the database does not answer.
    """

    def __init__(self, path: str | Path, clock: Callable[[], datetime]) -> None:
        self._database = Database(path, _SCHEMA)
        self._clock = clock

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def send(self, lane: Lane, *bodies: str, delay: timedelta = timedelta()) -> None:
        """Put jobs on a lane. Raises ``ValueError`` for what SQS would refuse."""
        if not timedelta() <= delay <= LONGEST_DELAY:
            raise ValueError("a job can be delayed for 0 to 15 minutes")
        if not all(bodies):
            raise ValueError("a job has a body")
        visible_at = self._after(delay)
        with self._database.writing() as connection:
            jobs = [(uuid4().hex, lane, body, visible_at) for body in bodies]
            connection.executemany(_SEND, jobs)

    def receive(self, lane: Lane, limit: int = 10) -> list[Job]:
        asked = {
            "lane": lane,
            "limit": max(limit, 0),
            "now": self._after(timedelta()),
            "hidden_until": self._after(VISIBILITY),
        }
        with self._database.writing() as connection:
            taken = [Job(*row) for row in connection.execute(_RECEIVE, asked).fetchall()]
            for job in taken:
                if job.attempts > MAX_ATTEMPTS:
                    self._bury(connection, job, ABANDONED)
        return [job for job in taken if job.attempts <= MAX_ATTEMPTS]

    def finish(self, job: Job) -> None:
        with self._database.writing() as connection:
            connection.execute(_FINISH, (job.id, job.receipt))

    def fail(self, job: Job, reason: str) -> None:
        with self._database.writing() as connection:
            if job.attempts >= MAX_ATTEMPTS:
                self._bury(connection, job, reason)
            else:
                visible_at = self._after(back_off(job.attempts))
                connection.execute(_RETRY, (visible_at, job.id, job.receipt))

    def dead(self, lane: Lane, limit: int = 100) -> list[DeadLetter]:
        with self._database.reading() as connection:
            rows = connection.execute(_DEAD, (lane, max(limit, 0))).fetchall()
        return [DeadLetter(*row) for row in rows]

    def redrive(self, lane: Lane, *ids: str) -> int:
        asked = {"lane": lane, "ids": json.dumps(ids), "now": self._after(timedelta())}
        with self._database.writing() as connection:
            return connection.execute(_REDRIVE, asked).rowcount

    def waiting(self, lane: Lane) -> int:
        with self._database.reading() as connection:
            count: int = connection.execute(_WAITING, (lane,)).fetchone()[0]
        return count

    def recover(self) -> int:
        """Jobs in flight wait again; how many. For the start of the only process that works.

        What was in flight when that process died then need not wait for its visibility to end.
        """
        with self._database.writing() as connection:
            return connection.execute(_RECOVER, (self._after(timedelta()),)).rowcount

    def _bury(self, connection: sqlite3.Connection, job: Job, reason: str) -> None:
        attempts = min(job.attempts, MAX_ATTEMPTS)
        died_at = self._after(timedelta())
        connection.execute(_BURY, (attempts, reason, died_at, job.id, job.receipt))

    def _after(self, delay: timedelta) -> Moment:
        return moment(self._clock() + delay)
