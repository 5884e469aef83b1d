"""ShipHero's return as the canonical one: type `Return`."""

from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import Record, answered, query
from crossdock.integrations.wms.shiphero.values import measured, number, told_or_unknown
from crossdock.schemas import wms
from crossdock.schemas.wms.returns import ReturnStatus

SELECTION = (
    " { id account_id order_id partner_id reason status label_type label_cost shipping_carrier "
    "shipping_method created_at labels { tracking_number carrier cost } "
    "dimensions { weight height width length } "
    "line_items { id product_id warehouse_id quantity quantity_received restock reason updated_at "
    "line_item { sku product { id } } } }"
)

PENDING = "pending"
WAREHOUSE_COMPLETE = "warehouse_complete"
STATUSES: dict[str, ReturnStatus] = {
    PENDING: "open",
    WAREHOUSE_COMPLETE: "received",
    "complete": "received",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}
"""Pending, Warehouse Complete and Complete are every account's; others are names of its own."""


def read_return(account: Account, return_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `return`."""
    return query("return", {"id": ("String!", return_id)}, SELECTION)


def return_record(decoded: Any) -> wms.Return:
    """The canonical record of a decoded answer to `read_return`. Raises `ValueError` when it is no return."""
    found = answered(decoded, "return")
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise ValueError("the answer is not a return")  # noqa: TRY004
    lines = found.get("line_items") or []
    changed = max((line["updated_at"] for line in lines if line.get("updated_at")), default=None)
    raw = found.get("status")
    return wms.Return(
        id=found["id"],
        warehouse_customer_id=found.get("account_id"),
        created_date=told_or_unknown(found.get("created_at"), changed),
        updated_date=told_or_unknown(changed, found.get("created_at")),
        status=_status(raw, lines),
        raw_status=raw,
        order_id=found.get("order_id"),
        notes=[found["reason"]] if found.get("reason") else [],
        line_items=[_line(line) for line in lines],
        shipments=[_shipment(found, label, lines) for label in found.get("labels") or ()],
        additional_fields={
            "label_type": found.get("label_type"),
            "label_cost": number(found.get("label_cost")),
            "shipping_method": found.get("shipping_method"),
        },
    )


def _status(raw: str | None, lines: list[Record]) -> ReturnStatus:
    status = STATUSES.get((raw or "").lower().replace(" ", "_"), "other")
    if status == "open" and any(line.get("quantity_received") for line in lines):
        return "receiving"
    return status


def _sku(line: Record) -> str | None:
    return (line.get("line_item") or {}).get("sku")


def _item(line: Record) -> str:
    product = (line.get("line_item") or {}).get("product") or {}
    return str(line.get("product_id") or product.get("id") or _sku(line) or "")


def _line(line: Record) -> wms.ReturnLineItem:
    expected = int(line.get("quantity") or 0)
    return wms.ReturnLineItem(
        inventory_item_id=_item(line),
        sku=_sku(line),
        expected_quantity=expected,
        received_quantity=int(line.get("quantity_received") or 0),
        restocked_quantity=int(line.get("restock") or 0),
        return_reason=line.get("reason"),
        quantity=expected,
        warehouse_id=line.get("warehouse_id"),
    )


def _shipment(found: Record, label: Record, lines: list[Record]) -> wms.ReturnShipment:
    carrier = label.get("carrier") or found.get("shipping_carrier")
    return wms.ReturnShipment(
        tracking_number=label.get("tracking_number"),
        warehouse_id=lines[0].get("warehouse_id") if lines else None,
        carrier=carrier,
        carrier_id=carrier,
        carrier_name=carrier,
        shipping_cost=number(label.get("cost")),
        measurements=measured(found.get("dimensions")),
        line_items=[
            wms.ReturnShipmentLineItem(
                inventory_item_id=_item(line), sku=_sku(line), quantity=int(line.get("quantity") or 0)
            )
            for line in lines
        ],
    )
