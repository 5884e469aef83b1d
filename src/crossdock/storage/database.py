"""One database, reached from the event loop without blocking it.

Queries are plain functions over a SQLAlchemy connection. `Database` runs each in one transaction on a
thread of its own: SQLite has one writing thread, since it lets in one writer at a time anyway.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from crossdock.errors import Unavailable
from crossdock.settings import Settings
from crossdock.storage.schema import migrate

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process's lock before answering that the database is locked."""

READERS = 4

WAL_PAGES = 8_000
"""Pages of 4 KiB that the write-ahead log may have before it is copied into the file."""


class Database:
    """An open database, with its tables at the latest migration.

    `url` is a SQLAlchemy URL, `sqlite:///...` or `postgresql://...`. Raises `Unavailable` when it cannot
    be reached.
    """

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        if self.is_sqlite:
            self._engine = sa.create_engine(
                parsed, connect_args={"timeout": BUSY_TIMEOUT}, pool_size=READERS + 2
            )
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)
        else:
            self._engine = sa.create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                connect_args={"connect_timeout": int(BUSY_TIMEOUT), "options": "-c lock_timeout=5000"},
                pool_size=READERS * 2,
                pool_pre_ping=True,
                pool_timeout=BUSY_TIMEOUT,
            )
        self._writing = self._engine.execution_options(writes=True)
        self._inode: int | None = None
        with self.transaction() as connection:
            migrate(connection)
        if self.path:
            self._inode = self.path.stat().st_ino
        self._readers = ThreadPoolExecutor(READERS, "database-read")
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else READERS, "database-write")

    @contextmanager
    def transaction(self, *, writes: bool = True) -> Iterator[sa.Connection]:
        """A transaction on the calling thread; commits at the end, rolls back on an exception."""
        if self._inode is not None:
            self._check_file_is_the_one_opened()
        try:
            with (self._writing if writes else self._engine).begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise Unavailable("The database has no free connection.") from error
        except (OperationalError, InterfaceError) as error:
            raise Unavailable(f"The database cannot be used: {_short(error)}") from error

    def _check_file_is_the_one_opened(self) -> None:
        """SQLite goes on writing into a file that was deleted; what it accepted then would be lost."""
        try:
            same = os.stat(self.path or "").st_ino == self._inode
        except OSError:
            same = False
        if not same:
            raise Unavailable("The database cannot be used: its file was removed or replaced.")

    async def read(
        self, query: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Runs a query that changes nothing, off the event loop."""
        return await self._run(self._readers, False, query, *args, **kw)

    async def write(
        self, query: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Runs a query in a transaction of its own, off the event loop; it is on disk when this returns."""
        return await self._run(self._writers, True, query, *args, **kw)

    async def _run(
        self, executor: ThreadPoolExecutor, writes: bool, query: Callable[..., T], *args: Any, **kw: Any
    ) -> T:
        def run() -> T:
            with self.transaction(writes=writes) as connection:
                return query(connection, *args, **kw)

        return await asyncio.get_running_loop().run_in_executor(executor, run)

    def close(self) -> None:
        """Waits for what is running and lets go of every connection."""
        self._readers.shutdown()
        self._writers.shutdown()
        self._engine.dispose()


def open_database(settings: Settings) -> Database:
    """The database of the settings; the embedded default makes its folder. Raises `Unavailable`."""
    if settings.uses_embedded_database:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database(settings.database_url)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # A page of a sync is several megabytes; by default each would be copied into the file at once.
    connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _short(error: DBAPIError) -> str:
    """The driver's sentence without the statement and its parameters, which may hold a caller's data."""
    return str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
