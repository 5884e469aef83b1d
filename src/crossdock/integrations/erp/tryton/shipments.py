"""Shipments of sales orders: the shipment that Tryton made for an order is given its quantities and done.

Tryton makes a `stock.shipment.out` with all that is left of an order when it processes it. What is not
wanted of it now is taken out, and Tryton makes a new one for the rest. The write's own reference goes into
`reference`, and `_timestamp` keeps it from overwriting what somebody changed meanwhile.
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
from crossdock.integrations.erp.tryton.movements import line_of
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import DAY, RECORD_ID, day, sent, shape
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described

MODEL = "stock.shipment.out"
ORDER = [
    "state",
    "shipments.warehouse",
    "shipments.state",
    "shipments.number",
    "shipments._timestamp",
    "shipments.outgoing_moves.quantity",
    "shipments.outgoing_moves.internal_quantity",
    "shipments.outgoing_moves.product",
    "shipments.outgoing_moves.state",
    "shipments.outgoing_moves.origin",
    "shipments.outgoing_moves._timestamp",
]
OPEN = {"draft", "waiting"}
IN_HAND = {"assigned", "picked", "packed"}

LAST = ("pick", "pack", "do")
PLANS = {
    "draft": ("wait", "assign_try", *LAST),
    "waiting": ("wait", "assign_try", *LAST),
    "assigned": LAST,
    "picked": LAST[1:],
    "packed": LAST[2:],
}


class CreateSalesOrderShipment(WriteBody, kw_only=True):
    """What left of a sales order."""

    sales_order_id: fields.SalesOrderId
    shipped_date: fields.ShippedDate | Absent = UNSET
    line_items: (
        Annotated[list[LineMoved], described("What left; all that is left of the order without it")] | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        shape(
            "A line's quantity is above 0.",
            sales_order_id=RECORD_ID,
            shipped_date=DAY,
            line_items=MOVED,
        ),
        Rule("The order is confirmed, and nobody has begun to pick what is left of it."),
    ]


def reads(asked: Asked[CreateSalesOrderShipment], known: Reads) -> Mapping[str, VendorRequest]:
    """The order with its shipments and their moves; then what the warehouse has of their products."""
    wanted = {"order": rpc.one(asked.account, "sale.sale", asked.body.sales_order_id, ORDER)}
    if "order" in known:
        shipment = _the_shipment(asked, known)
        products = sorted({move["product"] for move in shipment["outgoing_moves."]})
        wanted["stock"] = rpc.call(
            asked.account,
            "model.product.product.read",
            products,
            ["quantity", "type", "consumable"],
            locations=[shipment["warehouse"]],
            stock_assign=True,
        )
    return wanted


def _refuse_shortage(asked: Asked[CreateSalesOrderShipment], moves: Sequence[Row], stock: Any) -> None:
    """Raises `Unprocessable` for the lines of which the warehouse does not have enough.

    Stock is in the product's own unit; a move has its quantity in that too, as `internal_quantity`.
    """
    free = {row["id"]: row["quantity"] or 0 for row in rpc.rows(stock) if _is_stocked(row)}
    lines = moved_goods.wanted(asked.body)
    faults = []
    for number, move in enumerate(moves):
        line, product = line_of(move), move["product"]
        if product not in free or (lines is not None and line not in lines):
            continue
        taken = move["quantity"] if lines is None else min(lines[str(line)], move["quantity"])
        needed = taken * (move["internal_quantity"] / move["quantity"] if move["quantity"] else 1)
        if needed > free[product] + moved_goods.ROUNDING:
            place = number if lines is None else list(lines).index(str(line))
            pointer = "/sales_order_id" if lines is None else f"/line_items/{place}/quantity"
            faults.append(FieldFault(pointer, f"only {max(free[product], 0):g} of it is in stock"))
        free[product] -= needed
    if faults:
        raise Unprocessable("There is not enough stock.", faults)


def _is_stocked(product: Row) -> bool:
    return product.get("type") == "goods" and not product.get("consumable")


def _the_shipment(asked: Asked[CreateSalesOrderShipment], known: Reads) -> Row:
    """The shipment that is still to be done. Raises `Unprocessable` when there is none, or it is picked."""
    order = rpc.only(known["order"])
    if order is None:
        raise _no_order("is no sales order of Tryton")
    lines = moved_goods.wanted(asked.body)
    shipments = order.get("shipments.") or []
    for shipment in shipments:
        there = {line_of(move) for move in shipment["outgoing_moves."]}
        if shipment["state"] in OPEN and (lines is None or there & lines.keys()):
            return dict(shipment)
    busy = [str(shipment["number"]) for shipment in shipments if shipment["state"] in IN_HAND]
    if busy:
        raise _no_order(f"is being picked in Tryton: shipment {', '.join(busy)}")
    if any(shipment["state"] in OPEN for shipment in shipments):
        fault = FieldFault("/line_items/0/line_item_id", "has nothing left to be moved")
        raise Unprocessable("The order does not have that much left.", [fault])
    raise _no_order(f"has nothing to be shipped; it is {order['state']} in Tryton")


def _no_order(said: str) -> Unprocessable:
    return Unprocessable(f"The order {said}.", [FieldFault("/sales_order_id", said)])


def translate(asked: Asked[CreateSalesOrderShipment], known: Reads) -> VendorRequest:
    """`write` of the shipment; its number is that of the call, so that the answer has it."""
    shipment = _the_shipment(asked, known)
    moves = [move for move in shipment["outgoing_moves."] if move["state"] != "cancelled"]
    values = {"reference": asked.reference, "effective_date": day(asked.body.shipped_date)}
    changes = moved_goods.divided(asked.body, moves)
    _refuse_shortage(asked, moves, known["stock"])
    if changes:
        values["outgoing_moves"] = changes
    stamps = {**rpc.changed(MODEL, [shipment]), **rpc.changed("stock.move", moves)}
    request = rpc.call(
        asked.account, f"model.{MODEL}.write", [shipment["id"]], sent(values), _timestamp=stamps
    )
    return VendorRequest("POST", request.path, body={**request.body, "id": shipment["id"]})


def written_id(asked: Asked[CreateSalesOrderShipment], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The number that came back with the answer."""
    return str(answers[0].json()["id"])


def then(asked: Asked[CreateSalesOrderShipment], record_id: str, known: Any) -> Sequence[VendorRequest]:
    """Assigns, picks, packs and does the shipment. Tryton refuses to pick what it could not assign."""
    return moved_goods.steps(asked, MODEL, record_id, known, PLANS, "waiting")


def sample_reads(asked: Asked[CreateSalesOrderShipment]) -> Reads:
    """A shipment with a move for each line that is named."""
    lines = () if asked.body.line_items is UNSET else asked.body.line_items
    moves = [
        {
            "id": int(line.line_item_id),
            "origin": f"sale.line,{line.line_item_id}",
            "quantity": 1e9,
            "state": "draft",
        }
        for line in lines
    ]
    moves = [
        {**move, "product": 1, "internal_quantity": 1e9, "state": "draft", "_timestamp": "1"}
        for move in moves
    ]
    number = rpc.number(asked.body.sales_order_id) or 11
    shipment = {"id": number, "state": "waiting", "warehouse": 1, "outgoing_moves.": moves}
    order = {"id": number, "state": "processing", "shipments.": [shipment]}
    return Reads({"order": rpc.as_answer([order]), "stock": rpc.as_answer([])})


def read_back(account: Account, record_id: str) -> VendorRequest:
    """The shipment as lists have it."""
    return rpc.one(account, MODEL, record_id, movements.SHIPMENT)


OPERATION: WriteOperation[Any] = WriteOperation(
    action=write_action("erp", "create_sales_order_shipment"),
    body=CreateSalesOrderShipment,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=written_id,
    then=then,
    read_back=read_back,
    record=movements.shipment_read,
    look_up=moved_goods.by_own_reference(MODEL),
    rules=rules,
)
