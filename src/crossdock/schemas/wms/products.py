"""Products and kits: the contract's resource tables, section 1.4."""

from typing import Any

from msgspec import Struct


class ProductInventoryItem(Struct, kw_only=True):
    """An inventory item that a product is made of, and how many units of it."""

    inventory_item_id: str
    sku: str | None = None
    unit_quantity: int


class Supplier(Struct, kw_only=True):
    """Who delivers the goods."""

    supplier_id: str
    supplier_name: str | None = None


class SupplierProduct(Struct, kw_only=True):
    """A product in a supplier's catalogue."""

    supplier_id: str
    supplier_name: str | None = None
    external_id: str | None = None
    unit_cost: str | None = None


class Product(Struct, kw_only=True):
    """Something that is sold; a kit when `is_kit` says so. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    id: str
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    name: str
    sku: str | None = None
    gtin: str | None = None
    unit_price: float | None = None
    inventory_items: list[ProductInventoryItem] = []
    is_kit: bool = False
    active: bool = True
    supplier: str | None = None
    supplier_object: Supplier | None = None
    country_of_origin: str | None = None
    harmonized_code: str | None = None
    supplier_products: list[SupplierProduct] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
