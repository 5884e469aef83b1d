"""Ongoing's article as the canonical product.

Models `GetArticleModel` and `GetArticleStructureDefinitionModel`.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, Asked, VendorRequest, vendor_path
from crossdock.integrations.wms.ongoing.answers import Record, known_time, numbered_path
from crossdock.schemas import wms

STRUCTURES = ("Structure", "Production")
"""The kinds of an article that is made of others: model `PostArticleStructureKind`."""


def read_back(account: Account, record_id: str) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Operations `articlesGet` and `articlesGetStructureDefinition`."""
    path = vendor_path("articles", record_id)
    return {
        "article": VendorRequest("GET", path),
        "structure": VendorRequest("GET", f"{path}/structureDefinition"),
    }


def read_back_article(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """Operation `articlesGet`, for an article that has no structure of its own."""
    return VendorRequest("GET", vendor_path("articles", record_id))


def article_read(asked: Asked[Any]) -> VendorRequest:
    """Operation `articlesGet` for the article of the path. Raises `NotFound`."""
    return VendorRequest("GET", numbered_path(asked, "articles", "article"))


def is_kit(article: Record) -> bool:
    """Whether the article is made of others."""
    return article.get("articleKind") in STRUCTURES


def kit_record(answers: Any) -> wms.Product:
    """The canonical record of an article and its structure. Raises `ValueError` when it is no article."""
    structure = (answers.get("structure") or {}) if isinstance(answers, dict) else {}
    parts = [
        wms.ProductInventoryItem(
            inventory_item_id=str(row.get("articleSystemId") or ""),
            sku=row.get("articleNumber"),
            unit_quantity=int(row.get("numberOfItems") or 0),
        )
        for row in structure.get("rows") or []
    ]
    return _record(answers.get("article") if isinstance(answers, dict) else None, parts)


def product_record(article: Any) -> wms.Product:
    """The canonical record of an article; the parts of a kit are not told by it.

    Raises `ValueError` when it is no article.
    """
    if not isinstance(article, dict) or is_kit(article):
        return _record(article, [])
    number = str(article.get("articleSystemId"))
    itself = wms.ProductInventoryItem(
        inventory_item_id=number, sku=article.get("articleNumber"), unit_quantity=1
    )
    return _record(article, [itself])


def _record(article: Any, parts: list[wms.ProductInventoryItem]) -> wms.Product:
    """Ongoing has no time at which an article was made; that of its last change stands for it."""
    if not isinstance(article, dict) or not isinstance(article.get("articleSystemId"), int):
        raise ValueError("the answer is not an article")  # noqa: TRY004
    changed = known_time(article.get("articleDataLastUpdated"))
    supplier = article.get("supplierInfo") or {}
    named = supplier.get("supplierNumber") or supplier.get("supplierName")
    return wms.Product(
        id=str(article["articleSystemId"]),
        created_date=changed,
        updated_date=changed,
        name=article.get("articleName") or article.get("articleNumber") or "",
        sku=article.get("articleNumber"),
        gtin=(article.get("barCodeInfo") or {}).get("barCode") or None,
        unit_price=article.get("customerPrice"),
        inventory_items=parts,
        is_kit=is_kit(article),
        active=article.get("isActive") is not False,
        supplier=supplier.get("supplierName"),
        supplier_object=(
            wms.Supplier(supplier_id=named, supplier_name=supplier.get("supplierName")) if named else None
        ),
        country_of_origin=article.get("countryOfOriginCode"),
        harmonized_code=article.get("statisticsNumber"),
        additional_fields={
            "product_code": article.get("productCode"),
            "unit_code": article.get("unitCode"),
            "description": article.get("description"),
            "article_kind": article.get("articleKind"),
        },
    )
