"""`create_order` becomes the mutation `order_create` (type `CreateOrderInput`)."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorAnswer, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.addresses import ShipToAddress, order_address
from crossdock.integrations.wms.shiphero.graphql import (
    Record,
    answered,
    connection,
    mutation,
    nodes,
    query,
    written,
)
from crossdock.integrations.wms.shiphero.order_record import LINES, order_record, read_order
from crossdock.integrations.wms.shiphero.refusals import lines_blamed
from crossdock.integrations.wms.shiphero.values import (
    NOT_NEGATIVE,
    POSITIVE,
    amount,
    at_most_one,
    first_given,
    given,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

METHODS = ("shipping_method_id", "shipping_method_name", "shipping_method")
CARRIERS = ("carrier_id", "carrier")

PackingNote = Annotated[str, described("Note for whoever packs the order")]
OrderTags = Annotated[list[str], described("Tags of the order in ShipHero")]
ShippingMethodName = Annotated[str, described("Name of the shipping method", "Ground")]


class OrderLine(WriteBody, kw_only=True):
    """Units of one SKU that are ordered."""

    sku: fields.Sku
    quantity: fields.Quantity
    unit_price: fields.UnitPrice
    warehouse_id: (
        Annotated[str, account_value("warehouses", "id", "Id of the warehouse that is to ship this line")]
        | Absent
    ) = UNSET


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    order_number: fields.OrderNumber
    reference_id: fields.ReferenceId | Absent = UNSET
    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    ship_to_address: ShipToAddress
    line_items: Annotated[list[OrderLine], described("What is ordered")]
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method_name: ShippingMethodName | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    shipping_price: Annotated[float, described("What the buyer pays for the shipping", 3.5)] | Absent = UNSET
    packing_note: PackingNote | Absent = UNSET
    tags: OrderTags | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


LINE_RULES = {"minItems": 1, "items": {"properties": {"quantity": POSITIVE, "unit_price": NOT_NEGATIVE}}}


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    named = {
        "anyOf": [{"required": [name]} for name in METHODS],
        "description": f"needs one of {', '.join(METHODS)} beside it",
    }
    return [
        Rule(
            "An order has at least one line, each line at least one unit, and no price is below 0.",
            {"properties": {"line_items": LINE_RULES, "shipping_price": NOT_NEGATIVE}},
        ),
        Rule(
            "ShipHero takes a carrier and a price only with a shipping method.",
            {"dependentSchemas": dict.fromkeys((*CARRIERS, "shipping_price"), named)},
        ),
        at_most_one("shipping_method_id", "shipping_method"),
        at_most_one(*CARRIERS),
        Rule("A reference_id stands for one order of a shop, once."),
    ]


def translate(asked: Asked[CreateOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `order_create`."""
    body = asked.body
    data = {
        "customer_account_id": given(body.warehouse_customer_id),
        "order_number": body.order_number,
        "partner_order_id": given(body.reference_id),
        "shipping_address": order_address(body.ship_to_address),
        "email": given(body.ship_to_address.email_address),
        "line_items": new_lines(asked.reference, body.line_items),
        "shipping_lines": _shipping_lines(body),
        "packing_note": given(body.packing_note),
        "tags": given(body.tags),
    }
    return mutation("order_create", "CreateOrderInput", data, "order { id }")


def new_lines(reference: str, lines: Sequence[OrderLine], start: int = 1) -> list[Record]:
    """`CreateLineItemInput` of each line; `partner_line_item_id` tells which write it came with."""
    return [
        {
            "sku": line.sku,
            "partner_line_item_id": f"{reference}-{number}",
            "quantity": line.quantity,
            "price": amount(line.unit_price),
        }
        | ({} if line.warehouse_id is UNSET else {"warehouse_id": line.warehouse_id})
        for number, line in enumerate(lines, start)
    ]


def _shipping_lines(body: CreateOrder) -> Record | None:
    """`CreateShippingLinesInput`, which has a title and a price always."""
    method = first_given(body.shipping_method_id, body.shipping_method)
    carrier = first_given(body.carrier_id, body.carrier)
    name = given(body.shipping_method_name)
    if name is None and method is None and carrier is None and body.shipping_price is UNSET:
        return None
    sent = {
        "title": name or method or carrier or "",
        "price": amount(0.0 if body.shipping_price is UNSET else body.shipping_price),
        "carrier": carrier,
        "method": method,
    }
    return {name: value for name, value in sent.items() if value is not None}


def written_id(asked: Asked[CreateOrder], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the order. Raises `ValueError` when it is missing."""
    return written(answers[0], "order_create", "order")


def find(asked: Asked[CreateOrder]) -> VendorRequest:
    """Query `orders`, by the caller's order number."""
    lines = connection("partner_line_item_id", LINES)
    return query(
        "orders",
        {"order_number": ("String", asked.body.order_number)},
        connection(f"id line_items{lines}", 10),
    )


def found(asked: Asked[CreateOrder], decoded: Any) -> str | None:
    """The id of the order whose lines came with this write."""
    for order in nodes(answered(decoded, "orders")):
        lines = nodes(order.get("line_items"))
        if any(str(line.get("partner_line_item_id")).startswith(asked.reference) for line in lines):
            return str(order["id"])
    return None


OPERATION = WriteOperation(
    action=write_action("wms", "create_order"),
    body=CreateOrder,
    translate=translate,
    written_id=written_id,
    read_back=read_order,
    record=order_record,
    look_up=LookUp(find, found),
    refused=lines_blamed("line_items", "quantity"),
    rules=rules,
)
