"""Shipments to customers and receipts from suppliers: from Tryton's rows to the canonical records.

`stock.shipment.out` and `stock.shipment.in` hold the stock moves of order lines; the origin of a move names
its line, `sale.line,7`.
"""

from typing import Any, Literal

from crossdock.integrations.erp.tryton.orders import the_one
from crossdock.integrations.erp.tryton.parties import ADDRESS, below, ship_to
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import created, identifier, updated, wire
from crossdock.schemas.erp import (
    PurchaseOrderReceipt,
    PurchaseOrderReceiptLineItem,
    SalesOrderShipment,
    SalesOrderShipmentLineItem,
)

MOVE = ("origin", "product.code", "quantity", "state", "create_date", "write_date")
MOVEMENT = ["number", "reference", "state", "warehouse", "effective_date", "create_date", "write_date"]
SHIPMENT = [
    *MOVEMENT,
    "customer.name",
    *below("outgoing_moves", (*MOVE, "sale")),
    *below("delivery_address", ADDRESS),
]
RECEIPT = [*MOVEMENT, *below("incoming_moves", (*MOVE, "purchase"))]

NOT_SENT = {"draft", "waiting", "assigned", "picked", "packed"}


def shipment(row: Row) -> SalesOrderShipment:
    """A `stock.shipment.out`. A shipment for several orders is told of the first one."""
    moves = _moves(row, "outgoing_moves.")
    status: Literal["open", "shipped", "cancelled", "other"] = "other"
    if row["state"] in NOT_SENT:
        status = "open"
    elif row["state"] in {"done", "cancelled"}:
        status = "shipped" if row["state"] == "done" else "cancelled"
    return SalesOrderShipment(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(_dated(row, "outgoing_moves.")),
        shipment_number=row.get("number"),
        sales_order_id=_order(moves, "sale"),
        location_id=identifier(row.get("warehouse")),
        status=status,
        raw_status=row["state"],
        shipped_date=wire(row.get("effective_date")),
        ship_to_address=ship_to(row.get("delivery_address."), (row.get("customer.") or {}).get("name")),
        line_items=[SalesOrderShipmentLineItem(**_line(move)) for move in moves],
    )


def receipt(row: Row) -> PurchaseOrderReceipt:
    """A `stock.shipment.in`; the goods are there from the state `received` on."""
    moves = _moves(row, "incoming_moves.")
    status: Literal["open", "received", "cancelled", "other"] = "other"
    if row["state"] in {"draft", "cancelled"}:
        status = "open" if row["state"] == "draft" else "cancelled"
    elif row["state"] in {"received", "done"}:
        status = "received"
    return PurchaseOrderReceipt(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(_dated(row, "incoming_moves.")),
        receipt_number=row.get("number"),
        purchase_order_id=_order(moves, "purchase"),
        location_id=identifier(row.get("warehouse")),
        status=status,
        raw_status=row["state"],
        received_date=wire(row.get("effective_date")),
        line_items=[PurchaseOrderReceiptLineItem(**_line(move)) for move in moves],
    )


def shipment_read(decoded: Any) -> SalesOrderShipment:
    """The one shipment of an answer. Raises `ValueError` when it has none."""
    return shipment(the_one(decoded))


def receipt_read(decoded: Any) -> PurchaseOrderReceipt:
    """The one receipt of an answer. Raises `ValueError` when it has none."""
    return receipt(the_one(decoded))


def line_of(move: Row) -> str | None:
    """The number of the order line that a move is for."""
    model, _, number = str(move.get("origin") or "").partition(",")
    return number if model in {"sale.line", "purchase.line"} and number.isdigit() else None


def _moves(row: Row, name: str) -> list[Row]:
    """In a shipment that was cancelled, its moves are too."""
    every = row.get(name) or []
    if row["state"] == "cancelled":
        return list(every)
    return [move for move in every if move["state"] != "cancelled"]


def _order(moves: list[Row], name: str) -> str | None:
    return next((str(move[name]) for move in moves if move.get(name)), None)


def _dated(row: Row, moves: str) -> Row:
    return {name: row.get(name) for name in ("create_date", "write_date", moves)}


def _line(move: Row) -> dict[str, Any]:
    product = move.get("product.") or {}
    return {
        "line_item_id": line_of(move),
        "item_id": identifier(product.get("id")),
        "sku": product.get("code"),
        "quantity": move["quantity"],
    }
