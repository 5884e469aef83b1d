"""Flexport's lists, both by page number, 100 records a page.

Shipments say what changed since a moment. They are read in the order of their changes, and each full page is
followed by what changed at the time of its last row or later: a shipment that moves to the end meanwhile
shifts no page. Bookings do not say when they changed, and are read whole, oldest first.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.freight.flexport.answers import next_page, numbered_pages, page_of, rows_of
from crossdock.integrations.freight.flexport.booking import booking_record
from crossdock.integrations.freight.flexport.shipment import shipment_record
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each model of the specification with every field filled."""

INSTANT = timedelta(milliseconds=1)
"""What Flexport tells times to: `f.updated_at.gt` leaves out the moment that it names."""


def _just_before(moment: datetime) -> str:
    return _text(moment - INSTANT)


def _text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _shipments(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """`position` is where the page before ended: the time `after` which to go on, and a page from there."""
    at = position or {}
    bounds = {}
    if at.get("after"):
        bounds["f.updated_at.gt"] = at["after"]
    elif span.since is not None:
        bounds["f.updated_at.gt"] = _just_before(span.since)
    if span.until is not None:
        bounds["f.updated_at.lt"] = _text(span.until)
    return numbered_pages("/shipments", at.get("page"), sort="updated_at", direction="asc", **bounds)


def _page_of_shipments(position: Any, decoded: Any) -> ListPage:
    """A page whose rows all changed at one moment is followed by the next page from the same moment."""
    rows, number = rows_of(decoded), next_page(decoded)
    if number is None:
        return ListPage(rows)
    before = (position or {}).get("after")
    after = _last_change(rows) or before
    if after == before:
        return ListPage(rows, {"after": before, "page": number})
    return ListPage(rows, {"after": after, "page": 1})


def _last_change(rows: Sequence[Any]) -> str | None:
    for row in reversed(rows):
        try:
            return _just_before(datetime.fromisoformat(row["updated_at"]))
        except (KeyError, TypeError, ValueError):
            continue
    return None


def _bookings(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    return numbered_pages("/bookings", position, sort="created_at", direction="asc")


def _id_of(row: Any) -> str:
    return str(row["id"])


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("freight", "get_shipments"),
        request=_shipments,
        page=_page_of_shipments,
        record=shipment_record,
        samples=[SAMPLES["shipment"]],
        id_of=_id_of,
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("freight", "get_bookings"),
        request=_bookings,
        page=page_of,
        record=booking_record,
        samples=[SAMPLES["booking"], SAMPLES["truck_booking"]],
        id_of=_id_of,
    ),
)
