"""Connections: read, changed and removed, and what is wrong with them."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.access import Caller
from crossdock.connections.opened import closed
from crossdock.errors import FieldFault, NotFound, Unprocessable
from crossdock.http.bodies import Body
from crossdock.http.paging import a_text, given
from crossdock.http.requests import authorised, caller_of, check_full_access
from crossdock.http.service import Service
from crossdock.storage import accounts, records, schedules
from crossdock.storage.connection_errors import ConnectionErrorRow, errors_of, errors_of_each
from crossdock.sync.shown import connection_as_json, put_aside_as_json, run_as_json
from crossdock.writes.typed import given_members

LARGEST_PAGE = 1_000
LONGEST_CUSTOMER_ID = 255

NO_NUL = "^[^\\x00]*$"

CustomerId = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=LONGEST_CUSTOMER_ID,
        pattern=NO_NUL,
        description=f"a text of 1 to {LONGEST_CUSTOMER_ID} characters, the caller's own name of it",
    ),
]
WebhooksDisabled = Annotated[
    bool, msgspec.Meta(description="Whether nobody is told of the connection's events")
]
Again = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=LONGEST_CUSTOMER_ID,
        pattern=NO_NUL,
        description="the id of a connection, which is connected anew",
    ),
]


class ConnectionChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What changes about a connection."""

    customer_id: CustomerId | msgspec.UnsetType | None = msgspec.UNSET
    webhooks_disabled: WebhooksDisabled | msgspec.UnsetType = msgspec.UNSET


CONNECTION_CHANGES = Body(ConnectionChanges, least=1)


async def keyed(request: Request, *, writes: bool = False) -> tuple[Service, Caller]:
    """Who asks; with `writes`, only somebody with full access."""
    service, caller = await caller_of(request)
    if writes:
        check_full_access(caller)
    return service, caller


async def connections(request: Request) -> Response:
    """The organisation's connections, in the order of their ids."""
    service, caller = await keyed(request)
    limit, token = _limit(request), request.query_params.get("page_token")
    place = f"{caller.organisation_id} connections"
    after = "" if token is None else service.page_tokens.read(place, token)
    wanted = _wanted(request)

    def read(db: sa.Connection) -> list[dict[str, Any]]:
        rows = accounts.connections_after(db, caller.organisation_id, after, limit + 1, wanted)
        ids = [row.id for row in rows]
        known, errors = schedules.schedules_of(db, ids), errors_of_each(db, ids)
        return [_shown(service, row, known[row.id], errors[row.id]) for row in rows]

    rows = await service.database.read(read)
    following = None
    if len(rows) > limit:
        following = service.page_tokens.made(place, rows[limit - 1]["connection_id"])
    rows = rows[:limit]
    return _json({"data": rows, "next_token": following, "total_count": len(rows)})


def _wanted(request: Request) -> accounts.ConnectionFilter:
    """The filters of the list. Raises `Unprocessable`, also for a name that is not known."""
    names = ("search", "integration_type", "integration_name")
    query, faults = given(request, [*names, "health", "limit", "page_token"])
    texts = {name: query[name] for name in names if name in query}
    faults += [FieldFault(f"/{name}", wrong) for name, text in texts.items() if (wrong := a_text(text))]
    health = query.get("health")
    if health not in {None, "healthy", "failing"}:
        faults.append(FieldFault("/health", "must be healthy or failing", ["healthy", "failing"]))
    if faults:
        raise Unprocessable("The query is not accepted.", faults, location="query")
    return accounts.ConnectionFilter(**texts, failing=None if health is None else health == "failing")


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(LARGEST_PAGE))
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_PAGE:
        return int(text)
    message = f"limit must be a whole number from 1 to {LARGEST_PAGE}."
    raise Unprocessable(message, [FieldFault("/limit", message)], location="query")


def _shown(
    service: Service,
    row: accounts.ConnectionRow,
    rows: Sequence[schedules.ScheduleRow],
    errors: Sequence[ConnectionErrorRow],
) -> dict[str, Any]:
    integration = service.catalog.get(row.integration_type, row.integration_name)
    return connection_as_json(row, integration, rows, errors)


async def connection(request: Request) -> Response:
    """One connection."""
    service, caller = await keyed(request)

    def read(db: sa.Connection) -> dict[str, Any]:
        row = own_connection(db, caller, request.path_params["connection_id"])
        return _shown(service, row, schedules.schedules(db, row.id), errors_of(db, row.id))

    return _json({"data": await service.database.read(read)})


def own_connection(db: sa.Connection, caller: Caller, connection_id: str) -> accounts.ConnectionRow:
    """The caller's connection of that id. Raises `NotFound`, also for another organisation's."""
    row = accounts.connection_by_id(db, connection_id) if connection_id.isprintable() else None
    if row is None or row.organisation_id != caller.organisation_id:
        raise NotFound(
            "The organisation has no connection of that id.",
            extra={"id": connection_id[:LONGEST_CUSTOMER_ID]},
        )
    return row


async def change_connection(request: Request) -> Response:
    """Sets `customer_id` or `webhooks_disabled` of the token's connection."""
    service, caller, connected = await authorised(request)
    check_full_access(caller)
    changes = given_members(await CONNECTION_CHANGES.read(request))
    await service.database.write(accounts.change_connection, connected.id, changes)
    return _json({"id": connected.id, "object": "connection", "updated": True})


async def delete_connection(request: Request) -> Response:
    """Removes the token's connection and everything that was stored for it."""
    service, caller, connected = await authorised(request)
    check_full_access(caller)
    await service.database.write(closed, connected.id)
    return _json({"id": connected.id, "object": "connection", "deleted": True})


async def runs(request: Request) -> Response:
    """How far the syncs of a connection have come."""
    service, caller = await keyed(request)

    def read(db: sa.Connection) -> list[dict[str, Any]]:
        row = own_connection(db, caller, request.path_params["connection_id"])
        errors = errors_of(db, row.id)
        return [run_as_json(schedule, errors) for schedule in schedules.schedules(db, row.id)]

    return _json({"data": await service.database.read(read)})


async def put_aside(request: Request) -> Response:
    """The vendor's rows that could not be made records, the latest first."""
    service, caller = await keyed(request)
    limit = _limit(request)

    def read(db: sa.Connection) -> list[dict[str, Any]]:
        row = own_connection(db, caller, request.path_params["connection_id"])
        return [put_aside_as_json(found) for found in records.list_put_aside(db, row.id, limit)]

    rows = await service.database.read(read)
    return _json({"data": rows, "next_token": None, "total_count": len(rows)})


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
