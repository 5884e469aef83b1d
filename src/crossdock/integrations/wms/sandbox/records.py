"""The sandbox's records as canonical ones. Its field names are the contract's, so little is translated.

Each function raises `ValueError` when the answer is not such a record.
"""

from typing import Any, TypeVar

import msgspec

from crossdock.schemas import wms

RecordT = TypeVar("RecordT")


def order(decoded: Any) -> wms.Order:
    """An order with its shipments; the files that are attached to it are among the additional fields."""
    record = _converted(decoded, wms.Order)
    record.raw_status = record.status
    record.channel = record.channel_object.channel_id if record.channel_object else None
    record.shipping_method = record.shipping_method_name
    for shipment in record.shipments:
        shipment.raw_status = shipment.status
        for package in shipment.packages:
            package.shipping_method = package.shipping_method_name
            package.carrier = package.carrier_name
            shipment.shipping_method = shipment.shipping_method or package.shipping_method_name
    record.additional_fields = {"files": decoded["files"]} if decoded.get("files") else {}
    return record


def product(decoded: Any) -> wms.Product:
    """A product or a kit. The contract's product has no measurements; they are an additional field."""
    record = _converted(decoded, wms.Product)
    if decoded.get("measurements"):
        record.additional_fields = {"measurements": decoded["measurements"]}
    return record


def inbound_shipment(decoded: Any) -> wms.InboundShipment:
    """An inbound shipment with its receipts."""
    record = _converted(decoded, wms.InboundShipment)
    record.raw_status = record.status
    record.supplier = record.supplier_object.supplier_name if record.supplier_object else None
    return record


def returned(decoded: Any) -> wms.Return:
    """A return with what came back; the contract has no place for its warehouse but a shipment."""
    lines = decoded.get("line_items") if isinstance(decoded, dict) else None
    if not isinstance(lines, list):
        raise ValueError("the answer is not a return")  # noqa: TRY004
    quantities = [{**line, "quantity": line.get("expected_quantity")} for line in lines]
    record = _converted({**decoded, "line_items": quantities}, wms.Return)
    record.raw_status = record.status
    record.additional_fields = {"warehouse_id": decoded.get("warehouse_id")}
    return record


def inventory_item(decoded: Any) -> wms.InventoryItem:
    """The stock of one SKU."""
    return _converted(decoded, wms.InventoryItem)


def _converted(decoded: Any, kind: type[RecordT]) -> RecordT:
    return msgspec.convert(decoded, kind)
