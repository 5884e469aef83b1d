"""Orders are posted: a shipment or a receipt is made, and an order that is all posted goes.

What is posted, and that the order goes, is in the vendor's own source of the actions and their tests.
"""

from typing import Any

from crossdock.doubles.business_central.company import PARENTS, Asked, Company, Model, Refusal
from crossdock.doubles.business_central.orders import DIALOG, MOVES, PRICE, remove, totals
from crossdock.doubles.rest import Reply

POSTINGS = {"salesOrders": "salesShipments", "purchaseOrders": "purchaseReceipts"}
SERIES = {"salesOrders": "SS", "purchaseOrders": "PR"}
KEPT = (
    "unitOfMeasureCode",
    "lineObjectNumber",
    "description",
    "description2",
    "discountPercent",
    "taxPercent",
)
SAME = {
    "salesOrders": (
        "externalDocumentNumber", "customerId", "customerNumber", "customerName", "billToName",
        "billToCustomerId", "billToCustomerNumber", "pricesIncludeTax", "salesperson", "phoneNumber", "email",
    ),
    "purchaseOrders": ("vendorNumber", "vendorName", "payToName", "payToVendorNumber"),
}  # fmt: skip
PARTS = ("AddressLine1", "AddressLine2", "City", "Country", "State", "PostCode")


def post(orders: str) -> Any:
    """`POST` of the action. Raises `Refusal` when there is nothing to post, or too little in stock."""

    def answer(asked: Asked) -> Reply:
        post_order(asked.company, orders, asked.company.one(orders, asked.parameters["id"]))
        return Reply(None, 204)

    return answer


def post_order(company: Company, orders: str, order: Model) -> Model:
    """The posting that an order makes now."""
    to_move, moved, _ = MOVES[orders]
    lines = [line for line in company.lines(orders, order["id"]) if line[to_move] > 0]
    if not lines:
        raise Refusal("There is nothing to post.", DIALOG)
    _move_stock(company, orders, lines)
    posting = company.add(POSTINGS[orders], **_head(company, orders, order))
    for line in lines:
        _posted_line(company, orders, posting, line)
        line[moved] += line[to_move]
        line["invoicedQuantity"] += line["invoiceQuantity"]
    for line in company.lines(orders, order["id"]):
        line[to_move] = line["invoiceQuantity"] = line["quantity"] - line[moved]
    totals(company, orders, order)
    if all(line[moved] >= line["quantity"] for line in company.lines(orders, order["id"])):
        remove(company, orders, order)
    return posting


def _move_stock(company: Company, orders: str, lines: list[Model]) -> None:
    items = company.records["items"]
    sign = -1 if orders == "salesOrders" else 1
    for line in lines:
        item = items[line["itemId"]]
        left = item["inventory"] + sign * line[MOVES[orders][0]]
        if left < 0:
            raise Refusal(f"You have insufficient quantity of Item {item['number']} on inventory.", DIALOG)
    for line in lines:
        items[line["itemId"]]["inventory"] += sign * line[MOVES[orders][0]]


def _head(company: Company, orders: str, order: Model) -> Model:
    places = ("sellTo", "billTo", "shipTo") if orders == "salesOrders" else ("buyFrom", "payTo", "shipTo")
    head = {name: order[name] for name in SAME[orders]}
    head |= {f"{place}{part}": order[f"{place}{part}"] for place in places for part in PARTS}
    head |= {
        "number": company.number(SERIES[orders]),
        "invoiceDate": order["postingDate"],
        "postingDate": order["postingDate"],
        "dueDate": order["postingDate"],
        "shipToName": order["shipToName"],
        "shipToContact": order["shipToContact"],
        "currencyCode": order["currencyCode"],
        "orderNumber": order["number"],
    }
    if orders == "salesOrders":
        return {
            **head,
            "customerPurchaseOrderReference": "",
            "paymentTermsCode": "",
            "shipmentMethodCode": "",
        }
    return {**head, "payToContact": ""}


def _posted_line(company: Company, orders: str, posting: Model, line: Model) -> None:
    collection = PARENTS[POSTINGS[orders]]
    expected, price = MOVES[orders][2], PRICE[orders][1]
    own = {"documentNo": posting["number"]} if orders == "salesOrders" else {}
    company.add(
        collection,
        documentId=posting["id"],
        sequence=line["sequence"],
        lineType="Item",
        quantity=line[MOVES[orders][0]],
        **{name: line[name] for name in KEPT},
        **{expected: line[expected], price: line[PRICE[orders][0]]},
        **own,
    )
