"""What connections that are not due add to a tick of the scheduler."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import sqlalchemy as sa

from benchmarks.result import Result
from crossdock.schemas.lists import LIST_FUNCTIONS
from crossdock.storage import accounts, tables
from crossdock.storage.database import Database
from crossdock.storage.schedules import NO_COUNTS, due_connections

AT_ONCE = 200
LISTS = 9
"""Of a connection."""

ADDED_MS = 1.0


def _add(db: sa.Connection, organisation_id: str, count: int) -> None:
    """Connections with every list read a while ago and due in a while."""
    ids = [str(uuid4()) for _ in range(count)]
    now = time.time()
    db.execute(
        tables.connections.insert(),
        [
            {
                "id": name,
                "organisation_id": organisation_id,
                "integration_type": "wms",
                "integration_name": "sandbox",
                "credentials": b"",
                "token_digest": name.encode(),
                "created_at": now,
            }
            for name in ids
        ],
    )
    db.execute(
        tables.sync_schedules.insert(),
        [
            {
                "connection_id": name,
                "function_name": function.name,
                "frequency": function.frequency,
                "paused": False,
                "next_run_at": now + 1800,
                "failures": 0,
                "counts": NO_COUNTS,
            }
            for name in ids
            for function in LIST_FUNCTIONS[:LISTS]
        ],
    )


async def _tick(database: Database, rounds: int) -> float:
    """Milliseconds for the look of one tick, the median of the rounds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        assert not await database.read(due_connections, time.time(), AT_ONCE)
        times.append(time.perf_counter() - started)
    return median(times) * 1000


async def measure(rounds: int) -> list[Result]:
    """The look with a thousand and with ten thousand idle connections, less the look with none."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'ticks.db'}")
        try:
            with database.transaction() as db:
                organisation_id = accounts.organisation_id(db, "benchmark")
            await _tick(database, rounds)
            none = await _tick(database, rounds)
            results = []
            for target, more in ((1_000, 1_000), (10_000, 9_000)):
                with database.transaction() as db:
                    _add(db, organisation_id, more)
                some = await _tick(database, rounds)
                results.append(
                    Result(
                        f"a tick with {target:,} idle connections, added ms",
                        [some - none],
                        f"{some:.2f} ms",
                        f"{none:.2f} ms without any",
                        at_most=ADDED_MS if target == 1_000 else None,
                    )
                )
            return results
        finally:
            database.close()
