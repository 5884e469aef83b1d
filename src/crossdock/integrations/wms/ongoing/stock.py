"""Stock of an article: models `GetArticleModelInventoryInfo`, `GetArticleInventoryPerWarehouseInfo`."""

from collections.abc import Mapping
from typing import Any

from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def inventory_item(decoded: Any) -> wms.InventoryItem:
    """The canonical item of `{"article": ..., "stock": ...}`. Raises `ValueError` when it is none.

    What can be shipped is what may be sold; locked items are unfulfillable, and the rest is committed.
    """
    article = decoded.get("article") if isinstance(decoded, dict) else None
    if not isinstance(article, dict) or not isinstance(article.get("articleSystemId"), int):
        raise ValueError("the row is not an article")  # noqa: TRY004
    whole = article.get("inventoryInfo") or {}
    onhand, unfulfillable, sellable = _counts(whole)
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
        committed=onhand - unfulfillable - sellable,
        unfulfillable=unfulfillable,
        fulfillable=sellable,
        unsellable=0,
        sellable=sellable,
        inventory_by_warehouse_id={str(row["warehouseId"]): _in_warehouse(row) for row in stock},
    )


def _in_warehouse(row: Mapping[str, Any]) -> wms.InventoryInWarehouse:
    onhand, unfulfillable, sellable = _counts(row)
    return wms.InventoryInWarehouse(
        onhand=onhand,
        committed=onhand - unfulfillable - sellable,
        unfulfillable=unfulfillable,
        fulfillable=sellable,
        sellable=sellable,
    )


def _counts(stock: Mapping[str, Any]) -> tuple[int, int, int]:
    """In the building, not to be shipped, and free; what is free is never more than what is there."""
    onhand = _units(stock, "numberOfItems")
    unfulfillable = min(onhand, _units(stock, "numberOfLockedItems"))
    free = onhand - unfulfillable
    sellable = stock.get("sellableNumberOfItems")
    return onhand, unfulfillable, free if sellable is None else max(0, min(free, int(sellable)))


def _units(stock: Mapping[str, Any], name: str) -> int:
    return int(stock.get(name) or 0)
