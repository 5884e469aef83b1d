"""What an ERP deals in and how much of it there is: items and inventory."""

from typing import Any

from msgspec import Struct


class Item(Struct, kw_only=True):
    """A row of the item master; inventory is joined to it by `sku`. Prices and costs are per unit."""

    id: str
    created_date: str
    updated_date: str
    name: str
    sku: str | None = None
    description: str | None = None
    active: bool
    unit_of_measure: str | None = None
    unit_price: float | None = None
    unit_cost: float | None = None
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class InventoryInLocation(Struct, kw_only=True):
    """The quantities of one item in one location."""

    onhand: float = 0
    committed: float = 0
    available: float = 0


class Lot(Struct, kw_only=True):
    """Units of an item that were made or bought together."""

    lot_id: str
    lot_number: str | None = None
    expiration_date: str | None = None
    onhand: float = 0
    location_id: str | None = None


class Bin(Struct, kw_only=True):
    """A place within a location that holds units of an item, perhaps of one lot."""

    bin_id: str
    bin_name: str | None = None
    location_id: str | None = None
    lot_id: str | None = None
    onhand: float = 0


class ItemVendor(Struct, kw_only=True):
    """Somebody who sells the item, and what they call it."""

    vendor_id: str
    vendor_name: str | None = None
    vendor_sku: str | None = None
    unit_cost: float | None = None


class Inventory(Struct, kw_only=True):
    """How much of an item there is. ERPs deal in fractions too, so quantities need not be whole."""

    id: str
    created_date: str
    updated_date: str
    item_id: str
    sku: str | None = None
    name: str | None = None
    onhand: float = 0
    committed: float = 0
    available: float = 0
    inventory_by_location_id: dict[str, InventoryInLocation] = {}
    lots: list[Lot] = []
    bins: list[Bin] = []
    vendors: list[ItemVendor] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
