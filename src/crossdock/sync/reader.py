"""Carries a run out: page after page is read, translated and stored, until the list ends or the run waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
import sqlalchemy as sa

from crossdock.connections.access import Connection
from crossdock.connector.client import VendorClient
from crossdock.errors import NotFound, VendorError
from crossdock.records.announce import Announcer, announcer
from crossdock.storage import records as stored
from crossdock.storage.database import Database
from crossdock.sync.counts import Counts
from crossdock.sync.pages import fetch
from crossdock.sync.runs import Run, ScheduledRun
from crossdock.sync.seen import SeenIds, SeenPages
from crossdock.sync.storing import (
    LostRun,
    PageRead,
    Row,
    Translated,
    rows_of,
    store_page,
    translated,
    without_known,
)

T = TypeVar("T")

IDS_AT_ONCE = 5_000

Watcher = Callable[[str, Counts], None]
"""Told the function's name and the counts after every page."""


def _unwatched(function_name: str, counts: Counts) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was asked for at `read_at` and took `seconds` to read and translate."""

    rows: Sequence[Row]
    translated: Translated
    next: Any
    read_at: float
    seconds: float


class Reader:
    """Reads lists of one connection. `clock` gives epoch seconds."""

    def __init__(
        self,
        database: Database,
        vendor: VendorClient,
        connection: Connection,
        clock: Callable[[], float] = time.time,
        watch: Watcher = _unwatched,
    ) -> None:
        self._database = database
        self._vendor = vendor
        self._connection = connection
        self._clock = clock
        self._watch = watch
        self._has_copies = True

    async def carry_out(self, run: Run, has_to_wait: Callable[[], Awaitable[bool]]) -> bool:
        """Reads on from the run's position to the end; false when `has_to_wait` said so between two pages.

        Raises `LostRun`, `VendorError` for what the vendor said or did not, and `Endless`.
        """
        pages = SeenPages()
        resource = run.operation.function.collection
        # A first sync would ask in vain, page after page, for what is stored of its rows.
        self._has_copies = await self._database.read(stored.has_any, self._connection.id, resource)
        reading = self._begin(run, run.position)
        try:
            while True:
                page = await reading
                last = page.next is None
                pages.check(None if last else orjson.dumps(page.next), [row.digest for row in page.rows])
                if not last:
                    # The next page is read and translated while this one is stored.
                    reading = self._begin(run, page.next)
                run.noted(page.translated)
                read = PageRead(
                    run.operation.function, page.translated, page.read_at, page.seconds, run.counts
                )
                run.counts = await self._store(run, read, page.next)
                run.position = page.next
                self._watch(run.operation.function.name, run.counts)
                if last:
                    if isinstance(run, ScheduledRun) and run.seen is not None:
                        await self._end_of_full_list(run, run.seen)
                    return True
                if await has_to_wait():
                    return False
        finally:
            await _let_go(reading)

    def _begin(self, run: Run, position: Any) -> "asyncio.Task[_Page]":
        return asyncio.create_task(self._read(run, position))

    async def _read(self, run: Run, position: Any) -> "_Page":
        """A page as records, without the rows that are stored as they are."""
        operation, read_at, started = run.operation, self._clock(), time.monotonic()
        page = await fetch(
            self._vendor,
            operation,
            self._connection.account,
            run.span,
            position,
            wholesale=run.wholesale,
        )
        rows = rows_of(operation, page.rows)
        ids = [row.id for row in rows if row.id is not None]
        known: Mapping[str, bytes] = {}
        if self._has_copies:
            known = await self._database.read(
                stored.raw_digests, self._connection.id, operation.function.collection, ids
            )
        new, same = without_known(rows, known)
        return _Page(
            rows, await translated(operation, new, same), page.next, read_at, time.monotonic() - started
        )

    async def _store(self, run: Run, read: PageRead, following: Any) -> Counts:
        ends = following is None and not (isinstance(run, ScheduledRun) and run.seen is not None)

        def move(db: sa.Connection, told: Announcer, counts: Counts) -> bool:
            return run.end(db, told, counts) if ends else run.move(db, following, counts)

        def store(db: sa.Connection) -> Counts:
            return store_page(db, self._connection.id, read, silent=run.silent, move=move)

        return await self._in_run(store)

    async def _in_run(self, change: Callable[[sa.Connection], T]) -> T:
        try:
            return await self._database.write(change)
        except NotFound as error:
            raise LostRun from error

    async def _end_of_full_list(self, run: ScheduledRun, seen: SeenIds) -> None:
        """Marks what is stored and not listed any more, and ends the run."""
        connection_id, resource = self._connection.id, run.operation.function.collection
        before = run.row.started_at or 0.0
        last, deleted = "", 0
        while True:
            ids = await self._database.read(stored.ids_after, connection_id, resource, last, IDS_AT_ONCE)
            if not ids:
                break
            last = ids[-1]
            missing = await asyncio.to_thread(seen.missing, ids)
            if missing:
                now = self._clock()
                deleted += await self._database.write(
                    stored.mark_deleted, connection_id, resource, missing, before, now
                )
        run.counts = run.counts.with_deleted(deleted)

        def end(db: sa.Connection) -> None:
            told = announcer(db, connection_id)
            if not run.end(db, told, run.counts):
                raise LostRun
            told.flush(db)

        await self._in_run(end)


async def _let_go(reading: "asyncio.Task[Any]") -> None:
    """Ends a task whose result nobody wants any more; one that has ended stays as it is."""
    if not reading.done():
        reading.cancel()
        with suppress(asyncio.CancelledError, VendorError):
            await reading
    elif not reading.cancelled():
        reading.exception()
