"""The list of orders: operation `ordersGetAll`, in two halves.

Ongoing tells what changed in the last two days (`orderUpdatedTimeFrom`), and of which orders the status
changed since any moment (`orderStatusChangedTimeFrom`). Who asks for more than two days is given all orders
that the warehouse still works on, which are never many and may have changed in any way, and those that were
finished since. An order that is finished while the list is read comes in both halves, rather than in none.

No date of an order is later than the change that Ongoing regards, so what is asked for the next time, from
the newest of these dates on, begins too early rather than too late.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.connector import Account, ListPage, Span, VendorRequest
from crossdock.integrations.wms.ongoing.paging import behind, page_query, rows_of
from crossdock.schemas.times import wire_time

FINISHED = 450
"""From this status number on the goods have left, or never will: "Sent", on the vendor's page "Statuses"."""

REACH = timedelta(hours=47)
"""How far back changes of any kind are asked for. That Ongoing refuses more than two days is what a public
client says of the vendor's newer description (Comfyballs/MedusaOngoingWarehousePlugin). An hour is left for
clocks that differ."""


def request(account: Account, span: Span, position: Any) -> VendorRequest:
    """A page. `position` is `[finished, id]`: whether it is in the second half, and its first id."""
    finished, start = position or (False, None)
    query = page_query(account, "orderIdFrom", "maxOrdersToGet", start)
    if finished:
        query["orderStatusFrom"] = FINISHED
    else:
        query["orderStatusTo"] = FINISHED - 1
    if span.since is not None:
        if datetime.now(UTC) - span.since < REACH:
            query["orderUpdatedTimeFrom"] = wire_time(span.since)
        elif finished:
            query["orderStatusChangedTimeFrom"] = wire_time(span.since)
    return VendorRequest("GET", "/orders", query)


def page(position: Any, decoded: Any) -> ListPage:
    """The orders of an answer. Raises `ValueError` when it is no list of orders."""
    finished = position is not None and position[0]
    rows = rows_of(decoded)
    following = behind(rows, lambda row: row["orderInfo"]["orderId"])
    if following is not None:
        return ListPage(rows, [finished, following])
    return ListPage(rows, None if finished else [True, None])
