"""ERPs: the canonical records.

The contract names the fields of these records and gives no schema (its resource tables, section 5); every key
that it names is here. What it leaves open follows the records of warehouses and the practice of ERPs; each
decision is in `docs/erp.md`.
"""

from crossdock.schemas.erp.orders import (
    BinQuantity,
    LotQuantity,
    PurchaseOrder,
    PurchaseOrderLineItem,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptLineItem,
    PurchaseOrderStatus,
    SalesOrder,
    SalesOrderLineItem,
    SalesOrderShipment,
    SalesOrderShipmentLineItem,
    SalesOrderStatus,
    ShipmentPackage,
)
from crossdock.schemas.erp.parties import ApprovalLimit, Customer, Employee, Location, Vendor
from crossdock.schemas.erp.stock import Bin, Inventory, InventoryInLocation, Item, ItemVendor, Lot

__all__ = [
    "ApprovalLimit",
    "Bin",
    "BinQuantity",
    "Customer",
    "Employee",
    "Inventory",
    "InventoryInLocation",
    "Item",
    "ItemVendor",
    "Location",
    "Lot",
    "LotQuantity",
    "PurchaseOrder",
    "PurchaseOrderLineItem",
    "PurchaseOrderReceipt",
    "PurchaseOrderReceiptLineItem",
    "PurchaseOrderStatus",
    "SalesOrder",
    "SalesOrderLineItem",
    "SalesOrderShipment",
    "SalesOrderShipmentLineItem",
    "SalesOrderStatus",
    "ShipmentPackage",
    "Vendor",
]
