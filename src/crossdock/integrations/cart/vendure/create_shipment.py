"""`create_shipment` becomes `addFulfillmentToOrder`, and then `transitionFulfillmentToState` to `Shipped`.

A fulfillment is made in the state `Pending`. The order counts as shipped when the fulfillment does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.vendure import marked_orders
from crossdock.integrations.cart.vendure.fulfillment_handlers import MANUAL
from crossdock.integrations.cart.vendure.graphql import ERROR, Record, answered, graphql
from crossdock.integrations.cart.vendure.order_record import order_record, read_order
from crossdock.integrations.cart.vendure.refusals import error_codes
from crossdock.integrations.cart.vendure.values import POSITIVE, given
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described

DOCUMENT = (
    f"mutation($note: AddNoteToOrderInput!, $input: FulfillOrderInput!) {{ {marked_orders.NOTE_FIRST} "
    f"addFulfillmentToOrder(input: $input) {{ __typename ... on Fulfillment {{ id state }} {ERROR} }} }}"
)
SHIP = (
    'mutation($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") '
    f"{{ __typename ... on Fulfillment {{ id state }} {ERROR} "
    "... on FulfillmentStateTransitionError { transitionError } } }"
)
NOT_GONE = {"Created", "Pending"}
TAKEN_BACK = "Cancelled"


class ShippedLine(WriteBody, kw_only=True):
    """Units of one line of the order."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    tracking_number: fields.TrackingNumber | Absent = UNSET
    carrier_name: fields.CarrierName | Absent = UNSET
    shipping_method_name: fields.ShippingMethodName | Absent = UNSET
    line_items: (
        Annotated[list[ShippedLine], described("What left; without it, all that has not left yet")] | Absent
    ) = UNSET
    fulfillment_handler: (
        Annotated[
            str,
            account_value(
                "fulfillment_handlers", "code", f"Code of the fulfillment handler; without it, {MANUAL}"
            ),
        ]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"quantity": POSITIVE}}
    lines = {"minItems": 1, "items": line, "description": "must be at least one line"}
    return [Rule("Lines have at least one unit each.", {"properties": {"line_items": lines}})]


def translate(asked: Asked[CreateShipment], reads: Reads) -> Sequence[VendorRequest]:
    """What is still to be sent: nothing where this write made a fulfillment that left.

    Raises `NotFound`, or `Unprocessable` for lines that the order does not have, or when nothing is left
    to ship.
    """
    order = marked_orders.the_order(asked, reads)
    made = _made(asked, order)
    if made is not None:
        return [_ship(asked, made)] if made["state"] in NOT_GONE else []
    lines = _wanted(asked, order)
    if not lines:
        raise Unprocessable("Nothing of the order is left to be shipped.")
    arguments = {
        "method": _method(asked.body, order),
        "trackingCode": given(asked.body.tracking_number) or "",
    }
    handler = {
        "code": given(asked.body.fulfillment_handler) or MANUAL,
        "arguments": [{"name": name, "value": value} for name, value in arguments.items()],
    }
    return [
        graphql(
            asked.account,
            DOCUMENT,
            note=marked_orders.note(asked, "Shipment"),
            input={
                "lines": [{"orderLineId": line, "quantity": units} for line, units in lines.items()],
                "handler": handler,
            },
        )
    ]


def _ship(asked: Asked[CreateShipment], fulfillment: Record) -> VendorRequest:
    return graphql(asked.account, SHIP, id=fulfillment["id"])


def _method(body: CreateShipment, order: Record) -> str:
    """Carrier and method in one text, as Vendure keeps them; or what the buyer chose."""
    named = [name for name in (given(body.carrier_name), given(body.shipping_method_name)) if name]
    chosen = [line["shippingMethod"]["name"] for line in order.get("shippingLines") or ()]
    return " ".join(named or chosen[:1])


def _wanted(asked: Asked[CreateShipment], order: Record) -> Mapping[str, int]:
    """Units by line of the order. Raises `Unprocessable` for lines that it does not have."""
    if asked.body.line_items is UNSET:
        return {line: units for line, units in _left(order).items() if units > 0}
    faults = marked_orders.unknown_lines(order, asked.body.line_items)
    if faults:
        raise Unprocessable("The order does not have those lines.", faults)
    wanted: Counter[str] = Counter()
    for line in asked.body.line_items:
        wanted[line.line_item_id] += line.quantity
    return wanted


def _left(order: Record) -> Mapping[str, int]:
    """Units by line that are in no fulfillment."""
    left = Counter({str(line["id"]): int(line["quantity"]) for line in order.get("lines") or ()})
    for fulfillment in order.get("fulfillments") or ():
        if fulfillment["state"] != TAKEN_BACK:
            left.subtract({str(line["orderLineId"]): line["quantity"] for line in fulfillment["lines"]})
    return left


def _made(asked: Asked[CreateShipment], order: Record) -> Record | None:
    """The fulfillment that this write made, if it did."""
    since = marked_orders.made_since_note(asked, order, order.get("fulfillments") or [])
    tracking, method = given(asked.body.tracking_number) or "", _method(asked.body, order)
    for fulfillment in since:
        lines = {str(line["orderLineId"]): line["quantity"] for line in fulfillment["lines"]}
        told = (fulfillment.get("trackingCode") or "", fulfillment.get("method") or "")
        if told == (tracking, method) and asked.body.line_items is UNSET:
            return fulfillment
        if told == (tracking, method) and lines == _wanted(asked, order):
            return fulfillment
    return None


def further(
    asked: Asked[CreateShipment],
    reads: Reads,  # noqa: ARG001
    answers: Sequence[VendorAnswer],
) -> VendorRequest | None:
    """The fulfillment that was just made is sent on its way."""
    if not answers:
        return None
    decoded = answers[-1].json()
    if "addFulfillmentToOrder" not in (decoded.get("data") or {}):
        return None
    made = answered(decoded, "addFulfillmentToOrder")
    if not isinstance(made, dict) or not made.get("id"):
        raise ValueError("the answer names no fulfillment")
    return _ship(asked, made) if made.get("state") in NOT_GONE else None


def found(asked: Asked[CreateShipment], decoded: Any) -> str | None:
    """The order's id when this write made a fulfillment and it left."""
    order = answered(decoded, "order")
    made = _made(asked, order) if isinstance(order, dict) else None
    return asked.record_id if made is not None and made["state"] not in NOT_GONE else None


def refused(asked: Asked[CreateShipment], answer: VendorAnswer) -> Sequence[FieldFault]:
    """What a refusal is about, where its code tells."""
    codes = error_codes(answer)
    if "INVALID_FULFILLMENT_HANDLER_ERROR" in codes:
        return [FieldFault("/fulfillment_handler", "is no fulfillment handler of the server")]
    if "ITEMS_ALREADY_FULFILLED_ERROR" in codes and asked.body.line_items is not UNSET:
        return [FieldFault("/line_items", "has units that are in a fulfillment already")]
    return []


def sample_reads(asked: Asked[CreateShipment]) -> Reads:
    """An order with a line to ship."""
    order: Record = {"shippingLines": [], "fulfillments": []}
    if asked.body.line_items is UNSET:
        order["lines"] = [{"id": "1", "quantity": 1}]
    return marked_orders.sample(asked, order)


OPERATION = WriteOperation(
    action=write_action("cart", "create_shipment"),
    body=CreateShipment,
    reads=marked_orders.order_read,
    sample_reads=sample_reads,
    translate=translate,
    further=further,
    read_back=read_order,
    record=order_record,
    look_up=LookUp(marked_orders.find, found),
    refused=refused,
    rules=rules,
)
