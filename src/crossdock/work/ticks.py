"""Finds what is due, about twice a second, and hands it to the engine.

A tick reads two indexes. What is not due costs nothing: neither a query nor memory for each connection.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import uuid4

from crossdock.errors import ApiError
from crossdock.storage import executors, schedules
from crossdock.storage.database import Database
from crossdock.work.engine import Engine

log = logging.getLogger(__name__)

EVERY = 0.5
SIGN_EVERY = 5.0
INBOX_EVERY = 2.0
TIDY_EVERY = 600.0
"""Seconds."""

CONNECTIONS_AT_ONCE = 200
HANDED_OVER_AGAIN = 30.0
"""Seconds before a connection that is still due is handed over again by this process."""

FINISHED_KEPT = timedelta(hours=1)


class DueDeliveries(Protocol):
    """What the webhooks room offers."""

    async def due(self) -> str | None:
        """Claims a batch of deliveries that are due; its id, or `None`."""


class DueFiles(Protocol):
    """What the room of carrier files offers."""

    async def due(self) -> list[str]:
        """Files that nobody reads, by their ids."""


class WatchedFolder(Protocol):
    """A folder into which files are dropped."""

    async def look(self) -> int:
        """Takes in what is there; how many files."""


class Ticks:
    """The loop of one process."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        executor_id: str,
        deliveries: DueDeliveries,
        files: DueFiles,
        inbox: WatchedFolder,
        housekeeping: Callable[[], Awaitable[None]],
        batches_at_once: int,
    ) -> None:
        self._database = database
        self._engine = engine
        self._executor_id = executor_id
        self._deliveries = deliveries
        self._files = files
        self._inbox = inbox
        self._housekeeping = housekeeping
        self._batches_at_once = batches_at_once
        self._handed_over: dict[str, float] = {}
        self._batches = 0
        self._look_now = asyncio.Event()
        self._sign_at = self._tidy_at = self._inbox_at = 0.0

    def synced(self, handed_over: str) -> None:
        """Says that the syncs of a connection, or the reading of a file, came to their end here."""
        self._handed_over.pop(handed_over, None)

    def delivered(self) -> None:
        """Says that a batch came to its end here; there may be another for the same endpoint."""
        self._batches -= 1
        self._look_now.set()

    async def run(self) -> None:
        """Ticks until it is cancelled; a database that cannot be used is tried again."""
        while True:
            try:
                await self.tick()
            except ApiError as error:
                log.warning("background work waits: %s", error)
            except Exception:
                log.exception("a tick of the background work failed")
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._look_now.wait()
            self._look_now.clear()

    async def tick(self) -> None:
        """One look."""
        now = time.time()
        if now >= self._sign_at or now < self._sign_at - 2 * SIGN_EVERY:
            self._sign_at = now + SIGN_EVERY
            await self._give_sign(now)
        for connection_id in await self._due(now):
            self._handed_over[connection_id] = now
            await asyncio.to_thread(self._engine.sync, connection_id)
        while self._batches < self._batches_at_once and (batch := await self._deliveries.due()):
            self._batches += 1
            await asyncio.to_thread(self._engine.deliver, batch)
        await self._look_for_files(now)
        if now >= self._tidy_at or now < self._tidy_at - 2 * TIDY_EVERY:
            self._tidy_at = now + TIDY_EVERY
            await self._tidy()

    async def _look_for_files(self, now: float) -> None:
        if now >= self._inbox_at or now < self._inbox_at - 2 * INBOX_EVERY:
            self._inbox_at = now + INBOX_EVERY
            await self._inbox.look()
        for file_id in await self._files.due():
            if file_id not in self._handed_over:
                self._handed_over[file_id] = now
                await asyncio.to_thread(self._engine.read_file, file_id)

    async def _due(self, now: float) -> list[str]:
        due = await self._database.read(schedules.due_connections, now, CONNECTIONS_AT_ONCE)
        self._handed_over = {
            handed_over: at
            for handed_over, at in self._handed_over.items()
            if now - HANDED_OVER_AGAIN < at <= now
        }
        return [connection_id for connection_id in due if connection_id not in self._handed_over]

    async def _give_sign(self, now: float) -> None:
        """Says that this process is there, and takes over from those that are not."""
        await self._database.write(executors.alive, self._executor_id, now)
        for executor_id in await self._database.read(executors.gone, self._executor_id, now):
            left = await asyncio.to_thread(self._engine.take_over, executor_id)
            log.info("process %s is gone and left %d pieces of work, which are taken over", executor_id, left)
            await self._database.write(executors.forget, executor_id)

    async def _tidy(self) -> None:
        before = (datetime.now(UTC) - FINISHED_KEPT).isoformat()
        await asyncio.to_thread(self._engine.tidy, before)
        await self._housekeeping()


def new_executor_id() -> str:
    """A name that no other process has or had."""
    return str(uuid4())
