"""Which events a caller wants to see or to have delivered again."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct, field

from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.events import EVENT_TYPES
from crossdock.schemas.times import epoch_of
from crossdock.storage.webhooks import EventFilter
from crossdock.webhooks.endpoints import EventType

LARGEST_PAGE = 1_000
MOST_REPLAYED = 10_000
"""Events of one replay."""

FILTERS = ("event_type", "connection_id", "record_id", "from", "to")
MOMENT = {"format": "date-time"}


def limit_of(text: str | None) -> int:
    """`limit` of a query. Raises `Unprocessable`."""
    if text is None:
        return LARGEST_PAGE
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_PAGE:
        return int(text)
    message = f"limit must be a whole number from 1 to {LARGEST_PAGE}."
    raise Unprocessable(message, [FieldFault("/limit", message)], location="query")


def event_filter(organisation_id: str, query: Mapping[str, str]) -> EventFilter:
    """The filters of a query. Raises `Unprocessable` with every fault."""
    faults = [
        FieldFault(f"/{name[:100]}", "There is no such filter.", [*FILTERS, "limit", "page_token"])
        for name in query
        if name not in FILTERS
    ]
    event_type = query.get("event_type")
    if event_type is not None and event_type not in EVENT_TYPES:
        faults.append(FieldFault("/event_type", "is not an event type", list(EVENT_TYPES)))
    since, until = _window(query, faults)
    if faults:
        raise Unprocessable("The query is not accepted.", faults, location="query")
    return EventFilter(
        organisation_id,
        None if event_type is None else [event_type],
        query.get("connection_id"),
        query.get("record_id"),
        since,
        until,
    )


def _window(given: Mapping[str, str], faults: list[FieldFault]) -> tuple[float | None, float | None]:
    moments = []
    for name in ("from", "to"):
        moment = epoch_of(given[name]) if name in given else None
        if name in given and moment is None:
            faults.append(FieldFault(f"/{name}", "must be a date-time such as 2026-01-31T00:00:00Z"))
        moments.append(moment)
    since, until = moments
    if since is not None and until is not None and until < since:
        faults.append(FieldFault("/to", "is before from"))
    return since, until


From = Annotated[str, Meta(description="Events at this time or later", extra_json_schema=MOMENT)]
To = Annotated[str, Meta(description="Events before this time", extra_json_schema=MOMENT)]
Some = Annotated[list[EventType], Meta(description="Only events of these types; null for all")]


class Replay(Struct, forbid_unknown_fields=True):
    """Which events are to be delivered again, and to which endpoint."""

    endpoint_id: str
    begin: From = field(name="from")
    end: To = field(name="to")
    event_types: Some | None = None


def replay_of(
    organisation_id: str, begin: str, end: str, event_types: list[str] | None = None
) -> EventFilter:
    """The events of a replay from one time to another. Raises `Unprocessable` with every fault."""
    faults: list[FieldFault] = []
    since, until = _window({"from": begin, "to": end}, faults)
    if faults:
        raise Unprocessable("The replay is not accepted.", faults)
    return EventFilter(organisation_id, event_types, None, None, since, until)
