"""Shopping carts: the canonical records, as in the contract's resource tables, section 2."""

from crossdock.schemas.cart.orders import (
    CartOrder,
    CartOrderLineItem,
    CartOrderStatus,
    CartShipment,
    CartShipmentLineItem,
    CartShipmentStatus,
    ShippingGroup,
    ShippingGroupLineItem,
)
from crossdock.schemas.cart.products import CartProduct, CartWarehouse

__all__ = [
    "CartOrder",
    "CartOrderLineItem",
    "CartOrderStatus",
    "CartProduct",
    "CartShipment",
    "CartShipmentLineItem",
    "CartShipmentStatus",
    "CartWarehouse",
    "ShippingGroup",
    "ShippingGroupLineItem",
]
