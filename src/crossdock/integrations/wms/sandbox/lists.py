"""The lists of the warehouse sandbox."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import ListOperation
from crossdock.integrations.sandboxes.lists import sandbox_list
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.samples import SAMPLES
from crossdock.schemas import wms


def _list(name: str, collection: str, record: Callable[[Any], Struct]) -> ListOperation:
    return sandbox_list("wms", name, collection, record, SAMPLES[collection])


def _as(kind: type[Struct]) -> Callable[[Any], Struct]:
    """For records that are canonical as they are."""
    return lambda decoded: msgspec.convert(decoded, kind)


OPERATIONS: Sequence[ListOperation] = (
    _list("get_orders", "orders", records.order),
    _list("get_order_channels", "channels", _as(wms.OrderChannel)),
    _list("get_inventory", "inventory", records.inventory_item),
    _list("get_products", "products", records.product),
    _list("get_inbound_shipments", "inbound-shipments", records.inbound_shipment),
    _list("get_suppliers", "suppliers", _as(wms.InboundShipmentSupplier)),
    _list("get_returns", "returns", records.returned),
    _list("get_shipping_methods", "shipping-methods", _as(wms.ShippingMethod)),
    _list("get_warehouses", "warehouses", _as(wms.Warehouse)),
    _list("get_warehouse_locations", "locations", _as(wms.WarehouseLocation)),
)
