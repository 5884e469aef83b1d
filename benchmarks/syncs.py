"""A first sync against a bare loop that fetches the same pages and stores them, and what a second sync costs.

Each side runs in a process of its own, so that its memory is its own too.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from benchmarks.result import Result
from benchmarks.servers import MODULE, serving
from crossdock.catalog import Catalog
from crossdock.connections.opened import schedules_of
from crossdock.doubles.ongoing.stand import STAND
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, schedules, tables
from crossdock.storage.database import Database

FIRST_AT_LEAST = 0.5
SECOND_AT_LEAST = 3.0
MEMORY_AT_MOST = 1.2


async def _ours(url: str, folder: str) -> dict[str, float]:
    """Seconds of a first and of a second sync of the orders, and the peak of memory in MB."""
    environment = {"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}
    service = open_service(load_settings(environment))
    ongoing = Catalog.installed().get("wms", "ongoing")

    def connect(db: sa.Connection) -> str:
        connection_id = accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, "benchmark"),
            integration_type="wms",
            integration_name="ongoing",
            credentials=service.vault.encrypt(dict(STAND.credentials(url))),
            token_digest=b"benchmark",
            allowed_actions=None,
        )
        orders = [row for row in schedules_of(ongoing) if row[0] == "get_orders"]
        schedules.add_schedules(db, connection_id, orders, time.time())
        return connection_id

    connection_id = await service.database.write(connect)
    taken = []
    for _ in range(2):
        started = time.perf_counter()
        await service.syncs.run_connection(connection_id)
        taken.append(time.perf_counter() - started)
        # The second sync is to see every order again, not only the newest.
        await service.database.write(_due_again)
    count = await service.database.read(
        lambda db: db.scalar(sa.select(sa.func.count()).select_from(tables.records))
    )
    await service.aclose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first": taken[0], "second": taken[1], "megabytes": peak, "records": float(count or 0)}


def _due_again(db: sa.Connection) -> None:
    db.execute(tables.sync_schedules.update().values(next_run_at=0.0, cursor=None, since=1.0))


async def _bare(url: str, folder: str) -> dict[str, float]:
    """The same pages, decoded, and each order stored as one row of the same kind of database."""
    database = Database(f"sqlite:///{Path(folder) / 'bare.db'}")
    with database.transaction() as db:
        db.exec_driver_sql(
            "CREATE TABLE bare (connection TEXT, id TEXT, data TEXT, PRIMARY KEY (connection, id))"
        )
    statement = (
        "INSERT INTO bare VALUES (?, ?, ?) ON CONFLICT (connection, id) DO UPDATE SET data = excluded.data"
    )
    started, after = time.perf_counter(), None
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            query: dict[str, Any] = {"maxOrdersToGet": 500} | (
                {} if after is None else {"orderIdFrom": after}
            )
            answer = await client.get(f"{url}/warehouse/api/v1/orders", params=query)
            rows = orjson.loads(answer.content)
            if rows:
                values = [("c", str(r["orderInfo"]["orderId"]), orjson.dumps(r).decode()) for r in rows]
                with database.transaction() as db:
                    db.exec_driver_sql(statement, values)
                after = rows[-1]["orderInfo"]["orderId"] + 1
            if len(rows) < 500:
                break
    taken = time.perf_counter() - started
    database.close()
    return {"first": taken}


def _run(side: str, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.syncs", side, url, folder],
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


async def measure(rounds: int, count: int) -> list[Result]:
    """First and second syncs of that many orders, and memory with ten times as many."""
    first, second, ours, bare = [], [], {}, {}
    with serving(*MODULE, "benchmarks.order_pages", str(count)) as pages:
        for _ in range(rounds):
            ours, bare = _run("ours", pages.url), _run("bare", pages.url)
            first.append(bare["first"] / ours["first"])
            second.append(ours["first"] / ours["second"])
    with serving(*MODULE, "benchmarks.order_pages", str(10 * count)) as pages:
        large = _run("ours", pages.url)
    name = f"{count:,} orders"
    return [
        Result(
            f"first sync of {name}, against fetching and storing the same pages",
            first,
            f"{count / ours['first']:,.0f}/s",
            f"{count / bare['first']:,.0f}/s",
            at_least=FIRST_AT_LEAST,
        ),
        Result(
            f"the second sync of {name} that are unchanged, times faster",
            second,
            f"{count / ours['second']:,.0f}/s",
            "the first",
            at_least=SECOND_AT_LEAST,
        ),
        Result(
            f"peak memory with {10 * count:,} records, against {count:,}",
            [large["megabytes"] / ours["megabytes"]],
            f"{large['megabytes']:.0f} MB",
            f"{ours['megabytes']:.0f} MB",
            at_most=MEMORY_AT_MOST,
        ),
    ]


def main() -> None:
    """One side of the comparison; prints its figures as JSON."""
    side, url, folder = sys.argv[1:]
    print(json.dumps(asyncio.run((_ours if side == "ours" else _bare)(url, folder))))


if __name__ == "__main__":
    main()
