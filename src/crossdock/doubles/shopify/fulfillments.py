"""The mutation `fulfillmentCreate`.

That fulfilment orders are of one order and one location is what its description says. Which of their statuses
can be fulfilled, and the messages, are ours.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.doubles.shopify.declined import UserErrors
from crossdock.doubles.shopify.shop import Record, Shop

AT = ("fulfillment", "lineItemsByFulfillmentOrder")
FULFILLABLE = {"OPEN", "IN_PROGRESS"}


def fulfillment_create(shop: Shop, arguments: Mapping[str, Any]) -> Record:
    """What leaves of fulfilment orders."""
    given = arguments["fulfillment"]
    leaving: list[tuple[Record, list[tuple[Record, int]]]] = []
    for index, one in enumerate(given["lineItemsByFulfillmentOrder"]):
        group = shop.find("FulfillmentOrder", one["fulfillmentOrderId"])
        if group is None:
            raise UserErrors("Fulfillment order does not exist.", [*AT, index, "fulfillmentOrderId"])
        if group["status"] not in FULFILLABLE:
            number, status = group["id"].rpartition("/")[2], group["status"].lower()
            said = f"Fulfillment order {number} has an unfulfillable status= {status}."
            raise UserErrors(said, [*AT, index, "fulfillmentOrderId"])
        leaving.append((group, _lines(group, one.get("fulfillmentOrderLineItems"), index)))
    if not leaving:
        raise UserErrors("There are no fulfillment orders.", AT)
    groups = [group for group, _ in leaving]
    if len({group["order"]["id"] for group in groups}) > 1:
        raise UserErrors("Fulfillment orders must belong to the same order.", AT)
    if len({group["assignedLocation"]["location"]["id"] for group in groups}) > 1:
        raise UserErrors("Fulfillment orders must be assigned to the same location.", AT)
    return {"fulfillment": fulfil(shop, leaving, given.get("trackingInfo") or {}), "userErrors": []}


def _lines(group: Record, asked: list[Record] | None, index: int) -> list[tuple[Record, int]]:
    if not asked:
        return [(line, line["remainingQuantity"]) for line in group["lineItems"] if line["remainingQuantity"]]
    known = {line["id"]: line for line in group["lineItems"]}
    found, taken = [], dict.fromkeys(known, 0)
    for place, one in enumerate(asked):
        at: list[str | int] = [*AT, index, "fulfillmentOrderLineItems", place]
        line = known.get(one["id"])
        if line is None:
            raise UserErrors("Fulfillment order line item does not exist.", [*at, "id"])
        taken[one["id"]] += one["quantity"]
        if one["quantity"] < 1 or taken[one["id"]] > line["remainingQuantity"]:
            raise UserErrors("Invalid fulfillment order line item quantity requested.", [*at, "quantity"])
        found.append((line, one["quantity"]))
    return found


def fulfil(
    shop: Shop, leaving: list[tuple[Record, list[tuple[Record, int]]]], tracking: Mapping[str, Any]
) -> Record:
    """Books a fulfilment and gives it."""
    order = leaving[0][0]["order"]
    moment = shop.tick()
    lines = []
    for group, units in leaving:
        for line, quantity in units:
            line["remainingQuantity"] -= quantity
            line["lineItem"]["unfulfilledQuantity"] -= quantity
            lines.append(shop.add("FulfillmentLineItem", lineItem=line["lineItem"], quantity=quantity))
        left = sum(line["remainingQuantity"] for line in group["lineItems"])
        group["status"] = "IN_PROGRESS" if left else "CLOSED"
        group["updatedAt"] = moment
    made = shop.add(
        "Fulfillment",
        status="SUCCESS",
        displayStatus="FULFILLED",
        createdAt=moment,
        updatedAt=moment,
        location=leaving[0][0]["assignedLocation"]["location"],
        trackingInfo=[{name: tracking.get(name) for name in ("company", "number", "url")}]
        if tracking
        else [],
        fulfillmentOrders=[group for group, _ in leaving],
        fulfillmentLineItems=lines,
        order=order,
    )
    order["fulfillments"].append(made)
    order["fulfillmentsCount"] = {"count": len(order["fulfillments"]), "precision": "EXACT"}
    open_ = sum(
        line["remainingQuantity"] for group in order["fulfillmentOrders"] for line in group["lineItems"]
    )
    order["displayFulfillmentStatus"] = "PARTIALLY_FULFILLED" if open_ else "FULFILLED"
    order["updatedAt"] = moment
    return made


OPERATIONS = {"fulfillmentCreate": fulfillment_create}
