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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from benchmarks.order_pages import PAGE
from benchmarks.result import Result
from benchmarks.servers import MODULE, serving
from crossdock import collector
from crossdock.catalog import Catalog
from crossdock.connections.opened import schedules_of
from crossdock.doubles.ongoing.stand import GOODS_OWNER, STAND
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, records, schedules, tables
from crossdock.storage.database import Database

MOST_OF_THE_DOUBLE = 20_000

FIRST_AT_LEAST = 0.5
SECOND_AT_LEAST = 3.0
MEMORY_AT_MOST = 1.2


async def _ours(url: str, folder: str) -> dict[str, float]:
    """Seconds of a first and of a second sync of the orders, and the peak of memory in MB."""
    environment = {"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}
    service = open_service(load_settings(environment))
    collector.settle()
    ongoing = Catalog.installed().get("wms", "ongoing")

    def connect(db: sa.Connection) -> str:
        connection_id = _connection(db, service.vault.encrypt(dict(STAND.credentials(url))))
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


async def _bare(url: str, folder: str, *, lean: bool = False) -> dict[str, float]:
    """The same pages, decoded, and each order stored as it is, a page a transaction, in the same table.

    The columns are filled with what the vendor's row says by itself. A `lean` loop has a table of its own of
    three columns and no further index.
    """
    database = Database(f"sqlite:///{Path(folder) / 'crossdock.db'}")
    with database.transaction() as db:
        connection_id = _connection(db, b"")
        db.exec_driver_sql(LEAN_TABLE)
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
                now = time.time()
                with database.transaction() as db:
                    if lean:
                        db.exec_driver_sql(LEAN_UPSERT, [_lean_row(connection_id, row) for row in rows])
                    else:
                        records.put(db, [_bare_row(connection_id, row, now) for row in rows])
                after = rows[-1]["orderInfo"]["orderId"] + 1
            if len(rows) < PAGE:
                break
    taken = time.perf_counter() - started
    database.close()
    return {"first": taken}


def _bare_row(connection_id: str, row: Any, now: float) -> tuple[Any, ...]:
    """A row of the table, in the order of its columns, with the vendor's order in place of a record."""
    info = row["orderInfo"]
    return (
        connection_id,
        "orders",
        str(info["orderId"]),
        orjson.dumps(row).decode(),
        b"",
        b"",
        info["orderStatus"]["text"],
        info["orderNumber"],
        info.get("referenceNumber"),
        None,
        info["createdDate"],
        info["advanced"]["orderHeaderUpdated"],
        now,
        now,
        None,
        "",
    )


LEAN_TABLE = "CREATE TABLE lean (connection TEXT, id TEXT, data TEXT, PRIMARY KEY (connection, id))"
LEAN_UPSERT = (
    "INSERT INTO lean VALUES (?, ?, ?) ON CONFLICT (connection, id) DO UPDATE SET data = excluded.data"
)


def _lean_row(connection_id: str, row: Any) -> tuple[str, str, str]:
    return connection_id, str(row["orderInfo"]["orderId"]), orjson.dumps(row).decode()


def _connection(db: sa.Connection, credentials: bytes) -> str:
    return accounts.add_connection(
        db,
        organisation_id=accounts.organisation_id(db, "benchmark"),
        integration_type="wms",
        integration_name="ongoing",
        credentials=credentials,
        token_digest=b"benchmark",
        allowed_actions=None,
    )


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
    from_double = _rounds(rounds, checked, "double")
    from_bytes = _rounds(1, count, "bytes")
    ours, fast = from_double.ours, from_bytes.ours
    with serving(*MODULE, "benchmarks.order_pages", str(10 * count), "bytes") as pages:
        large = _run("ours", pages.url)
    return [
        *_first_syncs(from_double, f"{checked:,} orders from the double", FIRST_AT_LEAST),
        *_first_syncs(from_bytes, f"{name} from prepared bytes, which no system is as fast as", None),
        Result(
            f"the second sync of {checked:,} orders, unchanged, times faster, from the double",
            from_double.second,
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


def _first_syncs(measured: "_Measured", what: str, at_least: float | None) -> list[Result]:
    """The first syncs against a loop that stores into the same table, and against one with a lean table."""
    pairs = (("same", "the same pages into the same table"), ("lean", "them into three columns, no index"))
    return [
        Result(
            f"first sync of {what}, against storing {words}",
            measured.first[side],
            f"{measured.count / measured.ours['first']:,.0f}/s",
            f"{measured.count / measured.bare[side]['first']:,.0f}/s",
            at_least=at_least if side == "same" else None,
        )
        for side, words in pairs
    ]


@dataclass
class _Measured:
    """Ratios of every round, and the figures of the last one."""

    count: int
    first: dict[str, list[float]] = field(default_factory=lambda: {"same": [], "lean": []})
    second: list[float] = field(default_factory=list)
    ours: dict[str, float] = field(default_factory=dict)
    bare: dict[str, dict[str, float]] = field(default_factory=dict)


def _rounds(rounds: int, count: int, source: str) -> _Measured:
    measured = _Measured(count)
    with serving(*MODULE, "benchmarks.order_pages", str(count), source) as pages:
        for _ in range(rounds):
            ours = measured.ours = _run("ours", pages.url)
            assert ours["records"] == count, f"{ours['records']} of {count} orders were stored"
            for side, ratios in measured.first.items():
                measured.bare[side] = _run(side, pages.url)
                ratios.append(measured.bare[side]["first"] / ours["first"])
            measured.second.append(ours["first"] / ours["second"])
    return measured


def main() -> None:
    """One side of the comparison; prints its figures as JSON."""
    side, url, folder = sys.argv[1:]
    run = _ours(url, folder) if side == "ours" else _bare(url, folder, lean=side == "lean")
    print(json.dumps(asyncio.run(run)))


if __name__ == "__main__":
    main()
