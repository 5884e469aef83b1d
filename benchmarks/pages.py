"""How long each page of the dashboard takes to be usable, with 10,000 connections and 1,000,000 records.

From asking for the page to its content being there, in Chromium, each page opened anew with nothing cached
but the parts whose names change with their content. Before each the least that a page can be is timed in the
same way: a document, one request that it makes, and the answer shown.
"""

import shutil
import tempfile
import time
import uuid
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import sqlalchemy as sa
from playwright.sync_api import Page, sync_playwright

from benchmarks.result import Result
from crossdock.cli.database import opened_database
from crossdock.settings import load_settings
from crossdock.storage import accounts, records
from crossdock.storage.tables import connections
from tests.support.install import Install, Server
from tests.web.conftest import FLAGS
from tests.web.signed_in import sign_in

MOST_SECONDS = 1.0
AT_ONCE = 20_000


def measure(rounds: int, many_connections: int, many_records: int) -> list[Result]:
    """Seconds of every page."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        install = Install(Path(home))
        large = _fill(install, many_connections, many_records)
        server = Server(install).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        sign_in(page, server, install, "admin@example.com")
        with server.client(install.create_key()) as key:
            for _ in range(300):
                key.get("/summary")
        taken = {
            name: [
                (_bare(page, server.url), _seconds(page, server.url + path, content)) for _ in range(rounds)
            ]
            for name, (path, content) in _pages(large).items()
        }
        browser.close()
        server.stop()
    return [_result(name, *zip(*pairs, strict=True)) for name, pairs in taken.items()]


def _result(name: str, bare: tuple[float, ...], seconds: tuple[float, ...]) -> Result:
    ours, reference = f"{min(seconds):.2f} s", f"{median(bare):.2f} s"
    return Result(f"seconds until {name} is usable", seconds, ours, reference, at_most=MOST_SECONDS)


def _pages(large: str) -> dict[str, tuple[str, str]]:
    """Each page, and what is there when it is usable."""
    first_row = "tbody tr td:nth-child(2)"
    orders = f"/dashboard/data?connection={large}&resource=/wms/orders"
    return {
        "connections": ("/dashboard/connections", first_row),
        "connections, searched": ("/dashboard/connections?search=customer+9999", first_row),
        "one connection": (f"/dashboard/connections/{large}", first_row),
        "the write explorer": (
            f"/dashboard/writes?account=connection:{large}&action=create_order",
            first_row,
        ),
        "the data explorer": (orders, first_row),
        "the data explorer, filtered": (f"{orders}&f.status[eq]=open", first_row),
        "one record": (f"{orders}&record=500000", "pre"),
        "events": ("/dashboard/events", "tbody"),
        "endpoints": ("/dashboard/events/endpoints", "tbody"),
        "requests": ("/dashboard/requests", first_row),
        "API keys": ("/dashboard/keys", first_row),
        "users": ("/dashboard/users", first_row),
        "the audit": ("/dashboard/audit", first_row),
    }


def _seconds(page: Page, url: str, content: str) -> float:
    page.goto("about:blank")
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(content).first.wait_for()
    return time.perf_counter() - started


def _bare(page: Page, url: str) -> float:
    page.goto("about:blank")
    started = time.perf_counter()
    page.goto(f"{url}/healthz", wait_until="commit")
    page.evaluate(
        """() => void fetch("/session").then((answer) => answer.text()).then((text) => {
            document.body.append(Object.assign(document.createElement("p"), { textContent: text }));
        })"""
    )
    page.locator("p").first.wait_for()
    return time.perf_counter() - started


def _fill(install: Install, many_connections: int, many_records: int) -> str:
    """Fills the database by its tables; the id of the connection with the records."""
    with opened_database(load_settings(install.environment)) as database:
        with database.transaction() as db:
            organisation = accounts.organisation_id(db, "acme")
            rows = [_connection(organisation, number) for number in range(many_connections)]
            db.execute(connections.insert(), rows)
        sandbox = _sandbox(install)
        for start in range(0, many_records, AT_ONCE):
            with database.transaction() as db:
                values = [
                    _record(sandbox, number) for number in range(start, min(start + AT_ONCE, many_records))
                ]
                records.put(db, values)
        with database.transaction() as db:
            db.execute(sa.text("ANALYZE"))
    return sandbox


def _sandbox(install: Install) -> str:
    server = Server(install).start()
    with server.client(install.create_key()) as key:
        made: str = key.post("/sandbox/generate-sandbox/wms").json()["connection_id"]
    server.stop()
    return made


def _connection(organisation: str, number: int) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "organisation_id": organisation,
        "integration_type": "wms",
        "integration_name": "shipbob",
        "credentials": b"",
        "token_digest": uuid.uuid4().bytes,
        "created_at": 1.0,
        "customer_id": f"customer {number}",
    }


def _record(connection: str, number: int) -> tuple[Any, ...]:
    status = "open" if number % 3 else "fulfilled"
    moment = "2026-01-01T00:00:00Z"
    data = orjson.dumps(
        {
            "id": str(number),
            "order_number": f"SO-{number}",
            "status": status,
            "created_date": moment,
            "updated_date": moment,
            "line_items": [{"sku": "MUG", "quantity": 2}],
            "trackstar_tags": None,
            "trackstar_created_date": moment,
            "trackstar_updated_date": moment,
        }
    ).decode()
    stamp = 1767225600.0 + number / 100
    return (
        *(connection, "orders", str(number), data, b"1" * 16, b"2" * 16, status, f"SO-{number}", None, None),
        *(moment, moment, stamp, stamp, None, "{}"),
    )
