"""ShipBob's product as the canonical product: model `ProductViewModel`."""

from typing import Any

from crossdock.connector import Account, VendorRequest, vendor_path
from crossdock.integrations.wms.shipbob.answers import known_time, numbered
from crossdock.schemas import wms


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /1.0/product/{productId}`."""
    return VendorRequest("GET", vendor_path("1.0", "product", record_id))


def product_record(product: Any) -> wms.Product:
    """The canonical record of a decoded `ProductViewModel`. Raises `ValueError` when it is not one.

    A product without a GTIN shows its UPC or barcode. ShipBob tells no time of last change, and the SKU of
    an inventory item only where the product is nothing but one of it.
    """
    product = numbered(product, "product")
    created = known_time(product.get("created_date"))
    items = product.get("fulfillable_inventory_items") or []
    kit = len(items) > 1 or bool((product.get("bundle_root_information") or {}).get("id"))
    sku = product.get("sku") or product.get("reference_id")
    return wms.Product(
        id=str(product["id"]),
        created_date=created,
        updated_date=created,
        name=product.get("name") or "",
        sku=sku,
        gtin=product.get("gtin") or product.get("upc") or product.get("barcode"),
        unit_price=product.get("unit_price"),
        inventory_items=[
            wms.ProductInventoryItem(
                inventory_item_id=str(item["id"]),
                sku=None if kit else sku,
                unit_quantity=int(item.get("quantity") or 1),
            )
            for item in items
        ],
        is_kit=kit,
        additional_fields={
            name: product.get(name)
            for name in (
                "reference_id",
                "barcode",
                "upc",
                "total_fulfillable_quantity",
                "total_onhand_quantity",
            )
        },
    )
