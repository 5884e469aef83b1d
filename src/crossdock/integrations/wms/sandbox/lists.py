"""The sandbox's lists. Each says what changed since a moment, and goes on behind a number that it gives."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.samples import SAMPLES
from crossdock.schemas import wms
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import wire_time

PAGE = 500


def _page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    return ListPage(decoded["items"], decoded["next"])


def _list(name: str, collection: str, record: Callable[[Any], Struct]) -> ListOperation:
    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        query = {"limit": str(PAGE)}
        if span.since is not None:
            query["updated_since"] = wire_time(span.since)
        if span.until is not None:
            query["updated_before"] = wire_time(span.until)
        if position is not None:
            query["after"] = position
        return VendorRequest("GET", f"/{collection}", query)

    return ListOperation(
        function=list_function("wms", name),
        request=request,
        page=_page,
        record=record,
        samples=[SAMPLES[collection]],
        id_of=lambda row: row["id"],
        follows_changes=True,
    )


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
