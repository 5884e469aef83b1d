"""Stock: the contract's resource tables, section 1.2."""

from typing import Any

from msgspec import Struct, field

from crossdock.schemas.addresses import Measurements


class InventoryInWarehouse(Struct, kw_only=True):
    """Units of an item in one warehouse."""

    awaiting: int | None = None
    onhand: int
    committed: int | None = None
    unfulfillable: int | None = None
    fulfillable: int | None = None
    unsellable: int | None = None
    sellable: int | None = None


class Lot(Struct, kw_only=True):
    """Units of an item that were made together."""

    lot_id: str
    onhand: int
    expiration_date: str | None = None
    warehouse_id: str | None = None


class InventoryLocation(Struct, kw_only=True):
    """Units of an item in one bin."""

    location_id: str
    quantity: int
    warehouse_id: str


class InventoryItem(Struct, kw_only=True):
    """What a warehouse has of one SKU, in whole units.

    `onhand` is `committed` + `unfulfillable` + `fulfillable`, except where `substitute_skus` has any.
    """

    id: str
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    name: str
    sku: str | None = None
    unit_cost: float | None = None
    active: bool = True
    awaiting: int = 0
    onhand: int = 0
    committed: int = 0
    unfulfillable: int = 0
    fulfillable: int = 0
    unsellable: int = 0
    sellable: int = 0
    substitute_skus: list[str] = []
    inventory_by_warehouse_id: dict[str, InventoryInWarehouse] = {}
    lots: list[Lot] = []
    measurements: Measurements = field(default_factory=Measurements)
    locations: list[InventoryLocation] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
