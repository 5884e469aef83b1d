"""What a merchant has at ShipBob: channels, products, inventory, orders, WROs and returns."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Model = dict[str, Any]

FIRST_IDS = {
    "product": 3000,
    "inventory": 8000,
    "order": 50000,
    "shipment": 70000,
    "receiving": 9000,
    "return": 6000,
}
"""Records are numbered from the next number on, whatever made them."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A source of orders; an application may write to its own only, which its scopes say."""

    id: int
    name: str
    application_name: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Center:
    """A fulfilment center."""

    id: int
    name: str
    city: str
    state: str
    zip_code: str
    timezone: str
    receives: bool = True

    def named(self) -> Model:
        """Its id and name, as most records have it."""
        return {"id": self.id, "name": self.name}


@dataclass(slots=True)
class Stock:
    """Units of an inventory item at one fulfilment center."""

    on_hand: int = 0
    committed: int = 0
    awaiting: int = 0


@dataclass(slots=True)
class Item:
    """An inventory item: what lies in the shelves. `stock` is by fulfilment center."""

    id: int
    name: str
    sku: str
    is_digital: bool = False
    is_active: bool = True
    is_lot: bool = False
    stock: dict[int, Stock] = field(default_factory=dict)

    def at(self, center_id: int) -> Stock:
        """The stock at a fulfilment center, none at first."""
        return self.stock.setdefault(center_id, Stock())


@dataclass(slots=True)
class Product:
    """What a channel sells: units of one inventory item, or of several when it is a bundle."""

    id: int
    channel_id: int
    reference_id: str
    name: str
    parts: list[tuple[int, int]]
    sku: str | None = None
    barcode: str | None = None
    gtin: str | None = None
    upc: str | None = None
    unit_price: float | None = None
    created_date: str = "2026-01-05T09:00:00+00:00"

    @property
    def is_bundle(self) -> bool:
        """Whether it is put together from several items."""
        return len(self.parts) > 1


@dataclass(slots=True)
class Merchant:
    """Orders, WROs and returns are kept as the specification's models of them, by id.

    A WRO is kept as `ReceivingOrderViewModel`, with its boxes, from which version 2.0's model follows.
    `stopped_at` stands for the time of day, as long as it is set.
    """

    channels: dict[int, Channel] = field(default_factory=dict)
    centers: dict[int, Center] = field(default_factory=dict)
    methods: list[Model] = field(default_factory=list)
    items: dict[int, Item] = field(default_factory=dict)
    products: dict[int, Product] = field(default_factory=dict)
    orders: dict[int, Model] = field(default_factory=dict)
    receiving: dict[int, Model] = field(default_factory=dict)
    returns: dict[int, Model] = field(default_factory=dict)
    return_history: dict[int, list[Model]] = field(default_factory=dict)
    stopped_at: str | None = None
    _last: Counter[str] = field(default_factory=lambda: Counter(FIRST_IDS))

    def now(self) -> str:
        """The time as ShipBob writes it: with an offset."""
        return self.stopped_at or datetime.now(UTC).isoformat(timespec="seconds")

    def next_id(self, kind: str) -> int:
        """A new number; each kind of record has its own range."""
        self._last[kind] += 1
        return self._last[kind]

    def shipments(self) -> Iterator[Model]:
        """All shipments of all orders."""
        for order in self.orders.values():
            yield from order["shipments"]

    def product_of(self, channel_id: int, reference_id: str) -> Product | None:
        """The channel's product with a reference id."""
        for product in self.products.values():
            if product.channel_id == channel_id and product.reference_id == reference_id:
                return product
        return None
