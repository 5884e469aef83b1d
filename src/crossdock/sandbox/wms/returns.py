"""Returns: goods that come back, are looked at, and restocked, quarantined or scrapped.

A return's lines are by inventory item: a kit comes back as its components.
"""

from collections import Counter

from msgspec import UNSET

from crossdock.sandbox.parts import Absent, Nothing
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import ReceiveReturn, ReturnedLine, ReturnTerms, SkuLine
from crossdock.sandbox.wms.places import quarantine_of, referred, shelf_of
from crossdock.sandbox.wms.products import product_of_sku
from crossdock.sandbox.wms.promises import release_backorders
from crossdock.sandbox.wms.stock import put_away


def create_return(site: Site, body: ReturnTerms) -> Record:
    """A new return, `open`; with an order and no lines, of all that has not come back. Raises `Refused`."""
    fields = {
        "status": "open",
        "order_id": None,
        "warehouse_id": site.shelves.all("warehouses")[0]["id"],
        "line_items": [],
        "shipments": [],
    }
    made = site.new("returns", fields)
    _take_terms(site, made, body)
    return site.save("returns", made)


def update_return(site: Site, return_id: str, body: ReturnTerms) -> Record:
    """The return, changed. Raises `Refused` once something has come back."""
    changed = _still_open(site, return_id)
    _take_terms(site, changed, body)
    return site.save("returns", changed)


def cancel_return(site: Site, return_id: str, body: Nothing) -> Record:  # noqa: ARG001
    """The return, cancelled. Raises `Refused` once something has come back."""
    cancelled = _still_open(site, return_id)
    cancelled["status"] = "cancelled"
    return site.save("returns", cancelled)


def receive_return(site: Site, return_id: str, body: ReceiveReturn) -> Record:
    """The return, `receiving` or `received`; orders that waited get what is restocked. Raises `Refused`."""
    received = site.get("returns", return_id)
    if received["status"] not in ("open", "receiving"):
        raise conflict(f"{return_id} is {received['status']} and cannot be received.")
    rows = []
    restocked = []
    by_sku = {line["sku"]: line for line in received["line_items"]}
    for index, came in enumerate(_everything(received) if body.line_items is UNSET else body.line_items):
        line = by_sku.get(came.sku)
        if line is None:
            raise unfit(f"{came.sku} is not in {return_id}.", f"/line_items/{index}/sku")
        left = line["expected_quantity"] - line["received_quantity"]
        if came.quantity > left:
            field = f"/line_items/{index}/quantity"
            raise unfit(f"{left} of {came.sku} are still expected, not {came.quantity}.", field)
        disposition = _disposition(came)
        line["received_quantity"] += came.quantity
        if disposition == "restocked":
            line["restocked_quantity"] += came.quantity
            restocked.append(line["inventory_item_id"])
        _lay_down(site, received["warehouse_id"], line["inventory_item_id"], disposition, came.quantity)
        detail = {"quantity": came.quantity, "condition": came.condition, "disposition": disposition}
        row = {"inventory_item_id": line["inventory_item_id"], "sku": came.sku, "quantity": came.quantity}
        rows.append({**row, "receiving_details": [detail]})
    parcel = {"arrived_date": site.now, "warehouse_id": received["warehouse_id"], "line_items": rows}
    received["shipments"].append(parcel)
    lines = received["line_items"]
    complete = all(line["received_quantity"] == line["expected_quantity"] for line in lines)
    received["status"] = "received" if complete else "receiving"
    site.save("returns", received)
    release_backorders(site, restocked)
    return received


def _lay_down(site: Site, warehouse_id: str, item_id: str, disposition: str, units: int) -> None:
    if disposition == "scrapped":
        return
    place = shelf_of if disposition == "restocked" else quarantine_of
    item = site.get("inventory", item_id)
    put_away(item, place(site, warehouse_id), units)
    site.save("inventory", item)


def _disposition(came: ReturnedLine) -> str:
    if came.disposition is not UNSET:
        return came.disposition
    return "restocked" if came.condition == "good" else "quarantined"


def _everything(received: Record) -> list[ReturnedLine]:
    rows = [
        (line["sku"], line["expected_quantity"] - line["received_quantity"])
        for line in received["line_items"]
    ]
    return [ReturnedLine(sku=sku, quantity=units) for sku, units in rows if units]


def _still_open(site: Site, return_id: str) -> Record:
    record = site.get("returns", return_id)
    if record["status"] != "open":
        raise conflict(f"{return_id} is {record['status']} and cannot be changed.")
    return record


def _take_terms(site: Site, record: Record, body: ReturnTerms) -> None:
    returnable: Counter[str] | None = None
    if body.order_id is not UNSET:
        order = referred(site, "orders", body.order_id, "/order_id")
        record["order_id"] = order["id"]
        record["warehouse_id"] = order["warehouse_id"] or record["warehouse_id"]
    if record["order_id"]:
        returnable = _returnable(site, record)
        if not returnable:
            raise unfit(f"Nothing of {record['order_id']} has shipped and not come back.", "/order_id")
    if body.warehouse_id is not UNSET:
        record["warehouse_id"] = referred(site, "warehouses", body.warehouse_id, "/warehouse_id")["id"]
    if body.line_items is not UNSET or body.order_id is not UNSET:
        record["line_items"] = _lines(site, body.line_items, returnable)
    if not record["line_items"]:
        raise unfit("A return names an order, or lines, or both.", "/line_items")


def _returnable(site: Site, record: Record) -> Counter[str]:
    """Units by inventory item that the order shipped and that are in no other return of it."""
    units: Counter[str] = Counter()
    for shipment in site.get("orders", record["order_id"])["shipments"]:
        for line in shipment["line_items"]:
            units[line["inventory_item_id"]] += line["quantity"]
    for other in site.shelves.find("returns", record["order_id"]):
        if other["id"] != record["id"] and other["status"] != "cancelled":
            for line in other["line_items"]:
                units[line["inventory_item_id"]] -= line["expected_quantity"]
    return +units


def _lines(site: Site, wanted: list[SkuLine] | Absent, returnable: Counter[str] | None) -> list[Record]:
    units: Counter[str] = Counter()
    if wanted is UNSET:
        units = returnable or units
    else:
        for index, line in enumerate(wanted):
            product = product_of_sku(site, line.sku, f"/line_items/{index}/sku")
            for part in product["inventory_items"]:
                item_id = part["inventory_item_id"]
                units[item_id] += line.quantity * part["unit_quantity"]
                if returnable is not None and units[item_id] > returnable[item_id]:
                    raise unfit(
                        f"{returnable[item_id]} of {part['sku']} can come back of this order, "
                        f"not {units[item_id]}.",
                        f"/line_items/{index}/quantity",
                    )
    return [
        {
            "inventory_item_id": item_id,
            "sku": site.get("inventory", item_id)["sku"],
            "expected_quantity": quantity,
            "received_quantity": 0,
            "restocked_quantity": 0,
        }
        for item_id, quantity in units.items()
    ]
