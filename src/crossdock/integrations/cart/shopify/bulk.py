"""Bulk operations: Shopify runs a query over everything and writes a JSONL file (vendor's guide "Perform bulk
operations with the GraphQL Admin API").

A line of the file is a record of a connection; one of a nested connection has `__parentId`. With
`groupObjects` the lines of nested connections stand behind their parent. An app may run five at a time in a
shop; a sixth is refused. The address of the file is good for seven days.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crossdock.connector import Account, BulkReading, JobState, Span, VendorRequest
from crossdock.integrations.cart.shopify.graphql import Record, answered, as_connection, asked
from crossdock.integrations.cart.shopify.ids import type_of

RUN = (
    "mutation($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: true) "
    "{ bulkOperation { id } userErrors { field message } } }"
)
STATE = "query($id: ID!) { bulkOperation(id: $id) { id status errorCode url } }"
UNDER_WAY = frozenset({"CREATED", "RUNNING"})
PARENT = "__parentId"

Place = tuple[str, ...]
"""Where a connection is in the record that holds it, as field names."""


def bulk_reading(
    query: Callable[[Span], str],
    places: Mapping[str, Place],
    rows: Callable[[Record], Sequence[Any]],
) -> BulkReading:
    """A list that a bulk operation reads.

    `query(span)` is its query, `places` say for each type of a nested connection's records where they belong,
    and `rows` makes the list's rows of a record that is whole again.
    """

    def start(account: Account, span: Span) -> VendorRequest:  # noqa: ARG001
        return asked(RUN, query=query(span))

    return BulkReading(
        start=start,
        started=_started,
        ask=lambda account, job: asked(STATE, id=job),  # noqa: ARG005
        state=_state,
        begins=lambda line: PARENT not in line,
        rows=lambda lines: rows(whole(lines, places)),
    )


def _started(decoded: Any) -> str:
    operation = (answered(decoded, "bulkOperationRunQuery") or {}).get("bulkOperation")
    if not isinstance(operation, dict) or not isinstance(operation.get("id"), str):
        raise ValueError("the answer names no bulk operation")  # noqa: TRY004
    return str(operation["id"])


def _state(decoded: Any) -> JobState:
    operation = answered(decoded, "bulkOperation")
    if not isinstance(operation, dict):
        return JobState(failed="the shop has no such bulk operation")
    status = operation.get("status")
    if status in UNDER_WAY:
        return JobState(running=True)
    if status != "COMPLETED":
        return JobState(
            failed=f"the bulk operation ended as {status} {operation.get('errorCode') or ''}".strip()
        )
    return JobState(url=operation.get("url"))


def whole(lines: Sequence[Record], places: Mapping[str, Place]) -> Record:
    """A record with the lines of its nested connections put where they belong.

    Raises `ValueError` for a line whose parent is not before it.
    """
    root = _without_parent(lines[0], places)
    known = {root["id"]: root}
    for line in lines[1:]:
        record = _without_parent(line, places)
        parent = known.get(line[PARENT])
        if parent is None:
            raise ValueError(f"{record.get('id')} comes before its parent")
        _connection(parent, places[type_of(record["id"])])["edges"].append({"node": record})
        known[record["id"]] = record
    return root


def _without_parent(line: Record, places: Mapping[str, Place]) -> Record:
    """A record with an empty connection wherever it may have one."""
    record = {name: value for name, value in line.items() if name != PARENT}
    for holder, place in _holders(places):
        if type_of(record["id"]) == holder:
            _connection(record, place)
    return record


def _holders(places: Mapping[str, Place]) -> Sequence[tuple[str, Place]]:
    """The type that holds each connection, which is the first part of its place."""
    return [(place[0], place) for place in places.values()]


def _connection(record: Record, place: Place) -> Record:
    """The connection at a place of a record, made when it is missing."""
    for name in place[1:-1]:
        record = record.setdefault(name, {})
    found: Record = record.setdefault(place[-1], as_connection([]))
    return found
