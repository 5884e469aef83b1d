"""ShipBob's return order as the canonical return: model `ReturnOrderViewModel`."""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, VendorRequest, vendor_path
from crossdock.integrations.wms.shipbob.answers import known_time, numbered, utc
from crossdock.schemas import wms

STATUSES: Mapping[str, wms.ReturnStatus] = {
    "AwaitingArrival": "open",
    "Arrived": "receiving",
    "Processing": "receiving",
    "Completed": "received",
    "Cancelled": "cancelled",
}


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /1.0/return/{id}`."""
    return VendorRequest("GET", vendor_path("1.0", "return", record_id))


def return_record(answer: Any) -> wms.Return:
    """The canonical record of a decoded `ReturnOrderViewModel`. Raises `ValueError` when it is not one.

    It names the shipment that the goods were in, not the order, and inventory items without their SKU: the
    shipment and the shop's own order number are among the additional fields.
    """
    row = numbered(answer, "return")
    created = known_time(row.get("insert_date"))
    completed = utc(row.get("completed_date"))
    center = row.get("fulfillment_center") or {}
    warehouse_id = str(center["id"]) if center.get("id") else None
    items = row.get("inventory") or []
    return wms.Return(
        id=str(row["id"]),
        created_date=created,
        updated_date=completed or created,
        status=STATUSES.get(row.get("status") or "", "other"),
        raw_status=row.get("status"),
        line_items=[_line(item) for item in items],
        shipments=[
            wms.ReturnShipment(
                tracking_number=row.get("tracking_number"),
                warehouse_id=warehouse_id,
                line_items=[_parcel_line(item) for item in items],
            )
        ],
        additional_fields={
            "reference_id": row.get("reference_id"),
            "original_shipment_id": row.get("original_shipment_id"),
            "store_order_id": row.get("store_order_id"),
            "return_type": row.get("return_type"),
            "customer_name": row.get("customer_name"),
            "invoice_amount": row.get("invoice_amount"),
            "completed_date": completed,
            "warehouse_id": warehouse_id,
        },
    )


def _processed(item: Mapping[str, Any], *actions: str) -> int:
    return sum(
        int(taken.get("quantity_processed") or 0)
        for taken in item.get("action_taken") or []
        if not actions or taken.get("action") in actions
    )


def _line(item: Mapping[str, Any]) -> wms.ReturnLineItem:
    """What was done with a unit says that it was received."""
    expected = int(item.get("quantity") or 0)
    return wms.ReturnLineItem(
        inventory_item_id=str(item.get("id") or ""),
        expected_quantity=expected,
        received_quantity=_processed(item),
        restocked_quantity=_processed(item, "Restock"),
        quantity=expected,
    )


def _parcel_line(item: Mapping[str, Any]) -> wms.ReturnShipmentLineItem:
    return wms.ReturnShipmentLineItem(
        inventory_item_id=str(item.get("id") or ""),
        quantity=int(item.get("quantity") or 0),
        receiving_details=[
            wms.ReceivingDetail(
                quantity=int(taken.get("quantity_processed") or 0),
                condition=taken.get("action_reason"),
                disposition=taken.get("action"),
            )
            for taken in item.get("action_taken") or []
        ],
    )
