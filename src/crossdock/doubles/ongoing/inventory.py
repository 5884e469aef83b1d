"""What is in stock, and how the warehouse corrected it. A goods owner only reads both."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked, Filter, bound
from crossdock.doubles.ongoing.models import Model

ARTICLE = ("articleSystemId", "articleNumber", "articleName")


def _per_warehouse(asked: Asked) -> Any:
    """Model `GetArticleInventoryPerWarehouseModel`."""
    filters: Mapping[str, Filter] = {
        "articleNumbers": lambda a, numbers: a["articleNumber"] in numbers,
        "articleSystemIdFrom": lambda a, number: a["articleSystemId"] >= number,
        "warehouseIds": bound,
        "maxArticlesToGet": bound,
    }
    owned = sorted(asked.goods_owner().articles.values(), key=lambda article: article["articleSystemId"])
    found = asked.filtered(owned, filters, asked.parameters.get("maxArticlesToGet"))
    wanted = asked.parameters.get("warehouseIds")
    return [
        {
            "articleSystemId": article["articleSystemId"],
            "articleNumber": article["articleNumber"],
            "inventoryPerWarehouse": [
                {"warehouseId": place, "numberOfItems": units, "sellableNumberOfItems": units}
                for place, units in asked.warehouse.stock_of(article["articleSystemId"]).items()
                if wanted is None or place in wanted
            ],
        }
        for article in found
    ]


def _adjustments(asked: Asked) -> Any:
    """Model `GetInventoryAdjustmentsLine`: the adjustments of each article, in the time that is asked for."""
    if unknown := asked.parameters.keys() - {"goodsOwnerId", "from", "to", "toTime"}:
        raise Refused(f"This double does not filter by {', '.join(sorted(unknown))}.", 501)
    owner = asked.goods_owner()
    since, until = (asked.parameters.get(name) for name in ("from", "toTime"))
    until = until or asked.parameters.get("to")
    by_article: dict[int, list[Model]] = {}
    for article_id, adjustment in owner.adjustments:
        moment = datetime.fromisoformat(adjustment["inventoryTime"])
        if (since and moment < datetime.fromisoformat(since)) or (
            until and moment > datetime.fromisoformat(until)
        ):
            continue
        by_article.setdefault(article_id, []).append(adjustment)
    return [_line(asked, article_id, its) for article_id, its in by_article.items()]


def _adjustment(asked: Asked) -> Any:
    wanted = asked.parameters["inventoryId"]
    for owner in asked.warehouse.goods_owners.values():
        for article_id, adjustment in owner.adjustments:
            if adjustment["inventoryId"] == wanted and asked.sees(owner.id):
                return _line(asked, article_id, [adjustment])
    raise Refused(f"Inventory adjustment {wanted} does not exist.", 404)


def _line(asked: Asked, article_id: int, adjustments: list[Model]) -> Model:
    article = asked.warehouse.articles[article_id][1]
    return {"article": {key: article[key] for key in ARTICLE}, "inventoryAdjustments": adjustments}


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /articles/inventoryPerWarehouse": _per_warehouse,
    "GET /inventoryAdjustments": _adjustments,
    "GET /inventoryAdjustments/{inventoryId}": _adjustment,
}
