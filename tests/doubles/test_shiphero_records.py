"""What the ShipHero double keeps, and what each operation does to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.doubles.shiphero import global_id
from tests.doubles.shiphero_api import Api, api

PRIMARY = global_id("Warehouse", 101)
EAST = global_id("Warehouse", 102)
PRIMARY_BIN = global_id("Bin", 201)
EDGES = "{ edges { node { %s } } }"
LINES = "line_items(first: 10) " + EDGES % "id sku quantity quantity_pending_fulfillment"
ADDRESS = {"first_name": "Ada", "last_name": "Example", "address1": "1 Sample Street", "country": "US"}
DIMENSIONS = {"weight": "1", "height": "1", "width": "1", "length": "1"}


@pytest.fixture
def shiphero() -> Iterator[Api]:
    with api() as served:
        yield served
        assert served.double.violations == []


def nodes(connection: Any) -> list[Any]:
    return [edge["node"] for edge in connection["edges"]]


def stock(shiphero: Api, sku: str, warehouse: str = PRIMARY) -> int:
    query = (
        "query($sku: String, $id: String) { warehouse_products(sku: $sku, warehouse_id: $id) { data %s } }"
    )
    found = shiphero.ask(query % (EDGES % "on_hand"), sku=sku, id=warehouse)
    (only,) = nodes(found["warehouse_products"]["data"])
    return int(only["on_hand"])


def create_order(shiphero: Api, **changes: Any) -> Any:
    line = {"sku": "SKU-01", "partner_line_item_id": "1", "quantity": 2, "price": "3.50"}
    data = {"order_number": "N-1", "shipping_address": ADDRESS, "line_items": [line]} | changes
    selected = f"order {{ id order_number fulfillment_status subtotal total_price {LINES} }}"
    return shiphero.change("order_create", "CreateOrderInput", selected, data)["order"]


def test_the_seed_is_the_same_each_time(shiphero: Api) -> None:
    query = '{ orders { data(first: 10, sort: "-order_number") %s } }'
    found = nodes(shiphero.ask(query % (EDGES % "id order_number fulfillment_status"))["orders"]["data"])
    assert [order["order_number"] for order in found] == [f"SO-{n}" for n in range(1006, 1000, -1)]
    assert [order["fulfillment_status"] for order in found] == [
        "canceled",
        *["pending"] * 2,
        *["fulfilled"] * 3,
    ]
    with api() as other:
        assert {o["id"] for o in found} == set(other.double.account.orders)
    assert stock(shiphero, "SKU-02") == 94


def test_pages_go_on_from_a_cursor(shiphero: Api) -> None:
    query = """query($after: String) { products { data(first: 5, after: $after)
        { pageInfo { hasNextPage endCursor } edges { node { sku } } } } }"""
    skus, after = [], None
    for _ in range(3):
        page = shiphero.ask(query, after=after)["products"]["data"]
        skus += [node["sku"] for node in nodes(page)]
        after = page["pageInfo"]["endCursor"]
    assert skus == [*(f"SKU-{n:02}" for n in range(1, 12)), "SKU-KIT"]
    assert page["pageInfo"]["hasNextPage"] is False


def test_an_order_is_made_found_and_changed(shiphero: Api) -> None:
    made = create_order(shiphero, partner_order_id="P-1", shipping_lines={"title": "Ground", "price": "4"})
    assert (made["fulfillment_status"], made["subtotal"], made["total_price"]) == ("pending", "7.00", "11.00")
    query = "query($n: String) { orders(order_number: $n) { data(first: 2) %s } }" % (EDGES % "id")
    assert nodes(shiphero.ask(query, n="N-1")["orders"]["data"]) == [{"id": made["id"]}]
    data = {"order_id": made["id"], "packing_note": "fragile", "order_number": "N-2"}
    selected = "order { order_number packing_note total_price }"
    assert shiphero.change("order_update", "UpdateOrderInput", selected, data)["order"] == {
        "order_number": "N-2",
        "packing_note": "fragile",
        "total_price": "11.00",
    }


def test_lines_are_added_changed_and_removed(shiphero: Api) -> None:
    made = create_order(shiphero)
    (line,) = nodes(made["line_items"])
    order = {"order_id": made["id"]}
    more = {"sku": "SKU-02", "partner_line_item_id": "2", "quantity": 1, "price": "1.00"}
    added = shiphero.change(
        "order_add_line_items", "AddLineItemsInput", f"order {{ {LINES} }}", order | {"line_items": [more]}
    )
    assert [one["sku"] for one in nodes(added["order"]["line_items"])] == ["SKU-01", "SKU-02"]
    five = {"line_items": [{"id": line["id"], "quantity": 5}]}
    changed = shiphero.change(
        "order_update_line_items", "UpdateLineItemsInput", f"order {{ subtotal {LINES} }}", order | five
    )
    assert changed["order"]["subtotal"] == "18.50"
    assert nodes(changed["order"]["line_items"])[0]["quantity_pending_fulfillment"] == 5
    removed = shiphero.change(
        "order_remove_line_items",
        "RemoveLineItemsInput",
        f"order {{ {LINES} }}",
        order | {"line_item_ids": [line["id"]]},
    )
    assert [one["sku"] for one in nodes(removed["order"]["line_items"])] == ["SKU-02"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"partner_order_id": "P-1001"}, "partner_order_id already exists"),
        (
            {"line_items": [{"sku": "S", "partner_line_item_id": "1", "quantity": 0, "price": "1"}]},
            "quantity",
        ),
        (
            {"line_items": [{"sku": "S", "partner_line_item_id": "1", "quantity": 1, "price": "1"}] * 2},
            "Duplicate",
        ),
        ({"total_tax": "much"}, "much is not a valid amount"),
    ],
)
def test_an_order_that_cannot_be_is_refused(shiphero: Api, changes: dict[str, Any], words: str) -> None:
    data = {"order_number": "N-1", "shipping_address": ADDRESS} | changes
    error = shiphero.refused("order_create", "CreateOrderInput", "order { id }", data)
    assert words in error["message"]
    assert len(shiphero.double.account.orders) == 6


def test_a_canceled_order_stays_as_it_is(shiphero: Api) -> None:
    order = {"order_id": shiphero.order("SO-1004")["id"]}
    selected = "order { fulfillment_status }"
    shiphero.change("order_cancel", "CancelOrderInput", selected, order)
    error = shiphero.refused("order_update", "UpdateOrderInput", selected, order | {"packing_note": "x"})
    assert error["message"] == "A canceled order cannot be changed"
    shipped = {"order_id": shiphero.order("SO-1001")["id"]}
    assert "fulfilled" in shiphero.refused("order_cancel", "CancelOrderInput", selected, shipped)["message"]
    shiphero.change("order_cancel", "CancelOrderInput", selected, shipped | {"force": True})


def test_a_status_can_be_set_and_a_file_attached(shiphero: Api) -> None:
    order = {"order_id": shiphero.order("SO-1005")["id"]}
    status = order | {"fulfillment_status": "fulfilled"}
    selected = f"order {{ fulfillment_status {LINES} }}"
    done = shiphero.change(
        "order_update_fulfillment_status", "UpdateOrderFulfillmentStatusInput", selected, status
    )
    assert done["order"]["fulfillment_status"] == "fulfilled"
    assert {one["quantity_pending_fulfillment"] for one in nodes(done["order"]["line_items"])} == {0}
    file = order | {"url": "https://files.example/slip.pdf", "filename": "slip.pdf"}
    made = shiphero.change("order_add_attachment", "OrderAddAttachmentInput", "attachment { id url }", file)
    assert made["attachment"]["url"] == "https://files.example/slip.pdf"


def test_a_shipment_fulfils_and_takes_stock(shiphero: Api) -> None:
    order = shiphero.order("SO-1004")
    first, second = order["line_items"]
    before = stock(shiphero, first["sku"])
    label = {
        "carrier": "ups", "shipping_name": "Ground", "shipping_method": "ground", "cost": "7.10",
        "address": {}, "dimensions": DIMENSIONS, "label": {}, "line_item_ids": [first["id"]],
        "tracking_number": "1Z",
    }  # fmt: skip
    data = {"order_id": order["id"], "warehouse_id": PRIMARY, "address": {}, "labels": [label]}
    selected = (
        "shipment { id total_packages shipping_labels { tracking_number cost } line_items(first: 2) %s }"
    )
    selected %= EDGES % "quantity line_item { sku }"

    def ship(line: Any, quantity: int) -> dict[str, Any]:
        return data | {"line_items": [{"line_item_id": line["id"], "quantity": quantity}]}

    too_many = shiphero.refused("shipment_create", "CreateShipmentInput", selected, ship(first, 4))
    assert "not pending" in too_many["message"]
    made = shiphero.change("shipment_create", "CreateShipmentInput", selected, ship(first, 3))["shipment"]
    assert made["shipping_labels"] == [{"tracking_number": "1Z", "cost": "7.10"}]
    assert nodes(made["line_items"]) == [{"quantity": 3, "line_item": {"sku": first["sku"]}}]
    assert order["fulfillment_status"] == "pending"
    shiphero.change("shipment_create", "CreateShipmentInput", selected, ship(second, 3))
    assert order["fulfillment_status"] == "fulfilled"
    assert stock(shiphero, first["sku"]) == before - 3


def test_products_and_kits(shiphero: Api) -> None:
    new = {"sku": "NEW", "name": "New", "warehouse_products": [{"warehouse_id": EAST, "on_hand": 4}]}
    selected = "product { id sku name kit kit_components { sku quantity } }"
    shiphero.change("product_create", "CreateProductInput", selected, new)
    assert stock(shiphero, "NEW", EAST) == 4
    again = shiphero.refused("product_create", "CreateProductInput", selected, new)
    assert "already exists" in again["message"]
    renamed = {"sku": "NEW", "name": "Newer", "dimensions": DIMENSIONS}
    assert (
        shiphero.change("product_update", "UpdateProductInput", selected, renamed)["product"]["name"]
        == "Newer"
    )
    kit = {"sku": "NEW", "components": [{"sku": "SKU-03", "quantity": 2}]}
    built = shiphero.change("kit_build", "BuildKitInput", selected, kit)["product"]
    assert (built["kit"], built["kit_components"]) == (True, [{"sku": "SKU-03", "quantity": 2}])
    of_itself = {"sku": "NEW", "components": [{"sku": "NEW", "quantity": 2}]}
    assert "component" in shiphero.refused("kit_build", "BuildKitInput", selected, of_itself)["message"]
    gone = {"sku": "NEW", "components": [{"sku": "SKU-03"}]}
    left = shiphero.change("kit_remove_components", "RemoveKitComponentsInput", selected, gone)["product"]
    assert left["kit_components"] == []


def test_stock_is_added_removed_and_replaced(shiphero: Api) -> None:
    def change(name: str, quantity: int, **where: Any) -> Any:
        kind = "ReplaceInventoryInput" if name == "inventory_replace" else "UpdateInventoryInput"
        data = {"sku": "SKU-09", "warehouse_id": PRIMARY, "quantity": quantity} | where
        selected = "warehouse_product { on_hand available locations(first: 5) %s }" % (EDGES % "quantity")
        return shiphero.change(name, kind, selected, data)["warehouse_product"]

    assert change("inventory_add", 5)["on_hand"] == 105
    assert change("inventory_remove", 100)["available"] == 5
    assert nodes(change("inventory_add", 7, location_id=PRIMARY_BIN)["locations"]) == [{"quantity": 7}]
    assert change("inventory_replace", 3)["on_hand"] == 3
    data = {"sku": "SKU-09", "warehouse_id": PRIMARY, "quantity": 4}
    error = shiphero.refused("inventory_remove", "UpdateInventoryInput", "request_id", data)
    assert error["message"] == "Not enough inventory: 3 on hand"
    data = {"sku": "SKU-09", "warehouse_id": EAST, "quantity": 1}
    assert shiphero.refused("inventory_add", "UpdateInventoryInput", "request_id", data)["code"] == 5


def test_purchase_orders(shiphero: Api) -> None:
    line = {"sku": "SKU-01", "quantity": 5, "expected_weight_in_lbs": "1", "price": "2.00"}
    data = {
        "po_number": "PO-9", "subtotal": "10.00", "shipping_price": "0", "total_price": "10.00",
        "warehouse_id": PRIMARY, "line_items": [line],
    }  # fmt: skip
    selected = "purchase_order { id po_date fulfillment_status line_items(first: 3) %s }" % (
        EDGES % "sku quantity"
    )
    made = shiphero.change("purchase_order_create", "CreatePurchaseOrderInput", selected, data)[
        "purchase_order"
    ]
    po = {"po_id": made["id"]}
    changes = po | {"po_date": "2025-12-01T00:00:00", "line_items": [{"sku": "SKU-01", "quantity": 8}]}
    changed = shiphero.change("purchase_order_update", "UpdatePurchaseOrderInput", selected, changes)
    assert nodes(changed["purchase_order"]["line_items"]) == [{"sku": "SKU-01", "quantity": 8}]
    unknown = po | {"line_items": [{"sku": "SKU-02", "quantity": 8}]}
    assert (
        shiphero.refused("purchase_order_update", "UpdatePurchaseOrderInput", selected, unknown)["code"] == 5
    )
    closed = shiphero.change("purchase_order_close", "ClosePurchaseOrderInput", selected, po)
    assert closed["purchase_order"]["fulfillment_status"] == "closed"
    assert (
        "closed"
        in shiphero.refused("purchase_order_cancel", "CancelPurchaseOrderInput", selected, po)["message"]
    )
    found = shiphero.ask('{ purchase_order(po_number: "PO-1001") { data { vendor { name } } } }')
    assert found["purchase_order"]["data"]["vendor"] == {"name": "Example Supplies"}


def test_returns(shiphero: Api) -> None:
    order = shiphero.order("SO-1002")
    line = {"sku": order["line_items"][0]["sku"], "quantity": 3, "return_reason": "Too small"}
    data = {
        "order_id": order["id"], "warehouse_id": PRIMARY, "return_reason": "Too small", "label_type": "FREE",
        "label_cost": "0.00", "address": {}, "dimensions": DIMENSIONS, "shipping_carrier": "ups",
        "shipping_method": "ground", "tracking_number": "1Z9", "line_items": [line],
    }  # fmt: skip
    selected = "return { id status labels { tracking_number } line_items { quantity line_item { sku } } }"
    made = shiphero.change("return_create", "CreateReturnInput", selected, data)["return"]
    assert (made["status"], made["labels"]) == ("pending", [{"tracking_number": "1Z9"}])
    assert made["line_items"] == [{"quantity": 3, "line_item": {"sku": line["sku"]}}]
    many = data | {"line_items": [line | {"quantity": 4}]}
    assert "not shipped" in shiphero.refused("return_create", "CreateReturnInput", selected, many)["message"]
    status = {"return_id": made["id"], "status": "complete"}
    done = shiphero.change("return_update_status", "UpdateReturnStatusInput", selected, status)["return"]
    assert done["status"] == "complete"
    query = "query($id: String) { returns(order_id: $id) { data(first: 1) %s } }" % (EDGES % "id status")
    assert nodes(shiphero.ask(query, id=order["id"])["returns"]["data"]) == [
        {"id": made["id"], "status": "complete"}
    ]
