"""What a shop sells and where it lies: the contract's resource tables, sections 2.2 and 2.3."""

from typing import Any

from msgspec import Struct, field

from crossdock.schemas.addresses import Measurements, ShipFromAddress


class CartProduct(Struct, kw_only=True):
    """A product or one of its variants; a variant names its parent, a parent names itself."""

    id: str
    created_date: str
    updated_date: str
    name: str
    sku: str | None = None
    gtin: str | None = None
    parent_product_id: str
    is_kit: bool = False
    active: bool
    price: float | None = None
    unit_cost: float | None = None
    inventory: int | None = None
    inventory_by_warehouse_id: dict[str, int] = {}
    image_url: str | None = None
    measurements: Measurements = field(default_factory=Measurements)
    categories: list[str] = []
    tags: list[str] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class CartWarehouse(Struct, kw_only=True):
    """A place that the shop ships from."""

    id: str
    created_date: str
    updated_date: str
    name: str
    code: str | None = None
    address: ShipFromAddress = field(default_factory=ShipFromAddress)
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
