"""A Crossdock in this process with one sandbox connected, spoken to over HTTP without a socket."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from crossdock.app import create_app
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.http.service import Service, open_service
from crossdock.sandbox.storage import NewSandbox, create_sandbox
from crossdock.sandbox.wms.generate import generator
from crossdock.settings import load_settings
from tests.support.prepared import prepared

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADDRESS = {
    "address1": "1 Sample Street",
    "city": "Austin",
    "state": "TX",
    "postal_code": "78701",
    "country": "United States",
}
SIZE = {"length": 3.0, "width": 2.0, "height": 1.0, "unit": "cm", "weight": 1.5, "weight_unit": "kg"}


@dataclass
class SandboxWorld:
    """The service, and what its caller knows: a key, a token, and the sandbox behind them."""

    service: Service
    sandbox: NewSandbox
    connection_id: str
    runner: asyncio.Runner
    client: httpx.AsyncClient
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def call(self, method: str, path: str, json: Any = None, **more: Any) -> httpx.Response:
        """One request of the contract."""
        body = {} if json is None else {"json": json}
        return self.runner.run(self.client.request(method, path, **body, **more))

    def write(self, method: str, path: str, json: Any = None, **more: Any) -> dict[str, Any]:
        """A write that has to succeed; its answer."""
        answer = self.call(method, path, json, **more)
        assert answer.status_code == 200, answer.text
        written: dict[str, Any] = answer.json()
        assert written["unused_fields"] == []
        return written

    def refused(self, status: int, pointer: str | None, method: str, path: str, json: Any = None) -> str:
        """A write that has to be refused about that field; the words."""
        answer = self.call(method, path, json)
        assert answer.status_code == status, answer.text
        pointers = [row["pointer"] for row in answer.json().get("errors", [])]
        assert pointers == ([] if pointer is None else [pointer]), answer.text
        return str(answer.json()["error"])

    def choices(self, option: str) -> list[str]:
        """The ids of an option of the account, as the sandbox itself lists them."""
        answer = self.runner.run(self._there(f"/{option}"))
        return [item["id"] for item in answer.json()["items"]]

    def there(self, path: str) -> Any:
        """A record in the sandbox itself."""
        return self.runner.run(self._there(path)).json()

    async def _there(self, path: str) -> httpx.Response:
        app = self.service.vendors._systems["sandbox.crossdock.invalid"]
        headers = {"authorization": f"Bearer {self.sandbox.key}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), headers=headers) as direct:
            return await direct.get(f"http://sandbox/wms/{self.sandbox.id}{path}")

    def new_product(self, stock: int = 0) -> dict[str, Any]:
        """A product that no other test knows, with so many units in the first warehouse."""
        sku = f"SKU-{next(self.numbers)}"
        product: dict[str, Any] = self.write("POST", "/wms/products", {"sku": sku, "name": sku})["data"]
        if stock:
            item_id = product["inventory_items"][0]["inventory_item_id"]
            adjustment = {
                "quantity": stock,
                "adjustment_type": "increase",
                "warehouse_id": self.choices("warehouses")[0],
            }
            self.write("PUT", f"/wms/inventory/{item_id}/adjust", adjustment)
        return product

    def stock_of(self, product: Mapping[str, Any]) -> tuple[int, int, int]:
        """Units of a product: on hand, committed, fulfillable."""
        item = self.there(f"/inventory/{product['inventory_items'][0]['inventory_item_id']}")
        return item["onhand"], item["committed"], item["fulfillable"]

    def an_order(self, *lines: tuple[Mapping[str, Any], int], **changes: Any) -> dict[str, Any]:
        """The body of an order of those products and quantities."""
        rows = [{"product_id": product["id"], "quantity": units} for product, units in lines]
        number = f"N-{next(self.numbers)}"
        return {"order_number": number, "ship_to_address": ADDRESS, "line_items": rows, **changes}

    def order(self, *lines: tuple[Mapping[str, Any], int], **changes: Any) -> dict[str, Any]:
        """A placed order; its record."""
        record: dict[str, Any] = self.write("POST", "/wms/orders", self.an_order(*lines, **changes))["data"]
        return record

    def a_shipment(self, order: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
        """The body of a shipment of all that is left of an order."""
        body = {
            "shipped_date": "2026-03-02T10:00:00+02:00",
            "tracking_number": "T-1",
            "shipping_cost": 2.5,
            "measurements": SIZE,
            "warehouse_id": order["warehouse_id"] or self.choices("warehouses")[0],
        }
        return body | changes


@contextmanager
def sandbox_world(home: Path) -> Iterator[SandboxWorld]:
    """An install on SQLite in that folder, a generated sandbox and a connection to it."""
    environment = {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    service = open_service(load_settings(environment))
    with asyncio.Runner() as runner:
        key = create_api_key(service.database, "acme", read_only=False).key
        with service.database.transaction() as db:
            sandbox = create_sandbox(db, generator(7, MOMENT))
        made = runner.run(
            connect(
                service.database,
                service.vault,
                service.vendors,
                service.catalog.get("wms", "sandbox"),
                organisation="acme",
                fields={"sandbox_id": sandbox.id, "key": sandbox.key},
            )
        )
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(service)),
            base_url="http://crossdock",
            headers={"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token},
        )
        yield SandboxWorld(service, sandbox, made.id, runner, client)
        runner.run(client.aclose())
        runner.run(service.aclose())
