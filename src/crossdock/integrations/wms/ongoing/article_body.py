"""How products and kits become `PostArticleModel`, whole and without losing what is there."""

from collections.abc import Sequence
from typing import Any

from crossdock.integrations.wms.ongoing.answers import Record
from crossdock.schemas.fields import UNSET

SAME = (
    "articleNumber", "articleName", "productCode", "unitCode", "description", "isStockArticle", "isActive",
    "barCodeInfo", "quantityPerPackage", "quantityPerPallet", "weight", "length", "width", "height", "volume",
    "purchasePrice", "stockValuationPrice", "customerPrice", "purcaseCurrencyCode", "countryOfOriginCode",
    "statisticsNumber", "articleGroup", "articleCategory", "articleColor", "articleSize", "stockLimit",
    "minimumReorderQuantity", "netWeight", "linkToPicture", "subQuantityPerItem", "freeValues",
    "minDaysToExpiryDateAllowedOnDelivery", "customsDescription", "taricNumbersInfo", "storageProperties",
    "storageClass", "additionalStatisticsNumber", "customsExportConditions", "articleNameTranslations",
)  # fmt: skip
"""Fields of `GetArticleModel` that `PostArticleModel` has under the same names and with the same shapes."""

SUPPLIER = ("supplierArticleNumber", "supplierNumber", "supplierName")


def as_written(article: Record) -> Record:
    """A `GetArticleModel` as the `PostArticleModel` that makes it again, as far as the models have the same.

    The specification does not say what becomes of fields that a `PUT` leaves out. What only the request's
    model has is missing: `quantityPerLayerOnPallet` and `articlePackingHandlingComment`.
    """
    written = {name: article[name] for name in SAME if article.get(name) is not None}
    supplier = article.get("supplierInfo") or {}
    if any(supplier.get(name) for name in SUPPLIER):
        written["supplierInfo"] = {name: supplier[name] for name in SUPPLIER if supplier.get(name)}
    if supplier.get("alternativeSuppliers"):
        written["alternativeSuppliersInfo"] = {"alternativeSuppliers": supplier["alternativeSuppliers"]}
    comments = article.get("articleHandlingComments") or {}
    written |= {name: comment for name, comment in comments.items() if comment}
    classes = [
        {"code": one["code"], "name": one["name"]}
        for one in article.get("classes") or []
        if one.get("code") and one.get("name")
    ]
    return written | ({"articleClassesInfo": {"classes": classes}} if classes else {})


def named(there: Record, name: Any, gtin: Any) -> Record:
    """An article with another name and bar code, where they are given."""
    changed = dict(there)
    if name is not UNSET:
        changed["articleName"] = name
    if gtin is not UNSET:
        changed["barCodeInfo"] = {**(there.get("barCodeInfo") or {}), "barCode": gtin}
    return changed


def structure(components: Sequence[Any]) -> Record:
    """Model `PostArticleModelStructureDefinition` of what a kit is made of."""
    rows = [{"articleNumber": one.sku, "numberOfItems": one.unit_quantity} for one in components]
    return {"articleKind": "Structure", "rows": rows}
