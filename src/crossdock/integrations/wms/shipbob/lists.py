"""ShipBob's lists, all by page number, 250 records a page.

Orders say which of their shipments changed since a moment. Nothing else says when it changed, and is read
whole. Orders and returns are read oldest first, so that a new one comes at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest, vendor_path
from crossdock.integrations.wms.shipbob.order import order_record
from crossdock.integrations.wms.shipbob.places import channel, shipping_method, warehouse
from crossdock.integrations.wms.shipbob.product import product_record
from crossdock.integrations.wms.shipbob.receiving_order import inbound_record
from crossdock.integrations.wms.shipbob.return_order import return_record
from crossdock.integrations.wms.shipbob.stock import inventory_item
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import wire_time

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each model of the specification with every field filled."""

PAGE = 250
"""The most that one answer has: the vendor's reference of products."""


def _paged(path: str, **more: str) -> Callable[[Account, Span, Any], VendorRequest]:
    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", path, {"Page": position or 1, "Limit": PAGE, **more})

    return request


def _orders(account: Account, span: Span, position: Any) -> VendorRequest:
    changed = {}
    if span.since is not None:
        changed["LastUpdateStartDate"] = wire_time(span.since)
    if span.until is not None:
        changed["LastUpdateEndDate"] = wire_time(span.until)
    return _paged("/1.0/order", SortOrder="Oldest", **changed)(account, span, position)


def _page(position: Any, decoded: Any) -> ListPage:
    if not isinstance(decoded, list):
        raise ValueError("the answer is not a list")  # noqa: TRY004
    return ListPage(decoded, (position or 1) + 1 if len(decoded) >= PAGE else None)


def _whole(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    if not isinstance(decoded, list):
        raise ValueError("the answer is not a list")  # noqa: TRY004
    return ListPage(decoded)


def _boxes(account: Account, row: Any) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Version 1.0 of a receiving order has the boxes: tracking numbers, and later what was counted."""
    return {"boxes": VendorRequest("GET", vendor_path("1.0", "receiving", row["id"]))}


def _with_boxes(row: Any, read: Mapping[str, Any]) -> Any:
    return {"order": row, "boxes": read.get("boxes") or {"id": row["id"], "boxes": []}}


def _id_of(row: Any) -> str:
    return str(row["inventoryId"] if "inventoryId" in row else row["id"])


def _list(name: str, path: str, record: Any, *samples: str, **more: str) -> ListOperation:
    return ListOperation(
        function=list_function("wms", name),
        request=_paged(path, **more),
        page=_page,
        record=record,
        samples=[SAMPLES[sample] for sample in samples],
        id_of=_id_of,
    )


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("wms", "get_orders"),
        request=_orders,
        page=_page,
        record=order_record,
        samples=[SAMPLES["order"]],
        id_of=_id_of,
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_order_channels"),
        request=lambda account, span, position: VendorRequest("GET", "/1.0/channel"),  # noqa: ARG005
        page=_whole,
        record=channel,
        samples=[SAMPLES["channel"]],
    ),
    _list("get_inventory", "/1.0/inventory", inventory_item, "inventory"),
    _list("get_products", "/1.0/product", product_record, "product", "single_product"),
    ListOperation(
        function=list_function("wms", "get_inbound_shipments"),
        request=_paged("/2.0/receiving"),
        page=_page,
        details=_boxes,
        joined=_with_boxes,
        record=inbound_record,
        samples=[SAMPLES["receiving"]],
        id_of=lambda row: _id_of(row["order"]),
    ),
    _list("get_returns", "/1.0/return", return_record, "return", SortOrder="Oldest"),
    _list("get_shipping_methods", "/1.0/shippingmethod", shipping_method, "shipping_method"),
    ListOperation(
        function=list_function("wms", "get_warehouses"),
        request=lambda account, span, position: VendorRequest("GET", "/1.0/fulfillmentCenter"),  # noqa: ARG005
        page=_whole,
        record=warehouse,
        samples=[SAMPLES["center"]],
    ),
)
