"""Sales orders: placed, changed, cancelled and shipped. An open order commits what is left of it."""

from msgspec import UNSET, to_builtins

from crossdock.sandbox.erp.bodies import ChangeSalesOrder, PlaceSalesOrder, SalesLine, SalesTerms, Ship
from crossdock.sandbox.erp.orders import (
    check_number,
    left,
    main_location,
    move,
    moved_rows,
    new_lines,
    take_terms,
)
from crossdock.sandbox.erp.stock import change, onhand, quantity, referred
from crossdock.sandbox.moments import moment
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site

MOVED = "fulfilled_quantity"


def place_sales_order(site: Site, body: PlaceSalesOrder) -> Record:
    """A new order, `open`. Raises `Refused`."""
    customer = referred(site, "erp_customers", body.customer_id, "/customer_id")
    check_number(site, "erp_sales_orders", body.order_number)
    fields = {
        "order_number": None,
        "reference_id": None,
        "customer_id": customer["id"],
        "location_id": main_location(site),
        "status": "open",
        "order_date": site.now,
        "required_ship_date": None,
        "currency_code": "USD",
        "bill_to_address": customer["billing_address"],
        "ship_to_address": dict(customer["shipping_addresses"][0]),
        "line_items": [],
    }
    order = site.new("erp_sales_orders", fields)
    order["order_number"] = f"SO{order['id'].rpartition('_')[2]}"
    _take(site, order, body, body.line_items)
    return site.save("erp_sales_orders", order)


def change_sales_order(site: Site, order_id: str, body: ChangeSalesOrder) -> Record:
    """The order, changed. Raises `Refused`, with 409 when something of it was shipped."""
    order = _unshipped(site, order_id, "changed")
    if body.order_number != order["order_number"]:
        check_number(site, "erp_sales_orders", body.order_number)
    commit(site, order, -1)
    lines = None if body.line_items is UNSET else body.line_items
    _take(site, order, body, lines)
    return site.save("erp_sales_orders", order)


def cancel_sales_order(site: Site, order_id: str, body: Nothing) -> Record:  # noqa: ARG001
    """The order, `cancelled`, committing nothing. Raises `Refused`, with 409 when some of it was shipped."""
    order = _unshipped(site, order_id, "cancelled")
    commit(site, order, -1)
    order["status"] = "cancelled"
    return site.save("erp_sales_orders", order)


def ship(site: Site, body: Ship) -> Record:
    """A shipment; its order is `partially_fulfilled` or `fulfilled` then. Raises `Refused`."""
    order = referred(site, "erp_sales_orders", body.sales_order_id, "/sales_order_id")
    if order["status"] not in ("open", "partially_fulfilled"):
        raise conflict(f"{order['id']} is {order['status']} and does not ship.", "/sales_order_id")
    moving = move(order, body.line_items, MOVED)
    for at, (line, units) in enumerate(moving):
        there = onhand(site, line["item_id"], order["location_id"])
        if units > there:
            field = "/sales_order_id" if body.line_items is UNSET else f"/line_items/{at}/quantity"
            raise unfit(f"{quantity(there)} of {line['sku']} are on hand in {order['location_id']}.", field)
        change(site, line["item_id"], order["location_id"], onhand=-units, committed=-units)
    rest = sum(left(line, MOVED) for line in order["line_items"])
    order["status"] = "partially_fulfilled" if rest else "fulfilled"
    site.save("erp_sales_orders", order)
    lines = moved_rows(moving, order["location_id"])
    return site.save("erp_sales_order_shipments", _shipment(site, order, body, lines))


def _shipment(site: Site, order: Record, body: Ship, lines: list[Record]) -> Record:
    packages = [] if body.packages is UNSET else body.packages
    fields = {
        "sales_order_id": order["id"],
        "location_id": order["location_id"],
        "status": "shipped",
        "shipped_date": site.now
        if body.shipped_date is UNSET
        else moment(body.shipped_date, "/shipped_date"),
        "ship_to_address": order["ship_to_address"],
        "line_items": lines,
    }
    shipment = site.new("erp_sales_order_shipments", fields)
    shipment["shipment_number"] = f"DN{shipment['id'].rpartition('_')[2]}"
    shipment["packages"] = [
        {"package_id": f"{shipment['id']}-{number}", **to_builtins(package)}
        for number, package in enumerate(packages, 1)
    ]
    return shipment


def _unshipped(site: Site, order_id: str, what: str) -> Record:
    order = site.get("erp_sales_orders", order_id)
    if order["status"] != "open":
        raise conflict(f"{order_id} is {order['status']} and cannot be {what}.")
    return order


def _take(site: Site, order: Record, body: SalesTerms, lines: list[SalesLine] | None) -> None:
    """Writes terms and lines into the order and commits what it asks for."""
    take_terms(site, order, body)
    if lines is not None:
        made = new_lines(site, order, lines, MOVED, "unit_price")
        for line, said in zip(made, lines, strict=True):
            line["discount"] = 0 if said.discount is UNSET else said.discount
        order["line_items"] = made
    add_up(order)
    commit(site, order, 1)


def add_up(order: Record) -> None:
    """Writes the sums of its lines into the order."""
    prices = [(row["unit_price"] or 0) - row["discount"] for row in order["line_items"]]
    counts = [row["quantity"] for row in order["line_items"]]
    order["total_price"] = round(sum(p * n for p, n in zip(prices, counts, strict=True)), 2)
    order["total_discount"] = round(sum(row["discount"] * row["quantity"] for row in order["line_items"]), 2)


def commit(site: Site, order: Record, sign: int) -> None:
    """Adds what is left of the order to what is committed of its items, or takes it off."""
    for line in order["line_items"]:
        change(site, line["item_id"], order["location_id"], committed=sign * left(line, MOVED))
