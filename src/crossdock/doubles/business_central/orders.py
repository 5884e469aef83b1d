"""Sales orders and purchase orders: made, changed, deleted, with their lines.

The words of refusals are those of the vendor's own source where a test could meet them (`APIV2SalesOrders`,
`APIV2SalesOrderLines` of `microsoft/ALAppExtensions`);
the others are ours, and so is the tax: a tenth of every price.
"""

from collections.abc import Iterator
from typing import Any

from crossdock.doubles.business_central.company import NO_DAY, NO_ID, PARENTS, Asked, Company, Model, Refusal
from crossdock.doubles.business_central.queries import expanded
from crossdock.doubles.rest import Reply

TAX = 0.1
DIALOG = "Application_DialogException"
ADDRESS = ("Name", "Contact", "AddressLine1", "AddressLine2", "City", "Country", "State", "PostCode")

PARTY = {"salesOrders": ("customer", "customers"), "purchaseOrders": ("vendor", "vendors")}
OF_PARTY = {"salesOrders": ("sellTo", "billTo"), "purchaseOrders": ("buyFrom", "payTo")}
PRICE = {"salesOrders": ("unitPrice", "unitPrice"), "purchaseOrders": ("directUnitCost", "unitCost")}
MOVES = {
    "salesOrders": ("shipQuantity", "shippedQuantity", "shipmentDate"),
    "purchaseOrders": ("receiveQuantity", "receivedQuantity", "expectedReceiptDate"),
}
SERIES = {"salesOrders": "SO", "purchaseOrders": "PO"}


def add_order(company: Company, orders: str, body: Model) -> Model:
    """An order with its lines. Raises `Refusal`, and then there is none."""
    party, _ = PARTY[orders]
    who = _party(company, orders, body)
    lines = body.get(PARENTS[orders], [])
    items = [_item(company, line) for line in lines]
    number = _number(company, orders, body)
    today = company.now()[:10]
    order = company.add(
        orders,
        number=number,
        orderDate=today,
        postingDate=today,
        **{
            f"{party}Id": who["id"],
            f"{party}Number": who["number"],
            f"{party}Name": who["displayName"],
        },
        **dict(_addresses(orders, who)),
        shortcutDimension1Code="",
        shortcutDimension2Code="",
        currencyId=NO_ID,
        currencyCode=who["currencyCode"],
        pricesIncludeTax=False,
        paymentTermsId=who["paymentTermsId"],
        shipmentMethodId=NO_ID,
        discountAmount=0,
        discountAppliedBeforeTax=False,
        status="Draft",
        **_own(orders),
    )
    try:
        change(company, order, orders, body)
        for line, item in zip(lines, items, strict=True):
            add_line(company, orders, order, line, item)
        totals(company, orders, order)
    except Refusal:
        remove(company, orders, order)
        raise
    return order


def _own(orders: str) -> Model:
    if orders == "purchaseOrders":
        return {"purchaser": "", "requestedReceiptDate": NO_DAY, "fullyReceived": False}
    return {
        "externalDocumentNumber": "",
        "salesperson": "",
        "partialShipping": True,
        "requestedDeliveryDate": NO_DAY,
        "fullyShipped": False,
        "phoneNumber": "",
        "email": "",
    }


def _number(company: Company, orders: str, body: Model) -> str:
    """The company lets numbers be set by hand. Raises `Refusal` for one that is used."""
    number = str(body.get("number") or company.number(SERIES[orders])).upper()
    if company.by(orders, "number", number):
        raise Refusal(f"The order already exists. No.='{number}'", "Internal_EntityWithSameKeyExists")
    return number


def _party(company: Company, orders: str, body: Model) -> Model:
    party, parties = PARTY[orders]
    kind = "sell-to customer" if party == "customer" else "buy-from vendor"
    if not body.get(f"{party}Id") and not body.get(f"{party}Number"):
        raise Refusal(f'A "{party}Number" or a "{party}Id" must be provided.', DIALOG)
    who = company.records[parties].get(str(body.get(f"{party}Id", "")).lower())
    if who is None and body.get(f"{party}Number"):
        who = company.by(parties, "number", body[f"{party}Number"])
    if who is None:
        raise Refusal(f"The {kind} cannot be found.", DIALOG)
    if who["blocked"] == "All":
        raise Refusal(f"The {party} {who['number']} is blocked.", DIALOG)
    return who


def _addresses(orders: str, who: Model) -> Iterator[tuple[str, str]]:
    kinds = OF_PARTY[orders]
    plain = {
        "AddressLine1": who["addressLine1"],
        "AddressLine2": who["addressLine2"],
        "City": who["city"],
        "Country": who["country"],
        "State": who["state"],
        "PostCode": who["postalCode"],
    }
    for kind in (*kinds, "shipTo"):
        yield from ((f"{kind}{name}", value) for name, value in plain.items())
    yield from {"shipToName": who["displayName"], "shipToContact": ""}.items()
    payer = kinds[1]
    party = "Customer" if payer == "billTo" else "Vendor"
    yield from {
        f"{payer}Name": who["displayName"],
        f"{payer}{party}Id": who["id"],
        f"{payer}{party}Number": who["number"],
    }.items()


CHECKED = {
    "paymentTermsId": ("paymentTerms", "Payment Terms"),
    "shipmentMethodId": ("shipmentMethods", "Shipment Method"),
}


def change(company: Company, order: Model, orders: str, body: Model) -> None:
    """Properties of an order. Raises `Refusal` before any of them is changed."""
    for name, (collection, called) in CHECKED.items():
        if body.get(name, NO_ID) != NO_ID and body[name].lower() not in company.records[collection]:
            raise Refusal(f'The "{name}" does not match to a {called}.', DIALOG)
    changes = {name: value for name, value in body.items() if name not in {"number", PARENTS[orders]}}
    if "currencyCode" in changes:
        currency = company.by("currencies", "code", changes["currencyCode"])
        if currency is None:
            raise Refusal('The "currencyCode" does not match to a Currency.', DIALOG)
        changes["currencyId"] = currency["id"]
    if "externalDocumentNumber" in changes:
        changes["externalDocumentNumber"] = changes["externalDocumentNumber"].upper()
    order.update(changes)
    company.touch(orders, order)


def _item(company: Company, line: Model) -> Model:
    """The item that a line names, by id or number. Raises `Refusal`."""
    item = company.records["items"].get(str(line.get("itemId", "")).lower())
    if item is None and line.get("lineObjectNumber"):
        item = company.by("items", "number", line["lineObjectNumber"])
    if item is None:
        raise Refusal("Item does not exist.", DIALOG)
    if item["blocked"]:
        raise Refusal(f"Blocked must be equal to 'No' in Item: No.={item['number']}.", DIALOG)
    return item


def add_line(company: Company, orders: str, order: Model, body: Model, item: Model | None = None) -> Model:
    """A line of an order. Raises `Refusal`."""
    found = _item(company, body) if item is None else item
    price, listed = PRICE[orders]
    to_move, moved, expected = MOVES[orders]
    unit_id = str(body.get("unitOfMeasureId", found["baseUnitOfMeasureId"])).lower()
    unit = company.records["unitsOfMeasure"].get(unit_id)
    location = body.get("locationId", NO_ID)
    if unit is None or (location != NO_ID and str(location).lower() not in company.records["locations"]):
        raise Refusal("The unit of measure or the location cannot be found.", DIALOG)
    before = company.lines(orders, order["id"])
    quantity = body.get("quantity", 0)
    line = company.add(
        PARENTS[orders],
        documentId=order["id"],
        sequence=max((line["sequence"] for line in before), default=0) + 10_000,
        itemId=found["id"],
        accountId=NO_ID,
        lineType="Item",
        lineObjectNumber=found["number"],
        description=body.get("description", found["displayName"]),
        description2="",
        unitOfMeasureId=unit["id"],
        unitOfMeasureCode=unit["code"],
        quantity=quantity,
        discountAmount=0,
        discountPercent=0,
        discountAppliedBeforeTax=False,
        taxCode="STANDARD",
        taxPercent=TAX * 100,
        invoiceDiscountAllocation=0,
        invoicedQuantity=0,
        invoiceQuantity=quantity,
        itemVariantId=NO_ID,
        locationId=location,
        **{price: body.get(price, found[listed]), to_move: quantity, moved: 0, expected: order["orderDate"]},
    )
    _amounts(line, price)
    return line


def _amounts(line: Model, price: str) -> None:
    net = round(line["quantity"] * line[price] - line["discountAmount"], 2)
    tax = round(net * TAX, 2)
    line |= {
        "amountExcludingTax": net,
        "totalTaxAmount": tax,
        "amountIncludingTax": round(net + tax, 2),
        "netAmount": net,
        "netTaxAmount": tax,
        "netAmountIncludingTax": round(net + tax, 2),
    }


def totals(company: Company, orders: str, order: Model) -> None:
    """What an order comes to, by its lines, and whether all of it has moved."""
    lines = company.lines(orders, order["id"])
    net = round(sum(line["netAmount"] for line in lines), 2)
    tax = round(sum(line["netTaxAmount"] for line in lines), 2)
    done = bool(lines) and all(line[MOVES[orders][1]] >= line["quantity"] for line in lines)
    order |= {
        "totalAmountExcludingTax": net,
        "totalTaxAmount": tax,
        "totalAmountIncludingTax": round(net + tax, 2),
        "fullyShipped" if orders == "salesOrders" else "fullyReceived": done,
    }
    company.touch(orders, order)


def remove(company: Company, orders: str, order: Model) -> None:
    """An order and its lines go."""
    for line in company.lines(orders, order["id"]):
        del company.records[PARENTS[orders]][line["id"]]
    del company.records[orders][order["id"]]


def _open(order: Model) -> None:
    if order["status"] == "In_x0020_Review":
        raise Refusal("The order is in review and cannot be changed.", DIALOG)


def create(orders: str) -> Any:
    """`POST` of an order."""
    return lambda asked: Reply(expanded(asked, orders, add_order(asked.company, orders, asked.body)), 201)


def update(orders: str) -> Any:
    """`PATCH` of an order."""

    def answer(asked: Asked) -> Model:
        order = asked.company.one(orders, asked.parameters["id"])
        asked.company.check_etag(order, asked.parameters)
        _open(order)
        change(asked.company, order, orders, asked.body)
        return dict(order)

    return answer


def delete(orders: str) -> Any:
    """`DELETE` of an order."""

    def answer(asked: Asked) -> Reply:
        order = asked.company.one(orders, asked.parameters["id"])
        asked.company.check_etag(order, asked.parameters)
        _open(order)
        remove(asked.company, orders, order)
        return Reply(None, 204)

    return answer


def create_line(orders: str) -> Any:
    """`POST` of a line."""

    def answer(asked: Asked) -> Reply:
        order = asked.company.one(orders, asked.parameters["id"])
        _open(order)
        line = add_line(asked.company, orders, order, asked.body)
        totals(asked.company, orders, order)
        return Reply(dict(line), 201)

    return answer


def update_line(orders: str) -> Any:
    """`PATCH` of a line."""

    def answer(asked: Asked) -> Model:
        company = asked.company
        line = company.one(PARENTS[orders], asked.parameters["id"])
        company.check_etag(line, asked.parameters)
        to_move, moved, _ = MOVES[orders]
        left = line["quantity"] - line[moved]
        if asked.body.get(to_move, 0) > left:
            raise Refusal(f"You cannot move more than {left:g} units.", DIALOG)
        line.update(asked.body)
        _amounts(line, PRICE[orders][0])
        company.touch(PARENTS[orders], line)
        return dict(line)

    return answer


def delete_line(orders: str) -> Any:
    """`DELETE` of a line."""

    def answer(asked: Asked) -> Reply:
        company = asked.company
        line = company.one(PARENTS[orders], asked.parameters["id"])
        company.check_etag(line, asked.parameters)
        if line[MOVES[orders][1]]:
            raise Refusal("A line of which something has moved cannot be deleted.", DIALOG)
        order = company.one(orders, line["documentId"])
        del company.records[PARENTS[orders]][line["id"]]
        totals(company, orders, order)
        return Reply(None, 204)

    return answer
