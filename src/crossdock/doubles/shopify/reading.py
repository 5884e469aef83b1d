"""Queries of records and of lists."""

from collections.abc import Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.shopify.search import product_ids, searched, updated_at
from crossdock.doubles.shopify.shop import Record, Shop, sorted_by

SORTED = {"UPDATED_AT": "updatedAt", "CREATED_AT": "createdAt", "PROCESSED_AT": "createdAt"}


def _one(type_: str) -> Any:
    def read(shop: Shop, arguments: Mapping[str, Any]) -> Record | None:
        return shop.find(type_, arguments["id"])

    return read


def _sorted(records: list[Record], arguments: Mapping[str, Any]) -> list[Record]:
    """By id where no time is meant. Raises `Refused` for an order that the double does not have."""
    key = arguments.get("sortKey") or "ID"
    if key in {"ID", "NAME"}:
        return sorted_by(records, lambda record: record.get("name", "") if key == "NAME" else 0)
    if key not in SORTED:
        raise Refused(f"This double does not sort by {key}.", 501)
    return sorted_by(records, lambda record: record[SORTED[key]])


def orders(shop: Shop, arguments: Mapping[str, Any]) -> list[Record]:
    """Orders by the time of their last change."""
    return _sorted(searched(shop.all("Order"), arguments.get("query"), updated_at=updated_at), arguments)


def products(shop: Shop, arguments: Mapping[str, Any]) -> list[Record]:
    """Products by the time of their last change."""
    return _sorted(searched(shop.all("Product"), arguments.get("query"), updated_at=updated_at), arguments)


def variants(shop: Shop, arguments: Mapping[str, Any]) -> list[Record]:
    """Variants by their products."""
    found = searched(shop.all("ProductVariant"), arguments.get("query"), product_ids=product_ids)
    return _sorted(found, arguments)


def locations(shop: Shop, arguments: Mapping[str, Any]) -> list[Record]:
    """Locations; those that are not active only when asked for."""
    found = [one for one in shop.all("Location") if one["isActive"] or arguments.get("includeInactive")]
    return _sorted(searched(found, arguments.get("query")), arguments)


def nodes(shop: Shop, arguments: Mapping[str, Any]) -> list[Record | None]:
    """Records of any type, `None` for one that there is not. Raises `Declined`."""
    return [shop.find(identifier.split("/")[-2], identifier) for identifier in arguments["ids"]]


OPERATIONS = {
    "nodes": nodes,
    "order": _one("Order"),
    "orders": orders,
    "product": _one("Product"),
    "products": products,
    "productVariant": _one("ProductVariant"),
    "productVariants": variants,
    "inventoryItem": _one("InventoryItem"),
    "location": _one("Location"),
    "locations": locations,
}
