"""What leaves the building: shipments of orders, whole or in part, and the files that go with an order."""

from collections import Counter
from hashlib import sha256
from typing import Any

from msgspec import UNSET, to_builtins

from crossdock.sandbox.moments import moment
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import AttachFile, ShipOrder, SkuLine
from crossdock.sandbox.wms.places import referred
from crossdock.sandbox.wms.promises import units_left
from crossdock.sandbox.wms.stock import dispatch

CARRIER = ("shipping_method_id", "shipping_method_name", "carrier_id", "carrier_name", "scac")


def ship_order(site: Site, order_id: str, body: ShipOrder) -> Record:
    """The order with one shipment more: `fulfilled`, or `partially_fulfilled`. Raises `Refused`."""
    order = site.get("orders", order_id)
    if order["status"] in ("backordered", "cancelled", "fulfilled"):
        raise conflict(f"{order_id} is {order['status']} and cannot ship.")
    if body.warehouse_id != order["warehouse_id"]:
        raise unfit(f"The units of {order_id} are committed in {order['warehouse_id']}.", "/warehouse_id")
    shipped = _shipped_units(order, body)
    shipment_id = f"{order_id}-{len(order['shipments']) + 1}"
    carrier = _carrier(site, order, body)
    lines = _send(site, order, shipped)
    shipment = {
        "shipment_id": shipment_id,
        "warehouse_id": order["warehouse_id"],
        "status": "shipped",
        "shipped_date": moment(body.shipped_date, "/shipped_date"),
        "line_items": lines,
        "ship_to_address": order["ship_to_address"],
        "ship_from_address": site.get("warehouses", order["warehouse_id"])["address"],
        "packages": _packages(shipment_id, body, carrier, lines),
    }
    order["shipments"].append(shipment)
    order |= carrier
    left = sum(units_left(line) for line in order["line_items"])
    order["status"] = "partially_fulfilled" if left else "fulfilled"
    return site.save("orders", order)


def _shipped_units(order: Record, body: ShipOrder) -> Counter[str]:
    """Units by SKU. Raises `Refused` for what the order has not, or has no more."""
    left: Counter[str] = Counter()
    for line in order["line_items"]:
        left[line["sku"]] += units_left(line)
    if body.line_items is UNSET:
        return left
    shipped: Counter[str] = Counter()
    for index, line in enumerate(body.line_items):
        if line.sku not in left:
            raise unfit(f"{line.sku} is not in {order['id']}.", f"/line_items/{index}/sku")
        shipped[line.sku] += line.quantity
        if shipped[line.sku] > left[line.sku]:
            raise unfit(
                f"{left[line.sku]} of {line.sku} have not shipped, not {shipped[line.sku]}.",
                f"/line_items/{index}/quantity",
            )
    return shipped


def _send(site: Site, order: Record, shipped: Counter[str]) -> list[Record]:
    """Takes the units out of stock; gives the shipment's lines, which are by inventory item."""
    rows: list[Record] = []
    for line in order["line_items"]:
        units = min(shipped[line["sku"]], units_left(line))
        shipped[line["sku"]] -= units
        line["shipped_quantity"] += units
        line["is_picked"] = line["is_picked"] or not units_left(line)
        for part in line["components"] if units else ():
            item = site.get("inventory", part["inventory_item_id"])
            dispatch(item, order["warehouse_id"], units * part["unit_quantity"])
            site.save("inventory", item)
            rows.append(
                {
                    "inventory_item_id": item["id"],
                    "sku": item["sku"],
                    "quantity": units * part["unit_quantity"],
                    "parent_product_id": line["product_id"] if line["is_kit"] else None,
                }
            )
    return rows


def _carrier(site: Site, order: Record, body: ShipOrder) -> dict[str, Any]:
    """Who carries it: what the shipment says, else what its method says, else what the order says."""
    said = {name: order[name] for name in CARRIER}
    if body.shipping_method_id is not UNSET:
        method = referred(site, "shipping_methods", body.shipping_method_id, "/shipping_method_id")
        said = {"shipping_method_id": method["id"], "shipping_method_name": method["name"]}
        said |= {name: method[name] for name in ("carrier_id", "carrier_name", "scac")}
    if body.carrier_id is not UNSET:
        said["carrier_id"] = body.carrier_id
    if body.carrier_name is not UNSET:
        said["carrier_name"] = body.carrier_name
    return said


def _packages(
    shipment_id: str, body: ShipOrder, carrier: dict[str, Any], lines: list[Record]
) -> list[Record]:
    """The packages that are named, else one. The first has the cost, the measurements and the lines."""
    named = [] if body.packages is UNSET else [(row.package_id, row.tracking_number) for row in body.packages]
    rows = []
    for index, (package_id, tracking_number) in enumerate(
        named or [(f"{shipment_id}-1", body.tracking_number)]
    ):
        own = index == 0
        rows.append(
            {
                "package_id": package_id,
                "tracking_number": tracking_number,
                "tracking_url": body.tracking_url or None,
                **carrier,
                "shipping_cost": body.shipping_cost if own else None,
                "measurements": to_builtins(body.measurements) if own else {},
                "line_items": lines if own else [],
            }
        )
    return rows


def attach_file(site: Site, order_id: str, body: AttachFile) -> Record:
    """The order with one file more: its name, and its size and SHA-256 or its address. Raises `Refused`."""
    order = site.get("orders", order_id)
    if body.content is UNSET and body.file_url is UNSET:
        raise unfit("A file comes as its content or as its file_url.", "/file_url")
    content = None if body.content is UNSET else body.content
    row = {
        "name": body.file_name or None,
        "url": body.file_url or None,
        "size": None if content is None else len(content),
        "sha256": None if content is None else sha256(content).hexdigest(),
        "attached_date": site.now,
    }
    order["files"].append(row)
    return site.save("orders", order)


def everything_left(order: Record) -> list[SkuLine]:
    """What the order still has to ship, by line."""
    rows = [(line["sku"], units_left(line)) for line in order["line_items"]]
    return [SkuLine(sku=sku, quantity=units) for sku, units in rows if units]
