"""Articles: `PUT` creates or updates by the article number, and a kit is an article with a structure.

An update replaces all that was there, except a structure: model `PostArticleModelAdvanced` has a switch
without which a structure article stays one. That fields left out are emptied is ours, the stricter reading.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked, Filter, bound
from crossdock.doubles.ongoing.models import STOCK, Model, article_model, now, sortable
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

SAME_IN_BOTH = (
    "articleName", "productCode", "unitCode", "description", "isStockArticle", "isActive", "barCodeInfo",
    "quantityPerPackage", "quantityPerPallet", "weight", "length", "width", "height", "volume",
    "purchasePrice", "stockValuationPrice", "customerPrice", "purcaseCurrencyCode", "countryOfOriginCode",
    "statisticsNumber", "articleGroup", "articleCategory", "articleColor", "articleSize", "stockLimit",
    "minimumReorderQuantity", "netWeight", "linkToPicture", "subQuantityPerItem", "storageClass",
    "minDaysToExpiryDateAllowedOnDelivery", "customsDescription", "taricNumbersInfo",
    "additionalStatisticsNumber", "customsExportConditions", "articleNameTranslations",
)  # fmt: skip
"""Fields that models `PostArticleModel` and `GetArticleModel` have alike."""

SUPPLIER = ("supplierArticleNumber", "supplierNumber", "supplierName")
HANDLING = ("articleInboundHandlingComment", "articlePickingHandlingComment", "articleReturnHandlingComment")
KEEPS_STRUCTURE = "allowChangingProductionAndStructureArticlesToStockOrNonStockArticles"


def put_article(warehouse: Warehouse, owner: GoodsOwner, body: Model, there: Model | None = None) -> int:
    """Writes a `PostArticleModel` over an article, by default the one of its number; the id.

    Raises `Refused`.
    """
    number = body["articleNumber"]
    same_number = owner.articles.get(number)
    there = there or same_number
    if same_number is not None and same_number is not there:
        raise Refused(f"Article {number} already exists.")
    structure = body.get("structureDefinition")
    rows = _rows(owner, number, structure) if structure else []
    article_id = there["articleSystemId"] if there else warehouse.next_id("article")
    made = article_model(owner.id, article_id, number)
    kind = there["articleKind"] if there else STOCK
    made |= {key: body[key] for key in SAME_IN_BOTH if body.get(key) is not None}
    made |= {"articleName": body.get("articleName") or "", **_parts(body), "articleDataLastUpdated": now()}
    if structure:
        kind = structure["articleKind"]
        warehouse.structures[article_id] = rows
    elif (body.get("advanced") or {}).get(KEEPS_STRUCTURE):
        kind = STOCK
        warehouse.structures.pop(article_id, None)
    made["articleKind"] = kind
    if there:
        del owner.articles[there["articleNumber"]]
    owner.articles[number] = made
    warehouse.articles[article_id] = (owner, made)
    return int(article_id)


def _parts(body: Model) -> Model:
    """The parts that have another shape when they are read."""
    parts: Model = {}
    supplier = {key: value for key, value in (body.get("supplierInfo") or {}).items() if key in SUPPLIER}
    if supplier:
        parts["supplierInfo"] = supplier
    for key in ("storageProperties", "freeValues"):
        kept = {k: v for k, v in (body.get(key) or {}).items() if v is not None and k != "freeDateTime1"}
        if kept:
            parts[key] = kept
    comments = {key: body[key] for key in HANDLING if body.get(key)}
    if comments:
        parts["articleHandlingComments"] = comments
    return parts


def _rows(owner: GoodsOwner, number: str, structure: Model) -> list[Model]:
    """The rows of a structure, model `GetArticleStructureRowInfoModel`. Which are refused is ours."""
    rows = structure.get("rows") or []
    if not rows:
        raise Refused(f"The structure of article {number} has no rows.")
    made = []
    for row in rows:
        part = row["articleNumber"]
        if part == number:
            raise Refused(f"Article {part} cannot be a part of itself.")
        if part not in owner.articles:
            raise Refused(f"Article {part} does not exist.")
        if row.get("numberOfItems", 0) <= 0:
            raise Refused(f"numberOfItems of article {part} must be above 0.")
        made.append(
            {
                "articleSystemId": owner.articles[part]["articleSystemId"],
                "articleNumber": part,
                "numberOfItems": row["numberOfItems"],
            }
        )
    return made


def _with_stock(warehouse: Warehouse, article: Model) -> Model:
    """The article as it is read: with what is in stock. Only whole figures that the double knows are told."""
    units = sum(warehouse.stock_of(article["articleSystemId"]).values())
    return article | {"inventoryInfo": {"numberOfItems": units, "sellableNumberOfItems": units}}


ARTICLE_FILTERS: Mapping[str, Filter] = {
    "articleNumber": lambda a, number: a["articleNumber"] == number,
    "articleNumbers": lambda a, numbers: a["articleNumber"] in numbers,
    "articleSystemIdFrom": lambda a, number: a["articleSystemId"] >= number,
    "barCodes": lambda a, codes: (a.get("barCodeInfo") or {}).get("barCode") in codes,
    "articleDataLastUpdatedFrom": lambda a, moment: (
        (a.get("articleDataLastUpdated") or "") >= sortable(moment)
    ),
    "maxArticlesToGet": bound,
}


def _articles(asked: Asked) -> Any:
    owned = sorted(asked.goods_owner().articles.values(), key=lambda article: article["articleSystemId"])
    found = asked.filtered(owned, ARTICLE_FILTERS, asked.parameters.get("maxArticlesToGet"))
    return [_with_stock(asked.warehouse, article) for article in found]


def _article(asked: Asked) -> Any:
    return _with_stock(asked.warehouse, asked.visible(asked.warehouse.articles, "articleSystemId", "Article"))


def _put(asked: Asked) -> Any:
    return _written(put_article(asked.warehouse, asked.body_owner(), asked.body), asked.body)


def _put_by_id(asked: Asked) -> Any:
    owner, there = asked.found(asked.warehouse.articles, "articleSystemId", "Article")
    if owner is not asked.body_owner():
        raise Refused(f"Article {there['articleSystemId']} belongs to another goods owner.")
    return _written(put_article(asked.warehouse, owner, asked.body, there), asked.body)


def _written(article_id: int, body: Model) -> Model:
    name = body.get("articleName") or ""
    return {
        "articleSystemId": article_id,
        "message": f"Article {body['articleNumber']} {name} Updated/Created",
    }


def _structure(warehouse: Warehouse, article: Model) -> Model:
    rows = warehouse.structures.get(article["articleSystemId"], [])
    return {key: article[key] for key in ("articleSystemId", "articleNumber", "articleKind")} | {"rows": rows}


def _structure_definition(asked: Asked) -> Any:
    article = asked.visible(asked.warehouse.articles, "articleSystemId", "Article")
    return _structure(asked.warehouse, article)


def _structure_definitions(asked: Asked) -> Any:
    filters: Mapping[str, Filter] = {
        "articleNumbers": ARTICLE_FILTERS["articleNumbers"],
        "articleKind": lambda a, kind: a["articleKind"] == kind,
    }
    found = asked.filtered(asked.goods_owner().articles.values(), filters)
    return [_structure(asked.warehouse, article) for article in found]


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /articles": _articles,
    "PUT /articles": _put,
    "GET /articles/{articleSystemId}": _article,
    "PUT /articles/{articleSystemId}": _put_by_id,
    "GET /articles/{articleSystemId}/structureDefinition": _structure_definition,
    "GET /articles/structureDefinitions": _structure_definitions,
}
