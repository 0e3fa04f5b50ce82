"""One SQLite database for the embedded engines: durable, for many threads and processes at once.

A committed write survives the death of our process (kill -9): by then it is in the hands of the
operating system. When the machine itself loses power, write-ahead logging with
``synchronous=NORMAL`` may lose the very last commits, but never leaves half a one.

Make it after a fork, not before: SQLite connections do not travel to a child.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from chalicelib.errors import StoreUnavailable

IN_MEMORY = ":memory:"
PATIENCE = 15.0
"""Seconds to wait for another process's write before giving up."""


class Database:
    """A file (or ``:memory:``) with its tables. Any thread may read and write at any time.

    What SQLite cannot do now (locked too long, disk full) is raised as ``StoreUnavailable``.
    """

    def __init__(self, path: str | Path, schema: Iterable[str]) -> None:
        self._path = str(path)
        # Threads take turns here: SQLite's own waiting is a poll, slow and unfair.
        self._writers = threading.Lock()
        # A database in memory is its one connection, so there readers take their turn as well.
        self._readers = self._writers if self._path == IN_MEMORY else nullcontext()
        self._idle: list[sqlite3.Connection] = []
        self._prepare(schema)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for one SELECT, to be finished inside the block."""
        return self._in_turn(self._readers)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes during: all of it is kept, or none on an error."""
        with self._in_turn(self._writers) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def close(self) -> None:
        """Let go of the file. Nothing may be in use any more."""
        while self._idle:
            self._idle.pop().close()

    def _prepare(self, schema: Iterable[str]) -> None:
        with self._in_turn(self._writers) as connection:
            _log_ahead(connection)
        with self.writing() as connection:
            for statement in schema:
                connection.execute(statement)

    @contextmanager
    def _in_turn(self, turn: AbstractContextManager[object]) -> Iterator[sqlite3.Connection]:
        with turn:
            try:
                connection = self._borrow()
                try:
                    yield connection
                finally:
                    self._idle.append(connection)
            except sqlite3.OperationalError as error:
                raise StoreUnavailable("the database did not answer", why=str(error)) from error

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, the one step in which SQLite does not wait by itself."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
