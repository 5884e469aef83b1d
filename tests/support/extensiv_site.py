"""A Crossdock that is connected to one customer of an Extensiv double, and bodies that it takes."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from crossdock.doubles.extensiv import ExtensivDouble
from crossdock.doubles.extensiv.seed import FACILITY
from crossdock.doubles.extensiv.stand import CLIENT, PERSON, SECRET, STAND
from crossdock.doubles.server import running
from tests.support.install import Install, Server

SHIPPED = {"shipped_date": "2026-02-01T10:00:00Z", "tracking_number": "1Z9"}

_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    """A text that no other test uses."""
    return f"{prefix}-{next(_numbers)}"


@dataclass
class Site:
    """A double of Extensiv, and a Crossdock that is connected to it."""

    double: ExtensivDouble
    url: str
    api: httpx.Client


def credentials(url: str, **changes: str) -> list[str]:
    """Arguments of `crossdock connect`."""
    pairs = {**STAND.credentials(url), **changes}.items()
    return [part for name, value in pairs for part in ("--credential", f"{name}={value}")]


@contextmanager
def connected_site(home: Path) -> Iterator[Site]:
    """A double, a server and an account between them, for the tests of a file."""
    install = Install(home, settings={"CROSSDOCK_VENDOR_TIMEOUT": "4"})
    double = ExtensivDouble(client_id=CLIENT, client_secret=SECRET)
    with running(double) as url:
        key = install.create_key()
        done = install.run("connect", "wms/extensiv", "--org", "acme", *credentials(url))
        token = json.loads(done.stdout)["access_token"]
        server = Server(install).start()
        try:
            with server.client(key, token) as api:
                yield Site(double, url, api)
        finally:
            server.stop()
    assert SECRET not in server.log


@contextmanager
def well_behaved(site: Site) -> Iterator[Site]:
    """The site for one test: its double without faults; any violation of the specification is a failure."""
    site.double.faults.clear()
    site.double.counts.clear()
    yield site
    site.double.faults.clear()
    assert site.double.violations == []


def an_order(**changes: Any) -> dict[str, Any]:
    """An order of one item, with changes."""
    return {
        "order_number": unique("SO"),
        "warehouse_id": str(FACILITY),
        "ship_to_address": PERSON,
        "line_items": [{"sku": "SKU-01", "quantity": 2}],
    } | changes


def new_record(collection: str) -> dict[str, Any]:
    """A body that makes a record of a collection."""
    if collection == "orders":
        return an_order()
    if collection == "returns":
        lines = [{"sku": "SKU-01", "quantity": 1}]
        return {"reference_num": unique("RMA"), "warehouse_id": str(FACILITY), "line_items": lines}
    lines = [{"sku": "SKU-03", "expected_quantity": 7}]
    return {"reference_number": unique("ASN"), "warehouse_id": str(FACILITY), "line_items": lines}
