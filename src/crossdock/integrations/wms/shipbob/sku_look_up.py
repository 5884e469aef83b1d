"""From a SKU to the inventory item that goods are received as.

ShipBob's receiving knows inventory items, and its inventory no SKUs: the way leads through the channel's
products (`GET /1.0/product`, model `ProductViewModel`). They can be asked for by reference id, which mostly
is the SKU; for the SKUs that are not, all products are read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crossdock.connector import Reads, VendorRequest

SKUS_AT_ONCE = 40
PAGE = 250
MOST_PAGES = 40
BY_REFERENCE = "products by reference"
BY_PAGE = "products, page"


def product_reads(skus: Sequence[str], known: Reads) -> Mapping[str, VendorRequest]:
    """What is still to be read to find the SKUs: by reference id, then the first page, then the others."""
    wanted = sorted(set(skus))
    asked = {
        f"{BY_REFERENCE} {start}": _list(ReferenceIds=",".join(wanted[start : start + SKUS_AT_ONCE]))
        for start in range(0, len(wanted), SKUS_AT_ONCE)
    }
    if not asked or not set(asked) <= set(known):
        return asked
    if all(_matches(sku, known) for sku in wanted):
        return {}
    first = f"{BY_PAGE} 1"
    if first not in known:
        return {first: _list(Page=1)}
    pages = int(known.headers.get(first, {}).get("total-pages") or 1)
    return {f"{BY_PAGE} {page}": _list(Page=page) for page in range(2, min(pages, MOST_PAGES) + 1)}


def _list(**query: str | int) -> VendorRequest:
    return VendorRequest("GET", "/1.0/product", {**query, "Limit": PAGE})


def sample_products(items: Mapping[str, int]) -> Reads:
    """Products of one inventory item each, by SKU."""
    products = [
        {"id": item, "sku": sku, "fulfillable_inventory_items": [{"id": item, "quantity": 1}]}
        for sku, item in items.items()
    ]
    return Reads({f"{BY_REFERENCE} 0": products})


def item_of(sku: str, known: Reads) -> int:
    """The id of the inventory item. Raises `LookupError` that says why there is none, or not just one."""
    matches = list(_matches(sku, known))
    if not matches:
        raise LookupError(f"ShipBob has no product with the SKU {sku} in this channel")
    items = {item["id"] for product in matches for item in product.get("fulfillable_inventory_items") or []}
    if len(items) != 1:
        raise LookupError(
            f"{sku} stands for {len(items)} inventory items of ShipBob; give inventory_item_id instead"
        )
    return int(items.pop())


def _matches(sku: str, known: Reads) -> Sequence[Mapping[str, Any]]:
    products = {product["id"]: product for product in _products(known)}.values()
    return [product for product in products if product.get("sku") == sku] or [
        product for product in products if product.get("reference_id") == sku
    ]


def _products(known: Reads) -> Iterator[Mapping[str, Any]]:
    for name, answer in known.items():
        if name.startswith((BY_REFERENCE, BY_PAGE)) and isinstance(answer, list):
            yield from answer
