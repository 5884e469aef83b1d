"""What a ShipHero account keeps. Records are dictionaries with the schema's field names."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from crossdock.doubles.shiphero.declined import not_found
from crossdock.doubles.shiphero.identifiers import global_id

Record = dict[str, Any]

ACCOUNT_ID = global_id("Account", 9001)
NOW = "2025-10-01T12:00:00"
"""The moment of everything that happens but of changes of stock."""


@dataclass
class Account:
    """The records of one account by id, in the order in which they were made."""

    warehouses: dict[str, Record] = field(default_factory=dict)
    locations: dict[str, Record] = field(default_factory=dict)
    vendors: dict[str, Record] = field(default_factory=dict)
    products: dict[str, Record] = field(default_factory=dict)
    orders: dict[str, Record] = field(default_factory=dict)
    shipments: dict[str, Record] = field(default_factory=dict)
    purchase_orders: dict[str, Record] = field(default_factory=dict)
    returns: dict[str, Record] = field(default_factory=dict)
    inventory_changes: list[Record] = field(default_factory=list)
    return_statuses: list[str] = field(default_factory=lambda: ["pending", "warehouse_complete", "complete"])
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1001))

    def new(self, entity: str) -> Record:
        """The ids of a record that is new."""
        number = next(self._numbers)
        return {"id": global_id(entity, number), "legacy_id": number}

    def warehouse(self, identifier: str) -> Record:
        """Raises `Declined`."""
        return _one(self.warehouses, identifier, "Warehouse")

    def order(self, identifier: str) -> Record:
        """Raises `Declined`."""
        return _one(self.orders, identifier, "Order")

    def purchase_order(self, identifier: str) -> Record:
        """Raises `Declined`."""
        return _one(self.purchase_orders, identifier, "PurchaseOrder")

    def return_(self, identifier: str) -> Record:
        """Raises `Declined`."""
        return _one(self.returns, identifier, "Return")

    def product(self, sku: str) -> Record:
        """Raises `Declined`."""
        product = self.product_of(sku)
        if product is None:
            raise not_found(f"Product with SKU {sku}")
        return product

    def warehouse_product(self, sku: str, warehouse_id: str) -> Record:
        """A product's stock in a warehouse. Raises `Declined`."""
        self.warehouse(warehouse_id)
        stocks: list[Record] = self.product(sku)["warehouse_products"]
        for stock in stocks:
            if stock["warehouse_id"] == warehouse_id:
                return stock
        raise not_found(f"Product with SKU {sku} in the warehouse")

    def product_of(self, sku: str) -> Record | None:
        """The product with a SKU, if there is one."""
        return next((product for product in self.products.values() if product["sku"] == sku), None)

    def add_stock(self, stock: Record, quantity: int) -> None:
        """Changes what is on hand, below zero when it is told so."""
        stock["on_hand"] += quantity
        stock["available"] += quantity


def given(data: Record, names: Iterable[str]) -> Record:
    """What an input says of these fields; what it does not name, or has null for, is left out."""
    return {name: data[name] for name in names if data.get(name) is not None}


def _one(records: dict[str, Record], identifier: str, entity: str) -> Record:
    if identifier in records:
        return records[identifier]
    raise not_found("Purchase Order" if entity == "PurchaseOrder" else entity)
