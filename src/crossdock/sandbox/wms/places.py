"""The warehouses of a sandbox, their locations, and what else orders and shipments refer to."""

from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Kind, Record, Site

QUARANTINE = "quarantine"
"""The location type whose goods are not for sale."""


def referred(site: Site, kind: Kind, record_id: str, field: str) -> Record:
    """The record that a body refers to. Raises `Refused` with 422 at `field`."""
    record = site.shelves.get(kind, record_id)
    if record is None:
        raise unfit(f"There is no {record_id} in {kind.replace('_', ' ')}.", field)
    return record


def location_in(site: Site, location_id: str, warehouse_id: str, field: str) -> Record:
    """A location of that warehouse. Raises `Refused` with 422 at `field`."""
    location = referred(site, "locations", location_id, field)
    if location["warehouse_id"] != warehouse_id:
        raise unfit(f"{location_id} is not in warehouse {warehouse_id}.", field)
    return location


def quarantine_of(site: Site, warehouse_id: str) -> Record:
    """The warehouse's location for goods that are not for sale."""
    return _first(site, warehouse_id, quarantine=True)


def shelf_of(site: Site, warehouse_id: str) -> Record:
    """The warehouse's first location for goods that are for sale."""
    return _first(site, warehouse_id, quarantine=False)


def _first(site: Site, warehouse_id: str, *, quarantine: bool) -> Record:
    locations = site.shelves.find("locations", warehouse_id)
    return next(place for place in locations if (place["type"] == QUARANTINE) is quarantine)


def supplier_named(site: Site, said: str) -> Record:
    """The supplier of that id or name; a new one is noted."""
    for supplier in site.shelves.all("suppliers"):
        if said in (supplier["id"], supplier["name"]):
            return supplier
    return site.save("suppliers", site.new("suppliers", {"name": said}))
