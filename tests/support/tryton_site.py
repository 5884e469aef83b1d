"""A Crossdock that is connected to a real Tryton, which can also be asked and changed directly."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from crossdock.doubles.server import running
from crossdock.doubles.tryton.front import TrytonFront
from crossdock.doubles.tryton.process import DATABASE
from crossdock.doubles.tryton.rpc import Rpc
from crossdock.doubles.tryton.seed import PASSWORD, USER
from crossdock.doubles.tryton.stand import CUSTOMER, STAND, VENDOR
from tests.support.install import Install, Server

_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    """A text that no other test uses."""
    return f"{prefix}-{next(_numbers)}"


@dataclass
class Site:
    """`front` stands before Tryton and can be told to misbehave; `tryton` is Tryton itself."""

    install: Install
    front: TrytonFront
    url: str
    tryton: Rpc
    api: httpx.Client
    connection_id: str

    def written(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """The record after a write that is accepted, all of its fields used."""
        answer = self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        record: dict[str, Any] = said["data"]
        assert said["id"] == record["id"]
        return record

    def refused(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """The body of a refusal, with its status."""
        answer = self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code >= 400, answer.text
        said: dict[str, Any] = answer.json()
        return said | {"status": answer.status_code}

    def sync(self, *functions: str) -> list[dict[str, Any]]:
        """Reads lists now; a row for each, by what the command line prints."""
        wanted = [part for name in functions for part in ("--function", name)]
        done = self.install.run("sync", "erp/tryton", "--connection", self.connection_id, "--json", *wanted)
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def events(self, event_type: str) -> list[dict[str, Any]]:
        """The payloads that were announced of a type, newest first."""
        answer = self.api.get("/webhooks/events", params={"event_type": event_type, "limit": "100"})
        assert answer.status_code == 200, answer.text
        return [event["payload"] for event in answer.json()["data"]]

    def row(self, model: str, record_id: str, *names: str) -> dict[str, Any]:
        """A record, asked of Tryton itself."""
        (found,) = self.tryton.search(model, [["id", "=", int(record_id)]], *names)
        assert isinstance(found, dict)
        return found

    def pressed(self, model: str, button: str, record_id: str) -> None:
        """What somebody does in Tryton."""
        self.tryton(f"model.{model}.{button}", [int(record_id)])


def a_sale(**changes: Any) -> dict[str, Any]:
    """A sales order of two products, confirmed."""
    body: dict[str, Any] = {
        "customer_id": CUSTOMER,
        "reference_id": unique("WEB"),
        "line_items": [
            {"sku": "SKU-01", "quantity": 5, "unit_price": 12.5},
            {"sku": "SKU-02", "quantity": 3},
        ],
    }
    return body | changes


def a_purchase(**changes: Any) -> dict[str, Any]:
    """A purchase order of one product, confirmed."""
    body: dict[str, Any] = {
        "vendor_id": VENDOR,
        "reference_id": unique("PO"),
        "line_items": [{"sku": "SKU-01", "quantity": 40, "unit_cost": 4.2}],
    }
    return body | changes


@contextmanager
def connected_site(home: Path) -> Iterator[Site]:
    """A Tryton, a server and an account between them, for the tests of a file. Skips without a Tryton."""
    install = Install(home, settings={"CROSSDOCK_VENDOR_TIMEOUT": "30", "CROSSDOCK_WRITE_LEASE": "2"})
    front = TrytonFront()
    with running(front) as url:
        key = install.create_key()
        pairs = STAND.credentials(url).items()
        fields = [part for name, value in pairs for part in ("--credential", f"{name}={value}")]
        made = json.loads(install.run("connect", "erp/tryton", "--org", "acme", *fields).stdout)
        crossdock = Server(install).start()
        tryton = Rpc(front.process.url, DATABASE, USER, PASSWORD)
        tryton.context = {"company": 1}
        try:
            with crossdock.client(key, made["access_token"]) as api:
                yield Site(install, front, url, tryton, api, made["connection_id"])
        finally:
            crossdock.stop()
            tryton.close()
    assert PASSWORD not in crossdock.log


@contextmanager
def well_behaved(site: Site) -> Iterator[Site]:
    """The site for one test, without faults."""
    site.front.faults.clear()
    site.front.counts.clear()
    yield site
    site.front.faults.clear()
