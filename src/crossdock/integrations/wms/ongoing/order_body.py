"""The fields of an order that both its creation and its update have, and how they become `PostOrderModel`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from crossdock.connector import Rule
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.ongoing.answers import Record
from crossdock.integrations.wms.ongoing.shipping import transporter_of
from crossdock.schemas.fields import UNSET, Absent, DateTime, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

WarehouseId = Annotated[str, account_value("warehouses", "id", "Id of the warehouse that ships")]
DeliveryDate = Annotated[DateTime, described("When the goods are to leave", "2030-10-10T00:00:00Z")]
ShippingMethodId = Annotated[
    str, account_value("shipping_methods", "id", "Transporter and its service, as Ongoing has them set up")
]
WayOfDelivery = Annotated[
    str,
    account_value(
        "ways_of_delivery", "code", "How to deliver, in your own words: the warehouse assigns a transporter"
    ),
]
OrderType = Annotated[str, account_value("order_types", "code", "Code of the order's type")]


class OrderAddress(WriteBody, kw_only=True):
    """Where an order goes: the consignee."""

    full_name: fields.FullName
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: Annotated[str, described("Country: its two-letter ISO code", "SE")]
    customer_number: Annotated[str, described("The consignee's number with the goods owner")] | Absent = UNSET
    phone_number: (
        Annotated[str, described("Where the transporter gives notice by telephone and text message")] | Absent
    ) = UNSET
    email_address: Annotated[str, described("Where the transporter gives notice by e-mail")] | Absent = UNSET


class OrderLine(WriteBody, kw_only=True):
    """Units of one article."""

    sku: fields.Sku
    quantity: fields.Quantity
    unit_price: fields.UnitPrice | Absent = UNSET


def address_part(to: OrderAddress) -> Record:
    """`consignee` and the notifications of `PostOrderModel`."""
    consignee = {
        "customerNumber": to.customer_number,
        "name": to.full_name,
        "address1": to.address1,
        "address2": to.address2,
        "postCode": to.postal_code,
        "city": to.city,
        "countryCode": to.country,
        "countryStateCode": to.state,
    }
    part: Record = {"consignee": {key: value for key, value in consignee.items() if value is not UNSET}}
    if to.email_address is not UNSET:
        part["emailNotification"] = _notice(to.email_address)
    if to.phone_number is not UNSET:
        part["smsNotification"] = part["telephoneNotification"] = _notice(to.phone_number)
    return part


def _notice(value: str) -> Record:
    return {"toBeNotified": True, "value": value}


def line_parts(items: Sequence[OrderLine], earlier: Sequence[Record] = ()) -> list[Record]:
    """`orderLines` of `PostOrderModel`.

    A line of an article that `earlier` has, lines of that model, stays that line; others get new row numbers.
    """
    left = list(earlier)
    taken = {line["rowNumber"] for line in earlier}
    numbers = (str(number) for number in range(1, len(items) + len(taken) + 1))
    free = [number for number in numbers if number not in taken]
    parts = []
    for item in items:
        there = next((line for line in left if line["articleNumber"] == item.sku), None)
        if there is None:
            there = {"rowNumber": free.pop(0), "articleNumber": item.sku}
        else:
            left.remove(there)
        parts.append(there | _amounts(item, there))
    return parts


def _amounts(item: OrderLine, there: Record) -> Record:
    """Quantity and price.

    `linePrice` is read as the price of the whole line, by its name; the specification does not describe it.
    So a line that gets another quantity and keeps its price for one unit gets another line price.
    """
    amounts: Record = {"numberOfItems": item.quantity}
    prices = dict(there.get("prices") or {})
    if item.unit_price is not UNSET:
        prices["linePrice"] = float(Decimal(str(item.unit_price)) * item.quantity)
    elif prices.get("linePrice") is not None and there.get("numberOfItems"):
        unit = Decimal(str(prices["linePrice"])) / Decimal(str(there["numberOfItems"]))
        prices["linePrice"] = float(unit * item.quantity)
    return amounts | ({"prices": prices} if prices else {})


def transport_part(shipping_method_id: Any, way_of_delivery: Any, order_type: Any) -> Record:
    """`transporter`, `wayOfDelivery` and `orderType` of `PostOrderModel`, as far as they are given."""
    part: Record = {}
    if shipping_method_id is not UNSET:
        part["transporter"] = dict(transporter_of(shipping_method_id))
    if way_of_delivery is not UNSET:
        part["wayOfDelivery"] = {"code": way_of_delivery}
    if order_type is not UNSET:
        part["orderType"] = {"code": order_type}
    return part


NOT_EMPTY = {"minLength": 1}
LINES: Mapping[str, Any] = {
    "minItems": 1,
    "items": {
        "properties": {
            "sku": NOT_EMPTY,
            "quantity": {"minimum": 1, "maximum": INT32_MAX},
            "unit_price": {"minimum": 0},
        }
    },
}


def rules(choices: KnownChoices) -> list[Rule]:  # noqa: ARG001
    """What the fields of an order leave unsaid."""
    return [
        Rule(
            "An order has at least one line, and each line at least one unit. Numbers and SKUs are not "
            "empty, no price is below 0.",
            {"properties": {"order_number": NOT_EMPTY, "line_items": LINES}},
        ),
        Rule("Each SKU is an article that Ongoing has."),
        Rule(
            "shipping_method_id names the transporter itself, way_of_delivery lets the warehouse choose it; "
            "an order has one of them or none.",
            {
                "not": {"required": ["shipping_method_id", "way_of_delivery"]},
                "description": "at most one of shipping_method_id and way_of_delivery",
            },
        ),
    ]
