"""What orders are promised of the stock, and who gets what becomes free."""

from collections import Counter
from collections.abc import Iterable

from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.stock import commit, counts, release


def units_left(line: Record) -> int:
    """Units of an order line that have not shipped."""
    return int(line["quantity"] - line["shipped_quantity"])


def items_needed(order: Record) -> Counter[str]:
    """Units by inventory item that the order still needs, those of kits as their components."""
    needed: Counter[str] = Counter()
    for line in order["line_items"]:
        for part in line["components"]:
            needed[part["inventory_item_id"]] += units_left(line) * part["unit_quantity"]
    return +needed


def promise(site: Site, order: Record) -> bool:
    """Commits all that the order needs in one warehouse and makes it `open`, or leaves it `backordered`.

    The order, which holds nothing before, is changed and not saved.
    """
    needed = items_needed(order)
    items = [site.get("inventory", item_id) for item_id in needed]
    candidates = [warehouse["id"] for warehouse in site.shelves.all("warehouses")]
    candidates.sort(key=lambda warehouse_id: warehouse_id != order["warehouse_id"])
    for warehouse_id in candidates:
        if all(counts(item, warehouse_id)["fulfillable"] >= needed[item["id"]] for item in items):
            for item in items:
                commit(item, warehouse_id, needed[item["id"]])
                site.save("inventory", item)
            order["warehouse_id"], order["status"] = warehouse_id, "open"
            return True
    order["status"] = "backordered"
    return False


def take_back(site: Site, order: Record) -> list[str]:
    """Frees what the order holds; gives the inventory items. The order itself is not changed."""
    if order["status"] == "backordered":
        return []
    needed = items_needed(order)
    for item_id, units in needed.items():
        item = site.get("inventory", item_id)
        release(item, order["warehouse_id"], units)
        site.save("inventory", item)
    return list(needed)


def release_backorders(site: Site, item_ids: Iterable[str], keep: str | None = None) -> None:
    """Promises free units of these items to the orders that wait for them, the oldest first.

    An order that still lacks something does not hold up a younger one that lacks nothing more. The order
    `keep` has just been looked at and is left as it is.
    """
    free = set(item_ids)
    for order in site.shelves.with_status("orders", "backordered") if free else ():
        if order["id"] != keep and free & items_needed(order).keys() and promise(site, order):
            site.save("orders", order)
