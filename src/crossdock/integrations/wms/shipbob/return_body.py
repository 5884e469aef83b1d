"""What the writes of a return have in common: their lines, and the shipment that the goods were in.

From the vendor's documentation of Create Return Order: every inventory item may be named once, and neither
digital items nor bundles can be returned.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import FieldFault, Unprocessable, VendorRequest, vendor_path
from crossdock.connector.patterns import INT32_MAX, INT32_TEXT
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

ReferenceId = Annotated[str, described("The caller's own unique key of the return", "RMA-1001")]
Warehouse = Annotated[
    str, account_value("return_locations", "id", "Id of the fulfilment center that the goods come back to")
]
OrderId = Annotated[
    str, described("Id of the order that the goods come back from; the shipment is found in it", "order_id")
]


class ReturnLine(WriteBody, kw_only=True):
    """Units of one inventory item that come back."""

    inventory_item_id: Annotated[str, described("Id of the inventory item", "8001")]
    quantity: fields.Quantity
    requested_action: (
        Annotated[
            Literal["Default", "Restock", "Quarantine", "Dispose"],
            described(
                "What ShipBob is to do with the units; what the item is set to when left out", "Restock"
            ),
        ]
        | Absent
    ) = UNSET


LIMITS: Mapping[str, Any] = {
    "properties": {
        "reference_id": {"maxLength": 50},
        "tracking_number": {"maxLength": 500},
        "order_id": INT32_TEXT,
        "line_items": {
            "minItems": 1,
            "items": {
                "properties": {
                    "inventory_item_id": INT32_TEXT,
                    "quantity": {"minimum": 1, "maximum": INT32_MAX},
                }
            },
        },
    }
}
"""Lengths and numbers of `CreateReturnViewModel`."""

LIMITS_IN_WORDS = (
    "order_id and inventory_item_id are ShipBob's own numbers, from 1 to 2147483647. A return has at least "
    "one line, and each line at least one unit. reference_id has at most 50 characters, tracking_number 500."
)


def order_request(order_id: str) -> VendorRequest:
    """`GET /1.0/order/{orderId}`."""
    return VendorRequest("GET", vendor_path("1.0", "order", order_id))


def sample_order(order_id: str) -> dict[str, Any]:
    """An order of one shipment, told apart by its id."""
    return {"id": int(order_id), "shipments": [{"id": int(order_id), "status": "Completed"}]}


def inventory(lines: Sequence[ReturnLine]) -> list[dict[str, Any]]:
    """`ReturnInventoryViewModel` of each line. Raises `Unprocessable` for an item in two of them."""
    seen: dict[str, int] = {}
    faults = []
    for index, line in enumerate(lines):
        if line.inventory_item_id in seen:
            said = f"{line.inventory_item_id} already stands at /line_items/{seen[line.inventory_item_id]}"
            faults.append(FieldFault(f"/line_items/{index}/inventory_item_id", said))
        seen.setdefault(line.inventory_item_id, index)
    if faults:
        raise Unprocessable("ShipBob takes an inventory item once in a return.", faults)
    rows = []
    for line in lines:
        row: dict[str, Any] = {"id": int(line.inventory_item_id), "quantity": line.quantity}
        if line.requested_action is not UNSET:
            row["requested_action"] = line.requested_action
        rows.append(row)
    return rows


def original_shipment(order_id: str, order: Any, items: Sequence[int]) -> int:
    """The shipment of the order that the items left in. Raises `Unprocessable` when that is not just one."""
    if order is None:
        fault = FieldFault("/order_id", f"ShipBob has no order {order_id} in this channel")
        raise Unprocessable("The original order was not found.", [fault])
    shipped = [row for row in order.get("shipments") or [] if row.get("status") == "Completed"]
    fitting = [row["id"] for row in shipped if set(items) <= (_items(row) or set(items))]
    if len(fitting) == 1:
        return int(fitting[0])
    said = f"{len(fitting)} of the {len(shipped)} shipments that left for {order_id} had all of these items"
    raise Unprocessable(
        "A return is of one shipment of its order.",
        [FieldFault("/order_id", said + ("" if fitting else "; return what each had by itself"))],
    )


def _items(shipment: Mapping[str, Any]) -> set[int]:
    return {
        item["id"]
        for product in shipment.get("products") or []
        for item in product.get("inventory_items") or []
    }
