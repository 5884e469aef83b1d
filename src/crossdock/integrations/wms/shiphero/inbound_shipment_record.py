"""ShipHero's purchase order as the canonical inbound shipment: type `PurchaseOrder`."""

from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import Record, answered, connection, nodes, query
from crossdock.integrations.wms.shiphero.values import number, told_or_unknown, utc
from crossdock.schemas import wms
from crossdock.schemas.wms.inbound_shipments import InboundShipmentStatus

LINES = 200
"""Lines that are read of a purchase order."""

_LINE = "id sku product_id quantity quantity_received price partner_line_item_id updated_at"
SELECTION = (
    " { id po_number account_id warehouse_id vendor_id created_at po_date date_closed arrived_at "
    "fulfillment_status po_note packing_note subtotal total_price tax shipping_price tracking_number "
    "vendor { id name } line_items" + connection(_LINE, LINES) + " }"
)

PENDING = "pending"
CLOSED = "closed"
CANCELED = ("canceled", "cancelled")


def read_purchase_order(account: Account, po_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `purchase_order`, by id."""
    return query("purchase_order", {"id": ("String", po_id)}, SELECTION)


def read_po_number(po_number: str) -> VendorRequest:
    """Query `purchase_order`, by the caller's number."""
    return query("purchase_order", {"po_number": ("String", po_number)}, SELECTION)


def purchase_order_of(decoded: Any) -> Record | None:
    """The purchase order in an answer, if there is one. Raises `ValueError` when it is none."""
    purchase_order = answered(decoded, "purchase_order")
    if purchase_order is None:
        return None
    if not isinstance(purchase_order, dict) or not isinstance(purchase_order.get("id"), str):
        raise ValueError("the answer is not a purchase order")  # noqa: TRY004
    return purchase_order


def inbound_shipment_record(decoded: Any) -> wms.InboundShipment:
    """The canonical record of a decoded answer. Raises `ValueError` when it is no purchase order.

    ShipHero keeps no receipts, only what was received of each line; the last time that a line changed
    stands in for the time of change.
    """
    order = purchase_order_of(decoded)
    if order is None:
        raise ValueError("the answer has no purchase order")
    lines = nodes(order.get("line_items"))
    vendor = order.get("vendor") or {}
    changed = max((line["updated_at"] for line in lines if line.get("updated_at")), default=None)
    return wms.InboundShipment(
        id=order["id"],
        warehouse_customer_id=order.get("account_id"),
        created_date=told_or_unknown(order.get("created_at"), changed),
        updated_date=told_or_unknown(changed, order.get("created_at")),
        purchase_order_number=order.get("po_number"),
        status=_status(order, lines),
        raw_status=order.get("fulfillment_status"),
        supplier=vendor.get("name"),
        supplier_object=wms.InboundSupplier(supplier_id=vendor["id"], supplier_name=vendor.get("name"))
        if vendor.get("id")
        else None,
        expected_arrival_date=utc(order.get("po_date")),
        warehouse_id=order.get("warehouse_id"),
        line_items=[_line(line) for line in lines],
        tracking_numbers=[order["tracking_number"]] if order.get("tracking_number") else [],
        notes=[order[name] for name in ("po_note", "packing_note") if order.get(name)],
        additional_fields={
            name: number(order.get(name)) for name in ("subtotal", "total_price", "tax", "shipping_price")
        },
    )


def _status(order: Record, lines: list[Record]) -> InboundShipmentStatus:
    raw = (order.get("fulfillment_status") or "").lower()
    if raw in CANCELED:
        return "cancelled"
    if raw == CLOSED:
        return "received"
    if raw != PENDING:
        return "other"
    return "receiving" if any(line.get("quantity_received") for line in lines) else "open"


def _line(line: Record) -> wms.InboundShipmentLineItem:
    return wms.InboundShipmentLineItem(
        inventory_item_id=str(line.get("product_id") or line.get("sku") or ""),
        sku=line.get("sku"),
        expected_quantity=int(line.get("quantity") or 0),
        received_quantity=int(line.get("quantity_received") or 0),
        unit_cost=number(line.get("price")),
        external_id=line.get("partner_line_item_id"),
    )
