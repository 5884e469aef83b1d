"""Warehouse systems: the canonical records that Crossdock answers with.

Fields, types and statuses: the contract's resource tables, section 1. Every key is always present; what is
unknown is `None` or an empty list.
"""

from crossdock.schemas.addresses import Measurements, ShipFromAddress, ShipToAddress
from crossdock.schemas.wms.inbound_shipments import (
    InboundShipment,
    InboundShipmentLineItem,
    InboundShipmentStatus,
    InboundSupplier,
    Receipt,
    ReceiptLineItem,
)
from crossdock.schemas.wms.inventory import InventoryInWarehouse, InventoryItem, InventoryLocation, Lot
from crossdock.schemas.wms.ledger import Bill, InventoryLedgerEntry, LaborActivity
from crossdock.schemas.wms.orders import (
    Order,
    OrderChannelReference,
    OrderLineItem,
    OrderStatus,
    Package,
    PackageLineItem,
    Shipment,
    ShipmentLineItem,
    ShipmentStatus,
)
from crossdock.schemas.wms.places import (
    InboundShipmentSupplier,
    OrderChannel,
    ShippingMethod,
    Warehouse,
    WarehouseCustomer,
    WarehouseLocation,
)
from crossdock.schemas.wms.products import Product, ProductInventoryItem, Supplier, SupplierProduct
from crossdock.schemas.wms.returns import (
    ReceivingDetail,
    Return,
    ReturnLineItem,
    ReturnShipment,
    ReturnShipmentLineItem,
    ReturnStatus,
)

__all__ = [
    "Bill",
    "InboundShipment",
    "InboundShipmentLineItem",
    "InboundShipmentStatus",
    "InboundShipmentSupplier",
    "InboundSupplier",
    "InventoryInWarehouse",
    "InventoryItem",
    "InventoryLedgerEntry",
    "InventoryLocation",
    "LaborActivity",
    "Lot",
    "Measurements",
    "Order",
    "OrderChannel",
    "OrderChannelReference",
    "OrderLineItem",
    "OrderStatus",
    "Package",
    "PackageLineItem",
    "Product",
    "ProductInventoryItem",
    "Receipt",
    "ReceiptLineItem",
    "ReceivingDetail",
    "Return",
    "ReturnLineItem",
    "ReturnShipment",
    "ReturnShipmentLineItem",
    "ReturnStatus",
    "ShipFromAddress",
    "ShipToAddress",
    "Shipment",
    "ShipmentLineItem",
    "ShipmentStatus",
    "ShippingMethod",
    "Supplier",
    "SupplierProduct",
    "Warehouse",
    "WarehouseCustomer",
    "WarehouseLocation",
]
