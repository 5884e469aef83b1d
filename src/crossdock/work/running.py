"""The background work of one process, from its start to its end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from crossdock.errors import Unavailable
from crossdock.settings import Settings
from crossdock.storage import executors
from crossdock.storage.database import Database
from crossdock.sync.syncs import Syncs

log = logging.getLogger(__name__)

BATCHES_AT_ONCE = 16


class DeliveryRoom(Protocol):
    """What the webhooks room offers to whoever does its work."""

    async def due(self) -> str | None:
        """Claims a batch of deliveries that are due; its id, or `None`."""

    async def deliver(self, batch_id: str) -> int:
        """Sends a batch; how many were sent."""


class FileRoom(Protocol):
    """What the room of carrier files offers to whoever does its work."""

    async def due(self) -> list[str]:
        """Files that nobody reads, by their ids."""

    async def read_due(self, file_id: str) -> None:
        """Reads a file, unless another process does."""


class WatchedFolder(Protocol):
    """A folder into which files are dropped."""

    async def look(self) -> int:
        """Takes in what is there; how many files."""


@dataclass(frozen=True, slots=True)
class BackgroundWork:
    """What there is to do besides answering.

    `prepare` is done once before the work begins, `housekeeping` every ten minutes.
    """

    settings: Settings
    database: Database
    syncs: Syncs
    deliveries: DeliveryRoom
    files: FileRoom
    inbox: WatchedFolder
    prepare: Callable[[], Awaitable[None]]
    housekeeping: Callable[[], Awaitable[None]]

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """Does the work beside whatever runs in the context.

        Runs that are under way when it ends are broken off; they go on where they are, here after the next
        start or in another process.
        """
        from crossdock.work.engine import Engine  # noqa: PLC0415  (slow to import; commands do without)
        from crossdock.work.ticks import Ticks, new_executor_id  # noqa: PLC0415

        executor_id = new_executor_id()
        engine = Engine(engine_url(self.settings), executor_id, self.settings.syncs_at_once, BATCHES_AT_ONCE)
        ticks = Ticks(
            self.database,
            engine,
            executor_id,
            self.deliveries,
            self.files,
            self.inbox,
            self.housekeeping,
            BATCHES_AT_ONCE,
        )

        async def sync_connection(connection_id: str) -> None:
            await self.syncs.run_connection(connection_id)
            ticks.synced(connection_id)

        async def deliver_batch(batch_id: str) -> None:
            try:
                await self.deliveries.deliver(batch_id)
            finally:
                ticks.delivered()

        async def read_file(file_id: str) -> None:
            await self.files.read_due(file_id)
            ticks.synced(file_id)

        loop = asyncio.get_running_loop()

        async def work() -> None:
            await self.prepare()
            await asyncio.to_thread(engine.start, loop, sync_connection, deliver_batch, read_file)
            await ticks.run()

        # The engine takes a second to start; requests are answered meanwhile.
        working = asyncio.create_task(work())
        try:
            yield
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            engine.break_off()
            await asyncio.to_thread(engine.stop)
            with suppress(Unavailable):
                await self.database.write(executors.left, executor_id)


def engine_url(settings: Settings) -> str:
    """Where the engine keeps its own tables: in PostgreSQL beside ours, else in a file beside our own."""
    url = settings.database_url
    return f"{url}-work" if settings.uses_embedded_database else url
