"""What the API of the ERP sandbox can be asked."""

from crossdock.sandbox.doors import System, WriteDoor
from crossdock.sandbox.erp import bodies
from crossdock.sandbox.erp.edits import EDITS
from crossdock.sandbox.erp.generate import generator
from crossdock.sandbox.erp.purchasing import (
    cancel_purchase_order,
    change_purchase_order,
    place_purchase_order,
    receive,
)
from crossdock.sandbox.erp.sales import cancel_sales_order, change_sales_order, place_sales_order, ship
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.site import Kind

READS: dict[str, Kind] = {
    "items": "erp_items",
    "inventory": "erp_inventory",
    "locations": "erp_locations",
    "customers": "erp_customers",
    "vendors": "erp_vendors",
    "employees": "erp_employees",
    "sales-orders": "erp_sales_orders",
    "sales-order-shipments": "erp_sales_order_shipments",
    "purchase-orders": "erp_purchase_orders",
    "purchase-order-receipts": "erp_purchase_order_receipts",
}
"""The kind of record of each collection."""

SALES, PURCHASES = "/sales-orders", "/purchase-orders"

WRITES = (
    WriteDoor("POST", SALES, "erp_sales_orders", bodies.PlaceSalesOrder, place_sales_order),
    WriteDoor("PUT", f"{SALES}/{{id}}", "erp_sales_orders", bodies.ChangeSalesOrder, change_sales_order),
    WriteDoor("PUT", f"{SALES}/{{id}}/cancel", "erp_sales_orders", Nothing, cancel_sales_order),
    WriteDoor("POST", "/sales-order-shipments", "erp_sales_order_shipments", bodies.Ship, ship),
    WriteDoor("POST", PURCHASES, "erp_purchase_orders", bodies.PlacePurchaseOrder, place_purchase_order),
    WriteDoor(
        "PUT", f"{PURCHASES}/{{id}}", "erp_purchase_orders", bodies.ChangePurchaseOrder, change_purchase_order
    ),
    WriteDoor("PUT", f"{PURCHASES}/{{id}}/cancel", "erp_purchase_orders", Nothing, cancel_purchase_order),
    WriteDoor("POST", "/purchase-order-receipts", "erp_purchase_order_receipts", bodies.Receive, receive),
)

SYSTEM = System(READS, WRITES, generator, EDITS)
