"""The log itself: exchanges wait in memory, and are written in batches beside everything else.

Nobody waits for it. What would not fit into memory, or could not be written, is counted and left out.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta

from crossdock.connector.calls import Call
from crossdock.errors import Unavailable
from crossdock.request_log.kept import row_of
from crossdock.storage import requests
from crossdock.storage.database import Database

log = logging.getLogger(__name__)

MOST_WAITING = 10_000
LARGEST_WAITING = 64 * 1024 * 1024
"""Bytes of bodies that may wait."""

BATCH = 200
PAUSE = 0.5
"""Seconds in which a batch gathers."""

PRUNED_AT_ONCE = 1_000


@dataclass(slots=True)
class LeftOut:
    """What this process left out since it started."""

    queue_full: int = 0
    not_written: int = 0
    write_info_repeats: int = 0


class RequestLog:
    """Takes exchanges in with `add`, which never waits; `days` says for how long they are kept."""

    def __init__(self, database: Database, days: int, most_waiting: int = MOST_WAITING) -> None:
        self._database = database
        self._days = days
        self._most_waiting = most_waiting
        self._waiting: deque[Call] = deque()
        self._waiting_bytes = 0
        self._writing = asyncio.Lock()
        self._later: asyncio.Task[None] | None = None
        self.left_out = LeftOut()

    def add(self, call: Call) -> None:
        """Takes an exchange in. One of no organisation could be shown to nobody, and is not kept."""
        if call.cause.organisation_id is None:
            return
        size = _held(call)
        if len(self._waiting) >= self._most_waiting or self._waiting_bytes + size > LARGEST_WAITING:
            self.left_out.queue_full += 1
            return
        self._waiting.append(call)
        self._waiting_bytes += size
        if self._later is None or self._later.done():
            self._later = asyncio.get_running_loop().create_task(self._write_soon())

    async def _write_soon(self) -> None:
        while self._waiting:
            await asyncio.sleep(PAUSE)
            await self.flush()

    async def flush(self) -> None:
        """Writes what waits now. What the database does not take is left out."""
        async with self._writing:
            for _ in range(0, len(self._waiting), BATCH):
                batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
                self._waiting_bytes -= sum(map(_held, batch))
                await self._write(batch)

    async def _write(self, batch: Sequence[Call]) -> None:
        try:
            rows = await asyncio.to_thread(lambda: [row_of(call) for call in batch])
            await self._database.write(requests.add, rows)
        except Exception as error:
            self.left_out.not_written += len(batch)
            log.warning("%d entries of the request log were not written: %r", len(batch), type(error))

    async def prune(self) -> None:
        """Deletes what is older than it may get. Raises `Unavailable`."""
        before = time.time() - timedelta(days=self._days).total_seconds()
        while await self._database.write(requests.prune, before, PRUNED_AT_ONCE) == PRUNED_AT_ONCE:
            pass

    def counts(self) -> dict[str, int]:
        """What this process left out since it started."""
        return asdict(self.left_out)

    async def aclose(self) -> None:
        """Writes what waits, for the last time."""
        if self._later is not None:
            self._later.cancel()
            with suppress(asyncio.CancelledError, Unavailable):
                await self._later
        await self.flush()


def _held(call: Call) -> int:
    return sum(map(len, call.request.parts)) + sum(map(len, call.response.parts))
