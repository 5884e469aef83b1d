"""Notices that keys or connections changed, in any process, at a cost fit for every request."""

import sqlite3
import time
from typing import Protocol

from crossdock.errors import Unavailable
from crossdock.storage.accounts import revision
from crossdock.storage.database import Database

LOOK_AGAIN = 1.0
"""Seconds between two looks at a PostgreSQL server."""

LOOK_AGAIN_AT_FILE = 0.005
"""Seconds between two looks at a SQLite file."""


class ChangeWatch(Protocol):
    """Answers whether keys or connections changed since it was last asked; the first answer is yes."""

    async def changed(self) -> bool:
        """Raises `Unavailable` when the database cannot say."""


class SqliteWatch:
    """Asks SQLite's own counter, which moves when anything is committed, and then the revision.

    Both are read on the event loop: they take microseconds and, in WAL mode, wait for no writer.
    """

    def __init__(self, database: Database) -> None:
        self._file = sqlite3.connect(str(database.path), check_same_thread=False, isolation_level=None)
        self._version = -1
        self._revision = -1
        self._look_at = float("-inf")

    async def changed(self) -> bool:
        """Whether the revision moved, in this process or another."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        try:
            version = self._file.execute("PRAGMA data_version").fetchone()[0]
            self._look_at = now + LOOK_AGAIN_AT_FILE
            if version == self._version:
                return False
            current = self._file.execute("SELECT value FROM access_revision").fetchone()[0]
        except sqlite3.Error as error:
            raise Unavailable(f"The database cannot be used: {error}") from error
        self._version = version
        moved = bool(current != self._revision)
        self._revision = current
        return moved


class TimedWatch:
    """Lets a second pass between two looks at the revision."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._revision = -1
        self._look_at = float("-inf")

    async def changed(self) -> bool:
        """Whether the revision moved at the last look."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        current = await self._database.read(revision)
        self._look_at = now + LOOK_AGAIN
        moved, self._revision = current != self._revision, current
        return moved


def watch_for_changes(database: Database) -> ChangeWatch:
    """The watch that suits the database."""
    return SqliteWatch(database) if database.is_sqlite else TimedWatch(database)
