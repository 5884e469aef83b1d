"""What sales and purchase orders of the sandbox share: numbers, terms, lines, and what moved of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import UNSET, to_builtins

from crossdock.sandbox.erp.stock import item_of, quantity, referred, thousandths
from crossdock.sandbox.moments import moment
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Kind, Record, Site

MAIN_LOCATION = "main"
"""The type of the location that orders are for when they name none."""

PLAIN = ("reference_id", "order_number", "currency_code")
DATES = ("order_date", "required_ship_date", "expected_arrival_date")


def check_number(site: Site, kind: Kind, number: Any) -> None:
    """Raises `Refused` with 409 for an order number that is taken."""
    if number is not UNSET and site.shelves.find(kind, number):
        raise conflict(f"Order number {number} is taken.", "/order_number")


def take_terms(site: Site, order: Record, body: Any) -> None:
    """Writes what the body says beside its lines into the order. Raises `Refused` with 422."""
    for name in PLAIN:
        if getattr(body, name) is not UNSET:
            order[name] = getattr(body, name)
    for name in DATES:
        said = getattr(body, name, UNSET)
        if isinstance(said, datetime):
            order[name] = moment(said, f"/{name}")
    if body.location_id is not UNSET:
        order["location_id"] = referred(site, "erp_locations", body.location_id, "/location_id")["id"]
    if getattr(body, "employee_id", UNSET) is not UNSET:
        order["employee_id"] = referred(site, "erp_employees", body.employee_id, "/employee_id")["id"]
    if getattr(body, "ship_to_address", UNSET) is not UNSET:
        order["ship_to_address"] |= to_builtins(body.ship_to_address)


def main_location(site: Site) -> str:
    """The id of the location that orders are for when they name none."""
    return str(next(row["id"] for row in site.shelves.all("erp_locations") if row["type"] == MAIN_LOCATION))


def new_lines(site: Site, order: Record, lines: Sequence[Any], moved: str, price: str) -> list[Record]:
    """The lines of an order, none of which moved yet. Raises `Refused` with 422.

    `moved` and `price` are the names that the order's lines have for what moved and for the price.
    """
    made = []
    for at, line in enumerate(lines):
        item = item_of(site, line, at)
        said = getattr(line, price)
        made.append(
            {
                "line_item_id": f"{order['id']}-{at + 1}",
                "item_id": item["id"],
                "sku": item["sku"],
                "description": item["name"] if line.description is UNSET else line.description,
                "quantity": quantity(thousandths(line.quantity)),
                moved: 0,
                "unit_of_measure": item["unit_of_measure"],
                price: item[price] if said is UNSET else said,
            }
        )
    return made


def left(line: Record, moved: str) -> int:
    """The thousandths of a line that did not move yet."""
    return thousandths(line["quantity"]) - thousandths(line[moved])


def move(order: Record, lines: Any, moved: str) -> list[tuple[Record, int]]:
    """The lines that move with their thousandths; all that is left when none are named.

    The order's lines say afterwards what moved of them. Raises `Refused` with 422.
    """
    if lines is UNSET:
        moving = [(line, left(line, moved)) for line in order["line_items"] if left(line, moved)]
    else:
        moving = [_named(order, line, at) for at, line in enumerate(lines)]
    for at, (line, units) in enumerate(moving):
        if units > left(line, moved):
            rest = quantity(left(line, moved))
            raise unfit(f"{rest} of {line['sku']} are left.", f"/line_items/{at}/quantity")
        line[moved] = quantity(thousandths(line[moved]) + units)
    return moving


def _named(order: Record, said: Any, at: int) -> tuple[Record, int]:
    for line in order["line_items"]:
        if line["line_item_id"] == said.line_item_id:
            return line, thousandths(said.quantity)
    raise unfit(f"{said.line_item_id} is no line of {order['id']}.", f"/line_items/{at}/line_item_id")


def moved_rows(moving: Sequence[tuple[Record, int]], location_id: str) -> list[Record]:
    """What moved, as the lines of a shipment or a receipt."""
    return [
        {
            "line_item_id": line["line_item_id"],
            "item_id": line["item_id"],
            "sku": line["sku"],
            "quantity": quantity(units),
            "location_id": location_id,
        }
        for line, units in moving
    ]
