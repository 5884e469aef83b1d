"""Records of the warehouse sandbox edited by hand, and what follows: the units that orders hold and shipments
expect, and what repeats a product's SKU."""

from collections import Counter

from crossdock.sandbox.editing import (
    Editable,
    Edits,
    check_at_most,
    check_is_free,
    check_stand_once,
    saved_as,
)
from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms import records
from crossdock.sandbox.wms.inbound import await_lines
from crossdock.sandbox.wms.places import QUARANTINE
from crossdock.sandbox.wms.products import follow
from crossdock.sandbox.wms.promises import items_needed, release_backorders
from crossdock.sandbox.wms.stock import commit, counts, release

HOLDS_NOTHING = ("backordered", "fulfilled", "cancelled")
"""Statuses of orders to which no units are committed."""

NOT_AWAITED = "received"


def _keep_order(site: Site, before: Record, after: Record) -> None:
    """Saves the order, which holds afterwards what its status and its lines say."""
    check_is_free(site, "orders", "order_number", before, after)
    for line in after["line_items"]:
        product = site.get("products", line["product_id"])
        line.setdefault("sku", product["sku"])
        line.setdefault("is_kit", product["is_kit"])
        line.setdefault("components", product["inventory_items"])
    check_at_most(after["line_items"], "shipped_quantity", "quantity")
    held, holds = _held(before), _held(after)
    changed = before["warehouse_id"] != after["warehouse_id"] or held != holds
    if changed:
        _release(site, before["warehouse_id"], held)
        _commit(site, before, after, holds)
    site.save("orders", after)
    if changed:
        release_backorders(site, held, keep=after["id"])


def _held(order: Record) -> Counter[str]:
    """Units by inventory item that are committed to the order."""
    return Counter() if order["status"] in HOLDS_NOTHING else items_needed(order)


def _release(site: Site, warehouse_id: str, held: Counter[str]) -> None:
    for item_id, units in held.items():
        item = site.get("inventory", item_id)
        release(item, warehouse_id, units)
        site.save("inventory", item)


def _commit(site: Site, before: Record, after: Record, holds: Counter[str]) -> None:
    """Raises `Refused` where the units are not there."""
    warehouse_id = after["warehouse_id"]
    if holds and warehouse_id is None:
        raise unfit(f"must be said: an order that is {after['status']} has its units there.", "/warehouse_id")
    parts = ("line_items", "warehouse_id", "status")
    at = next((f"/{name}" for name in parts if before[name] != after[name]), "/line_items")
    for item_id, units in holds.items():
        item = site.get("inventory", item_id)
        free = counts(item, warehouse_id)["fulfillable"]
        if free < units:
            raise unfit(
                f"needs {units} of {item['sku']} in {warehouse_id}, where {free} are free; "
                "an order that is backordered needs none.",
                at,
            )
        commit(item, warehouse_id, units)
        site.save("inventory", item)


def _keep_product(site: Site, before: Record, after: Record) -> None:
    """Saves the product; its inventory item and the kits it is in follow its SKU."""
    check_is_free(site, "products", "sku", before, after)
    if after["is_kit"]:
        seen: set[str] = set()
        for at, part in enumerate(after["inventory_items"]):
            item = site.get("inventory", part["inventory_item_id"])
            if item["sku"] != part["sku"]:
                raise unfit(f"{item['id']} has the SKU {item['sku']}.", f"/inventory_items/{at}/sku")
            if item["id"] in seen:
                raise unfit(f"{part['sku']} is in the kit twice.", f"/inventory_items/{at}")
            seen.add(item["id"])
    elif after["inventory_items"] != before["inventory_items"]:
        raise unfit("cannot be edited: a product that is no kit is one inventory item.", "/inventory_items")
    else:
        follow(site, after)
    site.save("products", after)


def _keep_inventory_item(site: Site, before: Record, after: Record) -> None:
    """Saves the item with its bins, from which its figures follow; orders that waited get what is free."""
    item = site.get("inventory", after["id"])
    item["unit_cost"], item["active"] = after["unit_cost"], after["active"]
    grown = False
    if after["locations"] != before["locations"]:
        item["bins"] = _bins(site, after["locations"])
        grown = _count_anew(item)
    site.save("inventory", item)
    if grown:
        release_backorders(site, [item["id"]])


def _bins(site: Site, piles: list[Record]) -> list[Record]:
    bins: dict[str, Record] = {}
    for at, pile in enumerate(piles):
        place = site.get("locations", pile["location_id"])
        if pile.get("warehouse_id", place["warehouse_id"]) != place["warehouse_id"]:
            raise unfit(f"{place['id']} is in {place['warehouse_id']}.", f"/locations/{at}/warehouse_id")
        if place["id"] in bins:
            raise unfit(f"{place['id']} stands there twice.", f"/locations/{at}/location_id")
        bins[place["id"]] = {
            "location_id": place["id"],
            "warehouse_id": place["warehouse_id"],
            "quantity": pile["quantity"],
            "quarantine": place["type"] == QUARANTINE,
        }
    return [row for row in bins.values() if row["quantity"]]


def _count_anew(item: Record) -> bool:
    """The figures by warehouse as the bins have them; whether somewhere more is free than before."""
    grown = False
    for warehouse_id in {*item["stock"], *(row["warehouse_id"] for row in item["bins"])}:
        lies: Counter[bool] = Counter()
        for row in item["bins"]:
            if row["warehouse_id"] == warehouse_id:
                lies[row["quarantine"]] += row["quantity"]
        figures = counts(item, warehouse_id)
        free = lies[False] - figures["committed"]
        if free < 0:
            raise unfit(
                f"has {lies[False]} for sale in {warehouse_id}, where {figures['committed']} are "
                "committed to orders.",
                "/locations",
            )
        grown = grown or free > figures["fulfillable"]
        figures.update(fulfillable=free, unfulfillable=lies[True])
    return grown


def _keep_inbound_shipment(site: Site, before: Record, after: Record) -> None:
    """Saves the shipment, of which is awaited afterwards what its status and its lines say."""
    check_stand_once(after["line_items"], "sku")
    check_at_most(after["line_items"], "received_quantity", "expected_quantity")
    if before["status"] != NOT_AWAITED:
        await_lines(site, before["warehouse_id"], before["line_items"], -1)
    if after["status"] != NOT_AWAITED:
        await_lines(site, after["warehouse_id"], after["line_items"], 1)
    site.save("inbound_shipments", after)


def _keep_return(site: Site, before: Record, after: Record) -> None:  # noqa: ARG001
    check_stand_once(after["line_items"], "sku")
    check_at_most(after["line_items"], "received_quantity", "expected_quantity")
    check_at_most(after["line_items"], "restocked_quantity", "received_quantity")
    site.save("returns", after)


def _keep_location(site: Site, before: Record, after: Record) -> None:
    """Saves the location, where what lies stays for sale, or not."""
    if (before["type"] == QUARANTINE) is not (after["type"] == QUARANTINE):
        raise unfit(f"Quarantine cannot be begun or ended: {before['type']} it stays.", "/type")
    site.save("locations", after)


EDITS: Edits = {
    "orders": Editable(records.Order, _keep_order),
    "products": Editable(records.Product, _keep_product),
    "inventory": Editable(records.InventoryItem, _keep_inventory_item),
    "inbound_shipments": Editable(records.InboundShipment, _keep_inbound_shipment),
    "returns": Editable(records.Return, _keep_return),
    "warehouses": Editable(records.Warehouse, saved_as("warehouses")),
    "locations": Editable(records.Location, _keep_location),
    "shipping_methods": Editable(records.ShippingMethod, saved_as("shipping_methods")),
    "channels": Editable(records.Named, saved_as("channels")),
    "suppliers": Editable(records.Named, saved_as("suppliers")),
}
