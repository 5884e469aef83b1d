"""Inventory adjustments: units that are found or lost, outside of any order, delivery or return."""

from msgspec import UNSET

from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import AdjustInventory
from crossdock.sandbox.wms.promises import release_backorders
from crossdock.sandbox.wms.stock import found, lost


def adjust_inventory(site: Site, item_id: str, body: AdjustInventory) -> Record:
    """The inventory item with its new figures; orders that waited get what was found. Raises `Refused`."""
    item = site.get("inventory", item_id)
    location_id = None if body.location_id is UNSET else body.location_id
    change = found if body.adjustment_type == "increase" else lost
    change(site, item, body.warehouse_id, location_id, body.quantity)
    site.save("inventory", item)
    if body.adjustment_type == "increase":
        release_backorders(site, [item_id])
    return site.get("inventory", item_id)
