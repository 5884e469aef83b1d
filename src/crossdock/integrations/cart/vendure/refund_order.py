"""`refund_order` becomes `refundOrder`, for one payment of the order.

Vendure refunds a payment, and leaves to its payment method whether the money goes back at once: a refund
may stay `Pending` until somebody settles it. It does not restock; that is a cancellation of lines, which
is another act.
"""

from collections.abc import Sequence
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
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.cart.vendure import marked_orders
from crossdock.integrations.cart.vendure.graphql import ERROR, Record, answered, graphql
from crossdock.integrations.cart.vendure.order_record import NEVER_MADE, order_record, read_order
from crossdock.integrations.cart.vendure.refusals import error_codes
from crossdock.integrations.cart.vendure.values import MINOR_UNITS, POSITIVE, given, minor_units
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described

DOCUMENT = (
    f"mutation($note: AddNoteToOrderInput!, $input: RefundOrderInput!) {{ {marked_orders.NOTE_FIRST} "
    f"refundOrder(input: $input) {{ __typename ... on Refund {{ id state total }} {ERROR} "
    "... on RefundStateTransitionError { transitionError } } }"
)
PAID = "Settled"
"""The state of a payment that was taken (`defaultPaymentProcess`)."""

LARGEST = INT32_MAX / MINOR_UNITS


class RefundedLine(WriteBody, kw_only=True):
    """Units of one line that are paid back."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class RefundOrder(WriteBody, kw_only=True):
    """What is paid back of an order: an amount, or what units of its lines cost."""

    amount: fields.RefundAmount | Absent = UNSET
    line_items: Annotated[list[RefundedLine], described("What the refund is for")] | Absent = UNSET
    reason: fields.RefundReason | Absent = UNSET
    payment_id: (
        Annotated[
            str, described("Id of the payment that is paid back; without it, one that has enough left", "12")
        ]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    either = [{"required": ["amount"]}, {"required": ["line_items"]}]
    amount = {
        "exclusiveMinimum": 0,
        "maximum": LARGEST,
        "description": f"must be above 0 and at most {LARGEST}",
    }
    lines = {
        "minItems": 1,
        "items": {"properties": {"quantity": POSITIVE}},
        "description": "must be at least one line",
    }
    return [
        Rule("An amount, lines, or both.", {"anyOf": either, "description": "needs amount or line_items"}),
        Rule("An amount is above 0.", {"properties": {"amount": amount}}),
        Rule("Lines have at least one unit each.", {"properties": {"line_items": lines}}),
        Rule("An amount has no fraction of a cent."),
        Rule("With an amount and lines, the amount is paid back, and the lines say what for."),
    ]


def translate(asked: Asked[RefundOrder], reads: Reads) -> Sequence[VendorRequest]:
    """What is still to be sent: nothing where this write made a refund.

    Raises `NotFound`, or `Unprocessable` for lines or payments that the order does not have, and for
    fractions of a cent.
    """
    order = marked_orders.the_order(asked, reads)
    if _made(asked, order) is not None:
        return []
    lines = given(asked.body.line_items) or ()
    if faults := marked_orders.unknown_lines(order, lines):
        raise Unprocessable("The order does not have those lines.", faults)
    payment = _payment(asked, order)
    refund: Record = {
        "paymentId": payment["id"],
        "lines": [{"orderLineId": line.line_item_id, "quantity": line.quantity} for line in lines],
        "shipping": 0,
        "adjustment": 0,
        "reason": given(asked.body.reason),
    }
    hundredths = _amount(asked.body)
    if hundredths is not None:
        refund["amount"] = hundredths
    return [graphql(asked.account, DOCUMENT, note=marked_orders.note(asked, "Refund"), input=refund)]


def _amount(body: RefundOrder) -> int | None:
    if body.amount is UNSET:
        return None
    hundredths = minor_units(body.amount)
    if hundredths is None:
        raise Unprocessable(
            "The amount has a fraction of a cent.",
            [FieldFault("/amount", "must have at most two decimals")],
        )
    return hundredths


def _payment(asked: Asked[RefundOrder], order: Record) -> Record:
    """The payment that was asked for, or the first that has enough left, or else the one with most left."""
    settled: list[Record] = [payment for payment in order.get("payments") or () if payment["state"] == PAID]
    if asked.body.payment_id is not UNSET:
        named = [payment for payment in settled if str(payment["id"]) == asked.body.payment_id]
        if not named:
            there = [str(payment["id"]) for payment in settled]
            fault = FieldFault("/payment_id", "is no settled payment of the order", there)
            raise Unprocessable("The order has no such payment.", [fault])
        return named[0]
    if not settled:
        text = "The order has no settled payment, so that nothing can be paid back."
        raise Unprocessable(text, [FieldFault("", text)])
    enough = [payment for payment in settled if _refundable(payment) >= (_amount(asked.body) or 1)]
    return enough[0] if enough else max(settled, key=_refundable)


def _refundable(payment: Record) -> int:
    refunds = [refund for refund in payment.get("refunds") or () if refund["state"] != NEVER_MADE]
    return int(payment["amount"]) - sum(int(refund["total"]) for refund in refunds)


def _made(asked: Asked[RefundOrder], order: Record) -> Record | None:
    """The refund that this write made, if it did."""
    refunds = [refund for payment in order.get("payments") or () for refund in payment.get("refunds") or ()]
    wanted, reason = _amount(asked.body), given(asked.body.reason)
    for refund in marked_orders.made_since_note(asked, order, refunds):
        if (refund.get("reason") or None) == (reason or None) and wanted in (None, refund["total"]):
            return refund
    return None


def found(asked: Asked[RefundOrder], decoded: Any) -> str | None:
    """The order's id when this write made a refund."""
    order = answered(decoded, "order")
    return asked.record_id if isinstance(order, dict) and _made(asked, order) else None


def refused(asked: Asked[RefundOrder], answer: VendorAnswer) -> Sequence[FieldFault]:
    """What a refusal is about, where its code tells."""
    if error_codes(answer) & {"REFUND_AMOUNT_ERROR", "NOTHING_TO_REFUND_ERROR"}:
        place = "/line_items" if asked.body.amount is UNSET else "/amount"
        return [FieldFault(place, "is more than is left of the payment, or nothing")]
    return []


def sample_reads(asked: Asked[RefundOrder]) -> Reads:
    """An order that was paid."""
    identifier = given(asked.body.payment_id) or "1"
    payment: Record = {"id": identifier, "state": PAID, "amount": INT32_MAX, "refunds": []}
    return marked_orders.sample(asked, {"payments": [payment]})


OPERATION = WriteOperation(
    action=write_action("cart", "refund_order"),
    body=RefundOrder,
    reads=marked_orders.order_read,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_order,
    record=order_record,
    look_up=LookUp(marked_orders.find, found),
    refused=refused,
    rules=rules,
)
