"""ShipBob through Crossdock's own door: what a body becomes there, and what comes back."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.vault import open_vault
from crossdock.connector.pool import VendorPool
from crossdock.doubles.server import running
from crossdock.doubles.shipbob import ShipBobDouble
from crossdock.doubles.shipbob.stand import TOKEN
from crossdock.errors import Unprocessable
from crossdock.settings import load_settings
from tests.support.install import Install, Server

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
    return f"{prefix}-{next(_numbers)}"


async def _connect(install: Install, fields: dict[str, str]) -> NewConnection:
    settings = load_settings(install.environment)
    vendors = VendorPool(allow_private_networks=True, timeout=settings.vendor_timeout)
    shipbob = Catalog.installed().get("wms", "shipbob")
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        made = await connect(database, vault, vendors, shipbob, organisation="acme", fields=fields)
    await vendors.aclose()
    return made


@dataclass
class World:
    """A double of ShipBob, and a Crossdock that is connected to it."""

    install: Install
    double: ShipBobDouble
    double_url: str
    api: httpx.Client

    def written(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The record after a write that is accepted, all of its fields used."""
        answer = self.api.request(method, path, json=body)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        assert said["id"] == said["data"]["id"]
        record: dict[str, Any] = said["data"]
        return record

    def faults(self, method: str, path: str, body: Any, status: int = 422) -> dict[str, str]:
        """Messages by pointer of a write that is refused."""
        answer = self.api.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        return {fault["pointer"]: fault["message"] for fault in answer.json().get("errors", [])}

    def shown(self, path: str, body: Any) -> Any:
        """The body that would be sent."""
        answer = self.api.post(path, json=body, headers={"x-dry-run": "true"})
        assert answer.status_code == 200, answer.text
        return answer.json()["vendor_request"]["body"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    install = Install(tmp_path_factory.mktemp("home"), settings={"CROSSDOCK_VENDOR_TIMEOUT": "4"})
    double = ShipBobDouble(token=TOKEN)
    with running(double) as url:
        key = install.create_key()
        made = asyncio.run(_connect(install, fields_for(url)))
        server = Server(install).start()
        try:
            with server.client(key, made.access_token) as api:
                yield World(install, double, url, api)
        finally:
            server.stop()


@pytest.fixture
def world(served: World) -> Iterator[World]:
    served.double.faults.clear()
    served.double.counts.clear()
    yield served
    served.double.faults.clear()
    assert served.double.violations == []


def fields_for(url: str) -> dict[str, str]:
    return {"personal_access_token": TOKEN, "channel_id": "101", "api_url": url}


def an_order(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "reference_id": unique("SO"),
        "ship_to_address": ADDRESS,
        "line_items": [{"product_id": "3001", "quantity": 2}],
    }
    return body | changes


def a_shipment(*lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "warehouse_id": "1",
        "package_type": "Package",
        "box_packaging_type": "EverythingInOneBox",
        "expected_arrival_date": "2030-05-01T02:00:00+02:00",
        "purchase_order_number": unique("PO"),
        "boxes": [{"tracking_number": "1Z1", "line_items": list(lines)}],
    }
    return body | changes


def a_return(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "warehouse_id": "1",
        "reference_id": unique("RMA"),
        "line_items": [{"inventory_item_id": "8001", "quantity": 1}],
    }
    return body | changes


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"personal_access_token": "wrong"}, {"/credential/personal_access_token"}),
        ({"channel_id": "999"}, {"/credential/channel_id", "/credential/personal_access_token"}),
        ({"channel_id": "x"}, {"/credential/channel_id"}),
        ({"api_url": "ftp://api.shipbob.com"}, {"/credential/api_url"}),
    ],
)
def test_credentials_are_tried_and_the_field_at_fault_is_named(
    world: World, changes: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Unprocessable) as refused:
        asyncio.run(_connect(world.install, fields_for(world.double_url) | changes))
    assert {fault.pointer for fault in refused.value.faults} == fields


def test_write_info_has_what_the_account_accepts(world: World) -> None:
    document = world.api.get("/integrations/wms/shipbob/write-info").json()
    assert set(document["info"]["x-schema-hashes"]) == {
        "create_order", "cancel_order", "create_product", "update_product", "create_inbound_shipment",
        "update_inbound_shipment", "create_return", "update_return", "cancel_return",
    }  # fmt: skip
    schemas = document["components"]["schemas"]
    order = schemas["CreatewmsOrderShipbobSchema"]
    assert order["required"] == ["line_items", "reference_id", "ship_to_address"]
    assert order["properties"]["warehouse_id"]["enum"] == ["1", "10", "65"]
    assert order["properties"]["shipping_method_name"]["enum"][:2] == ["Standard", "Expedited"]
    inbound = schemas["CreatewmsInboundShipmentShipbobSchema"]
    assert inbound["properties"]["warehouse_id"]["enum"] == ["1", "10"]


def test_an_order_arrives_with_everything_that_was_said(world: World) -> None:
    address = ADDRESS | {"company": "Example Inc", "address2": "Suite 1", "email_address": "ada@example.com"}
    body = an_order(
        order_number="1001",
        warehouse_id="10",
        shipping_method_id="2",
        total_price=19.5,
        ship_to_address=address | {"phone_number": "555-0100"},
        trackstar_tags=["urgent"],
    )
    record = world.written("POST", "/wms/orders", body)
    assert (record["reference_id"], record["order_number"]) == (body["reference_id"], "1001")
    assert (record["status"], record["raw_status"], record["type"]) == ("processing", "Processing", "d2c")
    assert (record["warehouse_id"], record["total_price"]) == ("10", 19.5)
    assert (record["shipping_method_name"], record["trackstar_tags"]) == ("Expedited", ["urgent"])
    assert record["channel_object"] == {"channel_id": "101", "channel_name": "Crossdock"}
    said = {name: record["ship_to_address"][name] for name in body["ship_to_address"]}
    assert said == body["ship_to_address"]
    [line] = record["line_items"]
    assert (line["product_id"], line["sku"], line["quantity"]) == ("3001", "TEE-S", 2)
    [shipment] = record["shipments"]
    assert (shipment["status"], shipment["warehouse_id"], shipment["packages"]) == ("open", "10", [])
    there = world.double.state.orders[int(record["id"])]
    assert there["shipping_method"] == "Expedited"


@pytest.mark.parametrize(
    ("said", "method"),
    [
        ({}, "Standard"),
        ({"shipping_method_name": "Free 2-day Shipping"}, "Free 2-day Shipping"),
        ({"shipping_method_id": "3", "shipping_method_name": "Free 2-day Shipping"}, "Free 2-day Shipping"),
        ({"shipping_method": "By drone"}, "By drone"),
    ],
)
def test_a_shipping_method_is_named_or_the_default_one(
    world: World, said: dict[str, str], method: str
) -> None:
    assert world.shown("/wms/orders", an_order(**said))["shipping_method"] == method


def test_names_of_a_shipping_method_that_contradict_each_other_are_refused(world: World) -> None:
    mixed = an_order(shipping_method_id="2", shipping_method_name="Standard")
    assert list(world.faults("POST", "/wms/orders", mixed)) == ["/shipping_method_name"]
    both = an_order(shipping_method_id="2", shipping_method="Standard")
    assert list(world.faults("POST", "/wms/orders", both)) == ["/shipping_method_id"]


def test_an_order_that_left_shows_its_parcel(world: World) -> None:
    made = world.written("POST", "/wms/orders", an_order())
    world.double.ship_order(int(made["id"]))
    refused = world.api.put(f"/wms/orders/{made['id']}/cancel")
    assert refused.status_code == 422
    assert "cannot be cancelled any more" in refused.text
    there = world.double.state.orders[int(made["id"])]
    record = order_record(there)
    assert (record["status"], record["shipments"][0]["status"]) == ("fulfilled", "shipped")
    [package] = record["shipments"][0]["packages"]
    assert (package["carrier_name"], package["measurements"]["weight_unit"]) == ("USPS", "oz")
    assert package["line_items"][0]["parent_product_id"] == "3001"


def order_record(vendor_order: Any) -> Any:
    """As a read-back would give it."""
    write = Catalog.installed().get("wms", "shipbob").write("create_order")
    assert write is not None
    assert write.record is not None
    return msgspec.to_builtins(write.record(vendor_order))


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"reference_id": "SO-1001"}, "/reference_id", "Cannot insert order with existing ReferenceId"),
        (
            {"line_items": [{"product_id": "3001", "quantity": 1}, {"product_id": "7", "quantity": 1}]},
            "/line_items/1/product_id",
            "Product 7 does not exist.",
        ),
    ],
)
def test_what_shipbob_refuses_is_traced_to_the_callers_field(
    world: World, changes: dict[str, Any], pointer: str, words: str
) -> None:
    assert world.faults("POST", "/wms/orders", an_order(**changes)) == {pointer: words}


def test_an_order_is_cancelled_as_far_as_it_can_be(world: World) -> None:
    assert world.written("PUT", "/wms/orders/50002/cancel")["status"] == "cancelled"
    assert world.written("PUT", "/wms/orders/50003/cancel")["status"] == "fulfilled"
    assert world.api.put("/wms/orders/50006/cancel").status_code == 422
    for number in ("1", "none-of-yours"):
        assert world.api.put(f"/wms/orders/{number}/cancel").status_code == 404


def test_a_cancellation_that_fails_with_a_200_is_a_refusal(world: World) -> None:
    body = (
        '{"status": "Failure", "canceled_shipment_results": '
        '[{"shipment_id": 1, "is_success": false, "reason": "It is on the truck."}]}'
    )
    world.double.misbehave("POST", "/1.0/order/{orderId}/cancel", "status_before", status=200, body=body)
    answer = world.api.put("/wms/orders/50004/cancel")
    assert answer.status_code == 422
    assert "It is on the truck." in answer.text


def test_a_product_is_made_and_the_rest_of_it_stays_when_it_changes(world: World) -> None:
    sku = unique("SCARF")
    made = world.written("POST", "/wms/products", {"sku": sku, "name": "Scarf", "gtin": "4006381333931"})
    assert (made["sku"], made["gtin"], made["is_kit"]) == (sku, "4006381333931", False)
    assert made["additional_fields"]["reference_id"] == sku
    assert len(made["inventory_items"]) == 1
    path = f"/wms/products/{made['id']}"
    changed = world.written("PUT", path, {"name": "Long scarf", "unit_price": 12.5})
    assert (changed["name"], changed["gtin"], changed["unit_price"]) == ("Long scarf", "4006381333931", 12.5)
    again = world.faults("POST", "/wms/products", {"sku": sku, "name": "Scarf"})
    assert again == {"/sku": f"Cannot insert duplicate reference id: {sku}"}
    assert world.faults("PUT", path, {}) == {"": "must be an object with at least one field"}
    assert world.api.put("/wms/products/1", json={"name": "x"}).status_code == 404


def test_goods_are_announced_by_item_or_sku_with_their_lots(world: World) -> None:
    lot = {"lot_id": "L1", "lot_expiration_date": "2031-01-01T00:00:00Z"}
    body = a_shipment(
        {"inventory_item_id": "8010", "expected_quantity": 5, **lot},
        {"sku": "MUG-11", "expected_quantity": 2},
        {"sku": "TEE-S", "inventory_item_id": "8001", "expected_quantity": 1},
    )
    body["box_packaging_type"] = "MultipleSkusPerBox"
    record = world.written("POST", "/wms/inbound-shipments", body)
    assert (record["status"], record["warehouse_id"]) == ("open", "1")
    assert record["expected_arrival_date"] == "2030-05-01T00:00:00Z"
    assert record["tracking_numbers"] == ["1Z1"]
    lines = {
        (line["inventory_item_id"], line["sku"]): line["expected_quantity"] for line in record["line_items"]
    }
    assert lines == {("8010", "TEA-100"): 5, ("8006", "MUG-11"): 2, ("8001", "TEE-S"): 1}
    assert record["additional_fields"]["box_packaging_type"] == "MultipleSkuPerBox"
    assert record["additional_fields"]["boxes"][0]["line_items"][0]["lot_id"] == "L1"


def test_a_sku_that_is_no_reference_id_is_found_on_a_later_page(world: World) -> None:
    sku = unique("LATE")
    world.written("POST", "/wms/products", {"sku": sku, "reference_id": unique("KEY"), "name": "Late"})
    with_sku = a_shipment({"sku": sku, "expected_quantity": 1})
    sent = world.shown("/wms/inbound-shipments", with_sku)
    item = sent["boxes"][0]["box_items"][0]["inventory_id"]
    assert world.double.state.items[item].sku == sku


def test_skus_that_lead_to_no_one_item_are_refused_at_their_place(world: World) -> None:
    body = a_shipment(
        {"sku": "NOT-THERE", "expected_quantity": 1},
        {"sku": "TEE-PACK", "expected_quantity": 1},
        {"sku": "TEE-S", "inventory_item_id": "8002", "expected_quantity": 1},
    )
    faults = world.faults("POST", "/wms/inbound-shipments", body)
    assert "no product with the SKU" in faults["/boxes/0/line_items/0/sku"]
    assert "2 inventory items" in faults["/boxes/0/line_items/1/sku"]
    assert "inventory item 8001" in faults["/boxes/0/line_items/2/sku"]
    neither = world.faults("POST", "/wms/inbound-shipments", a_shipment({"expected_quantity": 1}))
    assert neither == {"/boxes/0/line_items/0": "must be a line with inventory_item_id or sku"}
    assert world.double.counts["POST /2.0/receiving"] == 0


def test_an_announcement_is_called_off_until_the_goods_are_there(world: World) -> None:
    made = world.written(
        "POST", "/wms/inbound-shipments", a_shipment({"sku": "TEE-M", "expected_quantity": 3})
    )
    path = f"/wms/inbound-shipments/{made['id']}"
    assert list(world.faults("PUT", path, {"status": "open"})) == ["/status"]
    assert world.written("PUT", path, {"status": "cancelled"})["status"] == "cancelled"
    refused = world.api.put("/wms/inbound-shipments/9002", json={"status": "cancelled"})
    assert refused.status_code == 422
    assert "Completed cannot be cancelled" in refused.text


def test_a_return_names_the_shipment_of_its_order(world: World) -> None:
    body = a_return(order_id="50001", tracking_number="9205")
    body["line_items"][0]["requested_action"] = "Dispose"
    record = world.written("POST", "/wms/returns", body)
    assert (record["status"], record["raw_status"]) == ("open", "AwaitingArrival")
    assert record["additional_fields"]["original_shipment_id"] == 70001
    assert record["shipments"][0]["tracking_number"] == "9205"
    [line] = record["line_items"]
    assert (line["inventory_item_id"], line["expected_quantity"]) == ("8001", 1)
    there = world.double.state.returns[int(record["id"])]
    assert there["inventory"][0]["action_requested"]["action"] == "Dispose"


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"order_id": "1"}, "/order_id", "no order 1"),
        ({"order_id": "50004"}, "/order_id", "0 of the 0 shipments"),
        (
            {"order_id": "50001", "line_items": [{"inventory_item_id": "8002", "quantity": 1}]},
            "/order_id",
            "0 of the 1",
        ),
        ({"line_items": 2 * a_return()["line_items"]}, "/line_items/1/inventory_item_id", "/line_items/0"),
        ({"reference_id": "RMA-1001"}, "/reference_id", "reference id of its own"),
        (
            {"line_items": [{"inventory_item_id": "8011", "quantity": 1}]},
            "/line_items/0/inventory_item_id",
            "digital",
        ),
    ],
)
def test_a_return_is_refused_at_its_place(
    world: World, changes: dict[str, Any], pointer: str, words: str
) -> None:
    [(place, said)] = world.faults("POST", "/wms/returns", a_return(**changes)).items()
    assert place == pointer
    assert words in said


def test_a_return_is_changed_or_cancelled_until_it_arrives(world: World) -> None:
    made = world.written("POST", "/wms/returns", a_return(order_id="50001"))
    path = f"/wms/returns/{made['id']}"
    changed = world.written("PUT", path, {"tracking_number": "9206", "warehouse_id": "10"})
    assert changed["shipments"][0]["tracking_number"] == "9206"
    assert changed["additional_fields"]["warehouse_id"] == "10"
    assert changed["additional_fields"]["original_shipment_id"] == 70001
    both = world.faults("PUT", path, {"status": "cancelled", "tracking_number": "9207"})
    assert both == {"/tracking_number": "must be left out here"}
    assert world.written("PUT", path, {"status": "cancelled"})["status"] == "cancelled"
    late = world.api.put(path, json={"tracking_number": "9208"})
    assert late.status_code == 422
    assert "neither modified nor cancelled" in late.text
    other = world.written("POST", "/wms/returns", a_return())
    assert world.written("PUT", f"/wms/returns/{other['id']}/cancel")["status"] == "cancelled"
    assert world.api.put("/wms/returns/1/cancel").status_code == 404


def test_what_shipbob_cannot_do_is_not_implemented(world: World) -> None:
    assert world.api.put("/wms/orders/50001", json={"order_number": "1"}).status_code == 501
    assert world.api.post("/wms/kits", json={"sku": "a"}).status_code == 501
    assert world.api.put("/wms/inventory/8001/adjust", json={"quantity": 1}).status_code == 501


def test_a_long_pause_that_shipbob_asks_for_is_not_waited_for_and_not_ignored(world: World) -> None:
    double = ShipBobDouble(token=TOKEN, calls_per_minute=1, clock=lambda: 0.0)
    with running(double) as url:
        asyncio.run(_connect(world.install, fields_for(url)))
        with pytest.raises(Unprocessable, match="Try again in 60 seconds"):
            asyncio.run(_connect(world.install, fields_for(url)))
    assert double.counts["GET /1.0/order"] == 2


def test_a_pause_that_shipbob_asks_for_is_passed_on(world: World) -> None:
    world.double.misbehave("POST", "/1.0/order", "status_before", status=429, retry_after=25)
    answer = world.api.post("/wms/orders", json=an_order())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "25")


@pytest.mark.parametrize(
    ("path", "vendor_path", "body"),
    [
        ("/wms/orders", "/1.0/order", an_order),
        ("/wms/returns", "/1.0/return", a_return),
        ("/wms/products", "/1.0/product", lambda: {"sku": unique("HAT"), "name": "Hat"}),
        (
            "/wms/inbound-shipments",
            "/2.0/receiving",
            lambda: a_shipment({"sku": "TEE-L", "expected_quantity": 1}),
        ),
    ],
)
def test_a_write_whose_answer_was_lost_is_found_again_and_not_made_twice(
    world: World, path: str, vendor_path: str, body: Any
) -> None:
    sent, key = body(), {"idempotency-key": unique("key")}
    world.double.misbehave("POST", vendor_path, "drop_after")
    lost = world.api.post(path, json=sent, headers=key)
    assert lost.status_code >= 500
    again = world.api.post(path, json=sent, headers=key)
    assert again.status_code == 200, again.text
    assert world.double.counts[f"POST {vendor_path}"] == 1


def test_an_announcement_without_a_purchase_order_number_is_never_sent_twice(world: World) -> None:
    sent, key = a_shipment({"sku": "TEE-L", "expected_quantity": 1}), {"idempotency-key": unique("key")}
    del sent["purchase_order_number"]
    world.double.misbehave("POST", "/2.0/receiving", "drop_before")
    for _ in range(2):
        answer = world.api.post("/wms/inbound-shipments", json=sent, headers=key)
        assert answer.status_code >= 500
    assert "purchase_order_number" in answer.text
    assert world.double.counts["POST /2.0/receiving"] == 1
