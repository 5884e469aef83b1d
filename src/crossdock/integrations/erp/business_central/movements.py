"""Posted shipments and receipts as canonical records.

They name their order by its number and their lines by the item's: the API tells no ids of either, and the
order is gone when all of it is posted. Each function raises `ValueError` when the row is no record.
"""

from typing import Any

from crossdock.integrations.erp.business_central.odata import Row, record
from crossdock.integrations.erp.business_central.orders import lines_of
from crossdock.integrations.erp.business_central.values import amount, ship_to, text, updated, wire_day
from crossdock.schemas.erp import (
    PurchaseOrderReceipt,
    PurchaseOrderReceiptLineItem,
    SalesOrderShipment,
    SalesOrderShipmentLineItem,
)
from crossdock.schemas.times import UNKNOWN


def _goods(row: Row, collection: str) -> list[Row]:
    return [line for line in lines_of(row, collection) if line.get("lineType") == "Item"]


def shipment(decoded: Any) -> SalesOrderShipment:
    """A `salesShipment` with its `salesShipmentLines`: it is posted, so the goods have left."""
    row = record(decoded)
    return SalesOrderShipment(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        shipment_number=text(row.get("number")),
        status="shipped",
        shipped_date=wire_day(row.get("postingDate")),
        ship_to_address=ship_to(row),
        line_items=[
            SalesOrderShipmentLineItem(
                sku=text(line.get("lineObjectNumber")), quantity=amount(line.get("quantity")) or 0
            )
            for line in _goods(row, "salesShipmentLines")
        ],
        additional_fields={
            "order_number": text(row.get("orderNumber")),
            "reference_id": text(row.get("externalDocumentNumber")),
            "customer_number": text(row.get("customerNumber")),
            "shipment_method_code": text(row.get("shipmentMethodCode")),
        },
    )


def receipt(decoded: Any) -> PurchaseOrderReceipt:
    """A `purchaseReceipt` with its `purchaseReceiptLines`: it is posted, so the goods are there."""
    row = record(decoded)
    return PurchaseOrderReceipt(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        receipt_number=text(row.get("number")),
        status="received",
        received_date=wire_day(row.get("postingDate")),
        line_items=[
            PurchaseOrderReceiptLineItem(
                sku=text(line.get("lineObjectNumber")), quantity=amount(line.get("quantity")) or 0
            )
            for line in _goods(row, "purchaseReceiptLines")
        ],
        additional_fields={
            "order_number": text(row.get("orderNumber")),
            "vendor_number": text(row.get("vendorNumber")),
        },
    )
