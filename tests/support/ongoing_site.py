"""A Crossdock that is connected to one goods owner of an Ongoing double, and bodies that it takes."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.ongoing.warehouse import GoodsOwner
from tests.support.install import Install
from tests.support.world import GOODS_OWNER, connected_world

ADDRESS = {
    "full_name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}

_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    """A text that no other test uses."""
    return f"{prefix}-{next(_numbers)}"


@dataclass
class Site:
    """A double of Ongoing, and a Crossdock that is connected to one goods owner of it."""

    double: OngoingDouble
    api: httpx.Client

    @property
    def owner(self) -> GoodsOwner:
        """The goods owner of the account."""
        return self.double.owner(GOODS_OWNER)

    def written(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The record after a write that is accepted, all of its fields used."""
        answer = self.api.request(method, path, json=body)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        assert said["id"] == said["data"]["id"]
        record: dict[str, Any] = said["data"]
        return record

    def faults(self, method: str, path: str, body: Any = None, status: int = 422) -> dict[str, str]:
        """Messages by pointer of a write that is refused."""
        answer = self.api.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        return {fault["pointer"]: fault["message"] for fault in answer.json().get("errors", [])}

    def order(self, record_id: str) -> dict[str, Any]:
        """The order in the warehouse itself."""
        return self.double.state.orders[int(record_id)][1]

    def purchase_order(self, record_id: str) -> dict[str, Any]:
        """The purchase order in the warehouse itself."""
        return self.double.state.purchase_orders[int(record_id)][1]

    def puts(self) -> int:
        """How many writes the double got in this test."""
        return sum(count for call, count in self.double.counts.items() if not call.startswith("GET "))


@contextmanager
def connected_site(home: Path) -> Iterator[Site]:
    """A double, a server and an account between them, for the tests of a file."""
    install = Install(home, settings={"CROSSDOCK_VENDOR_TIMEOUT": "4"})
    with connected_world(install) as world, world.api as api:
        yield Site(world.double, api)


@contextmanager
def well_behaved(site: Site) -> Iterator[Site]:
    """The site for one test: its double without faults; any violation of the specification is a failure."""
    site.double.faults.clear()
    site.double.counts.clear()
    yield site
    site.double.faults.clear()
    assert site.double.violations == []


def an_order(**changes: Any) -> dict[str, Any]:
    """An order of two articles, with changes."""
    body: dict[str, Any] = {
        "order_number": unique("SO"),
        "warehouse_id": "1",
        "delivery_date": "2030-05-01T02:00:00+02:00",
        "ship_to_address": ADDRESS,
        "line_items": [
            {"sku": "SHIRT-M", "quantity": 2, "unit_price": 19.95},
            {"sku": "LAMP", "quantity": 1},
        ],
    }
    return body | changes


def a_shipment(**changes: Any) -> dict[str, Any]:
    """An inbound shipment of two articles, with changes."""
    body: dict[str, Any] = {
        "purchase_order_number": unique("PO"),
        "warehouse_id": "1",
        "line_items": [{"sku": "SHIRT-M", "expected_quantity": 10}, {"sku": "LAMP", "expected_quantity": 4}],
    }
    return body | changes
