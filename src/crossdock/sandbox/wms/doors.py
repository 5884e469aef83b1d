"""What the API of the warehouse sandbox can be asked."""

from crossdock.sandbox.doors import System, WriteDoor
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.site import Kind
from crossdock.sandbox.wms import bodies
from crossdock.sandbox.wms.adjustments import adjust_inventory
from crossdock.sandbox.wms.edits import EDITS
from crossdock.sandbox.wms.generate import generator
from crossdock.sandbox.wms.inbound import (
    create_inbound_shipment,
    receive_inbound_shipment,
    update_inbound_shipment,
)
from crossdock.sandbox.wms.orders import cancel_order, place_order, update_order
from crossdock.sandbox.wms.products import create_kit, create_product, update_kit, update_product
from crossdock.sandbox.wms.returns import cancel_return, create_return, receive_return, update_return
from crossdock.sandbox.wms.shipping import attach_file, ship_order

READ_DOORS: dict[str, Kind] = {
    "orders": "orders",
    "products": "products",
    "kits": "products",
    "inventory": "inventory",
    "inbound-shipments": "inbound_shipments",
    "returns": "returns",
    "warehouses": "warehouses",
    "locations": "locations",
    "shipping-methods": "shipping_methods",
    "channels": "channels",
    "suppliers": "suppliers",
}
"""The kind of record of each collection."""

WRITE_DOORS = (
    WriteDoor("POST", "/orders", "orders", bodies.PlaceOrder, place_order),
    WriteDoor("PUT", "/orders/{id}", "orders", bodies.UpdateOrder, update_order),
    WriteDoor("PUT", "/orders/{id}/cancel", "orders", Nothing, cancel_order),
    WriteDoor("POST", "/orders/{id}/shipments", "orders", bodies.ShipOrder, ship_order),
    WriteDoor("POST", "/orders/{id}/files", "orders", bodies.AttachFile, attach_file),
    WriteDoor("POST", "/products", "products", bodies.CreateProduct, create_product),
    WriteDoor("PUT", "/products/{id}", "products", bodies.UpdateProduct, update_product),
    WriteDoor("POST", "/kits", "products", bodies.CreateKit, create_kit),
    WriteDoor("PUT", "/kits/{id}", "products", bodies.UpdateKit, update_kit),
    WriteDoor(
        "POST",
        "/inbound-shipments",
        "inbound_shipments",
        bodies.CreateInboundShipment,
        create_inbound_shipment,
    ),
    WriteDoor(
        "PUT",
        "/inbound-shipments/{id}",
        "inbound_shipments",
        bodies.UpdateInboundShipment,
        update_inbound_shipment,
    ),
    WriteDoor(
        "PUT",
        "/inbound-shipments/{id}/receive",
        "inbound_shipments",
        bodies.ReceiveInboundShipment,
        receive_inbound_shipment,
    ),
    WriteDoor("POST", "/returns", "returns", bodies.ReturnTerms, create_return),
    WriteDoor("PUT", "/returns/{id}", "returns", bodies.ReturnTerms, update_return),
    WriteDoor("PUT", "/returns/{id}/cancel", "returns", Nothing, cancel_return),
    WriteDoor("PUT", "/returns/{id}/receive", "returns", bodies.ReceiveReturn, receive_return),
    WriteDoor("PUT", "/inventory/{id}/adjust", "inventory", bodies.AdjustInventory, adjust_inventory),
)

SYSTEM = System(READ_DOORS, WRITE_DOORS, generator, EDITS)
