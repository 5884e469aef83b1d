"""ShipBob's warehouse receiving order (WRO) as the canonical inbound shipment.

Both versions of it are read: `ReceivingOrderViewModel` of 1.0 has the boxes, and
`WarehouseReceivingOrderViewModel` of 2.0 the SKUs.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, VendorRequest, vendor_path
from crossdock.integrations.wms.shipbob.answers import known_time, numbered, utc
from crossdock.schemas import wms

STATUSES: Mapping[str, wms.InboundShipmentStatus] = {
    "Awaiting": "open",
    "PartiallyArrived": "receiving",
    "Arrived": "receiving",
    "Processing": "receiving",
    "Completed": "received",
    "Cancelled": "cancelled",
}


def read_version_2(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /2.0/receiving/{id}`."""
    return VendorRequest("GET", vendor_path("2.0", "receiving", record_id))


def read_back(account: Account, record_id: str) -> Mapping[str, VendorRequest]:
    """Both versions of the WRO."""
    boxes = VendorRequest("GET", vendor_path("1.0", "receiving", record_id))
    return {"order": read_version_2(account, record_id), "boxes": boxes}


def inbound_record(decoded: Any) -> wms.InboundShipment:
    """The canonical record of what `read_back` reads. Raises `ValueError` when it is not that."""
    order = numbered(decoded["order"], "receiving order")
    boxes = numbered(decoded["boxes"], "receiving order").get("boxes") or []
    skus = {row.get("inventory_id"): row.get("sku") for row in order.get("inventory_quantities") or []}
    created = known_time(order.get("insert_date"), order.get("last_updated_date"))
    center = order.get("fulfillment_center") or {}
    return wms.InboundShipment(
        id=str(order["id"]),
        created_date=created,
        updated_date=utc(order.get("last_updated_date")) or created,
        purchase_order_number=order.get("purchase_order_number"),
        status=STATUSES.get(order.get("status") or "", "other"),
        raw_status=order.get("status"),
        expected_arrival_date=utc(order.get("expected_arrival_date")),
        warehouse_id=str(center["id"]) if center.get("id") else None,
        line_items=[
            wms.InboundShipmentLineItem(
                inventory_item_id=str(row.get("inventory_id") or ""),
                sku=row.get("sku"),
                expected_quantity=int(row.get("expected_quantity") or 0),
                received_quantity=int(row.get("received_quantity") or 0),
            )
            for row in order.get("inventory_quantities") or []
        ],
        receipts=[receipt for box in boxes if (receipt := _receipt(str(order["id"]), box, skus)) is not None],
        tracking_numbers=[box["tracking_number"] for box in boxes if box.get("tracking_number")],
        additional_fields={
            "package_type": order.get("package_type"),
            "box_packaging_type": order.get("box_packaging_type"),
            "box_labels_uri": order.get("box_labels_uri"),
            "boxes": [_box(box) for box in boxes],
        },
    )


def _receipt(order_id: str, box: Mapping[str, Any], skus: Mapping[Any, str | None]) -> wms.Receipt | None:
    """A box that arrived, which ShipBob counts for itself; `None` for one that did not."""
    arrived = utc(box.get("arrived_date") or box.get("received_date"))
    lines = [line for line in box.get("box_items") or [] if line.get("received_quantity")]
    if arrived is None or not lines:
        return None
    return wms.Receipt(
        id=f"{order_id}-{box.get('box_number')}",
        arrived_date=arrived,
        line_items=[
            wms.ReceiptLineItem(
                inventory_item_id=str(line["inventory_id"]),
                sku=skus.get(line["inventory_id"]),
                quantity=int(line["received_quantity"]),
            )
            for line in lines
        ],
    )


def _box(box: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "box_number": box.get("box_number"),
        "status": box.get("box_status"),
        "tracking_number": box.get("tracking_number"),
        "line_items": [
            {
                "inventory_item_id": str(line.get("inventory_id") or ""),
                "quantity": line.get("quantity"),
                "lot_id": line.get("lot_number"),
                "lot_expiration_date": utc(line.get("lot_date")),
            }
            for line in box.get("box_items") or []
        ],
    }
