"""Examples of every write that the sandbox takes. They name nothing that depends on how it was generated."""

from collections.abc import Mapping
from typing import Any

from crossdock.doubles.stand import Example, Stand, Surroundings

WAREHOUSE = "wh_000001"
LOCATION = "loc_000002"
"""The first warehouse and its first shelf, whatever the seed."""

ADDRESS = {
    "full_name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "United States",
}
SIZE = {"length": 30.0, "width": 20.0, "height": 10.0, "unit": "cm", "weight": 1.5, "weight_unit": "kg"}


def credentials(url: str) -> Mapping[str, str]:  # noqa: ARG001
    """None that could be known before: a sandbox's id and key are made with it."""
    return {}


def create_product(around: Surroundings) -> Example:
    """A scarf."""
    return Example({"sku": f"SCARF-{around.unique}", "name": "Scarf", "measurements": SIZE})


def update_product(around: Surroundings) -> Example:
    """The same one, longer."""
    return Example({"name": "Long scarf", "gtin": "4006381333931"}, _product(around)["id"])


def create_kit(around: Surroundings) -> Example:
    """Two scarves."""
    parts = [{"sku": _product(around)["sku"], "unit_quantity": 2}]
    sku = f"KIT-{around.unique}"
    body = {"sku": sku, "name": "Two scarves", "gtin": "4006381333931", "measurements": SIZE}
    return Example({**body, "inventory_items": parts})


def update_kit(around: Surroundings) -> Example:
    """The same kit under another name."""
    return Example({"name": "A pair of scarves"}, around.write("create_kit", create_kit(around).body)["id"])


def create_order(around: Surroundings) -> Example:
    """A product without stock: the order is backordered."""
    product = _product(around)
    line = {"product_id": product["id"], "sku": product["sku"], "quantity": 2, "unit_price": 19.5}
    number = f"SO-{around.unique}"
    return Example({"order_number": number, "ship_to_address": ADDRESS, "line_items": [line]})


def update_order(around: Surroundings) -> Example:
    """Another quantity, and another house."""
    order = _order(around)
    lines = [{"product_id": order["line_items"][0]["product_id"], "quantity": 1}]
    return Example({"line_items": lines, "ship_to_address": {"address1": "2 Example Street"}}, order["id"])


def cancel_order(around: Surroundings) -> Example:
    """An order that was just placed."""
    return Example(record_id=_order(around)["id"])


def create_shipment(around: Surroundings) -> Example:
    """All of an order for something in stock."""
    return Example(_shipment(), _order(around, stock=5)["id"])


def attach_file(around: Surroundings) -> Example:
    """A label by its address."""
    body = {"file_url": "https://example.com/label.pdf", "file_name": "label.pdf"}
    return Example(body, _order(around)["id"])


def create_inbound_shipment(around: Surroundings) -> Example:
    """Scarves that are to come."""
    return Example(
        {
            "supplier": "Example Mills",
            "purchase_order_number": f"PO-{around.unique}",
            "expected_arrival_date": "2030-05-01T00:00:00Z",
            "warehouse_id": WAREHOUSE,
            "tracking_number": "SAMPLE1",
            "line_items": [{"sku": _product(around)["sku"], "expected_quantity": 5}],
        }
    )


def update_inbound_shipment(around: Surroundings) -> Example:
    """They come later."""
    return Example({"expected_arrival_date": "2030-06-01T00:00:00Z"}, _inbound_shipment(around)["id"])


def receive_inbound_shipment(around: Surroundings) -> Example:
    """Three of them came."""
    shipment = _inbound_shipment(around)
    lines = [{"sku": shipment["line_items"][0]["sku"], "quantity": 3}]
    return Example({"line_items": lines, "warehouse_location_id": LOCATION}, shipment["id"])


def create_return(around: Surroundings) -> Example:
    """One unit of an order that was shipped."""
    order = _order(around, stock=5)
    around.write("create_shipment", _shipment(), order["id"])
    lines = [{"sku": order["line_items"][0]["sku"], "quantity": 1}]
    return Example({"order_id": order["id"], "warehouse_id": WAREHOUSE, "line_items": lines})


def update_return(around: Surroundings) -> Example:
    """Two units of it."""
    made = around.write("create_return", create_return(around).body)
    lines = [{"sku": made["data"]["line_items"][0]["sku"], "quantity": 2}]
    return Example({"line_items": lines}, made["id"])


def cancel_return(around: Surroundings) -> Example:
    """It does not come back."""
    return Example(record_id=around.write("create_return", create_return(around).body)["id"])


def adjust_inventory(around: Surroundings) -> Example:
    """Units that were found."""
    return Example({**FOUND, "quantity": 3, "location_id": LOCATION}, _item_id(_product(around)))


FOUND = {"adjustment_type": "increase", "warehouse_id": WAREHOUSE}


def _product(around: Surroundings) -> dict[str, Any]:
    made: dict[str, Any] = around.write("create_product", create_product(around).body)["data"]
    return made


def _item_id(product: Mapping[str, Any]) -> str:
    return str(product["inventory_items"][0]["inventory_item_id"])


def _order(around: Surroundings, stock: int = 0) -> dict[str, Any]:
    """A placed order of a product of its own, which has that many units in stock."""
    product = _product(around)
    if stock:
        around.write("adjust_inventory", {**FOUND, "quantity": stock}, _item_id(product))
    line = {"product_id": product["id"], "quantity": 2}
    body = {"order_number": f"SO-{around.unique}", "ship_to_address": ADDRESS, "line_items": [line]}
    made: dict[str, Any] = around.write("create_order", body)["data"]
    return made


def _inbound_shipment(around: Surroundings) -> dict[str, Any]:
    made: dict[str, Any] = around.write("create_inbound_shipment", create_inbound_shipment(around).body)[
        "data"
    ]
    return made


def _shipment() -> dict[str, Any]:
    return {
        "shipped_date": "2030-05-02T00:00:00Z",
        "tracking_number": "SAMPLE2",
        "shipping_cost": 4.5,
        "measurements": SIZE,
        "warehouse_id": WAREHOUSE,
    }


STAND = Stand(
    proof="live",
    source="the sandbox itself",
    double=None,
    credentials=credentials,
    secrets=("key",),
    known={"product_id": ("prod_000023",), "sku": ("BAG-1",), "warehouse_location_id": (LOCATION,)},
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
        "receive_inbound_shipment": receive_inbound_shipment,
        "create_return": create_return,
        "update_return": update_return,
        "cancel_return": cancel_return,
        "adjust_inventory": adjust_inventory,
    },
)
