"""The specification's models of what a warehouse keeps, built from its parts.

Models `GetArticleModel`, `GetOrderModel`, `GetOrderLine` and `GetReturnOrderLine` of the specification; only
what matters to returns is filled in. Statuses: see `statuses`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.statuses import OPEN, SENT

Model = dict[str, Any]

STOCK = "Stock"
"""The kind of an article without a structure. Ours; the specification names the other two."""


def now() -> str:
    """The time as Ongoing writes it: UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc(text: str | None) -> str | None:
    """A time with any offset as Ongoing writes it. Raises `Refused` for one that no calendar year holds."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"{text} is not a time.") from None
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


@lru_cache(maxsize=4096)
def sortable(text: str) -> str:
    """A time in the form in which earlier ones sort before later ones. Raises `Refused` as `utc` does."""
    return utc(text) or ""


def touch(order: Model) -> None:
    """Notes that an order was changed now.

    That it is the same time that `orderUpdatedTimeFrom` and `orderStatusChangedTimeFrom` regard is ours.
    """
    info = order["orderInfo"]
    info["advanced"] = {**(info.get("advanced") or {}), "orderHeaderUpdated": now()}


def goods_owner_model(goods_owner_id: int) -> Model:
    """Who an article or an order belongs to."""
    return {"id": goods_owner_id, "name": f"Goods owner {goods_owner_id}"}


def article_model(goods_owner_id: int, article_id: int, sku: str) -> Model:
    """An article that is kept in stock."""
    return {
        "goodsOwner": goods_owner_model(goods_owner_id),
        "articleSystemId": article_id,
        "articleNumber": sku,
        "articleName": f"Article {sku}",
        "isStockArticle": True,
        "isActive": True,
        "articleKind": STOCK,
    }


def order_line_model(line_id: int, row: int, article: Model, shipped: int, ordered: int) -> Model:
    """An order line of which `shipped` of the `ordered` items were picked and packed."""
    return {
        "id": line_id,
        "rowNumber": str(row),
        "article": {key: article[key] for key in ("articleSystemId", "articleNumber", "articleName")},
        "orderedNumberOfItems": ordered,
        "allocatedNumberOfItems": ordered,
        "pickedNumberOfItems": shipped,
        "packedNumberOfItems": shipped,
        "returnedNumberOfItems": 0,
        "shouldBePicked": True,
    }


def order_model(goods_owner_id: int, order_id: int, lines: Sequence[Model], warehouse: Model) -> Model:
    """An order of those lines; it was sent if anything was picked.

    Its times are the same for every order, but for that of its last change, which is now.
    """
    shipped = any(line["pickedNumberOfItems"] for line in lines)
    totals = {
        quantity: sum(line[quantity] for line in lines)
        for quantity in ("orderedNumberOfItems", "allocatedNumberOfItems", "pickedNumberOfItems")
    }
    return {
        "goodsOwner": goods_owner_model(goods_owner_id),
        "orderInfo": {
            "orderId": order_id,
            "orderNumber": f"SO-{order_id}",
            "deliveryDate": "2026-01-15T00:00:00Z",
            "createdDate": "2026-01-12T08:30:00Z",
            "shippedTime": "2026-01-15T14:05:00Z" if shipped else None,
            "orderStatus": SENT if shipped else OPEN,
            "warehouse": warehouse,
            "advanced": {"orderHeaderUpdated": now()},
            **totals,
        },
        "orderLines": list(lines),
    }


def return_line_model(line_id: int, asked: Model, order_line: Model, cause: Model | None) -> Model:
    """A line of a return order, of which nothing has arrived yet; `asked` is a `PostReturnOrderLine`."""
    return {
        "returnOrderLineId": line_id,
        "returnOrderRowNumber": asked["returnOrderRowNumber"],
        "customerOrderLine": {
            "orderLineId": order_line["id"],
            "customerOrderRowNumber": order_line["rowNumber"],
        },
        "article": order_line["article"],
        "returnCause": cause,
        "returnedNumberOfItems": 0,
        "pickedNumberOfItems": order_line["pickedNumberOfItems"],
        "toBeReturnedNumberOfItems": asked["toBeReturnedNumberOfItems"],
        "returnedRemovedByInventoryNumberOfItems": 0,
        "returnedArticleItems": [],
    }
