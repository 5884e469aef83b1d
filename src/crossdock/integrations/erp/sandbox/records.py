"""The sandbox's records as canonical ones. Its field names are those of the records, so little is translated.

Each function raises `ValueError` when the answer is not such a record.
"""

from typing import Any, TypeVar

import msgspec

from crossdock.schemas import erp

RecordT = TypeVar("RecordT")


def sales_order(decoded: Any) -> erp.SalesOrder:
    """A sales order."""
    record = _converted(decoded, erp.SalesOrder)
    record.raw_status = record.status
    return record


def sales_order_shipment(decoded: Any) -> erp.SalesOrderShipment:
    """What left of a sales order."""
    record = _converted(decoded, erp.SalesOrderShipment)
    record.raw_status = record.status
    return record


def purchase_order(decoded: Any) -> erp.PurchaseOrder:
    """A purchase order."""
    record = _converted(decoded, erp.PurchaseOrder)
    record.raw_status = record.status
    return record


def purchase_order_receipt(decoded: Any) -> erp.PurchaseOrderReceipt:
    """What arrived of a purchase order."""
    record = _converted(decoded, erp.PurchaseOrderReceipt)
    record.raw_status = record.status
    return record


def _converted(decoded: Any, kind: type[RecordT]) -> RecordT:
    return msgspec.convert(decoded, kind)
