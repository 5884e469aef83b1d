"""What the Extensiv connector is tried out on."""

from collections.abc import Mapping
from typing import Any

import orjson

from crossdock.doubles.extensiv.app import ExtensivDouble
from crossdock.doubles.extensiv.seed import CUSTOMER, FACILITY, SKUS
from crossdock.doubles.faults import Fault
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

CLIENT, SECRET = "extensiv-client", "extensiv-secret"

PERSON = {
    "full_name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
}


def credentials(url: str) -> Mapping[str, str]:
    """A client of the seed's first customer."""
    return {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "user_login": "7",
        "customer_id": str(CUSTOMER),
        "api_url": url,
    }


def create_order(around: Surroundings) -> Example:
    """Two units of an item, by UPS."""
    return Example(
        {
            "order_number": f"SO-{around.unique}",
            "reference_id": f"REF-{around.unique}",
            "warehouse_id": str(FACILITY),
            "ship_to_address": PERSON,
            "billing_code": "Prepaid",
            "carrier_id": "UPS",
            "shipping_method_id": "GND",
            "line_items": [{"sku": SKUS[0], "quantity": 2}],
        }
    )


def update_order(around: Surroundings) -> Example:
    """Another quantity, and a note."""
    order_id = _made(around, "create_order", create_order(around))
    return Example({"line_items": [{"sku": SKUS[1], "quantity": 3}], "notes": "fragile"}, order_id)


def cancel_order(around: Surroundings) -> Example:
    """An order that was just made."""
    return Example(record_id=_made(around, "create_order", create_order(around)))


def create_shipment(around: Surroundings) -> Example:
    """All of an order that was just made."""
    body = {"shipped_date": "2026-02-01T10:00:00Z", "tracking_number": f"1Z{around.unique}"}
    return Example(body, _made(around, "create_order", create_order(around)))


def create_product(around: Surroundings) -> Example:
    """A scarf."""
    return Example({"sku": f"SCARF-{around.unique}", "name": "Scarf", "gtin": "4006381333931"})


def update_product(around: Surroundings) -> Example:
    """The same one, longer."""
    return Example({"name": "Long scarf"}, _made(around, "create_product", create_product(around)))


def create_kit(around: Surroundings) -> Example:
    """A kit of two items."""
    parts = [{"sku": SKUS[0], "unit_quantity": 1}, {"sku": SKUS[1], "unit_quantity": 2}]
    return Example({"sku": f"KIT-{around.unique}", "name": "Kit", "inventory_items": parts})


def update_kit(around: Surroundings) -> Example:
    """The same one, of one item only."""
    parts = [{"sku": SKUS[1], "unit_quantity": 3}]
    return Example({"inventory_items": parts}, _made(around, "create_kit", create_kit(around)))


def create_inbound_shipment(around: Surroundings) -> Example:
    """Twenty units of an item."""
    return Example(
        {
            "reference_number": f"ASN-{around.unique}",
            "purchase_order_number": f"PO-{around.unique}",
            "warehouse_id": str(FACILITY),
            "expected_arrival_date": "2030-05-01T08:00:00Z",
            "tracking_number": "1Z1",
            "line_items": [{"sku": SKUS[0], "expected_quantity": 20}],
        }
    )


def update_inbound_shipment(around: Surroundings) -> Example:
    """Five units fewer."""
    lines = [{"sku": SKUS[0], "expected_quantity": 15}]
    inbound_id = _made(around, "create_inbound_shipment", create_inbound_shipment(around))
    return Example({"line_items": lines}, inbound_id)


def receive_inbound_shipment(around: Surroundings) -> Example:
    """They arrived."""
    return Example(record_id=_made(around, "create_inbound_shipment", create_inbound_shipment(around)))


def create_return(around: Surroundings) -> Example:
    """One unit comes back."""
    return Example(
        {
            "reference_num": f"RMA-{around.unique}",
            "warehouse_id": str(FACILITY),
            "line_items": [{"sku": SKUS[0], "quantity": 1}],
            "tracking_number": "9205",
        }
    )


def update_return(around: Surroundings) -> Example:
    """In another parcel."""
    return Example({"tracking_number": "9206"}, _made(around, "create_return", create_return(around)))


def cancel_return(around: Surroundings) -> Example:
    """It does not come back."""
    return Example(record_id=_made(around, "create_return", create_return(around)))


def _made(around: Surroundings, action: str, example: Example) -> str:
    return str(around.write(action, example.body)["id"])


def _refused(action: str, path: str, name: str, hint: str, pointer: str) -> SampleRefusal:
    body: dict[str, Any] = {"Properties": [{"Name": name, "Value": None}], "ErrorCode": "X", "Hint": hint}
    fault = Fault("POST", path, "status_before", status=400, body=orjson.dumps(body).decode())
    return SampleRefusal(action, fault, hint, pointer)


STAND = Stand(
    proof="sample",
    source="a specification written down from public references, which are named beside it",
    double=lambda: ExtensivDouble(client_id=CLIENT, client_secret=SECRET),
    credentials=credentials,
    secrets=("client_secret",),
    known={
        "sku": SKUS[:6],
        "product_id": (f"{CUSTOMER}-501", f"{CUSTOMER}-502"),
        "warehouse_customer_id": (str(CUSTOMER),),
        "order_id": ("902",),
    },
    examples={
        "create_order": create_order,
        "update_order": update_order,
        "cancel_order": cancel_order,
        "create_shipment": create_shipment,
        "create_product": create_product,
        "update_product": update_product,
        "create_kit": create_kit,
        "update_kit": update_kit,
        "create_inbound_shipment": create_inbound_shipment,
        "update_inbound_shipment": update_inbound_shipment,
        "receive_inbound_shipment": receive_inbound_shipment,
        "create_return": create_return,
        "update_return": update_return,
        "cancel_return": cancel_return,
    },
    refusals=(
        _refused(
            "create_order",
            "/orders",
            "OrderItems[0].ItemIdentifier.Sku",
            "There is no item SKU-01 of this customer.",
            "/line_items/0/sku",
        ),
        _refused(
            "create_inbound_shipment",
            "/inventory/receivers",
            "FacilityIdentifier",
            "There is no such facility.",
            "/warehouse_id",
        ),
    ),
)
