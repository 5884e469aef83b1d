"""The mutations `inventoryAdjustQuantities` and `inventorySetQuantities`, of the quantity `available`.

The codes of what is refused are those of the schema; the messages are ours, and so is the largest quantity.
"""

from collections.abc import Mapping
from typing import Any

from crossdock.doubles.shopify.declined import UserErrors
from crossdock.doubles.shopify.shop import Record, Shop

REASONS = frozenset(
    [
        "correction",
        "cycle_count_available",
        "damaged",
        "movement_created",
        "movement_updated",
        "movement_received",
        "movement_canceled",
        "other",
        "promotion",
        "quality_control",
        "received",
        "reservation_created",
        "reservation_updated",
        "reservation_deleted",
        "restock",
        "safety_stock",
        "shrinkage",
    ]
)
LARGEST = 1_000_000_000
AVAILABLE = "available"


def adjust(shop: Shop, arguments: Mapping[str, Any]) -> Record:
    """More or less of items at locations."""
    given = arguments["input"]
    return _change(shop, given, "changes", lambda one, there: there + one["delta"], "delta")


def set_(shop: Shop, arguments: Mapping[str, Any]) -> Record:
    """As many of items at locations as are said."""
    given = arguments["input"]
    pairs = [(one["inventoryItemId"], one["locationId"]) for one in given["quantities"]]
    if len(set(pairs)) < len(pairs):
        raise UserErrors(
            "The combination of inventoryItemId and locationId must be unique.",
            ["input", "quantities"],
            "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
        )
    for index, one in enumerate(given["quantities"]):
        if one["quantity"] < 0:
            at: list[str | int] = ["input", "quantities", index, "quantity"]
            raise UserErrors("The quantity can't be negative.", at, "INVALID_QUANTITY_NEGATIVE")
    return _change(shop, given, "quantities", lambda one, there: one["quantity"], "quantity")  # noqa: ARG005


def _change(shop: Shop, given: Mapping[str, Any], list_: str, wanted: Any, number: str) -> Record:
    if given["name"] != AVAILABLE:
        raise UserErrors(
            "The specified quantity name is invalid.", ["input", "name"], "INVALID_QUANTITY_NAME"
        )
    if given["reason"] not in REASONS:
        raise UserErrors("The specified reason is invalid.", ["input", "reason"], "INVALID_REASON")
    changes: list[tuple[Record, int, int]] = []
    for index, one in enumerate(given[list_]):
        at: list[str | int] = ["input", list_, index]
        level = _level(shop, one, at)
        there = quantity(level)
        if "changeFromQuantity" not in one:
            raise UserErrors("changeFromQuantity must be given.", [*at, "changeFromQuantity"], None)
        if one["changeFromQuantity"] not in (None, there):
            said = "The changeFromQuantity argument no longer matches the persisted quantity."
            raise UserErrors(said, [*at, "changeFromQuantity"], "CHANGE_FROM_QUANTITY_STALE")
        after = wanted(one, there)
        if abs(after) > LARGEST:
            high = after > 0
            said = (
                f"The quantity can't be {'higher' if high else 'lower'} than {LARGEST if high else -LARGEST}."
            )
            code = "INVALID_QUANTITY_TOO_HIGH" if high else "INVALID_QUANTITY_TOO_LOW"
            raise UserErrors(said, [*at, number], code)
        changes.append((level, there, after))
    for level, _, after in changes:
        put(shop, level, after)
    made = [
        {"item": level["item"], "location": level["location"], "name": AVAILABLE, "delta": after - there}
        for level, there, after in changes
    ]
    group = shop.add(
        "InventoryAdjustmentGroup",
        createdAt=shop.now,
        reason=given["reason"],
        referenceDocumentUri=given.get("referenceDocumentUri"),
        changes=made,
    )
    return {"inventoryAdjustmentGroup": group, "userErrors": []}


def _level(shop: Shop, one: Mapping[str, Any], at: list[str | int]) -> Record:
    item = shop.find("InventoryItem", one["inventoryItemId"])
    if item is None:
        said = "The specified inventory item could not be found."
        raise UserErrors(said, [*at, "inventoryItemId"], "INVALID_INVENTORY_ITEM")
    if shop.find("Location", one["locationId"]) is None:
        said = "The specified location could not be found."
        raise UserErrors(said, [*at, "locationId"], "INVALID_LOCATION")
    for level in item["inventoryLevels"]:
        if level["location"]["id"] == one["locationId"]:
            found: Record = level
            return found
    said = "The specified inventory item is not stocked at the location."
    raise UserErrors(said, [*at, "locationId"], "ITEM_NOT_STOCKED_AT_LOCATION")


def quantity(level: Record) -> int:
    """What is available at a level."""
    return int(level["_kept"][AVAILABLE])


def put(shop: Shop, level: Record, available: int) -> None:
    """Books a quantity; the product counts as changed (description of `Product.updatedAt`)."""
    level["_kept"][AVAILABLE] = available
    variant = level["item"]["_variant"]
    product = variant["product"]
    variant["inventoryQuantity"] = sum(map(quantity, level["item"]["inventoryLevels"]))
    product["totalInventory"] = sum(one["inventoryQuantity"] for one in product["variants"])
    shop.touch(level, variant, product)


OPERATIONS = {"inventoryAdjustQuantities": adjust, "inventorySetQuantities": set_}
