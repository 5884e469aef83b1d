"""The ERP sandbox through the doors of the contract: orders take stock, shipments lower it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from crossdock.schemas.erp.lists import LISTS
from crossdock.storage import tables
from tests.support.generated import Generated, generated


@pytest.fixture(scope="module")
def erp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    with generated(tmp_path_factory.mktemp("erp"), "erp") as world:
        world.sync()
        yield world


def _item(erp: Generated, sku: str) -> Any:
    return next(row for row in erp.get("/erp/items") if row["sku"] == sku)


def _stock(erp: Generated, sku: str) -> tuple[float, float, float]:
    """On hand, committed and available, as a sync finds them now."""
    erp.call("POST", "/connections/sync")
    erp.sync()
    row = next(row for row in erp.get("/erp/inventory") if row["sku"] == sku)
    return row["onhand"], row["committed"], row["available"]


def _order(erp: Generated, sku: str, quantity: float, **more: Any) -> Any:
    customer = erp.get("/erp/customers")[0]["id"]
    body = {"customer_id": customer, "line_items": [{"sku": sku, "quantity": quantity}], **more}
    return erp.write("POST", "/erp/sales-orders", body)


def test_every_list_of_the_contract_has_records(erp: Generated) -> None:
    for function in LISTS:
        assert erp.get(function.path), function.path


def test_the_month_has_orders_of_every_fate(erp: Generated) -> None:
    sales = Counter(row["status"] for row in erp.get("/erp/sales-orders"))
    purchases = Counter(row["status"] for row in erp.get("/erp/purchase-orders"))
    assert {"open", "partially_fulfilled", "fulfilled", "cancelled"} <= set(sales)
    assert {"open", "partially_received", "received", "cancelled"} <= set(purchases)


def test_the_figures_of_an_item_add_up(erp: Generated) -> None:
    for row in erp.get("/erp/inventory"):
        parts = row["inventory_by_location_id"].values()
        assert row["onhand"] == pytest.approx(sum(part["onhand"] for part in parts))
        assert row["available"] == pytest.approx(row["onhand"] - row["committed"])


def test_locations_are_nested(erp: Generated) -> None:
    by_id = {row["id"]: row for row in erp.get("/erp/locations")}
    rack = next(row for row in by_id.values() if row["type"] == "bin")
    above = by_id[rack["parent_location_id"]]
    assert rack["full_path"] == f"{above['full_path']} / {rack['name']}"


def test_an_order_takes_stock_and_its_shipment_lowers_it(erp: Generated) -> None:
    onhand, committed, available = _stock(erp, "PAINT-W")
    order = _order(erp, "PAINT-W", 2.5)
    assert _stock(erp, "PAINT-W") == (onhand, committed + 2.5, available - 2.5)
    line = order["line_items"][0]["line_item_id"]
    body = {"sales_order_id": order["id"], "line_items": [{"line_item_id": line, "quantity": 1.5}]}
    shipment = erp.write("POST", "/erp/sales-order-shipments", body)
    assert shipment["sales_order_id"] == order["id"]
    assert _stock(erp, "PAINT-W") == (onhand - 1.5, committed + 1, available - 2.5)
    after = erp.get(f"/erp/sales-orders/{order['id']}")
    assert (after["status"], after["line_items"][0]["fulfilled_quantity"]) == ("partially_fulfilled", 1.5)
    assert erp.get(f"/erp/sales-order-shipments/{shipment['id']}") == shipment


def test_a_cancelled_order_gives_its_stock_back(erp: Generated) -> None:
    before = _stock(erp, "LOCK-C")
    order = _order(erp, "LOCK-C", 3)
    cancelled = erp.write("PUT", f"/erp/sales-orders/{order['id']}/cancel")
    assert cancelled["status"] == "cancelled"
    assert _stock(erp, "LOCK-C") == before
    erp.refused(409, [], "PUT", f"/erp/sales-orders/{order['id']}/cancel")


def test_what_was_bought_arrives(erp: Generated) -> None:
    onhand, committed, _ = _stock(erp, "NUT-M8")
    vendor = erp.get("/erp/vendors")[0]["id"]
    lines = [{"sku": "NUT-M8", "quantity": 100, "unit_cost": 0.05}]
    order = erp.write("POST", "/erp/purchase-orders", {"vendor_id": vendor, "line_items": lines})
    assert order["total_price"] == 5.0
    receipt = erp.write("POST", "/erp/purchase-order-receipts", {"purchase_order_id": order["id"]})
    assert [row["quantity"] for row in receipt["line_items"]] == [100]
    assert _stock(erp, "NUT-M8")[:2] == (onhand + 100, committed)
    assert erp.get(f"/erp/purchase-orders/{order['id']}")["status"] == "received"


@pytest.mark.parametrize(
    ("status", "pointers", "change"),
    [
        (422, ["/customer_id"], {"customer_id": "nobody"}),
        (422, ["/line_items/0/sku"], {"line_items": [{"sku": "NOTHING", "quantity": 1}]}),
        (422, ["/line_items/0/quantity"], {"line_items": [{"sku": "NUT-M10", "quantity": 0}]}),
        (422, ["/line_items/0"], {"line_items": [{"quantity": 1}]}),
        (422, ["/line_items"], {"line_items": []}),
        (422, ["/location_id"], {"location_id": "nowhere"}),
        (422, ["/currency_code"], {"currency_code": "dollars"}),
        (422, ["/order_date"], {"order_date": "yesterday"}),
    ],
)
def test_a_sales_order_that_cannot_be(
    erp: Generated, status: int, pointers: list[str], change: dict[str, Any]
) -> None:
    customer = erp.get("/erp/customers")[0]["id"]
    body = {"customer_id": customer, "line_items": [{"sku": "NUT-M10", "quantity": 1}]} | change
    erp.refused(status, pointers, "POST", "/erp/sales-orders", body)


def test_no_more_ships_than_is_left(erp: Generated) -> None:
    order = _order(erp, "HINGE-L", 2)
    line = {"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 3}
    body = {"sales_order_id": order["id"], "line_items": [line]}
    pointers = ["/line_items/0/quantity"]
    words = erp.refused(422, pointers, "POST", "/erp/sales-order-shipments", body)
    assert "2 of HINGE-L are left" in words


def test_an_order_number_is_used_once(erp: Generated) -> None:
    _order(erp, "NUT-M10", 1, order_number="S-TWICE")
    customer = erp.get("/erp/customers")[0]["id"]
    lines = [{"sku": "NUT-M10", "quantity": 1}]
    body = {"customer_id": customer, "order_number": "S-TWICE", "line_items": lines}
    erp.refused(409, ["/order_number"], "POST", "/erp/sales-orders", body)


def test_writes_are_announced_as_events_of_erps(erp: Generated) -> None:
    order = _order(erp, "NUT-M10", 1)
    with erp.service.database.transaction(writes=False) as db:
        found = db.execute(sa.select(tables.events.c.event_type, tables.events.c.payload)).all()
    told = [row.event_type for row in found if order["id"] in row.payload]
    assert told == ["erp-sales-order.created"]


def test_tags_are_kept_and_filtered_by(erp: Generated) -> None:
    item = _item(erp, "CABINET-1")
    answer = erp.call("PUT", f"/erp/items/{item['id']}/trackstar-tags", {"trackstar_tags": ["heavy"]})
    assert answer.status_code == 200, answer.text
    assert [row["sku"] for row in erp.get("/erp/items?trackstar_tags[contains]=heavy")] == ["CABINET-1"]


def test_doors_of_other_types_are_not_implemented_for_it(erp: Generated) -> None:
    assert erp.call("GET", "/wms/inventory").status_code == 501
    assert erp.call("GET", "/cart/orders").status_code == 501
    assert erp.call("POST", "/wms/orders", {}).status_code == 501
