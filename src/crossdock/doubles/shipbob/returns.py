"""Return orders.

From the vendor's documentation of Create Return Order: a return can be modified and cancelled only while it
awaits arrival, every inventory item may be named once, and neither digital items nor bundles can be returned.
That a reference id is used once in a channel, and that a known shipment must hold the items, is ours.
"""

from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.rest import Reply
from crossdock.doubles.shipbob.asked import Asked, after, before, chosen, one_of, page
from crossdock.doubles.shipbob.merchant import Channel, Merchant, Model
from crossdock.doubles.shipbob.refusals import Invalid

FILTERS = {
    "IDs": one_of("id"),
    "ReferenceIds": one_of("reference_id"),
    "Status": one_of("status"),
    "FulfillmentCenterIds": one_of("fulfillment_center", "id"),
    "TrackingNumbers": one_of("tracking_number"),
    "OriginalShipmentIds": one_of("original_shipment_id"),
    "InventoryIds": lambda row, ids: any(item["id"] in ids for item in row["inventory"]),
    "StartDate": after("insert_date"),
    "EndDate": before("insert_date"),
}


def list_returns(asked: Asked) -> Any:
    """`GET /1.0/return`, the newest first unless told."""
    reads = asked.reads("returns_read")
    rows = [row for row in asked.merchant.returns.values() if reads(row["channel"]["id"])]
    found = chosen(rows, asked.parameters, FILTERS, "SortOrder")
    newest = asked.parameters.get("SortOrder", "Newest") == "Newest"
    found.sort(key=lambda row: row["id"], reverse=newest)
    return page("/1.0/return", found, asked.parameters)


def _found(asked: Asked, status: int = 404) -> Model:
    row = asked.merchant.returns.get(asked.parameters["id"])
    if row is None or not asked.reads("returns_read")(row["channel"]["id"]):
        raise Refused(f"Return {asked.parameters['id']} was not found.", status)
    return row


def get_return(asked: Asked) -> Model:
    """`GET /1.0/return/{id}`."""
    return _found(asked)


def return_history(asked: Asked) -> list[Model]:
    """`GET /1.0/return/{id}/statushistory`."""
    return asked.merchant.return_history[_found(asked)["id"]]


def create_return(asked: Asked) -> Reply:
    """`POST /1.0/return`."""
    return Reply(add_return(asked.merchant, asked.writer("returns_write"), asked.body), 201)


def add_return(merchant: Merchant, channel: Channel, body: Model) -> Model:
    """A return as ShipBob keeps it; `body` is a `CreateReturnViewModel`. Raises `Refused`."""
    _check(merchant, channel, body, None)
    row: Model = {
        "id": merchant.next_id("return"),
        "status": "AwaitingArrival",
        "return_type": "Regular",
        "insert_date": merchant.now(),
        "completed_date": None,
        "channel": {"id": channel.id, "name": channel.name},
        "invoice_amount": None,
        "transactions": [],
        **_told(merchant, body),
    }
    merchant.returns[row["id"]] = row
    merchant.return_history[row["id"]] = [{"status": "AwaitingArrival", "time_stamp": row["insert_date"]}]
    return row


def modify_return(asked: Asked) -> Model:
    """`PUT /1.0/return/{id}`. The specification has no 404 for it: an unknown id is unprocessable."""
    channel = asked.writer("returns_write")
    row = _found(asked, 422)
    _check_open(row)
    _check(asked.merchant, channel, asked.body, row["id"])
    row |= _told(asked.merchant, asked.body)
    return row


def cancel_return(asked: Asked) -> Model:
    """`POST /1.0/return/{id}/cancel`."""
    asked.writer("returns_write")
    row = _found(asked)
    _check_open(row)
    move(asked.merchant, row["id"], "Cancelled")
    return row


def _check_open(row: Model) -> None:
    if row["status"] != "AwaitingArrival":
        raise Invalid({"": [f"A return that is {row['status']} can be neither modified nor cancelled."]})


def move(merchant: Merchant, return_id: int, status: str) -> None:
    """A return's next status. A completed one put its goods back on the shelf."""
    row = merchant.returns[return_id]
    row["status"] = status
    merchant.return_history[return_id].append({"status": status, "time_stamp": merchant.now()})
    if status != "Completed":
        return
    row["completed_date"] = merchant.now()
    for item in row["inventory"]:
        merchant.items[item["id"]].at(row["fulfillment_center"]["id"]).on_hand += item["quantity"]
        item["action_taken"] = [{"action": "Restock", "quantity_processed": item["quantity"]}]


def _told(merchant: Merchant, body: Model) -> Model:
    shipment = _shipment(merchant, body.get("original_shipment_id"))
    return {
        "reference_id": body["reference_id"],
        "fulfillment_center": merchant.centers[body["fulfillment_center"]["id"]].named(),
        "original_shipment_id": body.get("original_shipment_id"),
        "tracking_number": body.get("tracking_number"),
        "customer_name": shipment["recipient"]["name"] if shipment else None,
        "store_order_id": shipment["store_order_id"] if shipment else None,
        "inventory": [
            {
                "id": line["id"],
                "name": merchant.items[line["id"]].name,
                "quantity": line["quantity"],
                "action_requested": _action(line.get("requested_action")),
                "action_taken": [],
            }
            for line in body["inventory"]
        ],
    }


def _action(wanted: str | None) -> Model:
    source = "Override" if wanted and wanted != "Default" else "InventoryDefault"
    return {"action": wanted or "Default", "action_type": source, "instructions": None}


def _shipment(merchant: Merchant, shipment_id: int | None) -> Model | None:
    return next((shipment for shipment in merchant.shipments() if shipment["id"] == shipment_id), None)


def _check(merchant: Merchant, channel: Channel, body: Model, own_id: int | None) -> None:
    errors: dict[str, list[str]] = {}
    used = {
        row["reference_id"]
        for row in merchant.returns.values()
        if row["channel"]["id"] == channel.id and row["id"] != own_id
    }
    if body["reference_id"] in used or not body["reference_id"]:
        errors["ReferenceId"] = ["A return needs a reference id of its own."]
    if body["fulfillment_center"]["id"] not in merchant.centers:
        errors["FulfillmentCenter.Id"] = ["The fulfillment center does not exist."]
    shipment = _shipment(merchant, body.get("original_shipment_id"))
    if body.get("original_shipment_id") is not None and shipment is None:
        errors["OriginalShipmentId"] = ["The shipment does not exist."]
    if not body["inventory"]:
        errors["Inventory"] = ["A return needs at least one inventory item."]
    seen: set[int] = set()
    for index, line in enumerate(body["inventory"] or []):
        if wrong := _line_error(merchant, shipment, line["id"], seen):
            errors[f"Inventory[{index}].Id"] = [wrong]
        seen.add(line["id"])
    if errors:
        raise Invalid(errors)


def _line_error(merchant: Merchant, shipment: Model | None, item_id: int, seen: set[int]) -> str | None:
    item = merchant.items.get(item_id)
    if item is None:
        return f"Inventory {item_id} does not exist."
    if item.is_digital:
        return f"Inventory {item_id} is digital and cannot be returned."
    if item_id in seen:
        return f"Inventory {item_id} is named more than once."
    shipped = {
        part["id"] for product in (shipment or {}).get("products", []) for part in product["inventory_items"]
    }
    if shipment is not None and item_id not in shipped:
        return f"Inventory {item_id} is not part of shipment {shipment['id']}."
    return None
