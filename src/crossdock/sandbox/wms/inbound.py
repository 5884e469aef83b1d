"""Inbound shipments: goods that are expected, and how they are received."""

from msgspec import UNSET

from crossdock.sandbox.moments import moment
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import (
    CreateInboundShipment,
    InboundLine,
    ReceiveInboundShipment,
    UpdateInboundShipment,
)
from crossdock.sandbox.wms.places import location_in, referred, supplier_named
from crossdock.sandbox.wms.products import item_of_sku
from crossdock.sandbox.wms.promises import release_backorders
from crossdock.sandbox.wms.stock import expect, put_away


def create_inbound_shipment(site: Site, body: CreateInboundShipment) -> Record:
    """A new inbound shipment, `open`; its units are awaited. Raises `Refused`."""
    referred(site, "warehouses", body.warehouse_id, "/warehouse_id")
    lines = _lines(site, body.line_items, [])
    fields = {
        "purchase_order_number": body.purchase_order_number,
        "status": "open",
        "supplier_object": _supplier(site, body.supplier),
        "expected_arrival_date": moment(body.expected_arrival_date, "/expected_arrival_date"),
        "warehouse_id": body.warehouse_id,
        "line_items": lines,
        "receipts": [],
        "tracking_numbers": [body.tracking_number],
    }
    await_lines(site, body.warehouse_id, lines, 1)
    return site.save("inbound_shipments", site.new("inbound_shipments", fields))


def update_inbound_shipment(site: Site, shipment_id: str, body: UpdateInboundShipment) -> Record:
    """The inbound shipment, changed. Raises `Refused` for what contradicts goods that came in already."""
    shipment = site.get("inbound_shipments", shipment_id)
    if shipment["status"] == "received":
        raise conflict(f"{shipment_id} is received and cannot be changed.")
    before, lines = shipment["warehouse_id"], shipment["line_items"]
    if body.warehouse_id is not UNSET and body.warehouse_id != before:
        referred(site, "warehouses", body.warehouse_id, "/warehouse_id")
        if shipment["receipts"]:
            raise conflict(f"{shipment_id} is being received in {before}.", "/warehouse_id")
        shipment["warehouse_id"] = body.warehouse_id
    if body.line_items is not UNSET:
        shipment["line_items"] = _lines(site, body.line_items, lines)
    await_lines(site, before, lines, -1)
    await_lines(site, shipment["warehouse_id"], shipment["line_items"], 1)
    if body.supplier is not UNSET:
        shipment["supplier_object"] = _supplier(site, body.supplier)
    if body.purchase_order_number is not UNSET:
        shipment["purchase_order_number"] = body.purchase_order_number
    if body.expected_arrival_date is not UNSET:
        shipment["expected_arrival_date"] = moment(body.expected_arrival_date, "/expected_arrival_date")
    if body.tracking_number is not UNSET:
        shipment["tracking_numbers"] = [body.tracking_number]
    shipment["status"] = _status(shipment)
    return site.save("inbound_shipments", shipment)


def receive_inbound_shipment(site: Site, shipment_id: str, body: ReceiveInboundShipment) -> Record:
    """The inbound shipment with one receipt more, its goods in stock. Orders that waited get them.

    Raises `Refused`, also for more units than are expected.
    """
    shipment = site.get("inbound_shipments", shipment_id)
    if shipment["status"] == "received":
        raise conflict(f"{shipment_id} is received already.")
    warehouse_id = shipment["warehouse_id"]
    location = location_in(site, body.warehouse_location_id, warehouse_id, "/warehouse_location_id")
    by_sku = {line["sku"]: line for line in shipment["line_items"]}
    rows = []
    for index, received in enumerate(body.line_items):
        line = by_sku.get(received.sku)
        if line is None:
            raise unfit(f"{received.sku} is not in {shipment_id}.", f"/line_items/{index}/sku")
        left = line["expected_quantity"] - line["received_quantity"]
        if received.quantity > left:
            raise unfit(
                f"{left} of {received.sku} are still expected, not {received.quantity}.",
                f"/line_items/{index}/quantity",
            )
        line["received_quantity"] += received.quantity
        item = site.get("inventory", line["inventory_item_id"])
        expect(item, warehouse_id, -received.quantity)
        put_away(item, location, received.quantity)
        site.save("inventory", item)
        rows.append({"inventory_item_id": item["id"], "sku": item["sku"], "quantity": received.quantity})
    receipt_id = f"{shipment_id}-{len(shipment['receipts']) + 1}"
    shipment["receipts"].append({"id": receipt_id, "arrived_date": site.now, "line_items": rows})
    shipment["status"] = _status(shipment)
    site.save("inbound_shipments", shipment)
    release_backorders(site, [row["inventory_item_id"] for row in rows])
    return shipment


def _status(shipment: Record) -> str:
    if not shipment["receipts"]:
        return "open"
    lines = shipment["line_items"]
    complete = all(line["received_quantity"] >= line["expected_quantity"] for line in lines)
    return "received" if complete else "receiving"


def _lines(site: Site, wanted: list[InboundLine], before: list[Record]) -> list[Record]:
    received = {line["sku"]: line["received_quantity"] for line in before}
    rows: list[Record] = []
    for index, line in enumerate(wanted):
        field = f"/line_items/{index}"
        item = item_of_sku(site, line.sku, f"{field}/sku")
        if any(row["sku"] == line.sku for row in rows):
            raise unfit(f"{line.sku} stands on two lines.", f"{field}/sku")
        got = received.pop(line.sku, 0)
        if line.expected_quantity < got:
            raise unfit(f"{got} of {line.sku} came in already.", f"{field}/expected_quantity")
        rows.append(
            {
                "inventory_item_id": item["id"],
                "sku": line.sku,
                "expected_quantity": line.expected_quantity,
                "received_quantity": got,
            }
        )
    for sku, got in received.items():
        if got:
            raise unfit(f"{got} of {sku} came in already, so its line stays.", "/line_items")
    return rows


def await_lines(site: Site, warehouse_id: str, lines: list[Record], sign: int) -> None:
    """Adds what is still to come of these lines to the awaited units, or takes it off."""
    for line in lines:
        item = site.get("inventory", line["inventory_item_id"])
        expect(item, warehouse_id, sign * (line["expected_quantity"] - line["received_quantity"]))
        site.save("inventory", item)


def _supplier(site: Site, said: str) -> Record:
    supplier = supplier_named(site, said)
    return {"supplier_id": supplier["id"], "supplier_name": supplier["name"]}
