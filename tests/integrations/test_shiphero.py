"""ShipHero through Crossdock's own door: what a body becomes there, and what comes back."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.vault import open_vault
from crossdock.connector.pool import VendorPool
from crossdock.doubles.server import running
from crossdock.doubles.shiphero import ShipHeroDouble, global_id
from crossdock.doubles.shiphero.seed import EAST, PRIMARY, PRIMARY_BIN
from crossdock.doubles.shiphero.stand import PERSON, REFRESH_TOKEN, SIZE, STAND
from crossdock.doubles.stand import SampleRefusal, Surroundings
from crossdock.errors import Unprocessable
from crossdock.settings import load_settings
from tests.support.install import Install, Server

_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


async def _connect(install: Install, fields: dict[str, str]) -> NewConnection:
    settings = load_settings(install.environment)
    vendors = VendorPool(allow_private_networks=True, timeout=settings.vendor_timeout)
    shiphero = Catalog.installed().get("wms", "shiphero")
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        made = await connect(database, vault, vendors, shiphero, organisation="acme", fields=fields)
    await vendors.aclose()
    return made


@dataclass
class World:
    """A double of ShipHero, and a Crossdock that is connected to it."""

    install: Install
    double: ShipHeroDouble
    double_url: str
    api: httpx.Client

    def written(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """The record after a write that is accepted, all of its fields used."""
        answer = self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        record: dict[str, Any] = said["data"]
        assert said["id"] == record["id"]
        return record

    def refused(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The body of a refusal, with its status."""
        answer = self.api.request(method, path, json=body)
        assert answer.status_code >= 400, answer.text
        said: dict[str, Any] = answer.json()
        return said | {"status": answer.status_code}

    def seeded(self, number: str) -> Any:
        """An order of the seed."""
        orders = self.double.account.orders.values()
        return next(order for order in orders if order["order_number"] == number)

    def stock(self, sku: str, warehouse: str = PRIMARY) -> Any:
        return self.double.account.warehouse_product(sku, warehouse)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    install = Install(tmp_path_factory.mktemp("home"))
    double = ShipHeroDouble(refresh_token=REFRESH_TOKEN)
    with running(double) as url:
        key = install.create_key()
        fields = {"refresh_token": REFRESH_TOKEN, "api_url": f"{url}/graphql"}
        token = asyncio.run(_connect(install, fields)).access_token
        server = Server(install).start()
        try:
            with server.client(key, token) as api:
                yield World(install, double, url, api)
        finally:
            server.stop()


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    shared.double.faults.clear()
    shared.double.counts.clear()
    yield shared
    assert shared.double.violations == []


def an_order(**changes: Any) -> dict[str, Any]:
    line = {"sku": "SKU-01", "quantity": 2, "unit_price": 9.99}
    return {"order_number": unique("N"), "ship_to_address": PERSON, "line_items": [line]} | changes


def pointers(refusal: dict[str, Any]) -> list[str]:
    return [fault["pointer"] for fault in refusal["errors"]]


def test_credentials_are_tried_before_they_are_kept(world: World) -> None:
    for fields, name in [
        ({"refresh_token": "wrong", "api_url": world.double_url}, "/credential/refresh_token"),
        ({"refresh_token": REFRESH_TOKEN, "api_url": "ftp://x"}, "/credential/api_url"),
    ]:
        with pytest.raises(Unprocessable) as refusal:
            asyncio.run(_connect(world.install, fields))
        assert name in [fault.pointer for fault in refusal.value.faults]
        assert "wrong" not in str(refusal.value)


def test_warehouses_are_what_the_account_has(world: World) -> None:
    shown = world.api.get("/integrations/wms/shiphero/write-info").json()
    line = shown["components"]["schemas"]["OrderLine"]["properties"]["warehouse_id"]
    assert line["enum"] == [PRIMARY, EAST]
    refusal = world.refused("POST", "/wms/products", {"sku": "X", "name": "X", "warehouse_id": "nowhere"})
    assert refusal["status"] == 422
    assert pointers(refusal) == ["/warehouse_id"]


def test_an_order_lands_and_is_read_back(world: World) -> None:
    body = an_order(
        reference_id=unique("R"),
        ship_to_address=PERSON | {"email_address": "ada@example.com", "phone_number": "5550100"},
        line_items=[
            {"sku": "SKU-01", "quantity": 2, "unit_price": 9.99, "warehouse_id": EAST},
            {"sku": "SKU-02", "quantity": 1, "unit_price": 5},
        ],
        shipping_method_name="UPS Ground",
        shipping_method_id="ground",
        carrier_id="ups",
        shipping_price=4.5,
        packing_note="fragile",
        tags=["gift"],
    )
    record = world.written("POST", "/wms/orders", body)
    assert record["status"] == "open"
    assert record["total_price"] == 29.48
    assert record["ship_to_address"]["full_name"] == "Ada Example"
    assert record["ship_to_address"]["email_address"] == "ada@example.com"
    assert [(line["sku"], line["quantity"], line["unit_price"]) for line in record["line_items"]] == [
        ("SKU-01", 2, 9.99),
        ("SKU-02", 1, 5.0),
    ]
    assert record["line_items"][0]["product_id"] == world.double.account.product("SKU-01")["id"]
    assert (record["shipping_method"], record["carrier_id"], record["tags"]) == (
        "UPS Ground",
        "ups",
        ["gift"],
    )
    there = world.double.account.orders[record["id"]]
    assert there["partner_order_id"] == body["reference_id"]
    assert there["shipping_lines"] == {
        "title": "UPS Ground",
        "price": "4.5",
        "carrier": "ups",
        "method": "ground",
    }
    assert there["line_items"][0]["locked_to_warehouse_id"] == EAST
    assert world.api.get(f"/wms/orders/{record['id']}").json()["data"] == record


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"carrier_id": "ups"}, ""),
        ({"shipping_method": "a", "shipping_method_id": "b"}, ""),
        ({"line_items": []}, "/line_items"),
        ({"line_items": [{"sku": "SKU-01", "quantity": 0, "unit_price": 1}]}, "/line_items/0/quantity"),
        ({"line_items": [{"sku": "SKU-01", "quantity": 1}]}, "/line_items/0/unit_price"),
        ({"shipping_price": -1, "shipping_method_id": "a"}, "/shipping_price"),
    ],
)
def test_what_shiphero_would_not_take_is_refused_here(
    world: World, changes: dict[str, Any], pointer: str
) -> None:
    refusal = world.refused("POST", "/wms/orders", an_order(**changes))
    assert (refusal["status"], pointers(refusal)) == (422, [pointer])
    assert world.double.counts["POST order_create"] == 0


def test_a_refusal_keeps_its_words_and_names_the_callers_field(world: World) -> None:
    refusal = world.refused("POST", "/wms/orders", an_order(reference_id="P-1001"))
    assert (refusal["status"], refusal["origin"]) == (400, "integration")
    assert refusal["error"] == "An order with this partner_order_id already exists"
    assert pointers(refusal) == ["/reference_id"]


def test_an_order_is_changed_to_what_the_body_says(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    lines = [
        {"sku": "SKU-01", "quantity": 5, "unit_price": 9.99},
        {"sku": "SKU-03", "quantity": 1, "unit_price": 2.5},
    ]
    body = {"packing_note": "fragile", "tags": ["late"], "line_items": lines}
    record = world.written("PUT", f"/wms/orders/{made['id']}", body)
    assert [(line["sku"], line["quantity"]) for line in record["line_items"]] == [
        ("SKU-01", 5),
        ("SKU-03", 1),
    ]
    assert (record["additional_fields"]["packing_note"], record["tags"]) == ("fragile", ["late"])
    record = world.written("PUT", f"/wms/orders/{made['id']}", {"line_items": lines[1:]})
    assert [line["sku"] for line in record["line_items"]] == ["SKU-03"]
    world.double.counts.clear()
    world.written("PUT", f"/wms/orders/{made['id']}", {"line_items": lines[1:]})
    assert [name for name in world.double.counts if "line_items" in name] == []
    record = world.written("PUT", f"/wms/orders/{made['id']}", {"status": "fulfilled"})
    assert record["status"] == "fulfilled"


def test_an_order_that_is_not_there_is_404(world: World) -> None:
    nobody = global_id("Order", 1)
    for method, path, body in [
        ("PUT", f"/wms/orders/{nobody}", {"packing_note": "x"}),
        ("PUT", f"/wms/orders/{nobody}/cancel", None),
        ("POST", f"/wms/orders/{nobody}/shipments", a_shipment()),
    ]:
        answer = world.api.request(method, path, json=body) if body else world.api.request(method, path)
        assert answer.status_code == 404, answer.text


def test_an_order_is_cancelled(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    answer = world.api.put(f"/wms/orders/{made['id']}/cancel")
    assert answer.json()["data"]["status"] == "cancelled"
    shipped = world.api.put(f"/wms/orders/{world.seeded('SO-1001')['id']}/cancel")
    assert (shipped.status_code, shipped.json()["error"]) == (400, "A fulfilled order cannot be canceled")


def a_shipment(**changes: Any) -> dict[str, Any]:
    body = {"warehouse_id": PRIMARY, "shipping_cost": 7.25, "measurements": SIZE, "carrier": "ups"}
    return body | {"shipping_method": "ground"} | changes


def test_a_shipment_sends_all_that_is_left(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    before = world.stock("SKU-01")["on_hand"]
    path = f"/wms/orders/{made['id']}/shipments"
    label = {
        "label_url": "https://files.example/label.pdf",
        "tracking_number": "1Z9",
        "tracking_url": "https://t.example",
    }
    record = world.written("POST", path, a_shipment(**label))
    assert record["status"] == "fulfilled"
    [shipment] = record["shipments"]
    assert [(line["sku"], line["quantity"]) for line in shipment["line_items"]] == [("SKU-01", 2)]
    [package] = shipment["packages"]
    assert (package["tracking_number"], package["shipping_cost"]) == ("1Z9", 7.25)
    assert (package["measurements"]["weight"], package["measurements"]["weight_unit"]) == (24.0, "oz")
    assert world.stock("SKU-01")["on_hand"] == before - 2
    again = world.refused("POST", path, a_shipment())
    assert (again["status"], again["error"]) == (422, "Nothing of the order is left to be shipped.")


def test_a_shipment_needs_a_service_from_the_body_or_the_order(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    body = {"warehouse_id": PRIMARY, "shipping_cost": 7.25, "measurements": SIZE}
    refusal = world.refused("POST", f"/wms/orders/{made['id']}/shipments", body)
    assert pointers(refusal) == ["/carrier_id", "/shipping_method_id"]
    pending = world.seeded("SO-1004")
    record = world.written("POST", f"/wms/orders/{pending['id']}/shipments", body)
    assert record["shipments"][0]["packages"][0]["carrier"] == "ups"


def test_a_label_is_added_to_a_shipment(world: World) -> None:
    order = world.seeded("SO-1002")
    label = {
        "shipment_id": order["shipments"][0]["id"],
        "carrier": "fedex",
        "shipping_method": "express",
        "shipping_cost": 20,
        "measurements": SIZE,
        "label": {"pdf_location": "https://files.example/label.pdf"},
        "skus": [order["line_items"][0]["sku"]],
        "tracking_number": "FX1",
    }
    record = world.written("PUT", f"/wms/orders/{order['id']}", {"labels": [label]})
    assert [one["tracking_number"] for one in record["shipments"][0]["packages"]] == ["FX1"]
    world.double.counts.clear()
    world.written("PUT", f"/wms/orders/{order['id']}", {"labels": [label], "tags": ["again"]})
    assert world.double.counts["POST shipment_create_shipping_label"] == 0
    wrong = label | {"skus": ["SKU-11"]}
    refusal = world.refused("PUT", f"/wms/orders/{order['id']}", {"labels": [wrong]})
    assert pointers(refusal) == ["/labels/0/skus/0"]
    lost = label | {"shipment_id": global_id("Shipment", 1)}
    refusal = world.refused("PUT", f"/wms/orders/{order['id']}", {"labels": [lost]})
    assert (refusal["status"], pointers(refusal)) == (400, ["/labels/0/shipment_id"])


def test_a_file_is_attached_by_its_address(world: World) -> None:
    order = world.seeded("SO-1003")
    form = {"file_url": (None, "https://files.example/slip.pdf"), "file_name": (None, "slip.pdf")}
    answer = world.api.post(f"/wms/orders/{order['id']}/file", files=form)
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"] == "success"
    assert [(one["url"], one["filename"]) for one in order["attachments"]] == [
        ("https://files.example/slip.pdf", "slip.pdf")
    ]


def test_products_are_made_and_changed(world: World) -> None:
    sku = unique("NEW")
    body = {"sku": sku, "name": "New", "gtin": "400", "warehouse_id": PRIMARY}
    metric = {"length": 2.54, "width": 5.08, "height": 7.62, "unit": "cm", "weight": 1, "weight_unit": "lb"}
    record = world.written("POST", "/wms/products", body | {"measurements": metric})
    assert (record["sku"], record["gtin"], record["is_kit"]) == (sku, "400", False)
    assert world.double.account.product(sku)["dimensions"] == {
        "weight": "16",
        "height": "3",
        "width": "2",
        "length": "1",
    }
    changed = {"name": "Newer", "warehouse_id": EAST}
    record = world.written("PUT", f"/wms/products/{record['id']}", changed)
    assert (record["name"], record["additional_fields"]["warehouse_ids"]) == ("Newer", [PRIMARY, EAST])
    refusal = world.refused("POST", "/wms/products", body)
    assert (refusal["status"], refusal["error"]) == (400, f"Product with SKU {sku} already exists")


def test_kits_are_made_of_products(world: World) -> None:
    body = {
        "sku": unique("KIT"),
        "name": "Kit",
        "inventory_items": [{"sku": "SKU-01", "unit_quantity": 1}, {"sku": "SKU-02", "unit_quantity": 2}],
    }
    record = world.written("POST", "/wms/kits", body)
    assert record["is_kit"] is True
    assert [(one["sku"], one["unit_quantity"]) for one in record["inventory_items"]] == [
        ("SKU-01", 1),
        ("SKU-02", 2),
    ]
    parts = {"gtin": "401", "inventory_items": [{"sku": "SKU-02", "unit_quantity": 3}]}
    record = world.written("PUT", f"/wms/kits/{record['id']}", parts)
    assert [(one["sku"], one["unit_quantity"]) for one in record["inventory_items"]] == [("SKU-02", 3)]
    unknown = body | {"sku": unique("KIT"), "inventory_items": [{"sku": "NOT-THERE", "unit_quantity": 1}]}
    refusal = world.refused("POST", "/wms/kits", unknown)
    assert (refusal["outcome"], pointers(refusal)) == ("partial", ["/inventory_items/0/sku"])


def an_inbound_shipment(**changes: Any) -> dict[str, Any]:
    line = {"sku": "SKU-01", "expected_quantity": 10, "expected_weight": 32, "unit_cost": 1.1}
    return {
        "warehouse_id": PRIMARY,
        "purchase_order_number": unique("PO"),
        "expected_arrival_date": "2030-05-01T10:00:00+02:00",
        "shipping_price": 12.5,
        "line_items": [line | {"expected_weight_unit": "oz"}],
    } | changes


def test_inbound_shipments_are_purchase_orders(world: World) -> None:
    body = an_inbound_shipment(
        supplier_object={"supplier_name": "Example Supplies"}, tax=1.5, tracking_number="T1"
    )
    record = world.written("POST", "/wms/inbound-shipments", body)
    assert (record["status"], record["supplier"]) == ("open", "Example Supplies")
    assert record["expected_arrival_date"] == "2030-05-01T08:00:00Z"
    assert record["additional_fields"]["total_price"] == 25.0
    there = world.double.account.purchase_orders[record["id"]]
    assert there["line_items"][0]["expected_weight_in_lbs"] == "2"
    changes = {"line_items": [{"sku": "SKU-01", "expected_quantity": 8}], "shipping_price": 10}
    path = f"/wms/inbound-shipments/{record['id']}"
    record = world.written("PUT", path, changes)
    assert record["line_items"][0]["expected_quantity"] == 8
    refusal = world.refused("PUT", path, {"line_items": [{"sku": "SKU-02", "expected_quantity": 1}]})
    assert pointers(refusal) == ["/line_items/0/sku"]
    assert world.written("PUT", path, {"status": "received"})["status"] == "received"
    assert world.written("PUT", path, {"status": "received"})["status"] == "received"
    assert world.written("PUT", path, {"status": "open", "tracking_number": "T2"})["status"] == "open"
    assert world.written("PUT", path, {"status": "cancelled"})["status"] == "cancelled"


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"supplier": "Nobody"}, 422, "/supplier"),
        ({"supplier_object": {"supplier_name": "Nobody"}}, 422, "/supplier_object/supplier_name"),
        ({"supplier_object": {}}, 422, "/supplier_object"),
        ({"purchase_order_number": "PO-1001"}, 400, None),
    ],
)
def test_an_inbound_shipment_that_does_not_fit(
    world: World, changes: dict[str, Any], status: int, pointer: str | None
) -> None:
    refusal = world.refused("POST", "/wms/inbound-shipments", an_inbound_shipment(**changes))
    assert refusal["status"] == status
    assert pointer is None or pointers(refusal) == [pointer]


def a_return(order_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "warehouse_id": PRIMARY,
        "return_reason": "Too small",
        "label_type": "SELF_RETURN",
        "label_cost": 0,
        "shipping_method": "ground",
        "carrier_id": "ups",
        "ship_from_address": PERSON,
        "line_items": [{"sku": "SKU-01", "quantity": 1, "return_reason": "Too small"}],
        "measurements": SIZE,
    } | changes


def test_returns_are_made_and_get_a_status(world: World) -> None:
    order = world.seeded("SO-1001")
    record = world.written("POST", "/wms/returns", a_return(order["id"], tracking_number="9205"))
    assert (record["status"], record["order_id"]) == ("open", order["id"])
    assert (record["line_items"][0]["sku"], record["line_items"][0]["return_reason"]) == (
        "SKU-01",
        "Too small",
    )
    assert record["shipments"][0]["tracking_number"] == "9205"
    path = f"/wms/returns/{record['id']}"
    assert world.written("PUT", path, {"status": "received"})["raw_status"] == "warehouse_complete"
    assert world.written("PUT", path, {"raw_status": "complete"})["status"] == "received"
    assert world.refused("PUT", path, {"status": "open", "raw_status": "complete"})["status"] == 422
    assert world.refused("PUT", path, {"raw_status": "lost"})["error"] == "Invalid status lost"


def test_a_return_needs_a_carrier_and_an_order(world: World) -> None:
    body = a_return(world.seeded("SO-1001")["id"])
    del body["carrier_id"]
    assert world.refused("POST", "/wms/returns", body)["status"] == 422
    refusal = world.refused("POST", "/wms/returns", a_return(global_id("Order", 1)))
    assert (refusal["status"], refusal["error"]) == (400, "Order not found")
    assert pointers(refusal) == ["/order_id"]


def test_values_at_the_edge_are_taken_or_refused_but_never_break(world: World) -> None:
    huge = {"length": 1e300, "width": 1e-9, "height": 0, "unit": "cm", "weight": 1e30, "weight_unit": "kg"}
    world.written("POST", "/wms/products", {"sku": unique("EDGE"), "name": "Edge", "measurements": huge})
    for date in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60Z", "2030-05-01t08:00:00.123456789z"):
        answer = world.api.post(
            "/wms/inbound-shipments", json=an_inbound_shipment(expected_arrival_date=date)
        )
        assert answer.status_code in (200, 422), answer.text
    line = {"sku": "SKU-01", "quantity": 2**31, "unit_price": 1}
    assert pointers(world.refused("POST", "/wms/orders", an_order(line_items=[line]))) == [
        "/line_items/0/quantity"
    ]


def test_stock_is_adjusted(world: World) -> None:
    product = world.double.account.product("SKU-09")
    before = world.stock("SKU-09")["on_hand"]
    path = f"/wms/inventory/{product['id']}/adjust"
    body = {"quantity": 5, "adjustment_type": "increase", "warehouse_id": PRIMARY, "location_id": PRIMARY_BIN}
    record = world.written("PUT", path, body)
    assert (record["sku"], record["onhand"]) == ("SKU-09", before + 5)
    assert record["inventory_by_warehouse_id"][PRIMARY]["onhand"] == before + 5
    body = {"quantity": 2, "adjustment_type": "decrease", "warehouse_id": PRIMARY}
    assert world.written("PUT", path, body)["onhand"] == before + 3
    too_much = world.refused("PUT", path, body | {"quantity": 10_000})
    assert (too_much["status"], too_much["origin"]) == (400, "integration")
    elsewhere = world.refused("PUT", path, body | {"warehouse_id": EAST})
    assert pointers(elsewhere) == ["/warehouse_id"]


@pytest.mark.parametrize("action", STAND.examples)
def test_every_example_of_the_stand_is_taken(world: World, action: str) -> None:
    shiphero = Catalog.installed().get("wms", "shiphero")

    def write(action: str, body: Mapping[str, Any], record_id: str = "") -> dict[str, Any]:
        operation = shiphero.write(action)
        assert operation is not None
        target = operation.action
        path = target.path.replace(f"{{{target.parameter}}}", record_id)
        if target.takes_file:
            answer = world.api.post(path, files={field: (None, text) for field, text in body.items()})
        else:
            answer = world.api.request(target.method, path, json=dict(body) if body else None)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        assert said["unused_fields"] == []
        return said

    example = STAND.examples[action](Surroundings(unique("E"), write))
    write(action, example.body, example.record_id)


def _nothing_first(action: str, body: Mapping[str, Any], record_id: str = "") -> dict[str, Any]:
    raise AssertionError(f"{action} should not be needed first")


@pytest.mark.parametrize("refusal", STAND.refusals, ids=lambda refusal: refusal.action)
def test_every_refusal_of_the_stand_reaches_the_caller(world: World, refusal: SampleRefusal) -> None:
    example = STAND.examples[refusal.action](Surroundings(unique("E"), _nothing_first))
    world.double.tell(copy(refusal.answer))
    operation = Catalog.installed().get("wms", "shiphero").write(refusal.action)
    assert operation is not None
    said = world.refused(operation.action.method, operation.action.path, example.body)
    assert (said["error"], pointers(said)) == (refusal.words, [refusal.pointer])


def test_a_token_that_ends_is_renewed(world: World) -> None:
    world.double.tokens.expire()
    world.written("POST", "/wms/orders", an_order())
    assert world.double.counts["POST /auth/refresh"] == 1


def test_a_shortage_of_credits_is_waited_out(world: World) -> None:
    world.written("POST", "/wms/orders", an_order())
    error = {"message": "There are not enough credits", "code": 30, "time_remaining": "0.01 seconds"}
    body = json.dumps({"errors": [error], "data": {"order_create": None}})
    world.double.misbehave("POST", "order_create", "status", status=200, body=body)
    before = len(world.double.account.orders)
    world.written("POST", "/wms/orders", an_order())
    assert len(world.double.account.orders) == before + 1


CREATED: dict[str, tuple[str, Callable[[World], Any], str]] = {
    "order_create": ("/wms/orders", lambda _: an_order(), "orders"),
    "product_create": ("/wms/products", lambda _: {"sku": unique("P"), "name": "P"}, "products"),
    "purchase_order_create": (
        "/wms/inbound-shipments",
        lambda _: an_inbound_shipment(),
        "purchase_orders",
    ),
    "return_create": ("/wms/returns", lambda world: a_return(world.seeded("SO-1001")["id"]), "returns"),
}


@pytest.mark.parametrize("operation", CREATED)
def test_a_write_whose_answer_was_lost_is_found_and_not_repeated(world: World, operation: str) -> None:
    path, make, kept = CREATED[operation]
    body, key = make(world), unique("key")
    before = len(getattr(world.double.account, kept))
    world.double.misbehave("POST", operation, "drop_after")
    lost = world.api.post(path, json=body, headers={"idempotency-key": key})
    assert (lost.status_code, lost.json()["outcome"]) == (504, "unknown")
    assert world.written("POST", path, body, **{"idempotency-key": key})["id"]
    assert len(getattr(world.double.account, kept)) == before + 1
    assert world.double.counts[f"POST {operation}"] == 1


def test_an_adjustment_whose_answer_was_lost_is_found_by_its_reason(world: World) -> None:
    path = f"/wms/inventory/{world.double.account.product('SKU-08')['id']}/adjust"
    body = {"quantity": 5, "adjustment_type": "increase", "warehouse_id": PRIMARY}
    before, key = world.stock("SKU-08")["on_hand"], unique("key")
    world.double.misbehave("POST", "inventory_add", "drop_after")
    assert world.api.put(path, json=body, headers={"idempotency-key": key}).status_code == 504
    assert world.written("PUT", path, body, **{"idempotency-key": key})["onhand"] == before + 5


def test_a_shipment_whose_answer_was_lost_is_found(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    path, body, key = f"/wms/orders/{made['id']}/shipments", a_shipment(), unique("key")
    world.double.misbehave("POST", "shipment_create", "drop_after")
    assert world.api.post(path, json=body, headers={"idempotency-key": key}).status_code == 504
    record = world.written("POST", path, body, **{"idempotency-key": key})
    assert len(record["shipments"]) == 1


def test_a_preview_shows_the_mutation_and_no_secret(world: World) -> None:
    answer = world.api.post("/wms/orders", json=an_order(), headers={"x-dry-run": "true"})
    request = answer.json()["vendor_request"]
    assert request["url"] == f"{world.double_url}/graphql"
    assert request["headers"]["authorization"] == "Bearer [redacted]"
    assert "order_create" in request["body"]["query"]
    assert REFRESH_TOKEN not in answer.text
    assert world.double.counts["POST order_create"] == 0
