"""What the kits of a page of articles are made of, read together rather than one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.connector.vendor import QueryValue
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.known_articles import AT_ONCE
from crossdock.integrations.wms.ongoing.product import STRUCTURES, is_kit, kit_record, product_record
from crossdock.schemas import wms


def structures_of(account: Account, articles: Sequence[Any]) -> Mapping[str, VendorRequest]:
    """Operation `articlesGetStructureRowsByArticleNumber`, for those that are made of others, by kind."""
    reads = {}
    for kind in STRUCTURES:
        numbers = [
            number
            for article in articles
            if isinstance(article, dict) and article.get("articleKind") == kind
            if isinstance(number := article.get("articleNumber"), str)
        ]
        for start in range(0, len(numbers), AT_ONCE):
            query: dict[str, QueryValue] = {
                "goodsOwnerId": goods_owner_id(account),
                "articleKind": kind,
                "articleNumbers": numbers[start : start + AT_ONCE],
            }
            reads[f"{kind} {start}"] = VendorRequest("GET", "/articles/structureDefinitions", query)
    return reads


def with_structure(article: Any, read: Mapping[str, Any]) -> Any:
    """As a write of a kit reads it back: the article and what it is made of. Another article is itself."""
    if not is_kit(article):
        return article
    number = article["articleSystemId"]
    structure = next(
        (row for rows in read.values() for row in rows or [] if row["articleSystemId"] == number), None
    )
    return {"article": article, "structure": structure}


def product_or_kit(row: Any) -> wms.Product:
    """The canonical record of what `with_structure` makes. Raises `ValueError` when it is no article."""
    if isinstance(row, dict) and "article" in row:
        return kit_record(row)
    return product_record(row)
