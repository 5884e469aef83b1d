"""The canonical product, of a product and of its variants. Types `Product`, `ProductVariant` and
`StockLevel`.

What is sold is a variant: it has the SKU, the price and the stock. Stock is what is on hand; what of it
is promised to orders is `stock_allocated`.
"""

from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.cart.vendure.graphql import Record, answered, graphql
from crossdock.integrations.cart.vendure.order_record import parent_id
from crossdock.integrations.cart.vendure.values import amount, utc
from crossdock.schemas import cart

OF_BOTH = "id createdAt updatedAt name enabled featuredAsset { preview } facetValues { name facet { name } }"
PRODUCT = f"__typename {OF_BOTH} slug collections {{ name }}"
VARIANT = (
    f"__typename {OF_BOTH} productId sku price currencyCode "
    "stockLevels { stockLocationId stockOnHand stockAllocated }"
)


def read_variant(account: Account, variant_id: str) -> VendorRequest:
    """The variant as it is kept here."""
    document = f"query($id: ID!) {{ productVariant(id: $id) {{ {VARIANT} }} }}"
    return graphql(account, document, id=variant_id)


def variant_record(decoded: Any) -> cart.CartProduct:
    """An answer to `read_variant`. Raises `ValueError` when it has no variant."""
    return product_of_row(answered(decoded, "productVariant"))


def id_of_row(row: Any) -> str | None:
    """The id that the row of a product or variant has here."""
    if row["__typename"] == "Product":
        return parent_id({"productId": row["id"]})
    return str(row["id"])


def product_of_row(row: Any) -> cart.CartProduct:
    """A row of the list of products or variants. Raises `ValueError` when it is neither."""
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is no product")
    return cart.CartProduct(
        **_of_both(row), **(_of_product if row["__typename"] == "Product" else _of_variant)(row)
    )


def _of_both(row: Record) -> Record:
    return {
        "id": id_of_row(row),
        "created_date": utc(row.get("createdAt")),
        "updated_date": utc(row.get("updatedAt")),
        "name": row["name"],
        "active": row["enabled"],
        "image_url": (row.get("featuredAsset") or {}).get("preview"),
        "tags": [f"{value['facet']['name']}:{value['name']}" for value in row.get("facetValues") or ()],
    }


def _of_product(row: Record) -> Record:
    return {
        "parent_product_id": id_of_row(row),
        "categories": [collection["name"] for collection in row.get("collections") or ()],
        "additional_fields": {"slug": row.get("slug")},
    }


def _of_variant(row: Record) -> Record:
    levels = row.get("stockLevels") or ()
    on_hand = {str(level["stockLocationId"]): level["stockOnHand"] for level in levels}
    return {
        "parent_product_id": parent_id(row),
        "sku": row.get("sku"),
        "price": amount(row.get("price")),
        "inventory": sum(on_hand.values()),
        "inventory_by_warehouse_id": on_hand,
        "additional_fields": {
            "currency_code": row.get("currencyCode"),
            "stock_allocated": sum(level["stockAllocated"] for level in levels),
        },
    }
