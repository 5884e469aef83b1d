"""The list of products and variants: queries `products`, by the time of their last change, and
`productVariants` of the products of a page.

A product that changed is read with all of its variants, since Shopify tells of changes of stock by the
product's time only.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.cart.shopify import product_record
from crossdock.integrations.cart.shopify.bulk import bulk_reading
from crossdock.integrations.cart.shopify.changed import following, search_of, updated
from crossdock.integrations.cart.shopify.graphql import (
    Record,
    answered,
    as_connection,
    asked,
    connection,
    end_cursor,
    nodes,
)
from crossdock.integrations.cart.shopify.ids import number
from crossdock.integrations.cart.shopify.samples import SAMPLES
from crossdock.schemas.lists import list_function

PRODUCTS = 25
VARIANTS = 10

PRODUCTS_QUERY = (
    "query($after: String, $search: String) "
    f"{{ products(first: {PRODUCTS}, after: $after, query: $search, sortKey: UPDATED_AT) "
    f"{{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {product_record.PRODUCT} }} }} }} }}"
)
VARIANTS_QUERY = (
    "query($after: String, $search: String!) "
    f"{{ productVariants(first: {VARIANTS}, after: $after, query: $search) "
    "{ pageInfo { hasNextPage endCursor } edges { node { "
    f"{product_record.variant_selection(product_record.LEVELS)} "
    f"product {{ {product_record.PRODUCT} }} }} }} }} }}"
)


def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """A page of products, or of the variants of one."""
    if position and "of" in position:
        return asked(
            VARIANTS_QUERY, after=position.get("within"), search=f"product_ids:{','.join(position['of'])}"
        )
    return asked(PRODUCTS_QUERY, after=(position or {}).get("after"), search=search_of(span, position))


def page(position: Any, decoded: Any) -> ListPage:
    """Products, then their variants, then the next products."""
    if position and "of" in position:
        found = answered(decoded, "productVariants")
        within = end_cursor(found)
        on = position["then"] if within is None else {**position, "within": within}
        return ListPage(nodes(found), on)
    found = answered(decoded, "products")
    rows = nodes(found)
    then = following(position, end_cursor(found), rows)
    return ListPage(rows, {"of": [number(row["id"]) for row in rows], "then": then} if rows else then)


def details(account: Account, row: Any) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The other locations of a variant that is in more than a page has."""
    item = row.get("inventoryItem") or {}
    after = end_cursor(item.get("inventoryLevels"))
    if after is None:
        return {}
    levels = connection(product_record.LEVEL, product_record.ALL_LEVELS).replace(
        "(first:", "(after: $after, first:"
    )
    query = f"query($id: ID!, $after: String) {{ inventoryItem(id: $id) {{ id inventoryLevels{levels} }} }}"
    return {"levels": asked(query, id=item["id"], after=after)}


def joined(row: Any, decoded: Mapping[str, Any]) -> Any:
    """A variant with all of its locations; no cursor is kept, which would make it look changed."""
    item = row.get("inventoryItem")
    if not isinstance(item, dict):
        return row
    levels = nodes(item.get("inventoryLevels"))
    if "levels" in decoded:
        levels += nodes((answered(decoded["levels"], "inventoryItem") or {}).get("inventoryLevels"))
    return {**row, "inventoryItem": {**item, "inventoryLevels": as_connection(levels)}}


def _bulk_query(span: Span) -> str:
    search = updated(span)
    arguments = f'(query: "{search}", sortKey: UPDATED_AT)' if search else "(sortKey: UPDATED_AT)"
    variants = connection(product_record.variant_selection(None), None)
    return (
        f"{{ products{arguments} {{ edges {{ node {{ {product_record.PRODUCT} variants{variants} }} }} }} }}"
    )


def _rows(product: Record) -> list[Record]:
    """A product, and behind it its variants."""
    alone = {name: value for name, value in product.items() if name != "variants"}
    return [alone, *(product_record.as_row(variant, alone) for variant in nodes(product.get("variants")))]


LIST = ListOperation(
    function=list_function("cart", "get_products"),
    request=request,
    page=page,
    details=details,
    joined=joined,
    record=product_record.product_record,
    samples=[SAMPLES["product"], SAMPLES["variant"]],
    id_of=lambda row: number(row["id"]),
    follows_changes=True,
    bulk=bulk_reading(
        _bulk_query,
        {
            "ProductVariant": ("Product", "variants"),
            "InventoryLevel": ("ProductVariant", "inventoryItem", "inventoryLevels"),
        },
        _rows,
    ),
)
