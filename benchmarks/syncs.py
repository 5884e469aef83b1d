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

from benchmarks.order_pages import PAGE
from benchmarks.result import Result
from benchmarks.servers import MODULE, serving
from crossdock.catalog import Catalog
from crossdock.connections.opened import schedules_of
from crossdock.doubles.ongoing.stand import GOODS_OWNER, STAND
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, schedules, tables
from crossdock.storage.database import Database

MOST_OF_THE_DOUBLE = 20_000

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
        orders = [row for row in schedules_of(ongoing) if row.function_name == "get_orders"]
        schedules.add_schedules(db, connection_id, orders, time.time())
        return connection_id

    connection_id = await service.database.write(connect)
    taken = []
    for again in (_due, _due_from_the_beginning, None):
        started = time.perf_counter()
        await service.syncs.run_connection(connection_id)
        taken.append(time.perf_counter() - started)
        if again is not None:
            await service.database.write(again)
    count = await service.database.read(
        lambda db: db.scalar(sa.select(sa.func.count()).select_from(tables.records))
    )
    await service.aclose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "first": taken[0],
        "second": taken[1],
        "whole": taken[2],
        "megabytes": peak,
        "records": float(count or 0),
    }


def _due(db: sa.Connection) -> None:
    db.execute(tables.sync_schedules.update().values(next_run_at=0.0))


def _due_from_the_beginning(db: sa.Connection) -> None:
    """The next sync is to see every record again, as of a vendor that cannot tell what changed."""
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
    account = STAND.credentials(url)
    basic = (account["username"], account["password"])
    async with httpx.AsyncClient(trust_env=False, auth=basic, timeout=60) as client:
        while True:
            query: dict[str, Any] = {"goodsOwnerId": GOODS_OWNER, "maxOrdersToGet": PAGE} | (
                {} if after is None else {"orderIdFrom": after}
            )
            answer = await client.get(f"{url}/warehouse/api/v1/orders", params=query)
            rows = orjson.loads(answer.content)
            if rows:
                values = [("c", str(r["orderInfo"]["orderId"]), orjson.dumps(r).decode()) for r in rows]
                with database.transaction() as db:
                    db.exec_driver_sql(statement, values)
                after = rows[-1]["orderInfo"]["orderId"] + 1
            if len(rows) < PAGE:
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
    """First and second syncs of that many orders from the double, the same from bytes, and memory."""
    name = f"{count:,} orders"
    # The double looks at each of its orders for each page.
    checked = min(count, MOST_OF_THE_DOUBLE)
    first, second, ours, bare = _rounds(rounds, checked, "double")
    from_bytes, _, fast, fast_bare = _rounds(1, count, "bytes")
    with serving(*MODULE, "benchmarks.order_pages", str(10 * count), "bytes") as pages:
        large = _run("ours", pages.url)
    return [
        Result(
            f"first sync of {checked:,} orders from the double, against fetching and storing the same pages",
            first,
            f"{checked / ours['first']:,.0f}/s",
            f"{checked / bare['first']:,.0f}/s",
            at_least=FIRST_AT_LEAST,
        ),
        Result(
            f"first sync of {name} from prepared bytes, which no system is as fast as",
            from_bytes,
            f"{count / fast['first']:,.0f}/s",
            f"{count / fast_bare['first']:,.0f}/s",
        ),
        Result(
            f"the second sync of {checked:,} orders, unchanged, times faster, from the double",
            second,
            f"{ours['second'] * 1000:,.0f} ms",
            f"{ours['first'] * 1000:,.0f} ms",
            at_least=SECOND_AT_LEAST,
        ),
        Result(
            f"the second sync of {name}, unchanged, times faster, from bytes",
            [fast["first"] / fast["second"]],
            f"{fast['second'] * 1000:,.0f} ms",
            f"{fast['first'] * 1000:,.0f} ms",
            at_least=SECOND_AT_LEAST,
        ),
        Result(
            "the same where every order is read again",
            [fast["first"] / fast["whole"]],
            f"{count / fast['whole']:,.0f}/s",
            f"{count / fast['first']:,.0f}/s",
        ),
        Result(
            f"peak memory with {10 * count:,} records, against {count:,}",
            [large["megabytes"] / fast["megabytes"]],
            f"{large['megabytes']:.0f} MB",
            f"{fast['megabytes']:.0f} MB",
            at_most=MEMORY_AT_MOST,
        ),
    ]


def _rounds(
    rounds: int, count: int, source: str
) -> tuple[list[float], list[float], dict[str, float], dict[str, float]]:
    first, second = [], []
    ours: dict[str, float] = {}
    bare: dict[str, float] = {}
    with serving(*MODULE, "benchmarks.order_pages", str(count), source) as pages:
        for _ in range(rounds):
            ours, bare = _run("ours", pages.url), _run("bare", pages.url)
            assert ours["records"] == count, f"{ours['records']} of {count} orders were stored"
            first.append(bare["first"] / ours["first"])
            second.append(ours["first"] / ours["second"])
    return first, second, ours, bare


def main() -> None:
    """One side of the comparison; prints its figures as JSON."""
    side, url, folder = sys.argv[1:]
    print(json.dumps(asyncio.run((_ours if side == "ours" else _bare)(url, folder))))


if __name__ == "__main__":
    main()
