"""How a change of an order is found again after an interruption: by a private note in the order's history.

Neither a fulfillment nor a refund has room for a reference. So each is written in one request behind a
note that has the write's own reference. Mutations of one request are carried out in order, and none after
one that failed (GraphQL specification, "Normal and Serial Execution"). What was made since the note, and
says what the body says, is therefore what the write made; without the note nothing was made.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, Asked, FieldFault, NotFound, Reads, VendorRequest
from crossdock.integrations.cart.vendure.graphql import Record, answered, as_answer, graphql
from crossdock.integrations.cart.vendure.order_record import SELECTION
from crossdock.integrations.cart.vendure.values import moment

NOTES_SEARCHED = 100
NOTE_FIRST = "note: addNoteToOrder(input: $note) { id }"
NOTES = (
    'history(options: { filter: { type: { eq: "ORDER_NOTE" } }, sort: { createdAt: DESC }, '
    f"take: {NOTES_SEARCHED} }}) {{ items {{ createdAt data }} }}"
)
DOCUMENT = f"query($id: ID!) {{ order(id: $id) {{ {SELECTION} {NOTES} }} }}"


def read(account: Account, order_id: str) -> VendorRequest:
    """The order with its latest notes."""
    return graphql(account, DOCUMENT, id=order_id)


def order_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """For an operation that reads the order of the path."""
    return {"order": read(asked.account, asked.record_id)}


def find(asked: Asked[Any]) -> VendorRequest:
    """For a look-up."""
    return read(asked.account, asked.record_id)


def the_order(asked: Asked[Any], reads: Reads) -> Record:
    """The order that was read. Raises `NotFound`."""
    order = answered(reads["order"], "order")
    if not isinstance(order, dict):
        raise NotFound(f"Vendure has no order {asked.record_id!r}.", extra={"id": asked.record_id})
    return order


def note(asked: Asked[Any], what: str) -> Record:
    """`AddNoteToOrderInput`: for administrators only."""
    return {"id": asked.record_id, "note": f"{what} by Crossdock, {asked.reference}", "isPublic": False}


def made_since_note(asked: Asked[Any], order: Record, candidates: list[Record]) -> list[Record]:
    """Those of the order's fulfillments or refunds that are as new as the note of this write, oldest
    first."""
    notes = (order.get("history") or {}).get("items") or ()
    noted = [
        moment(one.get("createdAt"))
        for one in notes
        if asked.reference and asked.reference in str((one.get("data") or {}).get("note"))
    ]
    moments = [there for there in noted if there is not None]
    if not moments:
        return []
    since = min(moments)
    dated = [(moment(one.get("createdAt")), one) for one in candidates]
    found = [(there, one) for there, one in dated if there is not None and there >= since]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def unknown_lines(order: Record, lines: Any) -> list[FieldFault]:
    """A fault for each line of a body that the order does not have."""
    there = [str(line["id"]) for line in order.get("lines") or ()]
    return [
        FieldFault(f"/line_items/{index}/line_item_id", "is no line of the order", there)
        for index, line in enumerate(lines)
        if line.line_item_id not in there
    ]


def sample(asked: Asked[Any], order: Record) -> Reads:
    """A made-up answer to `read`, whose lines are those that the body names."""
    named = getattr(asked.body, "line_items", None) or ()
    lines = [{"id": line.line_item_id, "quantity": line.quantity} for line in named]
    return Reads({"order": as_answer("order", {"id": asked.record_id, "lines": lines, **order})})
