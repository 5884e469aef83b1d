"""Shopify's products and their variants as the canonical record: types `Product` and `ProductVariant`.

Both are records of one list: a variant names its product as its parent, a product names itself. Stock is what
is `available`. The dates of a variant's record are the product's, since Shopify tells by those what changed;
a change of stock counts as one (description of `Product.updatedAt`).
"""

from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.cart.shopify.graphql import Record, answered, asked, connection, nodes
from crossdock.integrations.cart.shopify.ids import gid, number
from crossdock.integrations.cart.shopify.values import amount, required, weight
from crossdock.schemas import cart

LEVELS = 20
"""Locations that a page of variants has of each; of a variant with more the others are read on."""

ALL_LEVELS = 200
"""As many locations as a shop can have (vendor's help pages)."""

PRODUCT = (
    "id title status createdAt updatedAt tags vendor productType handle hasVariantsThatRequiresComponents "
    "totalInventory category { fullName } featuredMedia { preview { image { url } } }"
)
LEVEL = 'id location { id } quantities(names: ["available"]) { name quantity }'


def variant_selection(locations: int | None) -> str:
    """What is read of a variant, with so many locations; `None` as bulk operations read it."""
    levels = connection(LEVEL, locations)
    return (
        "id displayName sku barcode price requiresComponents inventoryQuantity "
        "inventoryItem { id tracked unitCost { amount } measurement { weight { value unit } } "
        f"inventoryLevels{levels} }}"
    )


def read_variant(account: Account, variant_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `productVariant`."""
    return asked(
        "query($id: ID!) { productVariant(id: $id) "
        f"{{ {variant_selection(ALL_LEVELS)} product {{ {PRODUCT} }} }} }}",
        id=gid("ProductVariant", variant_id),
    )


def read_back(decoded: Any) -> cart.CartProduct:
    """The record in an answer to `read_variant`. Raises `ValueError` when there is none."""
    variant = answered(decoded, "productVariant")
    if not isinstance(variant, dict):
        raise ValueError("the answer has no variant")  # noqa: TRY004
    return product_record(as_row(variant, variant["product"]))


def as_row(variant: Record, product: Record) -> Record:
    """A row of the list: a variant with what is read of its product."""
    return {**variant, "product": {name: value for name, value in product.items() if name != "variants"}}


def is_variant(row: Record) -> bool:
    """Whether a row is a variant, and not a product."""
    return "product" in row


def product_record(row: Any) -> cart.CartProduct:
    """The canonical record of a product, or of a variant with its product."""
    return _variant(row) if is_variant(row) else _product(row)


def _product(product: Record) -> cart.CartProduct:
    return cart.CartProduct(
        id=number(product["id"]),
        name=product["title"],
        parent_product_id=number(product["id"]),
        is_kit=bool(product.get("hasVariantsThatRequiresComponents")),
        inventory=product.get("totalInventory"),
        **_shared(product),
    )


def _variant(variant: Record) -> cart.CartProduct:
    product, item = variant["product"], variant.get("inventoryItem") or {}
    levels = nodes(item.get("inventoryLevels"))
    return cart.CartProduct(
        id=number(variant["id"]),
        name=variant.get("displayName") or product["title"],
        sku=variant.get("sku") or None,
        gtin=variant.get("barcode") or None,
        parent_product_id=number(product["id"]),
        is_kit=bool(variant.get("requiresComponents")),
        price=amount(variant.get("price")),
        unit_cost=amount((item.get("unitCost") or {}).get("amount")),
        inventory=variant.get("inventoryQuantity"),
        inventory_by_warehouse_id={number(level["location"]["id"]): available(level) for level in levels},
        measurements=weight(item.get("measurement")),
        **_shared(product),
    )


def available(level: Record) -> int:
    """How much of an inventory level can be sold."""
    found = (one["quantity"] for one in level.get("quantities") or () if one.get("name") == "available")
    return int(next(found, 0))


def _shared(product: Record) -> dict[str, Any]:
    """What a product tells of itself and of each of its variants."""
    category = (product.get("category") or {}).get("fullName") or ""
    preview = (product.get("featuredMedia") or {}).get("preview") or {}
    return {
        "created_date": required(product["createdAt"]),
        "updated_date": required(product["updatedAt"]),
        "active": product.get("status") == "ACTIVE",
        "image_url": (preview.get("image") or {}).get("url"),
        "categories": [part for part in category.split(" > ") if part],
        "tags": list(product.get("tags") or ()),
        "additional_fields": {
            "status": product.get("status"),
            "vendor": product.get("vendor"),
            "product_type": product.get("productType"),
            "handle": product.get("handle"),
        },
    }
