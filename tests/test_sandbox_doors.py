"""Making a sandbox, and what its staff can be told to do, through the service's own doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet

from tests.support.install import Install, Server
from tests.support.postgres import new_database

ADDRESS = {
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}


@dataclass
class Yard:
    """An organisation with a sandbox: `staff` has the key alone, `api` the token too."""

    install: Install
    server: Server
    key: str
    made: dict[str, Any]
    staff: httpx.Client
    api: httpx.Client

    def product_with_stock(self) -> dict[str, Any]:
        """A product of the generated ones of which there is plenty."""
        options = {"method": "GET", "path": "/inventory", "params": {"limit": 100}}
        items = self.api.post("/wms/passthrough", json=options).json()["body"]["items"]
        item = max(items, key=lambda item: item["fulfillable"])
        found = {"method": "GET", "path": "/products", "params": {"sku": item["sku"]}}
        product: dict[str, Any] = self.api.post("/wms/passthrough", json=found).json()["body"]["items"][0]
        return {"product": product, "item": item}

    def order(self, product_id: str, quantity: int) -> dict[str, Any]:
        body = {
            "order_number": f"SO-{product_id}-{quantity}",
            "ship_to_address": ADDRESS,
            "line_items": [{"product_id": product_id, "quantity": quantity}],
        }
        answer = self.api.post("/wms/orders", json=body)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()["data"]
        return made


@pytest.fixture(params=["sqlite", "postgresql"])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    install = Install(tmp_path / "home")
    if request.param == "postgresql":
        install.database_url = new_database(request.getfixturevalue("postgres"))
        install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    key = install.create_key()
    server = Server(install).start()
    try:
        with server.client(key, "") as staff:
            del staff.headers["x-trackstar-access-token"]
            made = staff.post("/sandbox/generate-sandbox/wms").json()
            with server.client(key, made["access_token"]) as api:
                yield Yard(install, server, key, made, staff, api)
    finally:
        server.stop()


def test_it_is_made_once_and_filled_anew_with_the_same(yard: Yard) -> None:
    assert yard.made["integration_name"] == "sandbox"
    assert "create_order" in yard.made["available_actions"]
    assert "POST /wms/orders" in yard.made["available_endpoints"]
    stock = yard.product_with_stock()
    yard.order(stock["product"]["id"], 1)
    again = yard.staff.post("/sandbox/generate-sandbox/wms").json()
    assert again == yard.made
    assert yard.product_with_stock()["item"]["committed"] == stock["item"]["committed"]


def test_another_organisation_has_its_own(yard: Yard) -> None:
    with yard.server.client(yard.install.create_key("other"), "") as staff:
        other = staff.post("/sandbox/generate-sandbox/wms").json()
    assert other["connection_id"] != yard.made["connection_id"]
    with yard.server.client(yard.install.create_key("other"), yard.made["access_token"]) as api:
        assert api.get("/wms/orders/x").status_code == 401


def test_stock_is_committed_shipped_returned_and_restocked(yard: Yard) -> None:
    stock = yard.product_with_stock()
    item_id, before = stock["item"]["id"], stock["item"]
    order = yard.order(stock["product"]["id"], 2)
    partly = yard.staff.put(f"/sandbox/simulate/orders/{order['id']}/fulfill", params={"partial": "true"})
    assert partly.json()["data"]["status"] == "partially_fulfilled"
    whole = yard.staff.put(f"/sandbox/simulate/orders/{order['id']}/fulfill")
    assert whole.json()["data"]["status"] == "fulfilled"
    assert yard.api.get(f"/wms/orders/{order['id']}").json() == whole.json()
    read = {"method": "GET", "path": f"/inventory/{item_id}"}
    shipped = yard.api.post("/wms/passthrough", json=read).json()["body"]
    assert shipped["onhand"] == before["onhand"] - 2
    body = {"order_id": order["id"], "line_items": [{"sku": stock["item"]["sku"], "quantity": 1}]}
    made = yard.api.post("/wms/returns", json=body)
    assert made.status_code == 200, made.text
    back = yard.staff.put(f"/sandbox/simulate/returns/{made.json()['id']}/receive")
    assert back.json()["data"]["status"] == "received"
    restocked = yard.api.post("/wms/passthrough", json=read).json()["body"]
    assert restocked["onhand"] == before["onhand"] - 1


def test_an_order_without_stock_is_backordered(yard: Yard) -> None:
    product = yard.api.post("/wms/products", json={"sku": "NEW", "name": "New"}).json()["data"]
    assert yard.order(product["id"], 3)["status"] == "backordered"
    refused = yard.staff.put(f"/sandbox/simulate/orders/{yard.order(product['id'], 4)['id']}/fulfill")
    assert (refused.status_code, refused.json()["origin"]) == (409, "trackstar")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/sandbox/generate-sandbox/warehouse", 404),
        ("PUT", "/sandbox/simulate/orders/none/fulfill", 404),
        ("PUT", "/sandbox/simulate/returns/none/receive", 404),
        ("PUT", "/sandbox/simulate/orders/none/fulfill?partial=perhaps", 422),
        ("GET", "/sandbox/generate-sandbox/wms", 405),
    ],
)
def test_what_cannot_be_done_is_told(yard: Yard, method: str, path: str, status: int) -> None:
    answer = yard.staff.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_it_takes_a_key_that_may_write(yard: Yard) -> None:
    with yard.server.client(yard.install.create_key(read_only=True), "") as staff:
        assert staff.post("/sandbox/generate-sandbox/wms").status_code == 403
        assert staff.put("/sandbox/simulate/orders/x/fulfill").status_code == 403
    with yard.server.client("nobody's", "") as staff:
        assert staff.post("/sandbox/generate-sandbox/wms").status_code == 401
