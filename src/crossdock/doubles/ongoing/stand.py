"""What the Ongoing connector is tried out on."""

from collections.abc import Mapping

from crossdock.doubles.faults import Fault
from crossdock.doubles.ongoing.app import OngoingDouble
from crossdock.doubles.ongoing.variety import add_variety
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

USER = "api-user"
PASSWORD = "ongoing-api-password"  # noqa: S105  (accepted by a double only)
GOODS_OWNER = 42
ADDRESS = {
    "full_name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}


def credentials(url: str) -> Mapping[str, str]:
    """A user of one goods owner; its first order is 1001."""
    return {
        "username": USER,
        "password": PASSWORD,
        "goods_owner_id": str(GOODS_OWNER),
        "api_url": f"{url}/warehouse/api/v1/",
    }


def with_variety() -> OngoingDouble:
    """A double of which that user's goods owner has records of every status."""
    made = OngoingDouble(username=USER, password=PASSWORD, goods_owners=[GOODS_OWNER])
    add_variety(made, GOODS_OWNER)
    return made


def create_order(around: Surroundings) -> Example:
    """Two shirts and a lamp."""
    return Example(
        {
            "order_number": f"SO-{around.unique}",
            "warehouse_id": "1",
            "delivery_date": "2030-05-01T00:00:00Z",
            "shipping_method_id": "PLAB/P19",
            "ship_to_address": ADDRESS | {"phone_number": "555-0100"},
            "line_items": [
                {"sku": "SHIRT-M", "quantity": 2, "unit_price": 19.5},
                {"sku": "LAMP", "quantity": 1},
            ],
        }
    )


def update_order(around: Surroundings) -> Example:
    """A third shirt, and no lamp."""
    number = f"SO-{around.unique}"
    made = around.write("create_order", {**create_order(around).body, "order_number": number})
    lines = [{"sku": "SHIRT-M", "quantity": 3, "unit_price": 19.5}]
    return Example({"order_number": number, "line_items": lines}, made["id"])


def cancel_order(around: Surroundings) -> Example:
    """An order that was just made."""
    return Example(record_id=around.write("create_order", create_order(around).body)["id"])


def attach_file(around: Surroundings) -> Example:
    """A packing slip."""
    made = around.write("create_order", create_order(around).body)
    return Example({"file_name": "slip.txt", "file": "VHdvIHNoaXJ0cw=="}, made["id"])


def create_product(around: Surroundings) -> Example:
    """A scarf."""
    return Example({"sku": f"SCARF-{around.unique}", "name": "Scarf", "gtin": "4006381333931"})


def update_product(around: Surroundings) -> Example:
    """The same one, longer."""
    made = around.write("create_product", create_product(around).body)
    return Example({"name": "Long scarf"}, made["id"])


def create_kit(around: Surroundings) -> Example:
    """Two shirts and a mug."""
    return Example(
        {
            "sku": f"SET-{around.unique}",
            "name": "Gift set",
            "gtin": "4006381333948",
            "inventory_items": [
                {"sku": "SHIRT-M", "unit_quantity": 2},
                {"sku": "MUG-BLUE", "unit_quantity": 1},
            ],
        }
    )


def update_kit(around: Surroundings) -> Example:
    """One shirt only."""
    made = around.write("create_kit", create_kit(around).body)
    return Example({"inventory_items": [{"sku": "SHIRT-M", "unit_quantity": 1}]}, made["id"])


def create_inbound_shipment(around: Surroundings) -> Example:
    """Ten shirts from a supplier."""
    return Example(
        {
            "purchase_order_number": f"PO-{around.unique}",
            "warehouse_id": "1",
            "supplier_object": {"supplier_name": "Example Mills"},
            "expected_arrival_date": "2030-05-01T00:00:00Z",
            "line_items": [{"sku": "SHIRT-M", "expected_quantity": 10}],
        }
    )


def update_inbound_shipment(around: Surroundings) -> Example:
    """Twelve of them."""
    body = create_inbound_shipment(around).body
    made = around.write("create_inbound_shipment", body)
    return Example({**body, "line_items": [{"sku": "SHIRT-M", "expected_quantity": 12}]}, made["id"])


def create_return(around: Surroundings) -> Example:
    """Two of an order in the seed that was shipped."""
    cause = {"code": "13", "return_reason": "wrong size"}
    return Example(
        {
            "return_number": f"RMA-{around.unique}",
            "order_id": "1001",
            "warehouse_id": "2",
            "line_items": [{"sku": "TEST-SKU", "expected_quantity": 2, "return_cause": cause}],
        }
    )


def update_return(around: Surroundings) -> Example:
    """One of them, and its parcel."""
    made = around.write("create_return", create_return(around).body)
    lines = [{"sku": "TEST-SKU", "expected_quantity": 1}]
    return Example({"line_items": lines, "tracking_number": "RET-1"}, made["id"])


def cancel_return(around: Surroundings) -> Example:
    """It does not come back."""
    return Example(record_id=around.write("create_return", create_return(around).body)["id"])


def _refused(method: str, path: str, words: str) -> Fault:
    return Fault(method, path, "status_before", status=400, body=f'{{"message": "{words}"}}')


STAND = Stand(
    proof="spec",
    source="Ongoing's own OpenAPI description, version 1.0.0, as a client generated from it has it",
    double=with_variety,
    credentials=credentials,
    secrets=("password",),
    known={
        "sku": ("SHIRT-M", "LAMP", "MUG-BLUE", "TEST-SKU"),
        "order_id": ("1001",),
        "warehouse_id": ("1", "2"),
    },
    examples={
        "create_order": create_order,
        "update_order": update_order,
        "cancel_order": cancel_order,
        "attach_file": attach_file,
        "create_product": create_product,
        "update_product": update_product,
        "create_kit": create_kit,
        "update_kit": update_kit,
        "create_inbound_shipment": create_inbound_shipment,
        "update_inbound_shipment": update_inbound_shipment,
        "create_return": create_return,
        "update_return": update_return,
        "cancel_return": cancel_return,
    },
    refusals=(
        SampleRefusal(
            "create_order",
            _refused("PUT", "/orders", "Article LAMP does not exist."),
            "Article LAMP does not exist.",
            "/line_items/1/sku",
        ),
        SampleRefusal(
            "create_inbound_shipment",
            _refused("PUT", "/purchaseOrders", "Warehouse 1 does not exist."),
            "Warehouse 1 does not exist.",
            "/warehouse_id",
        ),
    ),
)
