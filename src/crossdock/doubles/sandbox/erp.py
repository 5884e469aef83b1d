"""Examples of every write that the ERP sandbox takes. They name nothing that depends on how it was filled."""

from typing import Any

from crossdock.doubles.sandbox.stand import credentials
from crossdock.doubles.stand import Example, Stand, Surroundings

CUSTOMER = "cust_000006"
VENDOR = "vend_000012"
"""The first of each, whatever the seed."""

SKU = "STEEL-2"


def create_sales_order(around: Surroundings) -> Example:
    """A little steel."""
    line = {"sku": SKU, "quantity": 2.5, "unit_price": 4.1, "discount": 0.1, "description": "Steel, cut"}
    return Example(
        {
            "customer_id": CUSTOMER,
            "reference_id": f"WEB-{around.unique}",
            "order_number": f"S-{around.unique}",
            "order_date": "2030-05-01T00:00:00Z",
            "required_ship_date": "2030-05-03T00:00:00Z",
            "currency_code": "USD",
            "ship_to_address": {"full_name": "Ada Example", "city": "Springfield", "state": "IL"},
            "line_items": [line],
        }
    )


def update_sales_order(around: Surroundings) -> Example:
    """More of it, later."""
    body = {"required_ship_date": "2030-06-01T00:00:00Z", "line_items": [{"sku": SKU, "quantity": 3}]}
    return Example(body, _sale(around)["id"])


def cancel_sales_order(around: Surroundings) -> Example:
    """An order that was just placed."""
    return Example(record_id=_sale(around)["id"])


def create_sales_order_shipment(around: Surroundings) -> Example:
    """Part of an order."""
    order = _sale(around)
    lines = [{"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 1.5}]
    package = {
        "tracking_number": f"T{around.unique}",
        "tracking_url": "https://example.com/t",
        "carrier_name": "Parcel One",
    }
    body = {"sales_order_id": order["id"], "shipped_date": "2030-05-02T00:00:00Z", "line_items": lines}
    return Example({**body, "packages": [package]})


def create_purchase_order(around: Surroundings) -> Example:
    """Steel from a vendor."""
    return Example(
        {
            "vendor_id": VENDOR,
            "reference_id": f"R-{around.unique}",
            "order_number": f"P-{around.unique}",
            "order_date": "2030-05-01T00:00:00Z",
            "expected_arrival_date": "2030-05-20T00:00:00Z",
            "currency_code": "USD",
            "line_items": [{"sku": SKU, "quantity": 40, "unit_cost": 2.2, "description": "Steel"}],
        }
    )


def update_purchase_order(around: Surroundings) -> Example:
    """More of it."""
    return Example({"line_items": [{"sku": SKU, "quantity": 50}]}, _purchase(around)["id"])


def cancel_purchase_order(around: Surroundings) -> Example:
    """An order that was just placed."""
    return Example(record_id=_purchase(around)["id"])


def create_purchase_order_receipt(around: Surroundings) -> Example:
    """Part of what was ordered."""
    order = _purchase(around)
    lines = [{"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 15}]
    body = {"purchase_order_id": order["id"], "received_date": "2030-05-19T00:00:00Z"}
    return Example({**body, "line_items": lines})


def _sale(around: Surroundings) -> dict[str, Any]:
    made: dict[str, Any] = around.write("create_sales_order", create_sales_order(around).body)["data"]
    return made


def _purchase(around: Surroundings) -> dict[str, Any]:
    made: dict[str, Any] = around.write("create_purchase_order", create_purchase_order(around).body)["data"]
    return made


STAND = Stand(
    proof="live",
    source="the sandbox itself",
    double=None,
    credentials=credentials,
    secrets=("key",),
    known={"customer_id": (CUSTOMER,), "sku": (SKU,), "item_id": ("item_000018",)},
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
)
