"""What the ShipBob connector is tried out on."""

from collections.abc import Mapping

from crossdock.doubles.faults import Fault
from crossdock.doubles.shipbob.app import ShipBobDouble
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

TOKEN = "shipbob-personal-token"  # noqa: S105  (accepted by a double only)
ADDRESS = {
    "full_name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}


def credentials(url: str) -> Mapping[str, str]:
    """The application's own channel of the seed."""
    return {"personal_access_token": TOKEN, "channel_id": "101", "api_url": url}


def create_order(around: Surroundings) -> Example:
    """A T-shirt to Springfield."""
    return Example(
        {
            "reference_id": f"SO-{around.unique}",
            "warehouse_id": "1",
            "shipping_method_name": "Standard",
            "ship_to_address": ADDRESS,
            "line_items": [{"product_id": "3001", "quantity": 1}],
        }
    )


def cancel_order(around: Surroundings) -> Example:
    """An order that was just made."""
    return Example(record_id=around.write("create_order", create_order(around).body)["id"])


def create_product(around: Surroundings) -> Example:
    """A scarf."""
    return Example({"sku": f"SCARF-{around.unique}", "name": "Scarf", "gtin": "4006381333931"})


def update_product(around: Surroundings) -> Example:
    """The same one, longer."""
    made = around.write("create_product", create_product(around).body)
    return Example({"name": "Long scarf", "unit_price": 12.5}, made["id"])


def create_inbound_shipment(around: Surroundings) -> Example:
    """One box of T-shirts and one of mugs."""
    boxes = [
        {"tracking_number": "1Z1", "line_items": [{"inventory_item_id": "8001", "expected_quantity": 5}]},
        {"tracking_number": "1Z2", "line_items": [{"sku": "MUG-11", "expected_quantity": 2}]},
    ]
    return Example(
        {
            "warehouse_id": "1",
            "package_type": "Package",
            "box_packaging_type": "MultipleSkusPerBox",
            "expected_arrival_date": "2030-05-01T00:00:00Z",
            "purchase_order_number": f"PO-{around.unique}",
            "boxes": boxes,
        }
    )


def update_inbound_shipment(around: Surroundings) -> Example:
    """The goods will not come after all."""
    made = around.write("create_inbound_shipment", create_inbound_shipment(around).body)
    return Example({"status": "cancelled"}, made["id"])


def create_return(around: Surroundings) -> Example:
    """A T-shirt of the order in the seed that was shipped."""
    return Example(
        {
            "warehouse_id": "1",
            "reference_id": f"RMA-{around.unique}",
            "order_id": "50001",
            "line_items": [{"inventory_item_id": "8001", "quantity": 1}],
            "tracking_number": "9205500000",
        }
    )


def update_return(around: Surroundings) -> Example:
    """It comes back in another parcel."""
    made = around.write("create_return", create_return(around).body)
    return Example({"tracking_number": "9205511111"}, made["id"])


def cancel_return(around: Surroundings) -> Example:
    """It does not come back."""
    return Example(record_id=around.write("create_return", create_return(around).body)["id"])


STAND = Stand(
    proof="spec",
    source="ShipBob's own OpenAPI description of versions 1.0 and 2.0",
    double=lambda: ShipBobDouble(token=TOKEN),
    credentials=credentials,
    secrets=("personal_access_token",),
    known={
        "product_id": ("3001", "3002", "3006"),
        "inventory_item_id": ("8001", "8002", "8006"),
        "sku": ("TEE-S", "MUG-11"),
        "order_id": ("50001",),
    },
    examples={
        "create_order": create_order,
        "cancel_order": cancel_order,
        "create_product": create_product,
        "update_product": update_product,
        "create_inbound_shipment": create_inbound_shipment,
        "update_inbound_shipment": update_inbound_shipment,
        "create_return": create_return,
        "update_return": update_return,
        "cancel_return": cancel_return,
    },
    refusals=(
        SampleRefusal(
            "create_order",
            Fault(
                "POST",
                "/1.0/order",
                "status_before",
                status=422,
                body='{"Products[0].Id": ["Product 3001 does not exist."]}',
            ),
            "Products[0].Id: Product 3001 does not exist.",
            "/line_items/0/product_id",
        ),
        SampleRefusal(
            "create_return",
            Fault(
                "POST",
                "/1.0/return",
                "status_before",
                status=422,
                body='{"title": "Unprocessable", "errors": {"Inventory[0].Quantity": ["Too many units."]}}',
            ),
            "Inventory[0].Quantity: Too many units.",
            "/line_items/0/quantity",
        ),
    ),
)
