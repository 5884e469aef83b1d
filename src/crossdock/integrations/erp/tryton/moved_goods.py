"""What shipments and receipts have in common: moves of an order's lines, of which some or all are wanted."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Asked, FieldFault, LookUp, Unprocessable, VendorRequest
from crossdock.integrations.erp.tryton import rpc
from crossdock.integrations.erp.tryton.movements import line_of
from crossdock.integrations.erp.tryton.order_writes import button
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import QUANTITY, RECORD_ID
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, WriteBody

ROUNDING = 1e-9
"""Quantities are floating numbers in Tryton."""

MOVED = {
    "minItems": 1,
    "maxItems": 200,
    "items": {"properties": {"line_item_id": RECORD_ID, "quantity": QUANTITY}},
}


class LineMoved(WriteBody, kw_only=True):
    """Some of one line of the order."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


def wanted(body: Any) -> dict[str, float] | None:
    """The quantity by line, `None` for everything. Raises `Unprocessable` for a line that is named twice."""
    if body.line_items is UNSET:
        return None
    found: dict[str, float] = {}
    for number, line in enumerate(body.line_items):
        if line.line_item_id in found:
            fault = FieldFault(f"/line_items/{number}/line_item_id", "is named twice")
            raise Unprocessable("A line is named twice.", [fault])
        found[line.line_item_id] = line.quantity
    return found


def divided(body: Any, moves: Sequence[Row]) -> list[Any]:
    """The changes that leave what is wanted of these moves. Raises `Unprocessable` where that is too much."""
    asked = wanted(body)
    if asked is None:
        return []
    by_line: dict[str | None, list[Row]] = {}
    for move in moves:
        by_line.setdefault(line_of(move), []).append(move)
    faults, changes, kept = [], [], set()
    for number, (line, quantity) in enumerate(asked.items()):
        there = by_line.get(line, [])
        left = sum(move["quantity"] for move in there)
        if not there or quantity > left + ROUNDING:
            said = f"has {left:g} left" if there else "has nothing left to be moved"
            faults.append(
                FieldFault(f"/line_items/{number}/" + ("quantity" if there else "line_item_id"), said)
            )
            continue
        rest = quantity
        for move in there:
            take = min(rest, move["quantity"])
            rest -= take
            if take > 0:
                kept.add(move["id"])
                changes.append(["write", [move["id"]], {"quantity": take}])
    if faults:
        raise Unprocessable("The order does not have that much left.", faults)
    unwanted = [move["id"] for move in moves if move["id"] not in kept]
    return [*changes, ["delete", unwanted]] if unwanted else changes


def steps(
    asked: Asked[Any], model: str, record_id: str, known: Any, plans: Mapping[str, Sequence[str]], first: str
) -> Sequence[VendorRequest]:
    """The buttons on the way to `done`, from the state that is known, or the `first` one."""
    row = None if known is None else rpc.only(known)
    plan = plans.get(first if row is None else row["state"], ())
    return [button(asked, model, name, record_id) for name in plan]


def by_own_reference(model: str) -> LookUp[Any]:
    """Finds what a write made by the reference that it left."""

    def request(asked: Asked[Any]) -> VendorRequest:
        return rpc.search(asked.account, model, [["reference", "=", asked.reference]], ["state"], 1)

    def found(asked: Asked[Any], decoded: Any) -> str | None:  # noqa: ARG001
        row = rpc.only(decoded)
        return None if row is None else str(row["id"])

    return LookUp(request, found)
