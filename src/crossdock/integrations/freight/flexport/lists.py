"""Flexport's lists, 100 records a page.

Both are read in the order of a time that Flexport can filter by: shipments by when they changed, bookings,
which do not say that, by when they were made. A full page is followed by what is of the time of its last row
or later: a record that comes, goes or moves meanwhile shifts no page.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.freight.flexport.answers import next_page, numbered_pages, rows_of
from crossdock.integrations.freight.flexport.booking import booking_record
from crossdock.integrations.freight.flexport.shipment import shipment_record
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each model of the specification with every field filled."""

INSTANT = timedelta(milliseconds=1)
"""What Flexport tells times to: a filter that ends in `.gt` leaves out the moment that it names."""


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


def _bookings(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """`position` as for shipments."""
    at = position or {}
    bounds = {"f.created_at.gt": at["after"]} if at.get("after") else {}
    return numbered_pages("/bookings", at.get("page"), sort="created_at", direction="asc", **bounds)


def _pages_by(field: str) -> Callable[[Any, Any], ListPage]:
    """Pages in the order of a time; those of one moment are told apart by their number."""

    def page(position: Any, decoded: Any) -> ListPage:
        rows, number = rows_of(decoded), next_page(decoded)
        if number is None:
            return ListPage(rows)
        before = (position or {}).get("after")
        after = _last_moment(rows, field) or before
        return ListPage(rows, {"after": after, "page": number if after == before else 1})

    return page


def _last_moment(rows: Sequence[Any], field: str) -> str | None:
    for row in reversed(rows):
        try:
            return _just_before(datetime.fromisoformat(row[field]))
        except (KeyError, TypeError, ValueError):
            continue
    return None


def _id_of(row: Any) -> str:
    return str(row["id"])


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("freight", "get_shipments"),
        request=_shipments,
        page=_pages_by("updated_at"),
        record=shipment_record,
        samples=[SAMPLES["shipment"]],
        id_of=_id_of,
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("freight", "get_bookings"),
        request=_bookings,
        page=_pages_by("created_at"),
        record=booking_record,
        samples=[SAMPLES["booking"], SAMPLES["truck_booking"]],
        id_of=_id_of,
    ),
)
