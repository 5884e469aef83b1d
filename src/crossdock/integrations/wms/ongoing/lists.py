"""Ongoing's lists: operations `ordersGetAll`, `articlesGetAll` and their like.

Orders and articles are asked for by what changed. Purchase orders and return orders can be filtered by single
events only (a status that changed, goods that came), so they are read whole, and return orders at once, since
Ongoing has no pages of them. No article says when its stock changed, so stock is read whole too. Warehouses
and transporters have no dates at all.

Ongoing lists neither locations nor suppliers nor channels, and an account is one goods owner's. Its inventory
adjustments are only some of the movements of stock, and its invoices leave open whether a price is that of
one unit.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.wms.ongoing import (
    article_list,
    changed_orders,
    order,
    purchase_order,
    return_order,
)
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.paging import every, pages, rows_of
from crossdock.integrations.wms.ongoing.places import methods_of, shipping_method, warehouse
from crossdock.integrations.wms.ongoing.stock import inventory_item, stock_of, with_stock
from crossdock.integrations.wms.ongoing.structures import product_or_kit, structures_of, with_structure
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each model of the specification with every field filled."""


def _whole(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    return ListPage(rows_of(decoded))


def _of_owner(path: str) -> Callable[[Account, Span, Any], VendorRequest]:
    return lambda account, span, position: VendorRequest(  # noqa: ARG005
        "GET", path, {"goodsOwnerId": goods_owner_id(account)}
    )


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("wms", "get_orders"),
        request=changed_orders.request,
        page=changed_orders.page,
        record=order.order_record,
        samples=[SAMPLES["order"]],
        id_of=lambda row: str(row["orderInfo"]["orderId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_products"),
        request=article_list.changed,
        page=article_list.page,
        beside=structures_of,
        joined=with_structure,
        record=product_or_kit,
        samples=[SAMPLES["article"], SAMPLES["kit"]],
        id_of=lambda row: str(row.get("article", row)["articleSystemId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_inventory"),
        request=article_list.every_article,
        page=article_list.page,
        beside=stock_of,
        joined=with_stock,
        record=inventory_item,
        samples=[SAMPLES["stock"]],
        id_of=lambda row: str(row["article"]["articleSystemId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_inbound_shipments"),
        request=every("/purchaseOrders", "purchaseOrderIdFrom", "maxPurchaseOrdersToGet"),
        page=pages(lambda row: row["purchaseOrderInfo"]["purchaseOrderId"]),
        record=purchase_order.inbound_record,
        samples=[SAMPLES["purchase_order"]],
        id_of=lambda row: str(row["purchaseOrderInfo"]["purchaseOrderId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_returns"),
        request=_of_owner("/returnOrders"),
        page=_whole,
        record=return_order.return_record,
        samples=[SAMPLES["return_order"]],
        id_of=lambda row: str(row["returnOrderInfo"]["returnOrderId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_shipping_methods"),
        request=_of_owner("/transporterContracts"),
        page=lambda position, decoded: ListPage(methods_of(rows_of(decoded))),  # noqa: ARG005
        record=shipping_method,
        samples=[SAMPLES["method"]],
    ),
    ListOperation(
        function=list_function("wms", "get_warehouses"),
        request=lambda account, span, position: VendorRequest("GET", "/warehouses"),  # noqa: ARG005
        page=_whole,
        record=warehouse,
        samples=[SAMPLES["warehouse"]],
    ),
)
