"""Requests counted for all processes together, a row for each token and class of methods.

A count matters for one second, so nothing waits for the disk: PostgreSQL has an unlogged table, and SQLite a
file of its own beside the database, so that counting wakes nobody who watches the database for changes. The
file can be deleted when no server runs.
"""

import logging
import sqlite3
from typing import Any, Protocol

import sqlalchemy as sa

from crossdock.storage.database import Database
from crossdock.storage.tables import rate_counts
from crossdock.storage.upsert import insert_for

log = logging.getLogger(__name__)

FILE_BUSY_TIMEOUT = 0.25
"""Seconds; a request waits this long for other processes' counting and is then let through."""

_ADD = """
INSERT INTO rate_counts (key, second, used) VALUES (:key, :second, :more)
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN second = excluded.second THEN used + excluded.used ELSE excluded.used END,
    second = excluded.second
RETURNING used
"""


class RateCounts(Protocol):
    """The shared count."""

    async def add(self, key: str, second: int, more: int) -> int:
        """Adds to what was used of a key in a second of the clock, and gives the sum."""

    def close(self) -> None:
        """Lets go of what is open."""


class FileCounts:
    """Counts in a SQLite file, on the event loop: an addition takes some ten microseconds."""

    def __init__(self, database: Database) -> None:
        path = f"{database.path}-rates"
        self._file = sqlite3.connect(
            path, timeout=FILE_BUSY_TIMEOUT, check_same_thread=False, isolation_level=None
        )
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS rate_counts"
            " (key TEXT PRIMARY KEY, second INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
        )

    async def add(self, key: str, second: int, more: int) -> int:
        """As `RateCounts`; a file that cannot be used counts this request alone."""
        try:
            row = self._file.execute(_ADD, {"key": key, "second": second, "more": more}).fetchone()
        except sqlite3.Error as error:
            log.warning("requests are not counted together with other processes: %s", error)
            return more
        return int(row[0])

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


class TableCounts:
    """Counts in a PostgreSQL table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, key: str, second: int, more: int) -> int:
        """As `RateCounts`. Raises `Unavailable`."""
        return await self._database.write(_add, key, second, more)

    def close(self) -> None:
        """Nothing of its own is open."""


def _add(db: sa.Connection, key: str, second: int, more: int) -> int:
    db.execute(sa.text("SET LOCAL synchronous_commit = off"))
    insert = insert_for(db.dialect.name, rate_counts).values(key=key, second=second, used=more)
    in_this_second: Any = sa.case(
        (rate_counts.c.second == insert.excluded.second, rate_counts.c.used + insert.excluded.used),
        else_=insert.excluded.used,
    )
    changes = {"used": in_this_second, "second": insert.excluded.second}
    counted = insert.on_conflict_do_update(index_elements=["key"], set_=changes).returning(rate_counts.c.used)
    return int(db.execute(counted).scalar_one())


def open_rate_counts(database: Database) -> RateCounts:
    """The counts that suit the database."""
    return FileCounts(database) if database.is_sqlite else TableCounts(database)
