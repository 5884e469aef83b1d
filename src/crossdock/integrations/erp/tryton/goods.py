"""Items and inventory: from Tryton's products to the canonical records."""

from collections.abc import Mapping
from typing import Any

from crossdock.integrations.erp.tryton.rpc import Row, rows
from crossdock.integrations.erp.tryton.values import amount, created, updated
from crossdock.schemas.erp import Inventory, InventoryInLocation, Item
from crossdock.schemas.times import UNKNOWN

ITEM = [
    "code",
    "description",
    "active",
    "cost_price",
    "list_price_used",
    "create_date",
    "write_date",
    "template.name",
    "template.active",
    "template.write_date",
    "template.default_uom.symbol",
]
STOCKED = ["code", "template.name"]
QUANTITY = ["quantity"]

WAREHOUSES = "warehouses"
"""Where a row of inventory keeps the numbers of the warehouses."""


def item(row: Row) -> Item:
    """A `product.product`. Prices are per unit, in the company's currency."""
    template = row["template."]
    return Item(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(row),
        name=template["name"],
        sku=row.get("code") or None,
        description=row.get("description") or None,
        active=bool(row["active"] and template["active"]),
        unit_of_measure=(template.get("default_uom.") or {}).get("symbol"),
        unit_price=amount(row.get("list_price_used")),
        unit_cost=amount(row.get("cost_price")),
    )


def with_stock(row: Row, decoded: Mapping[str, Any]) -> Row:
    """A product with what each warehouse has of it: on hand, and not yet assigned to a shipment."""
    stock = {}
    for warehouse in row[WAREHOUSES]:
        onhand = _quantities(decoded[f"onhand/{warehouse}"]).get(row["id"], 0)
        free = _quantities(decoded[f"free/{warehouse}"]).get(row["id"], 0)
        stock[str(warehouse)] = {"onhand": onhand, "free": free}
    return {name: value for name, value in row.items() if name != WAREHOUSES} | {"stock": stock}


def _quantities(decoded: Any) -> dict[int, float]:
    return {row["id"]: row["quantity"] or 0 for row in rows(decoded)}


def inventory(joined: Row) -> Inventory:
    """Committed is what shipments have been assigned. The dates of stock are in its moves only."""
    places = {
        warehouse: InventoryInLocation(
            onhand=told["onhand"], committed=told["onhand"] - told["free"], available=told["free"]
        )
        for warehouse, told in joined["stock"].items()
    }
    return Inventory(
        id=str(joined["id"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        item_id=str(joined["id"]),
        sku=joined.get("code") or None,
        name=joined["template."]["name"],
        onhand=sum(there.onhand for there in places.values()),
        committed=sum(there.committed for there in places.values()),
        available=sum(there.available for there in places.values()),
        inventory_by_location_id=places,
    )
