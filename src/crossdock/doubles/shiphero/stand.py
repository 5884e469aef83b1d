"""What the ShipHero connector is tried out on."""

from collections.abc import Mapping
from typing import Any

import orjson

from crossdock.doubles.faults import Fault
from crossdock.doubles.shiphero.app import ShipHeroDouble
from crossdock.doubles.shiphero.seed import EAST, PRIMARY, PRIMARY_BIN, SKUS, seeded
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

REFRESH_TOKEN = "refresh-1"  # noqa: S105  (accepted by a double only)

PERSON = {
    "full_name": "Ada Example",
    "address1": "1 Sample Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}
SIZE = {"length": 10, "width": 8, "height": 2.5, "unit": "in", "weight": 1.5, "weight_unit": "lb"}


def _seeded(records: str, name: str, number: str) -> str:
    """The id of a record of the seed, which is the same in every account."""
    kept: Mapping[str, dict[str, Any]] = getattr(seeded(), records)
    return next(identifier for identifier, record in kept.items() if record[name] == number)


SHIPPED_ORDER = _seeded("orders", "order_number", "SO-1001")
PRODUCT = _seeded("products", "sku", "SKU-05")


def credentials(url: str) -> Mapping[str, str]:
    """The one refresh token."""
    return {"refresh_token": REFRESH_TOKEN, "api_url": url}


def create_order(around: Surroundings) -> Example:
    """Two units of a product, by ground."""
    return Example(
        {
            "order_number": f"N-{around.unique}",
            "reference_id": f"R-{around.unique}",
            "ship_to_address": PERSON,
            "line_items": [{"sku": "SKU-01", "quantity": 2, "unit_price": 9.99, "warehouse_id": PRIMARY}],
            "shipping_method_id": "ground",
            "carrier_id": "ups",
            "shipping_price": 4.5,
        }
    )


def _order(around: Surroundings) -> str:
    return str(around.write("create_order", create_order(around).body)["id"])


def update_order(around: Surroundings) -> Example:
    """One unit more of it, and another product."""
    lines = [
        {"sku": "SKU-01", "quantity": 3, "unit_price": 9.99},
        {"sku": "SKU-02", "quantity": 1, "unit_price": 5},
    ]
    return Example({"packing_note": "fragile", "line_items": lines}, _order(around))


def cancel_order(around: Surroundings) -> Example:
    """An order that was just made."""
    return Example(record_id=_order(around))


def create_shipment(around: Surroundings) -> Example:
    """All of an order that was just made."""
    body = {
        "warehouse_id": PRIMARY,
        "shipping_cost": 7.25,
        "measurements": SIZE,
        "tracking_number": f"1Z{around.unique}",
    }
    return Example(body, _order(around))


def attach_file(around: Surroundings) -> Example:
    """A packing slip."""
    url = f"https://files.example/{around.unique}.pdf"
    return Example({"file_url": url, "file_name": "slip.pdf"}, _order(around))


def create_product(around: Surroundings) -> Example:
    """A product in one warehouse."""
    body = {"sku": f"NEW-{around.unique}", "name": "New product", "gtin": "4006381333931"}
    return Example(body | {"warehouse_id": PRIMARY, "measurements": SIZE})


def update_product(around: Surroundings) -> Example:
    """The same one, in the other warehouse too."""
    made = around.write("create_product", create_product(around).body)
    return Example({"name": "Newer product", "warehouse_id": EAST}, made["id"])


def create_kit(around: Surroundings) -> Example:
    """A kit of two products."""
    parts = [{"sku": "SKU-01", "unit_quantity": 1}, {"sku": "SKU-02", "unit_quantity": 2}]
    return Example(
        {"sku": f"KIT-{around.unique}", "name": "New kit", "warehouse_id": PRIMARY, "inventory_items": parts}
    )


def update_kit(around: Surroundings) -> Example:
    """The same one, of one product only."""
    made = around.write("create_kit", create_kit(around).body)
    return Example({"inventory_items": [{"sku": "SKU-02", "unit_quantity": 3}]}, made["id"])


def create_inbound_shipment(around: Surroundings) -> Example:
    """Fifty units of a product, from the vendor of the seed."""
    line = {"sku": "SKU-01", "expected_quantity": 50, "expected_weight": 2.5, "unit_cost": 4}
    return Example(
        {
            "warehouse_id": PRIMARY,
            "purchase_order_number": f"PO-{around.unique}",
            "supplier_object": {"supplier_name": "Example Supplies"},
            "expected_arrival_date": "2030-05-01T08:00:00Z",
            "shipping_price": 12.5,
            "line_items": [line],
        }
    )


def update_inbound_shipment(around: Surroundings) -> Example:
    """Ten units fewer, a day later."""
    made = around.write("create_inbound_shipment", create_inbound_shipment(around).body)
    changes = {
        "expected_arrival_date": "2030-05-02T08:00:00Z",
        "line_items": [{"sku": "SKU-01", "expected_quantity": 40}],
    }
    return Example(changes, made["id"])


def create_return(around: Surroundings) -> Example:
    """One unit of an order of the seed that was shipped."""
    return Example(
        {
            "order_id": SHIPPED_ORDER,
            "warehouse_id": PRIMARY,
            "return_reason": "Too small",
            "label_type": "FREE",
            "label_cost": 0,
            "shipping_method": "ground",
            "carrier_id": "ups",
            "ship_from_address": PERSON,
            "line_items": [{"sku": "SKU-01", "quantity": 1, "return_reason": "Too small"}],
            "measurements": SIZE,
            "tracking_number": f"9205{around.unique}",
        }
    )


def update_return(around: Surroundings) -> Example:
    """It arrived."""
    made = around.write("create_return", create_return(around).body)
    return Example({"status": "received"}, made["id"])


def adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Five units more of a product of the seed."""
    return Example({"quantity": 5, "adjustment_type": "increase", "warehouse_id": PRIMARY}, PRODUCT)


def _refused(action: str, operation: str, message: str, pointer: str) -> SampleRefusal:
    error = {"message": message, "operation": operation, "field": operation, "request_id": "1", "code": 3}
    body = orjson.dumps({"errors": [error], "data": {operation: None}}).decode()
    return SampleRefusal(
        action, Fault("POST", operation, "status_before", status=200, body=body), message, pointer
    )


STAND = Stand(
    proof="spec",
    source="ShipHero's schema, as its API told it in September 2024, and its reference since",
    double=lambda: ShipHeroDouble(refresh_token=REFRESH_TOKEN),
    credentials=credentials,
    secrets=("refresh_token",),
    known={
        "sku": SKUS[:6],
        "order_id": (SHIPPED_ORDER,),
        "location_id": (PRIMARY_BIN,),
        "supplier": ("Example Supplies",),
        "supplier_name": ("Example Supplies",),
        "expected_quantity": (1, 2),
        "raw_status": ("complete",),
    },
    examples={
        "create_order": create_order,
        "update_order": update_order,
        "cancel_order": cancel_order,
        "create_shipment": create_shipment,
        "attach_file": attach_file,
        "create_product": create_product,
        "update_product": update_product,
        "create_kit": create_kit,
        "update_kit": update_kit,
        "create_inbound_shipment": create_inbound_shipment,
        "update_inbound_shipment": update_inbound_shipment,
        "create_return": create_return,
        "update_return": update_return,
        "adjust_inventory": adjust_inventory,
    },
    refusals=(
        _refused(
            "create_order",
            "order_create",
            "An order with this partner_order_id already exists",
            "/reference_id",
        ),
        _refused(
            "create_inbound_shipment",
            "purchase_order_create",
            "Warehouse not found",
            "/warehouse_id",
        ),
    ),
)
