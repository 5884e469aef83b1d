"""What follows from a record of a sandbox that is edited by hand: other operations find what they expect."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.edit_world import Sandboxes, sandboxes_of
from tests.support.install import Install

ADDRESS = {
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}


@pytest.fixture(scope="module")
def sandboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandboxes]:
    with sandboxes_of(Install(tmp_path_factory.mktemp("in_step"))) as made:
        yield made


def new_order(sandboxes: Sandboxes, sku: str, quantity: int) -> dict[str, Any]:
    """An order of a product, as the sandbox has it."""
    number = f"SO-{sku}-{quantity}-{len(sandboxes.own('orders'))}"
    lines = [{"product_id": sandboxes.own("products", sku=sku)[0]["id"], "quantity": quantity}]
    body = {"order_number": number, "ship_to_address": ADDRESS, "line_items": lines}
    answer = sandboxes.api["wms"].post("/wms/orders", json=body)
    assert answer.status_code == 200, answer.text
    return sandboxes.own("orders", id=answer.json()["id"])[0]


def figures(sandboxes: Sandboxes, sku: str, warehouse_id: str) -> tuple[int, int, int]:
    """Units that are committed, free and awaited in a warehouse."""
    stock = sandboxes.stock(sku)["stock"][warehouse_id]
    return stock["committed"], stock["fulfillable"], stock["awaiting"]


def test_an_order_holds_what_its_status_and_its_lines_say(sandboxes: Sandboxes) -> None:
    order = new_order(sandboxes, "TEA-1", 3)
    place, path = order["warehouse_id"], "wms/orders"
    committed, free, _ = figures(sandboxes, "TEA-1", place)
    (line,) = order["line_items"]
    sandboxes.edited(path, order["id"], {"line_items": [{**line, "quantity": 5}]})
    assert figures(sandboxes, "TEA-1", place)[:2] == (committed + 2, free - 2)
    for status in ("cancelled", "fulfilled", "backordered"):
        sandboxes.edited(path, order["id"], {"status": status})
        assert figures(sandboxes, "TEA-1", place)[:2] == (committed - 3, free + 3)
    sandboxes.edited(path, order["id"], {"status": "packed", "line_items": [{**line, "quantity": 2}]})
    assert figures(sandboxes, "TEA-1", place)[:2] == (committed - 1, free + 1)
    shipped = sandboxes.staff.put(f"/sandbox/simulate/orders/{order['id']}/fulfill")
    assert shipped.json()["data"]["status"] == "fulfilled"
    assert figures(sandboxes, "TEA-1", place)[:2] == (committed - 3, free + 1)


def test_an_order_moves_to_another_warehouse_where_its_units_are(sandboxes: Sandboxes) -> None:
    order = new_order(sandboxes, "TEA-2", 1)
    here = order["warehouse_id"]
    there = next(one["id"] for one in sandboxes.own("warehouses") if one["id"] != here)
    before = figures(sandboxes, "TEA-2", here)[0], figures(sandboxes, "TEA-2", there)[0]
    sandboxes.edited("wms/orders", order["id"], {"warehouse_id": there})
    after = figures(sandboxes, "TEA-2", here)[0], figures(sandboxes, "TEA-2", there)[0]
    assert after == (before[0] - 1, before[1] + 1)
    nowhere = sandboxes.faults("wms/orders", order["id"], {"warehouse_id": None})
    assert list(nowhere) == ["/warehouse_id"]
    assert "open" in nowhere["/warehouse_id"]


def test_an_order_cannot_hold_more_than_there_is(sandboxes: Sandboxes) -> None:
    order = new_order(sandboxes, "TEA-3", 1)
    (line,) = order["line_items"]
    before = sandboxes.stock("TEA-3")
    faults = sandboxes.faults("wms/orders", order["id"], {"line_items": [{**line, "quantity": 100_000}]})
    assert list(faults) == ["/line_items"]
    assert "TEA-3" in faults["/line_items"]
    waits = new_order(sandboxes, "LAMP-3", 500)
    assert waits["status"] == "backordered"
    refused = sandboxes.faults("wms/orders", waits["id"], {"status": "open", "warehouse_id": "wh_000001"})
    assert list(refused) == ["/warehouse_id"]
    assert sandboxes.stock("TEA-3") == before


def test_a_new_line_is_filled_by_its_product(sandboxes: Sandboxes) -> None:
    order = new_order(sandboxes, "TEA-3", 1)
    kit = sandboxes.own("products", sku="KIT-TEA")[0]
    lines = [*order["line_items"], {"product_id": kit["id"], "quantity": 1}]
    sandboxes.edited("wms/orders", order["id"], {"line_items": lines})
    line = sandboxes.own("orders", id=order["id"])[0]["line_items"][1]
    assert (line["sku"], line["is_kit"], line["shipped_quantity"]) == ("KIT-TEA", True, 0)
    assert line["components"] == kit["inventory_items"]


def test_what_lies_where_is_edited_and_orders_that_wait_get_it(sandboxes: Sandboxes) -> None:
    waits = new_order(sandboxes, "LAMP-3", 4)
    item = sandboxes.stock("LAMP-3")
    place = sandboxes.own("locations", type="shelf")[0]
    hold = sandboxes.own("locations", type="quarantine", warehouse_id=place["warehouse_id"])[0]
    lies = [
        {"location_id": place["id"], "quantity": 2000},
        {"location_id": hold["id"], "quantity": 2, "warehouse_id": hold["warehouse_id"]},
    ]
    after = sandboxes.edited("wms/inventory", item["id"], {"locations": lies})
    assert (after["unfulfillable"], after["onhand"]) == (2, 2002)
    order = sandboxes.own("orders", id=waits["id"])[0]
    assert (order["status"], order["warehouse_id"]) == ("open", place["warehouse_id"])
    committed = figures(sandboxes, "LAMP-3", place["warehouse_id"])[0]
    assert committed >= 4
    less = {"locations": [{"location_id": place["id"], "quantity": committed - 1}]}
    assert list(sandboxes.faults("wms/inventory", item["id"], less)) == ["/locations"]
    twice = {"locations": [lies[0], lies[0]]}
    assert list(sandboxes.faults("wms/inventory", item["id"], twice)) == ["/locations/1/location_id"]
    elsewhere = {"locations": [{**lies[0], "warehouse_id": "wh_000007"}]}
    assert list(sandboxes.faults("wms/inventory", item["id"], elsewhere)) == ["/locations/0/warehouse_id"]
    shipped = sandboxes.staff.put(f"/sandbox/simulate/orders/{waits['id']}/fulfill")
    assert shipped.json()["data"]["status"] == "fulfilled"


def test_a_product_takes_its_stock_and_its_kits_along(sandboxes: Sandboxes) -> None:
    product = sandboxes.own("products", sku="POT-1")[0]
    sandboxes.edited("wms/products", product["id"], {"sku": "POT-RENAMED", "name": "Pot"})
    assert sandboxes.stock("POT-RENAMED")["name"] == "Pot"
    kit = sandboxes.own("products", sku="KIT-TEA")[0]
    assert kit["inventory_items"][0]["sku"] == "POT-RENAMED"
    part = {**kit["inventory_items"][0], "sku": "POT-1"}
    faults = sandboxes.faults("wms/products", kit["id"], {"inventory_items": [part]})
    assert list(faults) == ["/inventory_items/0/sku"]
    twice = [kit["inventory_items"][0]] * 2
    faults = sandboxes.faults("wms/products", kit["id"], {"inventory_items": twice})
    assert list(faults) == ["/inventory_items/1"]
    sandboxes.edited("wms/products", kit["id"], {"inventory_items": kit["inventory_items"][:1]})


def test_what_a_shipment_expects_is_awaited(sandboxes: Sandboxes) -> None:
    shipment = sandboxes.own("inbound_shipments", status="open")[0]
    line = next(line for line in shipment["line_items"])
    sku, place, path = line["sku"], shipment["warehouse_id"], "wms/inbound-shipments"
    others = [other for other in shipment["line_items"] if other is not line]
    awaited = figures(sandboxes, sku, place)[2]
    more = {"line_items": [{**line, "expected_quantity": line["expected_quantity"] + 7}, *others]}
    sandboxes.edited(path, shipment["id"], more)
    assert figures(sandboxes, sku, place)[2] == awaited + 7
    sandboxes.edited(path, shipment["id"], {"status": "received"})
    assert figures(sandboxes, sku, place)[2] == awaited - line["expected_quantity"]
    sandboxes.edited(path, shipment["id"], {"status": "open"})
    over = {"line_items": [{**line, "received_quantity": 1000}, *others]}
    faults = sandboxes.faults(path, shipment["id"], over)
    assert list(faults) == ["/line_items/0/received_quantity"]
    twice = {"line_items": [line, line]}
    assert list(sandboxes.faults(path, shipment["id"], twice)) == ["/line_items/1/sku"]
    body = {
        "line_items": [{"sku": sku, "quantity": 3}],
        "warehouse_location_id": sandboxes.own("locations", warehouse_id=place)[0]["id"],
    }
    received = sandboxes.api["wms"].put(f"/wms/inbound-shipments/{shipment['id']}/receive", json=body)
    assert received.status_code == 200, received.text
    assert figures(sandboxes, sku, place)[2] == awaited + 4


def test_a_return_is_received_after_an_edit(sandboxes: Sandboxes) -> None:
    found = sandboxes.own("returns", status="cancelled")[0]
    (line, *_) = found["line_items"]
    faults = sandboxes.faults("wms/returns", found["id"], {"line_items": [{**line, "restocked_quantity": 1}]})
    assert list(faults) == ["/line_items/0/restocked_quantity"]
    sandboxes.edited("wms/returns", found["id"], {"status": "open", "line_items": [line]})
    back = sandboxes.staff.put(f"/sandbox/simulate/returns/{found['id']}/receive")
    assert back.json()["data"]["status"] == "received"


def test_a_sales_order_commits_what_it_says(sandboxes: Sandboxes) -> None:
    order = sandboxes.own("erp_sales_orders", status="open")[0]
    (line, *others) = order["line_items"]

    def committed() -> float:
        row = sandboxes.own("erp_inventory", item_id=line["item_id"])[0]
        return float(row["stock"][order["location_id"]]["committed"]) / 1000

    before = committed()
    more = {**line, "quantity": line["quantity"] + 1.5}
    after = sandboxes.edited("erp/sales-orders", order["id"], {"line_items": [more, *others]})
    assert committed() == before + 1.5
    assert after["total_price"] == pytest.approx(order["total_price"] + 1.5 * line["unit_price"], abs=0.01)
    sandboxes.edited("erp/sales-orders", order["id"], {"status": "cancelled"})
    assert committed() == before - line["quantity"]
    sandboxes.edited("erp/sales-orders", order["id"], {"status": "open"})
    assert committed() == before + 1.5
    kept = sandboxes.own("erp_inventory", item_id=line["item_id"])[0]
    gone = {"inventory_by_location_id": {order["location_id"]: None}}
    place = f"/inventory_by_location_id/{order['location_id']}"
    assert list(sandboxes.faults("erp/inventory", kept["id"], gone)) == [place]
    shipped = sandboxes.api["erp"].post("/erp/sales-order-shipments", json={"sales_order_id": order["id"]})
    assert shipped.status_code == 200, shipped.text
    assert committed() == before - line["quantity"]


def test_what_is_on_hand_is_edited_in_thousandths(sandboxes: Sandboxes) -> None:
    row = sandboxes.own("erp_inventory")[0]
    location_id = next(iter(row["stock"]))
    patch = {"inventory_by_location_id": {location_id: {"onhand": 12.3456}}}
    after = sandboxes.edited("erp/inventory", row["id"], patch)
    assert after["inventory_by_location_id"][location_id]["onhand"] == 12.346
    item = sandboxes.own("erp_items", id=row["item_id"])[0]
    sandboxes.edited("erp/items", item["id"], {"sku": "RENAMED"})
    assert sandboxes.own("erp_inventory", id=row["id"])[0]["sku"] == "RENAMED"


def test_a_location_is_not_inside_of_itself(sandboxes: Sandboxes) -> None:
    inner = sandboxes.own("erp_locations", type="bin")[0]
    around = inner["parent_location_id"]
    faults = sandboxes.faults("erp/locations", around, {"parent_location_id": inner["id"]})
    assert list(faults) == ["/parent_location_id"]


def test_a_variant_can_be_bought_after_an_edit(sandboxes: Sandboxes) -> None:
    variant = next(p for p in sandboxes.own("cart_products") if p["sku"] == "BAG-1")
    stock = {"inventory_by_warehouse_id": {"place_000001": 1, "place_000002": 4}}
    after = sandboxes.edited("cart/products", variant["id"], {**stock, "price": 10})
    assert after["inventory"] == 5
    assert "inventory" not in sandboxes.own("cart_products", id=variant["id"])[0]
    for name in ("sku", "price"):
        assert list(sandboxes.faults("cart/products", variant["id"], {name: None})) == [f"/{name}"]
    body = {"line_items": [{"sku": "BAG-1", "quantity": 5}]}
    bought = sandboxes.staff.post("/sandbox/simulate/cart/orders", json=body)
    assert bought.status_code == 200, bought.text
    order = sandboxes.own("cart_orders", id=bought.json()["data"]["id"])[0]
    (line,) = order["line_items"]
    for change, member in (
        ({"refunded_quantity": 6}, "refunded_quantity"),
        ({"product_id": variant["parent_product_id"]}, "product_id"),
    ):
        faults = sandboxes.faults("cart/orders", order["id"], {"line_items": [{**line, **change}]})
        assert list(faults) == [f"/line_items/0/{member}"]
    faults = sandboxes.faults("cart/orders", order["id"], {"line_items": [line, line]})
    assert list(faults) == ["/line_items/1/line_item_id"]


def test_a_booking_ships_and_a_shipment_moves_on_after_an_edit(sandboxes: Sandboxes) -> None:
    booking = sandboxes.own("freight_bookings", status="draft")[0]
    patch = {"status": "booked", "cargo": {"weight": None}, "cargo_ready_date": "8999-12-31T00:00:00Z"}
    sandboxes.edited("freight/bookings", booking["id"], patch)
    shipped = sandboxes.staff.put(f"/sandbox/simulate/freight/bookings/{booking['id']}/ship")
    assert shipped.status_code == 200, shipped.text
    shipment_id = shipped.json()["data"]["id"]
    back = sandboxes.edited(
        "freight/shipments", shipment_id, {"status": "arrival_port", "arrival_date": None}
    )
    assert back["status"] == "arrival_port"
    moved = sandboxes.staff.put(f"/sandbox/simulate/freight/shipments/{shipment_id}/advance")
    assert moved.json()["data"]["status"] == "en_route_to_destination"
