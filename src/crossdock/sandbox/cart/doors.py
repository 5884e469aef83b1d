"""What the API of the shop sandbox can be asked."""

from crossdock.sandbox.cart import bodies
from crossdock.sandbox.cart.edits import EDITS
from crossdock.sandbox.cart.generate import generator
from crossdock.sandbox.cart.orders import refund, ship
from crossdock.sandbox.cart.products import adjust, adjust_many
from crossdock.sandbox.doors import System, WriteDoor
from crossdock.sandbox.site import Kind

READS: dict[str, Kind] = {
    "orders": "cart_orders",
    "products": "cart_products",
    "warehouses": "cart_warehouses",
}
"""The kind of record of each collection."""

WRITES = (
    WriteDoor("POST", "/orders/{id}/shipments", "cart_orders", bodies.Ship, ship),
    WriteDoor("POST", "/orders/{id}/refund", "cart_orders", bodies.Refund, refund),
    WriteDoor("PUT", "/products/{id}/adjust-inventory", "cart_products", bodies.Adjust, adjust),
    WriteDoor("PUT", "/stock", "cart_products", bodies.AdjustMany, adjust_many),
)

SYSTEM = System(READS, WRITES, generator, EDITS)
