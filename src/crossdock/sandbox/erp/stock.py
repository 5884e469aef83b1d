"""How much of an item lies in which location, and how much of it open sales orders have taken.

Figures are decimals in thousandths, kept as whole numbers, so that they add up.
"""

from typing import Any

from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Kind, Record, Site

THOUSAND = 1000


def thousandths(quantity: float) -> int:
    """A quantity as it is kept."""
    return round(quantity * THOUSAND)


def quantity(kept: int) -> float:
    """A quantity as it is told; whole ones without a fraction."""
    return kept // THOUSAND if kept % THOUSAND == 0 else kept / THOUSAND


def new_inventory(site: Site, item: Record) -> Record:
    """The inventory row of an item, without anything on hand; not yet saved."""
    names = {"item_id": item["id"], "sku": item["sku"], "name": item["name"]}
    return site.new("erp_inventory", {**names, "stock": {}, "vendors": []})


def inventory_of(site: Site, item_id: str) -> Record:
    """The inventory row of an item."""
    return site.shelves.find("erp_inventory", item_id)[0]


def change(site: Site, item_id: str, location_id: str, *, onhand: int = 0, committed: int = 0) -> None:
    """Adds thousandths to what is on hand in a location and to what is committed of it."""
    row = inventory_of(site, item_id)
    figures = row["stock"].setdefault(location_id, {"onhand": 0, "committed": 0})
    figures["onhand"] += onhand
    figures["committed"] += committed
    site.save("erp_inventory", row)


def onhand(site: Site, item_id: str, location_id: str) -> int:
    """The thousandths of an item that lie in a location."""
    figures = inventory_of(site, item_id)["stock"].get(location_id)
    return int(figures["onhand"]) if figures else 0


def inventory_view(row: Record) -> dict[str, Any]:
    """The row as it is answered: with its figures by location and their sums."""
    by_location = {name: _figures(f["onhand"], f["committed"]) for name, f in row["stock"].items()}
    sums = [sum(f[name] for f in row["stock"].values()) for name in ("onhand", "committed")]
    shown = {name: value for name, value in row.items() if name != "stock"}
    return {**shown, **_figures(*sums), "inventory_by_location_id": by_location}


def _figures(on_hand: int, committed: int) -> dict[str, float]:
    available = quantity(on_hand - committed)
    return {"onhand": quantity(on_hand), "committed": quantity(committed), "available": available}


def item_of(site: Site, line: Any, at: int) -> Record:
    """The item that a line names, by its id, its SKU or both. Raises `Refused` with 422."""
    field = f"/line_items/{at}"
    if isinstance(line.item_id, str):
        item = referred(site, "erp_items", line.item_id, f"{field}/item_id")
        if isinstance(line.sku, str) and line.sku != item["sku"]:
            raise unfit(f"{item['id']} has the SKU {item['sku']}, not {line.sku}.", f"{field}/sku")
        return item
    if not isinstance(line.sku, str):
        raise unfit("A line names its item by item_id or sku.", field)
    found = site.shelves.find("erp_items", line.sku)
    if not found:
        raise unfit(f"There is no item with the SKU {line.sku}.", f"{field}/sku")
    return found[0]


def referred(site: Site, kind: Kind, record_id: str, field: str) -> Record:
    """The record that a body refers to. Raises `Refused` with 422 at `field`."""
    record = site.shelves.get(kind, record_id)
    if record is None:
        raise unfit(f"There is no {record_id} among the {kind.removeprefix('erp_')}.", field)
    return record
