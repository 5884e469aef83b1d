"""Stock of an article: models `GetArticleModelInventoryInfo`, `GetArticleInventoryPerWarehouseInfo`.

The vendor's page "Stock balances and inventory": the physical number is never below 0. The sellable number
may be, and that of a kit is what its parts are enough for, while the kit itself is not in stock.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.wms.ongoing.article_list import ID_FROM, MOST, article_id
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.paging import ids_of
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def stock_of(account: Account, articles: Sequence[Any]) -> Mapping[str, VendorRequest]:
    """Operation `articlesGetInventoryPerWarehouse`, for the articles of a page."""
    ids = ids_of(articles, article_id)
    query = {"goodsOwnerId": goods_owner_id(account), ID_FROM: min(ids), MOST: len(ids)}
    return {"stock": VendorRequest("GET", "/articles/inventoryPerWarehouse", query)}


def with_stock(article: Any, read: Mapping[str, Any]) -> Any:
    """The article and its stock in each warehouse; `None` for one that is not told of."""
    number = article["articleSystemId"]
    stock = next((row for row in read["stock"] or [] if row["articleSystemId"] == number), None)
    return {"article": article, "stock": stock}


def inventory_item(decoded: Any) -> wms.InventoryItem:
    """The canonical item of `{"article": ..., "stock": ...}`. Raises `ValueError` when it is none.

    What can be shipped is what may be sold of what is there; locked items are unfulfillable, and the rest is
    committed.
    """
    article = decoded.get("article") if isinstance(decoded, dict) else None
    if not isinstance(article, dict) or not isinstance(article.get("articleSystemId"), int):
        raise ValueError("the row is not an article")  # noqa: TRY004
    whole = article.get("inventoryInfo") or {}
    onhand, unfulfillable, fulfillable = _counts(whole)
    stock = (decoded.get("stock") or {}).get("inventoryPerWarehouse") or []
    return wms.InventoryItem(
        id=str(article["articleSystemId"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=article.get("articleName") or article.get("articleNumber") or "",
        sku=article.get("articleNumber"),
        unit_cost=article.get("purchasePrice"),
        active=article.get("isActive") is not False,
        awaiting=_units(whole, "toReceiveNumberOfItems"),
        onhand=onhand,
        committed=onhand - unfulfillable - fulfillable,
        unfulfillable=unfulfillable,
        fulfillable=fulfillable,
        sellable=_sellable(whole, fulfillable),
        inventory_by_warehouse_id={str(row["warehouseId"]): _in_warehouse(row) for row in stock},
    )


def _in_warehouse(row: Mapping[str, Any]) -> wms.InventoryInWarehouse:
    onhand, unfulfillable, fulfillable = _counts(row)
    return wms.InventoryInWarehouse(
        onhand=onhand,
        committed=onhand - unfulfillable - fulfillable,
        unfulfillable=unfulfillable,
        fulfillable=fulfillable,
        sellable=_sellable(row, fulfillable),
    )


def _counts(stock: Mapping[str, Any]) -> tuple[int, int, int]:
    """In the building, not to be shipped, and free; what is free is never more than what is there."""
    onhand = _units(stock, "numberOfItems")
    unfulfillable = min(onhand, _units(stock, "numberOfLockedItems"))
    free = onhand - unfulfillable
    return onhand, unfulfillable, max(0, min(free, _sellable(stock, free)))


def _sellable(stock: Mapping[str, Any], otherwise: int) -> int:
    told = stock.get("sellableNumberOfItems")
    return otherwise if told is None else int(told)


def _units(stock: Mapping[str, Any], name: str) -> int:
    return int(stock.get(name) or 0)
