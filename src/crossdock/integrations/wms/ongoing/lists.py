"""Ongoing's lists: operations `ordersGetAll`, `articlesGetAll` and their like.

Orders and articles say what changed since a moment. Purchase orders and return orders filter by single
events only (a status that changed, goods that came in), so they are read whole; so is stock, of which no
article says when it changed.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest, vendor_path
from crossdock.integrations.wms.ongoing import order, product, purchase_order, return_order
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.places import methods_of, shipping_method, warehouse
from crossdock.integrations.wms.ongoing.stock import inventory_item
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import wire_time

PAGE = 500
"""Records in one answer; the vendor leaves the most of it open."""

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each model of the specification with every field filled."""

IdOf = Callable[[Mapping[str, Any]], Any]


def _by_id(changed_from: str | None, id_from: str, most: str, path: str) -> Any:
    """The request for a page that begins at an id; `changed_from` is the parameter for what changed."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:
        query: dict[str, Any] = {"goodsOwnerId": goods_owner_id(account), most: PAGE}
        if changed_from is not None and span.since is not None:
            query[changed_from] = wire_time(span.since)
        if position is not None:
            query[id_from] = position
        return VendorRequest("GET", path, query)

    return request


def _after(id_of: IdOf) -> Callable[[Any, Any], ListPage]:
    """A full page goes on behind its highest id, since Ongoing answers in the order of ids."""

    def page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
        rows = _rows(decoded)
        following = max(id_of(row) for row in rows) + 1 if len(rows) >= PAGE else None
        return ListPage(rows, following)

    return page


def _rows(decoded: Any) -> list[Any]:
    if not isinstance(decoded, list):
        raise ValueError("the answer is not a list")  # noqa: TRY004
    return decoded


def _whole(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    return ListPage(_rows(decoded))


def _of_owner(path: str) -> Callable[[Account, Span, Any], VendorRequest]:
    return lambda account, span, position: VendorRequest(  # noqa: ARG005
        "GET", path, {"goodsOwnerId": goods_owner_id(account)}
    )


def _structure(account: Account, article: Any) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Operation `articlesGetStructureDefinition`, for an article that is made of others."""
    if not product.is_kit(article):
        return {}
    path = vendor_path("articles", article["articleSystemId"])
    return {"structure": VendorRequest("GET", f"{path}/structureDefinition")}


def _with_structure(article: Any, read: Mapping[str, Any]) -> Any:
    """As a write of a kit reads it back: the article and what it is made of."""
    return {"article": article, **read} if "structure" in read else article


def _product(decoded: Any) -> Struct:
    if isinstance(decoded, dict) and "article" in decoded:
        return product.kit_record(decoded)
    return product.product_record(decoded)


def _stock_of(account: Account, articles: Sequence[Any]) -> Mapping[str, VendorRequest]:
    """Operation `articlesGetInventoryPerWarehouse`, for the articles of a page."""
    query = {
        "goodsOwnerId": goods_owner_id(account),
        "articleSystemIdFrom": min(article["articleSystemId"] for article in articles),
        "maxArticlesToGet": len(articles),
    }
    return {"stock": VendorRequest("GET", "/articles/inventoryPerWarehouse", query)}


def _with_stock(article: Any, read: Mapping[str, Any]) -> Any:
    number = article["articleSystemId"]
    stock = next((row for row in read["stock"] or [] if row["articleSystemId"] == number), None)
    return {"article": article, "stock": stock}


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("wms", "get_orders"),
        request=_by_id("orderUpdatedTimeFrom", "orderIdFrom", "maxOrdersToGet", "/orders"),
        page=_after(lambda row: row["orderInfo"]["orderId"]),
        record=order.order_record,
        samples=[SAMPLES["order"]],
        id_of=lambda row: str(row["orderInfo"]["orderId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_products"),
        request=_by_id("articleDataLastUpdatedFrom", "articleSystemIdFrom", "maxArticlesToGet", "/articles"),
        page=_after(lambda row: row["articleSystemId"]),
        details=_structure,
        joined=_with_structure,
        record=_product,
        samples=[SAMPLES["article"], SAMPLES["kit"]],
        id_of=lambda row: str(row.get("article", row)["articleSystemId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_inventory"),
        request=_by_id(None, "articleSystemIdFrom", "maxArticlesToGet", "/articles"),
        page=_after(lambda row: row["articleSystemId"]),
        beside=_stock_of,
        joined=_with_stock,
        record=inventory_item,
        samples=[SAMPLES["stock"]],
        id_of=lambda row: str(row["article"]["articleSystemId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_inbound_shipments"),
        request=_by_id(None, "purchaseOrderIdFrom", "maxPurchaseOrdersToGet", "/purchaseOrders"),
        page=_after(lambda row: row["purchaseOrderInfo"]["purchaseOrderId"]),
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
        page=lambda position, decoded: ListPage(methods_of(_rows(decoded))),  # noqa: ARG005
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
