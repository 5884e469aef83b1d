"""Warehouse receiving orders (WRO), by which goods are announced. Both versions have the same records.

The vendor says that only WROs in certain statuses can be cancelled: here those that still await the goods.
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.rest import Reply
from crossdock.doubles.shipbob.account import center_model
from crossdock.doubles.shipbob.asked import Asked, after, before, chosen, moment, one_of, page
from crossdock.doubles.shipbob.merchant import Merchant, Model
from crossdock.doubles.shipbob.refusals import Invalid

FILTERS = {
    "IDs": one_of("id"),
    "Statuses": one_of("status"),
    "InsertStartDate": after("insert_date"),
    "InsertEndDate": before("insert_date"),
    "FulfillmentCenterIds": one_of("fulfillment_center", "id"),
    "PurchaseOrderNumbers": one_of("purchase_order_number"),
}


def _items(wro: Model) -> Iterator[Model]:
    for box in wro["boxes"]:
        yield from box["box_items"]


def version_2(merchant: Merchant, wro: Model) -> Model:
    """`WarehouseReceivingOrderViewModel`: quantities by inventory item in the place of boxes."""
    quantities: dict[int, Model] = {}
    for line in _items(wro):
        item_id = line["inventory_id"]
        summed = quantities.setdefault(
            item_id,
            {
                "inventory_id": item_id,
                "sku": merchant.items[item_id].sku,
                "expected_quantity": 0,
                "received_quantity": 0,
            },
        )
        summed["expected_quantity"] += line["quantity"]
        summed["received_quantity"] += line["received_quantity"]
    rest = {name: value for name, value in wro.items() if name != "boxes"}
    return {**rest, "inventory_quantities": list(quantities.values())}


def create_1(asked: Asked) -> Reply:
    """`POST /1.0/receiving`."""
    return Reply(add_receiving_order(asked.merchant, asked.body), 201)


def create_2(asked: Asked) -> Reply:
    """`POST /2.0/receiving`."""
    return Reply(version_2(asked.merchant, add_receiving_order(asked.merchant, asked.body)), 201)


def add_receiving_order(merchant: Merchant, body: Model) -> Model:
    """A WRO as ShipBob keeps it; `body` is a `CreateReceivingOrderModel`. Raises `Refused`."""
    center = merchant.centers.get(body["fulfillment_center"]["id"])
    if center is None or not center.receives:
        wrong = f"Fulfillment center {body['fulfillment_center']['id']} does not receive goods."
        raise Invalid({"FulfillmentCenter.Id": [wrong]}, 404)
    _check(merchant, body)
    expected = _time("ExpectedArrivalDate", body["expected_arrival_date"])
    number = merchant.next_id("receiving")
    wro: Model = {
        "id": number,
        "status": "Awaiting",
        "package_type": body["package_type"],
        "box_packaging_type": body["box_packaging_type"],
        "expected_arrival_date": expected,
        "purchase_order_number": body.get("purchase_order_number"),
        "fulfillment_center": center_model(center),
        "insert_date": merchant.now(),
        "last_updated_date": merchant.now(),
        "box_labels_uri": f"/2.0/receiving/{number}/labels",
        "boxes": [
            {
                "box_number": index,
                "box_status": "Awaiting",
                "tracking_number": box["tracking_number"],
                "box_items": [
                    {
                        "inventory_id": line["inventory_id"],
                        "quantity": line["quantity"],
                        "received_quantity": 0,
                        "lot_number": line.get("lot_number"),
                        "lot_date": _time("LotDate", line["lot_date"]) if line.get("lot_date") else None,
                    }
                    for line in box["box_items"]
                ],
            }
            for index, box in enumerate(body["boxes"], start=1)
        ],
    }
    for line in _items(wro):
        merchant.items[line["inventory_id"]].at(center.id).awaiting += line["quantity"]
    merchant.receiving[number] = wro
    return wro


def _time(field: str, text: str) -> str:
    """A time as .NET reads and writes it, which knows no leap seconds. Raises `Invalid`."""
    try:
        return moment(text).astimezone(UTC).isoformat()
    except (ValueError, OverflowError) as error:
        raise Invalid({field: [f"The value '{text}' is not valid."]}, 400) from error


def _check(merchant: Merchant, body: Model) -> None:
    errors = {}
    boxes = body["boxes"] or []
    if not boxes:
        errors["Boxes"] = ["A receiving order needs at least one box."]
    if body["box_packaging_type"] == "EverythingInOneBox" and len(boxes) > 1:
        errors["BoxPackagingType"] = ["EverythingInOneBox is for one box only."]
    for index, box in enumerate(boxes):
        lines = box["box_items"] or []
        if not lines:
            errors[f"Boxes[{index}].BoxItems"] = ["A box needs at least one item."]
        if body["box_packaging_type"] == "OneSkuPerBox" and len({line["inventory_id"] for line in lines}) > 1:
            errors[f"Boxes[{index}].BoxItems"] = ["OneSkuPerBox is for one inventory item in a box."]
        for row, line in enumerate(lines):
            if line["inventory_id"] not in merchant.items:
                place = f"Boxes[{index}].BoxItems[{row}].InventoryId"
                errors[place] = [f"Inventory {line['inventory_id']} does not exist."]
    if errors:
        raise Invalid(errors, 400)


def _found(asked: Asked) -> Model:
    wro = asked.merchant.receiving.get(asked.parameters["id"])
    if wro is None:
        raise Refused(f"Receiving order {asked.parameters['id']} was not found.", 404)
    return wro


def get_1(asked: Asked) -> Model:
    """`GET /1.0/receiving/{id}`."""
    return _found(asked)


def get_2(asked: Asked) -> Model:
    """`GET /2.0/receiving/{id}`."""
    return version_2(asked.merchant, _found(asked))


def find_1(asked: Asked) -> Model:
    """`GET /1.0/receiving`: the newest with a purchase order number."""
    wanted = asked.parameters.get("purchaseOrderNumber")
    for wro in reversed(asked.merchant.receiving.values()):
        if wro["purchase_order_number"] == wanted:
            return wro
    raise Refused(f"No receiving order has the purchase order number {wanted}.", 404)


def list_2(asked: Asked) -> Any:
    """`GET /2.0/receiving`."""
    found = chosen(asked.merchant.receiving.values(), asked.parameters, FILTERS)
    return page("/2.0/receiving", [version_2(asked.merchant, wro) for wro in found], asked.parameters)


def _cancelled(asked: Asked) -> Model:
    merchant, wro = asked.merchant, _found(asked)
    if wro["status"] != "Awaiting":
        raise Invalid({"": [f"A receiving order that is {wro['status']} cannot be cancelled."]})
    for line in _items(wro):
        stock = merchant.items[line["inventory_id"]].at(wro["fulfillment_center"]["id"])
        stock.awaiting -= line["quantity"]
    wro |= {"status": "Cancelled", "last_updated_date": merchant.now()}
    for box in wro["boxes"]:
        box["box_status"] = "Cancelled"
    return wro


def cancel_1(asked: Asked) -> Reply:
    """`POST /1.0/receiving/{id}/cancel`, which answers nothing."""
    _cancelled(asked)
    return Reply(None)


def cancel_2(asked: Asked) -> Model:
    """`POST /2.0/receiving/{id}/cancel`."""
    return version_2(asked.merchant, _cancelled(asked))


def receive(merchant: Merchant, wro_id: int, share: float = 1.0) -> None:
    """The goods of a WRO arrive and are put on the shelf, that share of every line of it."""
    wro = merchant.receiving[wro_id]
    for line in _items(wro):
        arrived = int(line["quantity"] * share) - line["received_quantity"]
        stock = merchant.items[line["inventory_id"]].at(wro["fulfillment_center"]["id"])
        stock.on_hand += arrived
        stock.awaiting -= arrived
        line["received_quantity"] += arrived
    wro |= {"status": "Completed" if share >= 1 else "Processing", "last_updated_date": merchant.now()}
    for box in wro["boxes"]:
        box |= {"box_status": "Completed" if share >= 1 else "Counting", "arrived_date": merchant.now()}
