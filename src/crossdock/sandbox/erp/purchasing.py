"""Purchase orders: placed, changed, cancelled and received."""

from msgspec import UNSET

from crossdock.sandbox.erp.bodies import (
    ChangePurchaseOrder,
    PlacePurchaseOrder,
    PurchaseLine,
    PurchaseTerms,
    Receive,
)
from crossdock.sandbox.erp.orders import (
    check_number,
    left,
    main_location,
    move,
    moved_rows,
    new_lines,
    take_terms,
)
from crossdock.sandbox.erp.stock import change, referred
from crossdock.sandbox.moments import moment
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Record, Site

MOVED = "received_quantity"


def place_purchase_order(site: Site, body: PlacePurchaseOrder) -> Record:
    """A new order, `open`. Raises `Refused`."""
    vendor = referred(site, "erp_vendors", body.vendor_id, "/vendor_id")
    check_number(site, "erp_purchase_orders", body.order_number)
    fields = {
        "order_number": None,
        "reference_id": None,
        "vendor_id": vendor["id"],
        "employee_id": None,
        "location_id": main_location(site),
        "status": "open",
        "order_date": site.now,
        "expected_arrival_date": None,
        "currency_code": "USD",
        "vendor_address": vendor["address"],
        "line_items": [],
    }
    order = site.new("erp_purchase_orders", fields)
    order["order_number"] = f"PO{order['id'].rpartition('_')[2]}"
    _take(site, order, body, body.line_items)
    return site.save("erp_purchase_orders", order)


def change_purchase_order(site: Site, order_id: str, body: ChangePurchaseOrder) -> Record:
    """The order, changed. Raises `Refused`, with 409 when something of it was received."""
    order = _unreceived(site, order_id, "changed")
    if body.order_number != order["order_number"]:
        check_number(site, "erp_purchase_orders", body.order_number)
    _take(site, order, body, None if body.line_items is UNSET else body.line_items)
    return site.save("erp_purchase_orders", order)


def cancel_purchase_order(site: Site, order_id: str, body: Nothing) -> Record:  # noqa: ARG001
    """The order, `cancelled`. Raises `Refused`, with 409 when something of it was received."""
    order = _unreceived(site, order_id, "cancelled")
    order["status"] = "cancelled"
    return site.save("erp_purchase_orders", order)


def receive(site: Site, body: Receive) -> Record:
    """A receipt; its order is `partially_received` or `received` then. Raises `Refused`."""
    order = referred(site, "erp_purchase_orders", body.purchase_order_id, "/purchase_order_id")
    if order["status"] not in ("open", "partially_received"):
        raise conflict(f"{order['id']} is {order['status']} and receives nothing.", "/purchase_order_id")
    moving = move(order, body.line_items, MOVED)
    for line, units in moving:
        change(site, line["item_id"], order["location_id"], onhand=units)
    rest = sum(left(line, MOVED) for line in order["line_items"])
    order["status"] = "partially_received" if rest else "received"
    site.save("erp_purchase_orders", order)
    came = site.now if body.received_date is UNSET else moment(body.received_date, "/received_date")
    fields = {
        "purchase_order_id": order["id"],
        "location_id": order["location_id"],
        "status": "received",
        "received_date": came,
        "line_items": moved_rows(moving, order["location_id"]),
    }
    receipt = site.new("erp_purchase_order_receipts", fields)
    receipt["receipt_number"] = f"GR{receipt['id'].rpartition('_')[2]}"
    return site.save("erp_purchase_order_receipts", receipt)


def _unreceived(site: Site, order_id: str, what: str) -> Record:
    order = site.get("erp_purchase_orders", order_id)
    if order["status"] != "open":
        raise conflict(f"{order_id} is {order['status']} and cannot be {what}.")
    return order


def _take(site: Site, order: Record, body: PurchaseTerms, lines: list[PurchaseLine] | None) -> None:
    take_terms(site, order, body)
    if lines is not None:
        order["line_items"] = new_lines(site, order, lines, MOVED, "unit_cost")
    add_up(order)


def add_up(order: Record) -> None:
    """Writes the sum of its lines into the order."""
    total = sum((row["unit_cost"] or 0) * row["quantity"] for row in order["line_items"])
    order["total_price"] = round(total, 2)
