"""Receipts of purchase orders: a `stock.shipment.in` is made of the moves that wait for the order's goods,
and done.

Tryton makes a move for what is left of each line when it processes an order; what is not received now stays
such a move. The write's own reference goes into `reference`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    FieldFault,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.erp.tryton import moved_goods, movements, rpc
from crossdock.integrations.erp.tryton.moved_goods import MOVED, LineMoved
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import DAY, RECORD_ID, day, sent, shape
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described

MODEL = "stock.shipment.in"
ORDER = [
    "state",
    "party",
    "warehouse.input_location",
    "warehouse.storage_location",
    "moves.quantity",
    "moves.state",
    "moves.origin",
    "moves.shipment",
    "moves._timestamp",
]
PLANS = {"draft": ("receive", "do"), "received": ("do",)}


class CreatePurchaseOrderReceipt(WriteBody, kw_only=True):
    """What arrived of a purchase order."""

    purchase_order_id: fields.PurchaseOrderId
    received_date: fields.ReceivedDate | Absent = UNSET
    line_items: (
        Annotated[list[LineMoved], described("What arrived; all that is left of the order without it")]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        shape(
            "A line's quantity is above 0.",
            purchase_order_id=RECORD_ID,
            received_date=DAY,
            line_items=MOVED,
        ),
        Rule("The order is confirmed, and not more is received than is left of its lines."),
    ]


def reads(asked: Asked[CreatePurchaseOrderReceipt], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order with its moves."""
    return {"order": rpc.one(asked.account, "purchase.purchase", asked.body.purchase_order_id, ORDER)}


def translate(asked: Asked[CreatePurchaseOrderReceipt], known: Reads) -> VendorRequest:
    """`create` of a supplier shipment. Raises `Unprocessable` when nothing of the order is to be received."""
    order = rpc.only(known["order"])
    if order is None:
        raise _no_order("is no purchase order of Tryton")
    moves = [move for move in order["moves."] if move["state"] == "draft" and not move.get("shipment")]
    if not moves:
        raise _no_order(f"has nothing to be received; it is {order['state']} in Tryton")
    changes = [change for change in moved_goods.divided(asked.body, moves) if change[0] == "write"]
    taken = [identifier for change in changes for identifier in change[1]] or [move["id"] for move in moves]
    values = {
        "supplier": order["party"],
        **_places(order.get("warehouse.")),
        "company": int(asked.account["company_id"]),
        "reference": asked.reference,
        "effective_date": day(asked.body.received_date),
        "incoming_moves": [["add", taken], *changes],
    }
    stamps = rpc.changed("stock.move", moves)
    return rpc.call(asked.account, f"model.{MODEL}.create", [sent(values)], _timestamp=stamps)


def _places(warehouse: Any) -> Row:
    """The warehouse with the places that Tryton's form fills in."""
    given = warehouse or {}
    return {
        "warehouse": given.get("id"),
        "warehouse_input": given.get("input_location"),
        "warehouse_storage": given.get("storage_location"),
    }


def _no_order(said: str) -> Unprocessable:
    return Unprocessable(f"The order {said}.", [FieldFault("/purchase_order_id", said)])


def written_id(asked: Asked[CreatePurchaseOrderReceipt], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the supplier shipment. Raises `ValueError` when it is missing."""
    return rpc.made(answers[0])


def then(asked: Asked[CreatePurchaseOrderReceipt], record_id: str, known: Any) -> Sequence[VendorRequest]:
    """Receives the goods into the warehouse and puts them where they are kept."""
    return moved_goods.steps(asked, MODEL, record_id, known, PLANS, "draft")


def sample_reads(asked: Asked[CreatePurchaseOrderReceipt]) -> Reads:
    """An order with a move for each line that is named."""
    lines = () if asked.body.line_items is UNSET else asked.body.line_items
    moves = [
        {"id": int(line.line_item_id), "origin": f"purchase.line,{line.line_item_id}", "quantity": 1e9}
        for line in lines
    ] or [{"id": 1, "origin": "purchase.line,1", "quantity": 1e9}]
    waiting = [{**move, "state": "draft", "shipment": None, "_timestamp": "1"} for move in moves]
    number = rpc.number(asked.body.purchase_order_id) or 11
    order = {"id": number, "state": "processing", "party": number, "moves.": waiting}
    return Reads({"order": rpc.as_answer([order])})


def read_back(account: Account, record_id: str) -> VendorRequest:
    """The receipt as lists have it."""
    return rpc.one(account, MODEL, record_id, movements.RECEIPT)


OPERATION: WriteOperation[Any] = WriteOperation(
    action=write_action("erp", "create_purchase_order_receipt"),
    body=CreatePurchaseOrderReceipt,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=written_id,
    then=then,
    read_back=read_back,
    record=movements.receipt_read,
    look_up=moved_goods.by_own_reference(MODEL),
    rules=rules,
)
