"""A first sync of a real Vendure, against a bare script that makes the same requests and keeps nothing.

The shop is made large in its database while its server is stopped; what is measured asks the server only.
Each side runs in a process of its own.
"""

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import httpx
import orjson
import sqlalchemy as sa

from benchmarks.result import Result
from crossdock.catalog import Catalog
from crossdock.connections.opened import schedules_of
from crossdock.connector import Account, Integration
from crossdock.connector.listing import EVERYTHING
from crossdock.doubles.vendure import VendureServer, running_server
from crossdock.doubles.vendure.shop import PASSWORD, TOKEN_HEADER, USER
from crossdock.doubles.vendure.stand import STAND
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, schedules, tables

AT_LEAST = 0.7
LISTS = ("get_products", "get_orders")
FIRST_COPY = 1000
"""Ids of copies begin here."""

PRODUCT, VARIANT, ORDER = 2, 3, 1
"""What is copied of the seed: a product with one variant, and an order of two lines."""

COPIED = (
    ("product", "id", PRODUCT, ()),
    ("product_translation", "baseId", PRODUCT, ("baseId",)),
    ("product_channels_channel", "productId", PRODUCT, ("productId",)),
    ("product_variant", "id", VARIANT, ("productId",)),
    ("product_variant_translation", "baseId", VARIANT, ("baseId",)),
    ("product_variant_price", "variantId", VARIANT, ("variantId",)),
    ("product_variant_channels_channel", "productVariantId", VARIANT, ("productVariantId",)),
    ("stock_level", "productVariantId", VARIANT, ("productVariantId",)),
    ("order", "id", ORDER, ()),
    ("order_channels_channel", "orderId", ORDER, ("orderId",)),
    ("shipping_line", "orderId", ORDER, ("orderId",)),
    ("payment", "orderId", ORDER, ("orderId",)),
    ("order_line", "orderId", ORDER, ("orderId",)),
)
"""Tables with what belongs to the copied rows: the column and value that find it, and columns that name
the copy.

A row that has an id of its own gets a new one.
"""


def _enlarge(database: Path, copies: int) -> None:
    """Copies the product and the order, each copy made a second after the one before."""
    with closing(sqlite3.connect(database)) as db, db:
        for table, column, value, of_copy in COPIED:
            names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            rows = db.execute(f'SELECT * FROM "{table}" WHERE "{column}" = ?', (value,)).fetchall()
            marks = ", ".join("?" for _ in names)
            made = [
                _copy(
                    dict(zip(names, row, strict=True)),
                    number,
                    FIRST_COPY + number * len(rows) + place,
                    of_copy,
                )
                for number in range(copies)
                for place, row in enumerate(rows)
            ]
            db.executemany(f'INSERT INTO "{table}" VALUES ({marks})', made)


def _copy(row: dict[str, object], number: int, own_id: int, of_copy: tuple[str, ...]) -> tuple[object, ...]:
    named = dict.fromkeys(of_copy, FIRST_COPY + number)
    unique = {name: f"{row[name]}-{number}" for name in ("code", "slug", "sku") if name in row}
    made = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1_700_000_000 + number))
    dates = {name: made for name in ("createdAt", "updatedAt") if name in row}
    own = {"id": own_id} if "id" in row else {}
    changed = dict(row)
    for changes in (own, named, unique, dates):
        changed |= {str(name): value for name, value in changes.items()}
    return tuple(changed.values())


def _vendure() -> Integration:
    return Catalog.installed().get("cart", "vendure")


def _account(url: str) -> Account:
    defaults = {field.name: field.default or "" for field in _vendure().credential_fields}
    return {**defaults, **STAND.credentials(url)}


async def _ours(url: str, folder: str) -> dict[str, float]:
    """Seconds of the first sync of products and orders, and how many records it stored."""
    environment = {"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}
    service = open_service(load_settings(environment))

    def connect(db: sa.Connection) -> str:
        connection_id = accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, "benchmark"),
            integration_type="cart",
            integration_name="vendure",
            credentials=service.vault.encrypt(dict(_account(url))),
            token_digest=b"benchmark",
            allowed_actions=None,
        )
        wanted = [row for row in schedules_of(_vendure()) if row.function_name in LISTS]
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


async def _bare(url: str) -> dict[str, float]:
    """The same requests one after the other, their answers decoded and forgotten."""
    vendure, account, count = _vendure(), _account(url), 0
    base = vendure.access(account).base_url
    login = {
        "query": "mutation($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }",
        "variables": {"u": USER, "p": PASSWORD},
    }
    started = time.perf_counter()
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=120) as client:
        token = (await client.post("/admin-api", json=login)).headers[TOKEN_HEADER]
        client.headers["authorization"] = f"Bearer {token}"
        for name in LISTS:
            listing, position = vendure.listing(name), None
            assert listing is not None
            while True:
                request = listing.request(account, EVERYTHING, position)
                answer = await client.post(request.path, json=request.body)
                page = listing.page(position, orjson.loads(answer.content))
                count += len(page.rows)
                position = page.next
                if position is None:
                    break
    return {"seconds": time.perf_counter() - started, "records": float(count)}


def _run(side: str, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.vendure", side, url, folder],
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _restarted(server: VendureServer, copies: int) -> None:
    server.stop()
    _enlarge(server.database, copies)
    server.start()


async def measure(rounds: int, count: int) -> list[Result]:
    """First syncs of that many products and as many orders. Raises `NotToBeHad` where there is no Vendure."""
    ratios = []
    ours: dict[str, float] = {}
    bare: dict[str, float] = {}
    with running_server() as server:
        _restarted(server, count)
        _run("bare", server.url)
        for _ in range(rounds):
            ours, bare = _run("ours", server.url), _run("bare", server.url)
            assert ours["records"] == bare["records"] > 3 * count
            ratios.append(bare["seconds"] / ours["seconds"])
    return [
        Result(
            f"first sync of {count:,} products with a variant each and {count:,} orders of a real Vendure",
            ratios,
            f"{ours['seconds']:.1f} s, {ours['records'] / ours['seconds']:,.0f} records/s",
            f"{bare['seconds']:.1f} s, {bare['records'] / bare['seconds']:,.0f} records/s",
            at_least=AT_LEAST,
        )
    ]


def main() -> None:
    """One side of the comparison; prints its figures as JSON."""
    side, url, folder = sys.argv[1:]
    print(json.dumps(asyncio.run(_ours(url, folder) if side == "ours" else _bare(url))))


if __name__ == "__main__":
    main()
