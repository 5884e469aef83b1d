"""A first sync of products and orders from a real Tryton, against a bare script that makes the same requests.

Each side runs in a process of its own. Products and orders are copied within Tryton's database from one that
was made over its API, since making 10,000 orders there takes hours.
"""

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from benchmarks.result import Result
from crossdock.catalog import Catalog
from crossdock.connections.opened import schedules_of
from crossdock.connector import Span
from crossdock.doubles.tryton.installed import installed, program
from crossdock.doubles.tryton.process import DATABASE, TrytonProcess, copied, running_process
from crossdock.doubles.tryton.rpc import Rpc, decimal
from crossdock.doubles.tryton.seed import PASSWORD, USER
from crossdock.doubles.tryton.stand import CUSTOMER, STAND
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, schedules, tables

FUNCTIONS = ("get_items", "get_sales_orders")
AT_LEAST = 0.7
MODELS = {
    "product_template": (),
    "product_product": ("template",),
    "sale_sale": (),
    "sale_line": ("sale",),
}
"""The tables that are filled, and their columns that name a record which is copied too."""


def fill(process: TrytonProcess, count: int) -> None:
    """One order over the API, then copies of it and of a product until there are so many of each."""
    rpc = Rpc(process.url, DATABASE, USER, PASSWORD)
    rpc.context = {"company": 1}
    lines = [{"type": "line", "product": 1, "unit": 1, "quantity": 5, "unit_price": decimal("9.99")}]
    order = {"party": int(CUSTOMER), "reference": "WEB", "lines": [["create", lines]]}
    rpc.create("sale.sale", order)
    rpc.close()
    process.stop()
    with closing(sqlite3.connect(process.data / f"{DATABASE}.sqlite")) as database:
        for table, named in MODELS.items():
            _copies(database, table, named, count)
        database.commit()
    process.start()


def _copies(database: sqlite3.Connection, table: str, named: tuple[str, ...], count: int) -> None:
    """Copies of the first row; a column that names a record names its copy."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    (there,) = database.execute(f"SELECT max(id) FROM {table}").fetchone()
    first = dict(
        zip(columns, database.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 1").fetchone(), strict=True)
    )
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"
    rows = (
        tuple(({**first, "id": number} | dict.fromkeys(named, number)).values())
        for number in range(there + 1, count + 1)
    )
    database.executemany(statement, rows)


async def _ours(url: str, folder: str) -> dict[str, float]:
    """Seconds of a first sync of both lists, and how many records it stored."""
    environment = {"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}
    service = open_service(load_settings(environment))
    tryton = Catalog.installed().get("erp", "tryton")

    def connect(db: sa.Connection) -> str:
        connection_id = accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, "benchmark"),
            integration_type="erp",
            integration_name="tryton",
            credentials=service.vault.encrypt(dict(STAND.credentials(url))),
            token_digest=b"benchmark",
            allowed_actions=None,
        )
        wanted = [row for row in schedules_of(tryton) if row.function_name in FUNCTIONS]
        schedules.add_schedules(db, connection_id, wanted, time.time())
        return connection_id

    connection_id = await service.database.write(connect)
    started = time.perf_counter()
    await service.syncs.run_connection(connection_id)
    taken = time.perf_counter() - started
    count = await service.database.read(
        lambda db: db.scalar(sa.select(sa.func.count()).select_from(tables.records))
    )
    await service.aclose()
    return {"seconds": taken, "records": float(count or 0)}


async def _bare(url: str, folder: str) -> dict[str, float]:  # noqa: ARG001
    """The same requests, one after the other, their answers decoded and counted."""
    tryton = Catalog.installed().get("erp", "tryton")
    account = STAND.credentials(url)
    assert tryton.token is not None
    started, records = time.perf_counter(), 0
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as client:

        async def asked(request: Any) -> Any:
            answer = await client.request(request.method, request.path, json=request.body)
            return orjson.loads(answer.content)

        token = tryton.token.parse(await asked(tryton.token.request(account)))
        client.headers["authorization"] = f"{tryton.token.scheme} {token.value}"
        for name in FUNCTIONS:
            listing = tryton.listing(name)
            assert listing is not None
            position = None
            while True:
                page = listing.page(position, await asked(listing.request(account, Span(), position)))
                records += len(page.rows)
                position = page.next
                if position is None:
                    break
    return {"seconds": time.perf_counter() - started, "records": float(records)}


def _run(side: str, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.tryton", side, url, folder],
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(rounds: int, count: int) -> list[Result]:
    """First syncs of that many products and orders. Raises `NotInstalled` when there is no Tryton."""
    home = installed()
    ratios: list[float] = []
    ours: dict[str, float] = {}
    bare: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = copied(home / "data", Path(folder) / "data")
        with running_process(program(home, "trytond"), data) as process:
            fill(process, count)
            _run("bare", process.url)
            for number in range(rounds):
                sides = ("bare", "ours") if number % 2 else ("ours", "bare")
                found = {side: _run(side, process.url) for side in sides}
                ours, bare = found["ours"], found["bare"]
                assert ours["records"] == bare["records"] == 2 * count, f"{ours}, {bare}"
                ratios.append(bare["seconds"] / ours["seconds"])
    return [
        Result(
            f"first sync of {count:,} products and {count:,} orders from Tryton, against the same requests",
            ratios,
            f"{2 * count / ours['seconds']:,.0f}/s",
            f"{2 * count / bare['seconds']:,.0f}/s",
            at_least=AT_LEAST,
        )
    ]


SIDES: dict[str, Callable[[str, str], Any]] = {"ours": _ours, "bare": _bare}


def main() -> None:
    """One side of the comparison; prints its figures as JSON."""
    side, url, folder = sys.argv[1:]
    print(json.dumps(asyncio.run(SIDES[side](url, folder))))


if __name__ == "__main__":
    main()
