"""Stock: added, removed and replaced, in a warehouse and, where one is named, in a location.

What is refused is ours: an amount below one, and more than is there.
"""

from datetime import UTC, datetime

from crossdock.doubles.shiphero.account import NOW, Record
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined, not_found

DAYS_OF_CHANGES = 60


def inventory_add(asked: Asked) -> Record:
    """More of a product."""
    return _change(asked, 1)


def inventory_remove(asked: Asked) -> Record:
    """Less of a product."""
    return _change(asked, -1)


def inventory_replace(asked: Asked) -> Record:
    """As many of a product as are said."""
    stock = asked.account.warehouse_product(asked.data["sku"], asked.data["warehouse_id"])
    if asked.data["quantity"] < 0:
        raise Declined("Quantity must not be negative")
    if asked.data.get("location_id"):
        there = _location(asked, stock)
        _book(asked, stock, asked.data["quantity"] - there["quantity"])
        there["quantity"] = asked.data["quantity"]
    else:
        _book(asked, stock, asked.data["quantity"] - stock["on_hand"])
    return {"warehouse_product": stock}


def location(asked: Asked) -> Record:
    """One location, by id or name."""
    for record in asked.account.locations.values():
        if asked.arguments.get("id") == record["id"] or asked.arguments.get("name") == record["name"]:
            return {"data": record}
    raise not_found("Location")


def locations(asked: Asked) -> Record:
    """Locations by warehouse."""
    return {"data": asked.filtered(asked.account.locations.values(), warehouse_id="warehouse_id")}


def inventory_changes(asked: Asked) -> Record:
    """What was booked, by SKU, warehouse, time and a part of the reason.

    The vendor's reference says of `reason` that it needs dates at most 60 days apart.
    """
    arguments = dict(asked.arguments)
    reason, since, until = arguments.pop("reason", None), arguments.get("date_from"), arguments.get("date_to")
    if reason and not (since and until and _days_between(since, until) <= DAYS_OF_CHANGES):
        raise Declined("A date range of at most 60 days is required to search by reason")
    found = Asked(asked.account, arguments).filtered(
        asked.account.inventory_changes,
        sku="sku",
        warehouse_id="warehouse_id",
        location_id="location_id",
        customer_account_id="account_id",
        date_from="created_at",
        date_to="created_at",
    )
    return {"data": [one for one in found if not reason or reason in (one["reason"] or "")]}


def _days_between(since: str, until: str) -> float:
    length = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    return length.total_seconds() / 86_400


def _change(asked: Asked, sign: int) -> Record:
    stock = asked.account.warehouse_product(asked.data["sku"], asked.data["warehouse_id"])
    quantity = asked.data["quantity"]
    if quantity < 1:
        raise Declined("Quantity must be greater than 0")
    there = _location(asked, stock) if asked.data.get("location_id") else None
    held = stock["on_hand"] if there is None else there["quantity"]
    if sign < 0 and quantity > held:
        raise Declined(f"Not enough inventory: {held} on hand")
    if there is not None:
        there["quantity"] += sign * quantity
    _book(asked, stock, sign * quantity)
    return {"warehouse_product": stock}


def _book(asked: Asked, stock: Record, quantity: int) -> None:
    """Changes what is on hand and remembers that."""
    change = {
        **asked.account.new("InventoryChange"),
        "account_id": stock["account_id"],
        "warehouse_id": stock["warehouse_id"],
        "sku": stock["sku"],
        "previous_on_hand": stock["on_hand"],
        "change_in_on_hand": quantity,
        "reason": asked.data.get("reason"),
        "location_id": asked.data.get("location_id"),
        # Changes are looked for by when they were made, which is the one time here that is the day's own.
        "created_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
        "product": asked.account.product_of(stock["sku"]),
    }
    asked.account.inventory_changes.append(change)
    asked.account.add_stock(stock, quantity)


def _location(asked: Asked, stock: Record) -> Record:
    """How much of a product is in the location that is named, which is made when there was none."""
    known = asked.account.locations.get(asked.data["location_id"])
    if known is None or known["warehouse_id"] != stock["warehouse_id"]:
        raise not_found("Location")
    places: list[Record] = stock["locations"]
    for place in places:
        if place["location_id"] == known["id"]:
            return place
    made = {
        **asked.account.new("ItemLocation"),
        "account_id": stock["account_id"],
        "warehouse_id": stock["warehouse_id"],
        "location_id": known["id"],
        "sku": stock["sku"],
        "quantity": 0,
        "created_at": NOW,
    }
    places.append(made)
    return made


OPERATIONS = {
    "inventory_add": inventory_add,
    "inventory_remove": inventory_remove,
    "inventory_replace": inventory_replace,
    "inventory_changes": inventory_changes,
    "location": location,
    "locations": locations,
}
