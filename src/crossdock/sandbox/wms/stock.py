"""The units of one inventory item: where they lie and what they are promised to.

In each warehouse an item has units `committed` to orders, `fulfillable` and `unfulfillable`; `onhand` is
their sum. The bins of the item hold the same units by place: those in quarantine are the unfulfillable ones.
`awaiting` are the units that inbound shipments still expect. No figure is ever negative.
"""

from typing import Any

from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.places import QUARANTINE, location_in, referred, shelf_of

COUNTS = ("awaiting", "committed", "unfulfillable", "fulfillable")


def new_item(site: Site, product: Record, measurements: Record) -> Record:
    """The inventory item of a product that is no kit, without any units; not yet saved."""
    fields = {
        "name": product["name"],
        "sku": product["sku"],
        "unit_cost": None,
        "active": True,
        "measurements": measurements,
        "stock": {},
        "bins": [],
    }
    return site.new("inventory", fields)


def counts(item: Record, warehouse_id: str) -> dict[str, int]:
    """The item's figures in one warehouse, to read and to change."""
    stock: dict[str, dict[str, int]] = item["stock"]
    return stock.setdefault(warehouse_id, dict.fromkeys(COUNTS, 0))


def commit(item: Record, warehouse_id: str, units: int) -> None:
    """Promises fulfillable units to an order."""
    _move(item, warehouse_id, fulfillable=-units, committed=units)


def release(item: Record, warehouse_id: str, units: int) -> None:
    """Takes a promise back."""
    _move(item, warehouse_id, fulfillable=units, committed=-units)


def dispatch(item: Record, warehouse_id: str, units: int) -> None:
    """Committed units leave the building."""
    _move(item, warehouse_id, committed=-units)
    _take(item, warehouse_id, units)


def expect(item: Record, warehouse_id: str, units: int) -> None:
    """More units are on their way; fewer when negative."""
    _move(item, warehouse_id, awaiting=units)


def put_away(item: Record, location: Record, units: int) -> None:
    """Units come into the building and are laid in a location."""
    quarantined = location["type"] == QUARANTINE
    _move(item, location["warehouse_id"], **{"unfulfillable" if quarantined else "fulfillable": units})
    for place in item["bins"]:
        if place["location_id"] == location["id"]:
            place["quantity"] += units
            return
    row = {"location_id": location["id"], "warehouse_id": location["warehouse_id"], "quantity": units}
    item["bins"].append({**row, "quarantine": quarantined})


def _move(item: Record, warehouse_id: str, **changes: int) -> None:
    figures = counts(item, warehouse_id)
    after = {name: figures[name] + change for name, change in changes.items()}
    if min(after.values()) < 0:
        raise ValueError(f"{item['sku']} in {warehouse_id} would be {after}")
    figures.update(after)


def _take(item: Record, warehouse_id: str, units: int) -> None:
    """Empties the item's bins that are for sale, the first ones first."""
    for place in item["bins"]:
        if place["warehouse_id"] == warehouse_id and not place["quarantine"]:
            taken = min(units, place["quantity"])
            place["quantity"] -= taken
            units -= taken
    item["bins"] = [place for place in item["bins"] if place["quantity"]]
    if units:
        raise ValueError(f"the bins of {item['sku']} in {warehouse_id} lack {units}")


def found(site: Site, item: Record, warehouse_id: str, location_id: str | None, units: int) -> None:
    """Units were found in a location; without one, where the item lies already. Raises `Refused`."""
    referred(site, "warehouses", warehouse_id, "/warehouse_id")
    if location_id is not None:
        location = location_in(site, location_id, warehouse_id, "/location_id")
    else:
        held = (p for p in item["bins"] if p["warehouse_id"] == warehouse_id and not p["quarantine"])
        known = next(held, None)
        location = site.get("locations", known["location_id"]) if known else shelf_of(site, warehouse_id)
    put_away(item, location, units)


def lost(site: Site, item: Record, warehouse_id: str, location_id: str | None, units: int) -> None:
    """Units are gone; without a location, from any that is for sale.

    Raises `Refused` with 409 when that would leave less than nothing, or less than is committed.
    """
    referred(site, "warehouses", warehouse_id, "/warehouse_id")
    figures = counts(item, warehouse_id)
    quarantined = False
    if location_id is not None:
        location = location_in(site, location_id, warehouse_id, "/location_id")
        quarantined = location["type"] == QUARANTINE
        place = next((p for p in item["bins"] if p["location_id"] == location_id), None)
        held = place["quantity"] if place else 0
        if held < units:
            raise conflict(f"{location_id} has {held} of {item['sku']}, not {units}.", "/quantity")
    free = figures["unfulfillable" if quarantined else "fulfillable"]
    if free < units:
        promised = f"; {figures['committed']} are committed to orders" if not quarantined else ""
        raise conflict(
            f"{free} of {item['sku']} are free in {warehouse_id}, not {units}{promised}.", "/quantity"
        )
    _move(item, warehouse_id, **{"unfulfillable" if quarantined else "fulfillable": -units})
    if location_id is None:
        _take(item, warehouse_id, units)
    else:
        for place in item["bins"]:
            if place["location_id"] == location_id:
                place["quantity"] -= units
        item["bins"] = [place for place in item["bins"] if place["quantity"]]


def inventory_view(item: Record) -> dict[str, Any]:
    """The item as it is answered: totals, figures by warehouse and units by location."""
    by_warehouse = {warehouse_id: _figures(figures) for warehouse_id, figures in item["stock"].items()}
    totals = {
        name: sum(figures[name] for figures in by_warehouse.values())
        for name in (*COUNTS, "onhand", "unsellable", "sellable")
    }
    locations = [
        {name: place[name] for name in ("location_id", "quantity", "warehouse_id")} for place in item["bins"]
    ]
    kept = {name: value for name, value in item.items() if name not in ("stock", "bins")}
    return {**kept, **totals, "inventory_by_warehouse_id": by_warehouse, "locations": locations}


def _figures(figures: dict[str, int]) -> dict[str, int]:
    return {
        **figures,
        "onhand": figures["committed"] + figures["unfulfillable"] + figures["fulfillable"],
        "unsellable": figures["unfulfillable"],
        "sellable": figures["fulfillable"],
    }
