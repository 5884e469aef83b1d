"""Extensiv through Crossdock's own door: what is peculiar to it; the suite tries the rest."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossdock.doubles.extensiv import ExtensivDouble
from crossdock.doubles.extensiv.seed import CUSTOMER, FACILITY
from crossdock.doubles.extensiv.stand import CLIENT, PERSON, SECRET, STAND
from crossdock.doubles.server import running
from tests.support.install import Install, Server

_numbers = itertools.count(1)


@dataclass
class World:
    """A double of Extensiv, and a Crossdock that is connected to it."""

    install: Install
    double: ExtensivDouble
    url: str
    api: httpx.Client


@pytest.fixture(scope="module")
def extensiv(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    install = Install(tmp_path_factory.mktemp("extensiv"), settings={"CROSSDOCK_VENDOR_TIMEOUT": "4"})
    double = ExtensivDouble(client_id=CLIENT, client_secret=SECRET)
    with running(double) as url:
        key, token = install.create_key(), connected(install, url)["access_token"]
        server = Server(install).start()
        try:
            with server.client(key, token) as api:
                yield World(install, double, url, api)
        finally:
            server.stop()
    assert SECRET not in server.log


@pytest.fixture
def world(extensiv: World) -> Iterator[World]:
    extensiv.double.faults.clear()
    extensiv.double.counts.clear()
    yield extensiv
    assert extensiv.double.violations == []


def connected(install: Install, url: str, **changes: str) -> dict[str, Any]:
    pairs = [f"{name}={value}" for name, value in {**STAND.credentials(url), **changes}.items()]
    credentials = [part for pair in pairs for part in ("--credential", pair)]
    done = install.run("connect", "wms/extensiv", "--org", "acme", *credentials)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def an_order(**changes: Any) -> dict[str, Any]:
    return {
        "order_number": f"SO-{next(_numbers)}",
        "warehouse_id": str(FACILITY),
        "ship_to_address": PERSON,
        "line_items": [{"sku": "SKU-01", "quantity": 2}],
    } | changes


def test_account_values_are_the_accounts(world: World) -> None:
    document = world.api.get("/integrations/wms/extensiv/write-info?operation=create_order").json()
    order = document["components"]["schemas"]["CreatewmsOrderExtensivSchema"]["properties"]
    assert order["warehouse_id"]["enum"] == ["1", "2"]
    assert order["carrier_id"]["enum"] == ["UPS", "FedEx"]
    assert order["shipping_method_id"]["enum"] == ["GND", "2DA", "FDXG"]
    assert "Prepaid" in order["billing_code"]["enum"]


def test_an_order_lands_with_its_identifiers(world: World) -> None:
    body = an_order(
        carrier_id="UPS",
        shipping_method_id="GND",
        custom_fields=[{"name": "colour", "value": "blue"}],
        line_items=[{"product_id": f"{CUSTOMER}-502", "quantity": 3}],
    )
    answer = world.api.post("/wms/orders", json=body)
    assert answer.status_code == 200, answer.text
    record = answer.json()["data"]
    assert (record["order_number"], record["status"]) == (body["order_number"], "open")
    assert record["line_items"][0]["sku"] == "SKU-02"
    there = world.double.warehouse.orders[int(answer.json()["id"])].model
    assert there["readOnly"]["customerIdentifier"]["id"] == CUSTOMER
    assert there["routingInfo"] == {"carrier": "UPS", "mode": "GND"}
    assert there["savedElements"] == [{"name": "colour", "value": "blue"}]


def test_an_update_keeps_what_it_does_not_speak_of(world: World) -> None:
    order_id = world.api.post("/wms/orders", json=an_order(notes="first")).json()["id"]
    answer = world.api.put(f"/wms/orders/{order_id}", json={"reference_id": "R-1"})
    assert answer.status_code == 200, answer.text
    there = world.double.warehouse.orders[int(order_id)].model
    assert (there["notes"], there["externalId"]) == ("first", "R-1")
    assert [item["qty"] for item in next(iter(there["_embedded"].values()))] == [2]


def test_a_change_that_somebody_else_makes_meanwhile_is_not_overwritten(world: World) -> None:
    order_id = world.api.post("/wms/orders", json=an_order()).json()["id"]
    world.double.misbehave("PUT", f"/orders/{order_id}", "status_before", status=412, body="{}")
    answer = world.api.put(f"/wms/orders/{order_id}", json={"notes": "ours"})
    assert answer.status_code == 200, answer.text
    assert world.double.counts["PUT /orders/{orderId}"] == 2
    assert world.double.counts["GET /orders/{orderId}"] == 4


def test_an_ended_token_is_replaced_without_the_caller_noticing(world: World) -> None:
    world.double.tokens.expire()
    assert world.api.post("/wms/orders", json=an_order()).status_code == 200
    assert world.double.counts["POST /AuthServer/api/Token"] == 1


def test_a_shipped_order_cannot_be_cancelled_and_the_vendor_says_why(world: World) -> None:
    order_id = world.api.post("/wms/orders", json=an_order()).json()["id"]
    body = {"shipped_date": "2026-02-01T10:00:00Z", "tracking_number": "1Z9"}
    shipped = world.api.post(f"/wms/orders/{order_id}/shipments", json=body).json()["data"]
    assert (shipped["status"], shipped["shipments"][0]["packages"][0]["tracking_number"]) == (
        "fulfilled",
        "1Z9",
    )
    refused = world.api.put(f"/wms/orders/{order_id}/cancel")
    assert (refused.status_code, refused.json()["origin"]) == (403, "integration")
    assert refused.json()["error"] == "The order is confirmed."


def test_a_duplicate_number_names_the_field(world: World) -> None:
    body = an_order()
    assert world.api.post("/wms/orders", json=body).status_code == 200
    refused = world.api.post("/wms/orders", json=body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/order_number"


def test_a_retry_finds_the_order_that_an_answer_was_lost_for(world: World) -> None:
    body, headers = an_order(order_number="SO=100% (a;b)"), {"idempotency-key": "lost"}
    world.double.misbehave("POST", "/orders", "drop_after")
    assert world.api.post("/wms/orders", json=body, headers=headers).status_code == 504
    again = world.api.post("/wms/orders", json=body, headers=headers)
    assert again.status_code == 200, again.text
    assert world.double.counts["POST /orders"] == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/wms/orders/abc"),
        ("PUT", "/wms/products/21-x"),
        ("PUT", "/wms/orders/99999/cancel"),
        ("PUT", "/wms/inbound-shipments/1%2F2/receive"),
        ("PUT", "/wms/returns/-1/cancel"),
    ],
)
def test_a_record_that_is_not_there_is_a_404(world: World, method: str, path: str) -> None:
    body: dict[str, Any] | None = None if path.endswith(("cancel", "receive")) else {}
    assert world.api.request(method, path, json=body).status_code == 404


@pytest.mark.parametrize(
    "line",
    [{"quantity": 1}, {"sku": "SKU-01", "quantity": 0}, {"product_id": "many", "quantity": 1}],
)
def test_a_line_names_its_item_and_has_units(world: World, line: dict[str, Any]) -> None:
    refused = world.api.post("/wms/orders", json=an_order(line_items=[line]))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith("/line_items/0")


def test_what_arrives_is_in_stock(world: World) -> None:
    body = {
        "reference_number": f"ASN-{next(_numbers)}",
        "warehouse_id": "2",
        "line_items": [{"sku": "SKU-03", "expected_quantity": 7}],
    }
    inbound_id = world.api.post("/wms/inbound-shipments", json=body).json()["id"]
    received = world.api.put(f"/wms/inbound-shipments/{inbound_id}/receive").json()["data"]
    assert received["status"] == "received"
    assert received["line_items"][0]["received_quantity"] == 7
    assert received["receipts"][0]["line_items"][0]["quantity"] == 7
    assert world.double.warehouse.stock[2, 503] == 7


def test_a_return_is_a_receiver_of_its_own_type(world: World) -> None:
    body = {
        "reference_num": f"RMA-{next(_numbers)}",
        "warehouse_id": "1",
        "line_items": [{"sku": "SKU-01", "quantity": 1}],
    }
    made = world.api.post("/wms/returns", json=body).json()
    assert world.double.warehouse.receivers[int(made["id"])].model["readOnly"]["receiverType"] == 1
    cancelled = world.api.put(f"/wms/returns/{made['id']}/cancel").json()
    assert cancelled["data"]["status"] == "cancelled"


def test_a_kit_has_its_parts(world: World) -> None:
    parts = [{"sku": "SKU-01", "unit_quantity": 2}]
    body = {"sku": f"KIT-{next(_numbers)}", "name": "Kit", "inventory_items": parts}
    kit = world.api.post("/wms/kits", json=body).json()["data"]
    assert (kit["is_kit"], kit["inventory_items"][0]["unit_quantity"]) == (True, 2)
    other = world.api.post("/wms/kits", json=body | {"inventory_items": [{"sku": "no", "unit_quantity": 1}]})
    assert other.status_code == 400


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("client_secret", "wrong", "client_secret"),
        ("customer_id", "99", "customer_id"),
        ("customer_id", "many", "customer_id"),
    ],
)
def test_a_credential_at_fault_is_named(
    world: World, tmp_path: Path, field: str, value: str, named: str
) -> None:
    install = Install(tmp_path / "home")
    pairs = [f"{name}={text}" for name, text in {**STAND.credentials(world.url), field: value}.items()]
    credentials = [part for pair in pairs for part in ("--credential", pair)]
    done = install.run("connect", "wms/extensiv", "--org", "acme", *credentials, ok=False)
    assert done.returncode != 0
    assert named in done.stderr
    assert SECRET not in done.stderr
