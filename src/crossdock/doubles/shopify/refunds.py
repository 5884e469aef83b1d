"""The mutation `refundCreate`, and what Shopify suggests to refund (`Order.suggestedRefund`).

A line is worth its discounted price and tax by the unit. What is refused, and how, is ours, as far as the
descriptions of the input's fields do not say it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crossdock.doubles.shopify import inventory
from crossdock.doubles.shopify.declined import UserErrors
from crossdock.doubles.shopify.shop import Record, Shop, money

STOCKED = {"RETURN", "CANCEL"}


def suggested(order: Record, lines: Sequence[Mapping[str, Any]], full: bool) -> Record:
    """A `SuggestedRefund` for lines, or for all that can be refunded."""
    known = {line["id"]: line for line in order["lineItems"]}
    due = sum(
        (worth(known[one["lineItemId"]], one["quantity"]) for one in lines if one["lineItemId"] in known),
        Decimal(0),
    )
    payments = [one for one in order["_payments"] if one["_left"] > 0]
    if full:
        due = sum((one["_left"] for one in payments), Decimal(0))
    transactions = []
    for payment in payments:
        part = min(due, payment["_left"])
        due -= part
        transactions.append(
            {
                "gateway": payment["gateway"],
                "kind": "SUGGESTED_REFUND",
                "amountSet": money(part),
                "maximumRefundableSet": money(payment["_left"]),
                "parentTransaction": payment,
            }
        )
    return {"suggestedTransactions": transactions}


def worth(line: Record, quantity: int) -> Decimal:
    """What units of a line were sold for, with tax."""
    price = Decimal(line["discountedUnitPriceAfterAllDiscountsSet"]["presentmentMoney"]["amount"])
    taxes = sum(
        (Decimal(tax["priceSet"]["presentmentMoney"]["amount"]) for tax in line["taxLines"]), Decimal(0)
    )
    due: Decimal = price * quantity + taxes * quantity / line["quantity"]
    return due.quantize(Decimal("0.01"))


def refund_create(shop: Shop, arguments: Mapping[str, Any]) -> Record:
    """Books a refund and gives it."""
    given = arguments["input"]
    order = shop.find("Order", given["orderId"])
    if order is None:
        raise UserErrors("Order does not exist", ["orderId"])
    lines = [_line(shop, order, one, index) for index, one in enumerate(given.get("refundLineItems") or ())]
    payments = [_payment(order, one, index) for index, one in enumerate(given.get("transactions") or ())]
    if not lines and not payments:
        raise UserErrors("Refund must have at least one refund line item or transaction", ["refundLineItems"])
    moment = shop.touch(order)
    for line, one, level in lines:
        line["refundableQuantity"] -= one["quantity"]
        if level is not None:
            inventory.put(shop, level, inventory.quantity(level) + one["quantity"])
        if one.get("restockType") == "CANCEL":
            _cancel(order, line, one["quantity"])
    for payment, amount in payments:
        payment["_left"] -= amount
    refund = shop.add(
        "Refund",
        createdAt=moment,
        updatedAt=moment,
        processedAt=moment,
        note=given.get("note"),
        order=order,
        totalRefundedSet=money(sum((amount for _, amount in payments), Decimal(0))),
        refundLineItems=[
            {
                "lineItem": line,
                "quantity": one["quantity"],
                "restockType": one.get("restockType") or "NO_RESTOCK",
            }
            for line, one, _ in lines
        ],
    )
    order["refunds"].append(refund)
    left = sum((one["_left"] for one in order["_payments"]), Decimal(0))
    if payments:
        order["displayFinancialStatus"] = "PARTIALLY_REFUNDED" if left else "REFUNDED"
    return {"refund": refund, "order": order, "userErrors": []}


def _line(
    shop: Shop, order: Record, one: Mapping[str, Any], index: int
) -> tuple[Record, Mapping[str, Any], Record | None]:
    at: list[str | int] = ["refundLineItems", index]
    line = next((line for line in order["lineItems"] if line["id"] == one["lineItemId"]), None)
    if line is None:
        raise UserErrors("Line item does not exist", [*at, "lineItemId"])
    if not 0 < one["quantity"] <= line["refundableQuantity"]:
        raise UserErrors("Quantity cannot refund more items than were purchased", [*at, "quantity"])
    if one.get("restockType") == "CANCEL" and one["quantity"] > line["unfulfilledQuantity"]:
        raise UserErrors("Restock type cancel is for units that were not fulfilled", [*at, "restockType"])
    if one.get("restockType") not in STOCKED:
        return line, one, None
    if not one.get("locationId") or shop.find("Location", one["locationId"]) is None:
        raise UserErrors("Location is required to restock", [*at, "locationId"])
    levels = line["variant"]["inventoryItem"]["inventoryLevels"]
    level = next((level for level in levels if level["location"]["id"] == one["locationId"]), None)
    if level is None:
        raise UserErrors("The item is not stocked at the location", [*at, "locationId"])
    return line, one, level


def _cancel(order: Record, line: Record, quantity: int) -> None:
    """Takes units that nobody will ship out of the fulfilment orders."""
    line["unfulfilledQuantity"] -= quantity
    for group in order["fulfillmentOrders"]:
        for one in group["lineItems"]:
            if one["lineItem"] is line:
                taken = min(quantity, one["remainingQuantity"])
                one["remainingQuantity"] -= taken
                one["totalQuantity"] -= taken
                quantity -= taken


def _payment(order: Record, one: Mapping[str, Any], index: int) -> tuple[Record, Decimal]:
    at: list[str | int] = ["transactions", index]
    payment = next((known for known in order["_payments"] if known["id"] == one.get("parentId")), None)
    amount = Decimal(str(one["amount"]))
    if one["kind"] != "REFUND" or payment is None or payment["gateway"] != one["gateway"]:
        raise UserErrors("Transaction is invalid", [*at, "parentId"])
    if not 0 < amount <= payment["_left"]:
        raise UserErrors("Refund amount is more than what is left to refund", [*at, "amount"])
    return payment, amount


OPERATIONS = {"refundCreate": refund_create}
