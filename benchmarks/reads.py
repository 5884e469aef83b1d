"""Pages of stored records: against the same rows joined by hand, and the last page against the first."""

import asyncio
import re
import statistics
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import msgspec

from benchmarks.accounts import environment
from benchmarks.result import Result
from benchmarks.servers import MODULE, serving
from crossdock.connections.keys import create_api_key, digest
from crossdock.connections.vault import open_vault
from crossdock.records.announce import announcer
from crossdock.records.canonical import canonical
from crossdock.records.keep import keep
from crossdock.schemas import wms
from crossdock.schemas.lists import list_function
from crossdock.settings import load_settings
from crossdock.storage import accounts, records
from crossdock.storage.database import Database, open_database
from crossdock.storage.reads import Place, read_page

PAGE = 1_000
AT_LEAST = 0.6
AT_MOST = 1.5
TOKEN = "benchmark-token"
MANY = 1_000_000
LOOKS = 15


def order(number: int) -> wms.Order:
    """An order with two lines and a shipment, some two kilobytes of JSON."""
    line = wms.OrderLineItem(product_id=f"p{number % 500}", sku=f"SKU-{number % 500}", quantity=2)
    package = wms.Package(package_id=f"b{number}", tracking_number=f"TRACK{number}", carrier_name="Post")
    shipment = wms.Shipment(shipment_id=f"s{number}", warehouse_id="1", status="shipped", packages=[package])
    return wms.Order(
        id=f"{number:09}",
        created_date="2026-01-15T10:00:00Z",
        updated_date="2026-01-15T10:00:00Z",
        reference_id=f"REF-{number}",
        order_number=f"SO-{number}",
        status="fulfilled",
        line_items=[line, line],
        shipments=[shipment],
    )


def _connection(database: Database) -> str:
    with database.transaction() as db:
        return accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, "benchmark"),
            integration_type="wms",
            integration_name="sandbox",
            credentials=b"",
            token_digest=digest(TOKEN),
            allowed_actions=None,
        )


async def measure(rounds: int, seconds: float, many: int = MANY) -> list[Result]:
    """Both comparisons."""
    with TemporaryDirectory() as folder:
        settings = environment(Path(folder))
        database = open_database(load_settings(settings))
        vault = open_vault(load_settings(settings), database)
        connection_id = _connection(database)
        credentials = vault.encrypt({"sandbox_id": "x", "key": "x", "access_token": "x"})
        with database.transaction() as db:
            accounts.replace_credentials(db, connection_id, credentials)
            function = list_function("wms", "get_orders")
            rows = [canonical(lambda row: row, order(number), b"{}") for number in range(PAGE)]
            keep(db, announcer(db, connection_id, silent=True), function, rows)
        key = create_api_key(database, "benchmark", read_only=False).key
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": TOKEN}
        path = str(database.path)
        with (
            serving(*MODULE, "crossdock", "serve", "--port", "0", "--no-work", env=settings) as ours,
            serving(*MODULE, "benchmarks.references", "rows", path, connection_id) as bare,
        ):
            ratios, mine, theirs = [], 0.0, 0.0
            for _ in range(rounds):
                mine = await requests_per_second(f"{ours.url}/wms/orders", headers, seconds)
                theirs = await requests_per_second(bare.url, {}, seconds)
                ratios.append(mine / theirs)
        page = Result(
            "a page of 1,000 orders, against the same rows joined",
            ratios,
            f"{mine:,.0f}/s",
            f"{theirs:,.0f}/s",
            at_least=AT_LEAST,
        )
        deep = _deep(database, connection_id, many)
        database.close()
    return [page, deep]


async def requests_per_second(url: str, headers: Mapping[str, str], seconds: float) -> float:
    """How often one caller is answered in a second, reading each answer to its end."""
    parts = urlsplit(url)
    lines = [f"GET {parts.path or '/'} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=16 * 1024 * 1024)
    answered, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.splitlines()[0], head
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        assert length is not None
        await reader.readexactly(int(length[1]))
        answered += 1
    taken = time.perf_counter() - started
    writer.close()
    return answered / taken


def _filled(connection_id: str, many: int) -> Iterator[list[tuple[object, ...]]]:
    """Rows of a resource of its own, made without translation: what is read is what matters."""
    text = msgspec.json.encode(order(0)).decode()
    values = dict.fromkeys(records.COLUMNS)
    for start in range(0, many, 20_000):
        yield [
            tuple(
                {
                    **values,
                    "connection_id": connection_id,
                    "resource": "many",
                    "id": f"{number:09}",
                    "data": text,
                    "digest": b"",
                    "raw_digest": b"",
                    "created_date": "",
                    "updated_date": "",
                    "created_at": 0.0,
                    "updated_at": 0.0,
                    "raw": "",
                }.values()
            )
            for number in range(start, min(start + 20_000, many))
        ]


def _deep(database: Database, connection_id: str, many: int) -> Result:
    for rows in _filled(connection_id, many):
        with database.transaction() as db:
            records.put(db, rows)
    place = Place(connection_id, "many")
    ratios = []
    for _ in range(5):
        first = _milliseconds(database, place, "")
        last = _milliseconds(database, place, f"{many - PAGE - 1:09}")
        ratios.append(last / first)
    return Result(
        f"the last page of {many:,} records, against the first",
        ratios,
        f"{last:.1f} ms",
        f"{first:.1f} ms",
        at_most=AT_MOST,
    )


def _milliseconds(database: Database, place: Place, after: str) -> float:
    times = []
    for _ in range(LOOKS):
        started = time.perf_counter()
        with database.transaction(writes=False) as db:
            found = read_page(db, place, after, PAGE, [])
        times.append(time.perf_counter() - started)
        assert len(found.texts) == PAGE
    return statistics.median(times) * 1000
