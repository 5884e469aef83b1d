"""`refund_order` becomes the mutation `refundCreate`.

What is due for the lines, and through which payments, Shopify suggests (`Order.suggestedRefund`). Whoever
names an amount gets that amount instead, from the same payments. The note has the write's own key at its end,
so that a refund can be found again; the mutation takes the key too.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    NotFound,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.shopify.graphql import (
    Record,
    as_answer,
    as_connection,
    idempotent_mutation,
    nodes,
)
from crossdock.integrations.cart.shopify.graphql import (
    asked as asking,
)
from crossdock.integrations.cart.shopify.ids import gid, number
from crossdock.integrations.cart.shopify.order_record import order_of, read_back, read_order
from crossdock.integrations.cart.shopify.values import POSITIVE, PRESENTMENT, given, presentment
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described

_TRANSACTIONS = (
    f"suggestedTransactions {{ gateway amountSet {PRESENTMENT} maximumRefundableSet {PRESENTMENT} "
    "parentTransaction { id } }"
)
READ = (
    "query($id: ID!, $lines: [RefundLineItemInput!], $full: Boolean) { order(id: $id) { id "
    "presentmentCurrencyCode lineItems(first: 250) "
    "{ edges { node { id refundableQuantity unfulfilledQuantity } } } "
    f"suggestedRefund(refundLineItems: $lines, suggestFullRefund: $full) {{ {_TRANSACTIONS} }} }} }}"
)
REFUNDS = "query($id: ID!) { order(id: $id) { id refunds(first: 250) { id note } } }"


class RefundLine(WriteBody, kw_only=True):
    """Units of one line that are paid back."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class RefundOrder(WriteBody, kw_only=True):
    """What is paid back of an order."""

    line_items: Annotated[list[RefundLine], described("The lines that are paid back")] | Absent = UNSET
    amount: fields.RefundAmount | Absent = UNSET
    reason: fields.RefundReason | Absent = UNSET
    restock: fields.Restock | Absent = UNSET
    warehouse_id: (
        Annotated[str, account_value("warehouses", "id", "Id of the location that the units go back to")]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"quantity": POSITIVE}}
    restocks = {"properties": {"restock": {"const": True}}, "required": ["restock"]}
    return [
        Rule(
            "Lines or an amount are paid back, or both.",
            {"anyOf": [{"required": ["line_items"]}, {"required": ["amount"]}]},
        ),
        Rule(
            "At least one unit of each line, and more than nothing, is paid back.",
            {
                "properties": {
                    "line_items": {"minItems": 1, "items": line},
                    "amount": {"exclusiveMinimum": 0, "multipleOf": 0.01},
                }
            },
        ),
        Rule(
            "Units that go back into stock are those of lines, and go to a location.",
            {
                "if": restocks,
                "then": {"required": ["line_items", "warehouse_id"]},
                "else": {"not": {"required": ["warehouse_id"]}},
            },
        ),
        Rule("An amount is at most what the order's payments have left to pay back."),
    ]


def reads(asked: Asked[RefundOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order, and what Shopify suggests for the lines; without lines, for all of it."""
    lines = [{**_line(line), "restockType": "NO_RESTOCK"} for line in given(asked.body.line_items) or ()]
    return {
        "order": asking(READ, id=gid("Order", asked.record_id), lines=lines or None, full=not lines),
    }


def sample_reads(asked: Asked[RefundOrder]) -> Reads:
    """An order that was paid by one payment, with the lines of the body."""
    lines = [
        {
            "id": gid("LineItem", line.line_item_id),
            "refundableQuantity": line.quantity,
            "unfulfilledQuantity": 0,
        }
        for line in given(asked.body.line_items) or ()
    ]
    money = {"presentmentMoney": {"amount": "1000000000.00"}}
    transaction = {
        "gateway": "manual",
        "amountSet": money,
        "maximumRefundableSet": money,
        "parentTransaction": {"id": gid("OrderTransaction", "1")},
    }
    order = {
        "id": gid("Order", asked.record_id),
        "presentmentCurrencyCode": "USD",
        "lineItems": as_connection(lines),
        "suggestedRefund": {"suggestedTransactions": [transaction]},
    }
    return Reads({"order": as_answer(order=order)})


def translate(asked: Asked[RefundOrder], reads: Reads) -> VendorRequest:
    """The mutation. Raises `NotFound`, or `Unprocessable` for what the order contradicts."""
    order, body = order_of(reads["order"]), asked.body
    if order is None:
        raise NotFound("The shop has no such order.", extra={"id": asked.record_id})
    lines = {number(line["id"]): line for line in nodes(order.get("lineItems"))}
    _check_lines(body, lines)
    data: Record = {
        "orderId": order["id"],
        "currency": order["presentmentCurrencyCode"],
        "note": _note(asked),
        "refundLineItems": [
            {**_line(line), **_restock(body, line, lines[line.line_item_id])}
            for line in given(body.line_items) or ()
        ],
        "transactions": _transactions(order, body),
    }
    return idempotent_mutation("refundCreate", "RefundInput", data, asked.reference, "refund { id }")


def _line(line: RefundLine) -> Record:
    return {"lineItemId": gid("LineItem", line.line_item_id), "quantity": line.quantity}


def _restock(body: RefundOrder, line: RefundLine, known: Record) -> Record:
    """What was never shipped is cancelled, what was is returned (`RefundLineItemRestockType`)."""
    if not given(body.restock):
        return {"restockType": "NO_RESTOCK"}
    never_left = line.quantity <= (known.get("unfulfilledQuantity") or 0)
    location = gid("Location", given(body.warehouse_id) or "")
    return {"restockType": "CANCEL" if never_left else "RETURN", "locationId": location}


def _check_lines(body: RefundOrder, lines: Mapping[str, Record]) -> None:
    faults = []
    for index, line in enumerate(given(body.line_items) or ()):
        known = lines.get(line.line_item_id)
        if known is None:
            faults.append(
                FieldFault(f"/line_items/{index}/line_item_id", "is no line of this order", list(lines))
            )
        elif line.quantity > known["refundableQuantity"]:
            left = known["refundableQuantity"]
            faults.append(FieldFault(f"/line_items/{index}/quantity", f"can be at most {left}"))
    if faults:
        raise Unprocessable("These units cannot be paid back.", faults)


def _transactions(order: Record, body: RefundOrder) -> list[Record]:
    """The payments that the money goes back through, each with its part."""
    suggested = (order.get("suggestedRefund") or {}).get("suggestedTransactions") or []
    wanted = None if body.amount is UNSET else Decimal(str(body.amount))
    found, left = [], wanted
    for one in suggested:
        most = presentment(one.get("maximumRefundableSet") or one["amountSet"])
        part = presentment(one["amountSet"]) if left is None else min(most, left)
        if part <= 0:
            continue
        left = None if left is None else left - part
        found.append(
            {
                "orderId": order["id"],
                "gateway": one["gateway"],
                "kind": "REFUND",
                "amount": format(part, "f"),
                "parentId": (one.get("parentTransaction") or {}).get("id"),
            }
        )
    if left:
        most = sum(
            (presentment(one.get("maximumRefundableSet") or one["amountSet"]) for one in suggested),
            Decimal(0),
        )
        fault = FieldFault("/amount", f"can be at most {most}")
        raise Unprocessable("The order's payments do not have that much left.", [fault])
    return found


def _note(asked: Asked[RefundOrder]) -> str:
    return f"{given(asked.body.reason) or 'Refund'} {_mark(asked)}"


def _mark(asked: Asked[RefundOrder]) -> str:
    return f"(Crossdock {asked.reference})"


def find(asked: Asked[RefundOrder]) -> VendorRequest:
    """The order's refunds."""
    return asking(REFUNDS, id=gid("Order", asked.record_id))


def found(asked: Asked[RefundOrder], decoded: Any) -> str | None:
    """The order's id when one of its refunds came with this write."""
    notes = [str(one.get("note") or "") for one in (order_of(decoded) or {}).get("refunds") or ()]
    return asked.record_id if any(_mark(asked) in note for note in notes) else None


OPERATION = WriteOperation(
    action=write_action("cart", "refund_order"),
    body=RefundOrder,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_order,
    record=read_back,
    look_up=LookUp(find, found),
    rules=rules,
)
