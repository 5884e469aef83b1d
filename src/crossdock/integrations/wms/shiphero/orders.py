"""What every write on an order that exists has in common: the order is read first."""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Asked, NotFound, Reads, Unprocessable, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import Record, as_answer, as_connection, nodes
from crossdock.integrations.wms.shiphero.order_record import LINES, order_of, read_order


def order_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order of the path: query `order`."""
    return {"order": read_order(asked.account, asked.record_id)}


def the_order(asked: Asked[Any], reads: Reads) -> Record:
    """The order that was read. Raises `NotFound` when ShipHero has none."""
    order = order_of(reads["order"])
    if order is None:
        raise NotFound(f"ShipHero has no order {asked.record_id}.", extra={"id": asked.record_id})
    return order


def all_lines(order: Record) -> list[Record]:
    """The order's lines. Raises `Unprocessable` when they are more than are read."""
    lines = nodes(order.get("line_items"))
    if len(lines) >= LINES:
        raise Unprocessable(f"The order has {LINES} lines or more, which cannot be handled here.")
    return lines


def sample_order(lines: list[Record]) -> Reads:
    """An order with those lines, and a way to ship it, for rehearsals."""
    order = {
        "id": "order",
        "fulfillment_status": "pending",
        "shipping_address": {"first_name": "Ada", "last_name": "Example"},
        "shipping_lines": {"title": "Ground", "carrier": "ups", "method": "ground"},
        "line_items": as_connection(lines),
    }
    return Reads({"order": as_answer("order", order)})
