"""Ongoing's return order as the canonical return: model `GetReturnOrderModel`."""

from typing import Any

from crossdock.connector import Account, Asked, VendorRequest, vendor_path
from crossdock.integrations.wms.ongoing.answers import known_time, numbered_path, part_of, utc
from crossdock.schemas import wms


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """Operation `returnOrdersGetByReturnOrderId`."""
    return VendorRequest("GET", vendor_path("returnOrders", record_id))


def return_read(asked: Asked[Any]) -> VendorRequest:
    """Operation `returnOrdersGetByReturnOrderId` for the one of the path. Raises `NotFound`."""
    return VendorRequest("GET", numbered_path(asked, "returnOrders", "return order"))


def return_record(order: Any) -> wms.Return:
    """The canonical record of a decoded `GetReturnOrderModel`. Raises `ValueError` when it is not one.

    Ongoing does not hand back the tracking it was given, nor a time of last change: the time the goods
    arrived stands in for the latter where there is one. No field of the model is required; a return order
    without a date of creation is taken to be as old as its first reading.
    """
    info = part_of(order, "returnOrderInfo", "returnOrderId", "a return order")
    lines = order.get("returnOrderLines") or []
    warehouse = info.get("warehouse") or {}
    warehouse_id = str(warehouse["id"]) if warehouse.get("id") else None
    original = order.get("customerOrderInfo") or {}
    raw_status = (info.get("returnOrderStatus") or {}).get("text")
    arrived = utc(info.get("returnOrderArrivalTime"))
    created = known_time(info.get("createdDate"), arrived)
    return wms.Return(
        id=str(info["returnOrderId"]),
        created_date=created,
        updated_date=arrived or created,
        status=_status(lines, raw_status),
        raw_status=raw_status,
        order_id=str(original["orderId"]) if original.get("orderId") else None,
        notes=[info[key] for key in ("comment", "returnOrderHandlingComment") if info.get(key)],
        line_items=[_line(line) for line in lines],
        shipments=[_shipment(lines, warehouse_id, arrived)] if arrived else [],
        additional_fields={
            "return_number": info.get("returnOrderNumber"),
            "order_number": original.get("orderNumber"),
            "warehouse_id": warehouse_id,
            "in_date": utc(info.get("inDate")),
        },
    )


def _status(lines: list[dict[str, Any]], raw_status: str | None) -> wms.ReturnStatus:
    """From the quantities, since the numbers and texts of Ongoing's statuses differ between warehouses."""
    if raw_status and "cancel" in raw_status.lower():
        return "cancelled"
    expected = sum(line.get("toBeReturnedNumberOfItems") or 0 for line in lines)
    received = sum(line.get("returnedNumberOfItems") or 0 for line in lines)
    if not lines:
        return "other"
    if not received:
        return "open"
    return "received" if received >= expected else "receiving"


def _line(line: dict[str, Any]) -> wms.ReturnLineItem:
    article = line.get("article") or {}
    cause = line.get("returnCause") or {}
    expected = int(line.get("toBeReturnedNumberOfItems") or 0)
    received = int(line.get("returnedNumberOfItems") or 0)
    removed = int(line.get("returnedRemovedByInventoryNumberOfItems") or 0)
    return wms.ReturnLineItem(
        inventory_item_id=str(article.get("articleSystemId") or ""),
        sku=article.get("articleNumber"),
        expected_quantity=expected,
        received_quantity=received,
        restocked_quantity=max(received - removed, 0),
        return_reason=cause.get("name") or cause.get("code"),
        quantity=expected,
    )


def _shipment(lines: list[dict[str, Any]], warehouse_id: str | None, arrived: str) -> wms.ReturnShipment:
    return wms.ReturnShipment(
        arrived_date=arrived,
        warehouse_id=warehouse_id,
        measurements=wms.Measurements(),
        line_items=[_received_line(line) for line in lines if line.get("returnedNumberOfItems")],
    )


def _received_line(line: dict[str, Any]) -> wms.ReturnShipmentLineItem:
    article = line.get("article") or {}
    return wms.ReturnShipmentLineItem(
        inventory_item_id=str(article.get("articleSystemId") or ""),
        sku=article.get("articleNumber"),
        quantity=int(line["returnedNumberOfItems"]),
        receiving_details=[
            wms.ReceivingDetail(
                quantity=int(item.get("numberOfItems") or 0),
                condition=(item.get("articleItemStatus") or {}).get("name"),
                disposition="removed" if item.get("isReturnRemovedByInventory") else "restocked",
            )
            for item in line.get("returnedArticleItems") or []
        ],
    )
