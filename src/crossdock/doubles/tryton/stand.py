"""What the Tryton connector is tried out on: a real Tryton, seeded, behind a door."""

from collections.abc import Mapping
from typing import Any

import orjson

from crossdock.doubles.faults import Fault
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings
from crossdock.doubles.tryton.front import TrytonFront
from crossdock.doubles.tryton.process import DATABASE
from crossdock.doubles.tryton.seed import PASSWORD, USER

CUSTOMER, VENDOR, WAREHOUSE = "3", "4", "5"
"""Ada Example, Example Supplies, and the warehouse that a new database has."""


def credentials(url: str) -> Mapping[str, str]:
    """The user of the seed."""
    return {
        "base_url": url,
        "database": DATABASE,
        "username": USER,
        "password": PASSWORD,
        "company_id": "1",
    }


def create_sales_order(around: Surroundings) -> Example:
    """Two products, as a draft."""
    return Example(
        {
            "customer_id": CUSTOMER,
            "reference_id": f"WEB-{around.unique}",
            "location_id": WAREHOUSE,
            "order_date": "2026-01-02T00:00:00Z",
            "required_ship_date": "2026-01-05T00:00:00Z",
            "currency_code": "EUR",
            "raw_status": "draft",
            "line_items": [
                {"sku": "SKU-01", "quantity": 5, "unit_price": 12.5, "description": "Blue"},
                {"item_id": "2", "quantity": 3},
            ],
        }
    )


def update_sales_order(around: Surroundings) -> Example:
    """One line in the place of two."""
    lines = [{"sku": "SKU-02", "quantity": 7, "unit_price": 8}]
    body = {"required_ship_date": "2026-02-01T00:00:00Z", "line_items": lines}
    return Example(body, _order(around, create_sales_order, "draft")["id"])


def cancel_sales_order(around: Surroundings) -> Example:
    """A quotation."""
    return Example(record_id=_order(around, create_sales_order, "quotation")["id"])


def create_sales_order_shipment(around: Surroundings) -> Example:
    """Some of one line of an order that is confirmed."""
    order = _order(around, create_sales_order, "confirmed")
    lines = [{"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 2}]
    body = {"sales_order_id": order["id"], "shipped_date": "2026-01-04T00:00:00Z", "line_items": lines}
    return Example(body)


def create_purchase_order(around: Surroundings) -> Example:
    """One product, as a draft."""
    return Example(
        {
            "vendor_id": VENDOR,
            "reference_id": f"PO-{around.unique}",
            "location_id": WAREHOUSE,
            "order_date": "2026-01-02T00:00:00Z",
            "expected_arrival_date": "2026-01-20T00:00:00Z",
            "currency_code": "EUR",
            "raw_status": "draft",
            "line_items": [{"sku": "SKU-01", "quantity": 40, "unit_cost": 4.2, "description": "Blue"}],
        }
    )


def update_purchase_order(around: Surroundings) -> Example:
    """More of it."""
    lines = [{"sku": "SKU-01", "quantity": 50, "unit_cost": 4}]
    return Example({"line_items": lines}, _order(around, create_purchase_order, "draft")["id"])


def cancel_purchase_order(around: Surroundings) -> Example:
    """A quotation."""
    return Example(record_id=_order(around, create_purchase_order, "quotation")["id"])


def create_purchase_order_receipt(around: Surroundings) -> Example:
    """Some of an order that is confirmed."""
    order = _order(around, create_purchase_order, "confirmed")
    lines = [{"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 15}]
    body = {"purchase_order_id": order["id"], "received_date": "2026-01-19T00:00:00Z", "line_items": lines}
    return Example(body)


def _order(around: Surroundings, example: Any, state: str) -> dict[str, Any]:
    body = {**example(around).body, "raw_status": state}
    action = "create_sales_order" if "customer_id" in body else "create_purchase_order"
    made: dict[str, Any] = around.write(action, body)["data"]
    return made


def _refused(action: str, method: str, message: str, pointer: str | None) -> SampleRefusal:
    body = orjson.dumps({"id": 1, "error": ["UserError", [message, "", None]]}).decode()
    answer = Fault("POST", method, "status_before", status=200, body=body)
    return SampleRefusal(action, answer, message, pointer)


STAND = Stand(
    proof="live",
    source="Tryton 8.2, installed and started for the suite",
    double=TrytonFront,
    credentials=credentials,
    secrets=("password",),
    known={
        "customer_id": (CUSTOMER,),
        "vendor_id": (VENDOR,),
        "item_id": ("1", "2"),
        "sku": ("SKU-01", "SKU-02"),
        "quantity": (1, 2),
    },
    examples={
        "create_sales_order": create_sales_order,
        "update_sales_order": update_sales_order,
        "cancel_sales_order": cancel_sales_order,
        "create_sales_order_shipment": create_sales_order_shipment,
        "create_purchase_order": create_purchase_order,
        "update_purchase_order": update_purchase_order,
        "cancel_purchase_order": cancel_purchase_order,
        "create_purchase_order_receipt": create_purchase_order_receipt,
    },
    refusals=(
        _refused(
            "create_sales_order",
            "model.sale.sale.create",
            'The value for field "Quantity" in "Sale Line" is not valid according to its domain.',
            "/line_items/0/quantity",
        ),
        _refused(
            "update_purchase_order",
            "model.purchase.purchase.write",
            'You are not allowed to modify the field "Reference" in record "1" of "Purchase".',
            "/reference_id",
        ),
    ),
)
