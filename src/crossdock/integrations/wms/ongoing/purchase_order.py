"""Ongoing's purchase order as the canonical inbound shipment: model `GetPurchaseOrderModel`."""

from collections.abc import Sequence
from typing import Any

from crossdock.connector import Account, Asked, VendorRequest, vendor_path
from crossdock.integrations.wms.ongoing.answers import (
    Record,
    known_time,
    numbered_path,
    part_of,
    text_id,
    utc,
)
from crossdock.schemas import wms

REACHED: Sequence[tuple[int, wms.InboundShipmentStatus]] = (
    (900, "cancelled"),
    (500, "received"),
    (400, "receiving"),
    (300, "receiving"),
    (100, "open"),
)
"""From which status number on a purchase order is what, by the numbers in the vendor's published examples:
"Notified", "Arrival space", "Inbound", "Deflection", "Received", "Cancelled". A warehouse may add others.
"""


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """Operation `purchaseOrdersGet`."""
    return VendorRequest("GET", vendor_path("purchaseOrders", record_id))


def purchase_order_read(asked: Asked[Any]) -> VendorRequest:
    """Operation `purchaseOrdersGet` for the one of the path. Raises `NotFound`."""
    return VendorRequest("GET", numbered_path(asked, "purchaseOrders", "purchase order"))


def inbound_status(order: Record) -> wms.InboundShipmentStatus:
    """From the number of the status; what has arrived counts where a number says less."""
    raw = (order.get("purchaseOrderInfo") or {}).get("purchaseOrderStatus") or {}
    if "cancel" in (raw.get("text") or "").lower():
        return "cancelled"
    number = raw.get("number") or 0
    reached: wms.InboundShipmentStatus = next(
        (status for least, status in REACHED if number >= least), "other"
    )
    arrived = any(line.get("receivedNumberOfItems") for line in order.get("purchaseOrderLines") or [])
    return "receiving" if reached == "open" and arrived else reached


def inbound_record(order: Any) -> wms.InboundShipment:
    """The canonical record of a decoded `GetPurchaseOrderModel`. Raises `ValueError` when it is not one.

    Ongoing does not hand back the tracking it was given, nor a time of last change: the latest arrival stands
    in for that. Article items that came in at the same time are one receipt.
    """
    info = part_of(order, "purchaseOrderInfo", "purchaseOrderId", "a purchase order")
    lines = order.get("purchaseOrderLines") or []
    receipts = _receipts(lines)
    created = known_time(info.get("createdDate"))
    supplier = order.get("supplierInfo") or {}
    named = supplier.get("supplierNumber") or supplier.get("supplierName")
    advanced = info.get("advanced") or {}
    return wms.InboundShipment(
        id=str(info["purchaseOrderId"]),
        created_date=created,
        updated_date=max([created, *(receipt.arrived_date for receipt in receipts)]),
        purchase_order_number=info.get("purchaseOrderNumber"),
        status=inbound_status(order),
        raw_status=(info.get("purchaseOrderStatus") or {}).get("text"),
        supplier=supplier.get("supplierName"),
        supplier_object=(
            wms.InboundSupplier(supplier_id=named, supplier_name=supplier.get("supplierName"))
            if named
            else None
        ),
        expected_arrival_date=utc(info.get("inDate")),
        warehouse_id=text_id(info.get("warehouse")),
        line_items=[_line(line) for line in lines],
        receipts=receipts,
        notes=[info["purchaseOrderRemark"]] if info.get("purchaseOrderRemark") else [],
        additional_fields={
            "reference_number": info.get("referenceNumber"),
            "supplier_order_number": info.get("supplierOrderNumber"),
            "container": advanced.get("container"),
            "arrival_date": utc(advanced.get("arrivalDate")),
        },
    )


def _line(line: Record) -> wms.InboundShipmentLineItem:
    article = line.get("article") or {}
    return wms.InboundShipmentLineItem(
        inventory_item_id=str(article.get("articleSystemId") or ""),
        sku=article.get("articleNumber"),
        expected_quantity=int(line.get("advisedNumberOfItems") or 0),
        received_quantity=int(line.get("receivedNumberOfItems") or 0),
        external_id=line.get("externalOrderLineId"),
    )


def _receipts(lines: Sequence[Record]) -> list[wms.Receipt]:
    by_time: dict[str, list[wms.ReceiptLineItem]] = {}
    for line in lines:
        article = line.get("article") or {}
        for item in line.get("articleItems") or []:
            arrived = utc(item.get("inDate"))
            if arrived:
                by_time.setdefault(arrived, []).append(
                    wms.ReceiptLineItem(
                        inventory_item_id=str(article.get("articleSystemId") or ""),
                        sku=article.get("articleNumber"),
                        quantity=int(item.get("numberOfItems") or 0),
                    )
                )
    return [
        wms.Receipt(id=moment, arrived_date=moment, line_items=by_time[moment]) for moment in sorted(by_time)
    ]
