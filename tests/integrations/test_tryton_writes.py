"""Every write to Tryton, looked at in Tryton itself."""

from collections.abc import Iterator

import pytest

from tests.support.tryton_site import Site, a_purchase, a_sale, connected_site, well_behaved


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with connected_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def test_a_sales_order_is_there_is_shipped_and_comes_back_with_its_events(site: Site) -> None:
    site.sync("get_sales_orders")
    order = site.written("POST", "/erp/sales-orders", a_sale())
    assert (order["status"], order["raw_status"]) == ("open", "processing")
    assert order["total_price"] == 5 * 12.5 + 3 * 9.99
    there = site.row("sale.sale", order["id"], "state", "reference", "lines.quantity", "lines.product.code")
    assert (there["state"], there["reference"]) == ("processing", order["reference_id"])
    assert [(line["product."]["code"], line["quantity"]) for line in there["lines."]] == [
        ("SKU-01", 5),
        ("SKU-02", 3),
    ]

    line = order["line_items"][0]["line_item_id"]
    body = {"sales_order_id": order["id"], "line_items": [{"line_item_id": line, "quantity": 2}]}
    shipment = site.written("POST", "/erp/sales-order-shipments", body)
    assert shipment["status"] == "shipped"
    assert [(moved["line_item_id"], moved["quantity"]) for moved in shipment["line_items"]] == [(line, 2)]
    assert site.row("stock.shipment.out", shipment["id"], "state")["state"] == "done"

    site.sync("get_sales_orders")
    stored = site.api.get(f"/erp/sales-orders/{order['id']}").json()["data"]
    assert stored["status"] == "partially_fulfilled"
    assert [found["fulfilled_quantity"] for found in stored["line_items"]] == [2, 0]
    assert order["id"] in {event["data"]["id"] for event in site.events("erp-sales-order.created")}
    told = [event for event in site.events("erp-sales-order.updated") if event["data"]["id"] == order["id"]]
    assert told[0]["previous_attributes"]["status"] == "open"

    rest = site.written("POST", "/erp/sales-order-shipments", {"sales_order_id": order["id"]})
    assert sorted(moved["quantity"] for moved in rest["line_items"]) == [3, 3]
    site.sync("get_sales_orders")
    assert site.api.get(f"/erp/sales-orders/{order['id']}").json()["data"]["status"] == "fulfilled"


def test_what_somebody_ships_in_tryton_comes_by_sync(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale())
    site.sync("get_sales_orders", "get_sales_order_shipments")
    (shipment,) = site.row("sale.sale", order["id"], "shipments.id")["shipments."]
    for button in ("wait", "assign_try", "pick", "pack", "do"):
        site.pressed("stock.shipment.out", button, str(shipment["id"]))
    site.sync("get_sales_orders", "get_sales_order_shipments")
    assert site.api.get(f"/erp/sales-orders/{order['id']}").json()["data"]["status"] == "fulfilled"
    path = f"/erp/sales-order-shipments/{shipment['id']}"
    assert site.api.get(path).json()["data"]["status"] == "shipped"


def test_a_draft_is_changed_and_a_quotation_cancelled(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale(raw_status="draft"))
    body = {"currency_code": "USD", "line_items": [{"sku": "SKU-03", "quantity": 7, "unit_price": 2}]}
    changed = site.written("PUT", f"/erp/sales-orders/{order['id']}", body)
    assert (changed["currency_code"], changed["total_price"]) == ("USD", 14)
    lines = site.row("sale.sale", order["id"], "lines.product.code")["lines."]
    assert [line["product."]["code"] for line in lines] == ["SKU-03"]
    quotation = site.written("POST", "/erp/sales-orders", a_sale(raw_status="quotation"))
    assert quotation["status"] == "pending_approval"
    cancelled = site.written("PUT", f"/erp/sales-orders/{quotation['id']}/cancel")
    assert cancelled["status"] == "cancelled"
    assert site.row("sale.sale", quotation["id"], "state")["state"] == "cancelled"


def test_a_purchase_order_is_received_in_two_parts(site: Site) -> None:
    order = site.written("POST", "/erp/purchase-orders", a_purchase())
    assert order["status"] == "open"
    line = order["line_items"][0]["line_item_id"]
    body = {"purchase_order_id": order["id"], "line_items": [{"line_item_id": line, "quantity": 15}]}
    receipt = site.written("POST", "/erp/purchase-order-receipts", body)
    assert (receipt["status"], receipt["raw_status"]) == ("received", "done")
    assert site.row("stock.shipment.in", receipt["id"], "state")["state"] == "done"
    site.sync("get_purchase_orders")
    stored = site.api.get(f"/erp/purchase-orders/{order['id']}").json()["data"]
    assert (stored["status"], stored["line_items"][0]["received_quantity"]) == ("partially_received", 15)
    rest = site.written("POST", "/erp/purchase-order-receipts", {"purchase_order_id": order["id"]})
    assert [moved["quantity"] for moved in rest["line_items"]] == [25]
    site.sync("get_purchase_orders")
    assert site.api.get(f"/erp/purchase-orders/{order['id']}").json()["data"]["status"] == "received"


def test_a_purchase_order_is_changed_as_a_draft_and_cancelled(site: Site) -> None:
    order = site.written("POST", "/erp/purchase-orders", a_purchase(raw_status="draft"))
    body = {"line_items": [{"item_id": "2", "quantity": 8}]}
    changed = site.written("PUT", f"/erp/purchase-orders/{order['id']}", body)
    assert [(line["sku"], line["unit_cost"]) for line in changed["line_items"]] == [("SKU-02", 4)]
    cancelled = site.written("PUT", f"/erp/purchase-orders/{order['id']}/cancel")
    assert cancelled["status"] == "cancelled"


def test_what_tryton_would_not_take_is_told_by_field(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale())
    said = site.refused("PUT", f"/erp/sales-orders/{order['id']}", {"reference_id": "X"})
    assert said["status"] == 422
    assert "only drafts can be changed" in said["error"]
    said = site.refused("PUT", f"/erp/sales-orders/{order['id']}/cancel")
    assert (said["status"], said["origin"]) == (400, "integration")
    assert said["error"].startswith('You can not call "cancel" on')
    said = site.refused("POST", "/erp/sales-orders", a_sale(reference_id=order["reference_id"]))
    assert said["errors"][0]["pointer"] == "/reference_id"
    said = site.refused("POST", "/erp/sales-orders", a_sale(customer_id="999"))
    assert said["errors"][0]["pointer"] == "/customer_id"
    lines = [{"sku": "SKU-01", "quantity": 1}, {"sku": "NONE", "quantity": 1}]
    said = site.refused("POST", "/erp/sales-orders", a_sale(line_items=lines))
    assert said["errors"][0]["pointer"] == "/line_items/1/sku"


def test_more_than_is_left_or_in_stock_is_not_shipped(site: Site) -> None:
    lines = [{"sku": "SKU-04", "quantity": 20_000_000, "unit_price": 1}]
    order = site.written("POST", "/erp/sales-orders", a_sale(line_items=lines))
    line = order["line_items"][0]["line_item_id"]
    wanted = [{"line_item_id": line, "quantity": 15_000_000}]
    body = {"sales_order_id": order["id"], "line_items": wanted}
    said = site.refused("POST", "/erp/sales-order-shipments", body)
    assert said["status"] == 422
    assert said["errors"][0]["pointer"] == "/line_items/0/quantity"
    assert "in stock" in said["errors"][0]["message"]
    wanted[0]["quantity"] = 20_000_001
    said = site.refused("POST", "/erp/sales-order-shipments", body)
    assert said["errors"][0]["message"] == "has 2e+07 left"
    assert site.row("sale.sale", order["id"], "shipment_state")["shipment_state"] == "waiting"
