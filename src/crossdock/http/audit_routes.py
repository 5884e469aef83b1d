"""The audit, read as a list and as a table."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from crossdock.connections.access import Caller
from crossdock.errors import Forbidden
from crossdock.http.connection_routes import keyed
from crossdock.http.paging import Asked, a_text, asked, begins_after, next_token
from crossdock.http.requests import check_full_access
from crossdock.http.service import Service
from crossdock.schemas.times import wire_moment
from crossdock.storage.audit import AuditFilter, entries
from crossdock.storage.latest_first import cut

FILTERS = {"actor": a_text, "action": a_text}
COLUMNS = (
    "id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "target_kind",
    "target_id",
    "detail",
    "request_id",
)
ROWS_AT_ONCE = 1_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets read a cell that begins so as a formula, and may carry it out."""


def _check_may_read(caller: Caller) -> None:
    """Keys of full access are made by admins, or by whoever has the server. Raises `Forbidden`."""
    if caller.role is None:
        check_full_access(caller)
    elif caller.role != "admin":
        raise Forbidden("The audit is for admins.")


async def list_entries(request: Request) -> Response:
    """A page of entries."""
    service, caller = await keyed(request)
    _check_may_read(caller)
    wanted = asked(request, FILTERS)
    place = f"{caller.organisation_id} audit"
    after = begins_after(service.page_tokens, place, wanted.page_token)
    rows = await service.database.read(entries, _filter(caller, wanted), after, wanted.limit + 1)
    shown, more_after = cut(rows, wanted.limit)
    answer = {
        "data": [_shown(row) for row in shown],
        "next_token": next_token(service.page_tokens, place, more_after),
    }
    return Response(orjson.dumps(answer), media_type="application/json")


def _filter(caller: Caller, wanted: Asked) -> AuditFilter:
    given = wanted.filters
    return AuditFilter(
        caller.organisation_id, given.get("actor"), given.get("action"), wanted.since, wanted.until
    )


def _shown(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": wire_moment(row.at),
        "actor": {"kind": row.actor_kind, "id": row.actor_id, "name": row.actor_name},
        "action": row.action,
        "target": {"kind": row.target_kind, "id": row.target_id},
        "detail": None if row.detail is None else orjson.loads(row.detail),
        "request_id": row.request_id,
    }


async def export(request: Request) -> StreamingResponse:
    """Every entry that the filters leave, a thousand rows at a time."""
    service, caller = await keyed(request)
    _check_may_read(caller)
    wanted = _filter(caller, asked(request, FILTERS, paged=False))
    headers = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
    return StreamingResponse(_table(service, wanted), media_type="text/csv; charset=utf-8", headers=headers)


async def _table(service: Service, wanted: AuditFilter) -> AsyncIterator[str]:
    yield _lines([COLUMNS])
    after = None
    while True:
        rows = await service.database.read(entries, wanted, after, ROWS_AT_ONCE)
        if rows:
            yield _lines(
                [
                    [wire_moment(row.at) if name == "at" else row._mapping[name] for name in COLUMNS]
                    for row in rows
                ]
            )
        if len(rows) < ROWS_AT_ONCE:
            return
        after = (rows[-1].at, rows[-1].id)


def _lines(rows: list[Any]) -> str:
    table = io.StringIO()
    csv.writer(table).writerows([[_cell(value) for value in row] for row in rows])
    return table.getvalue()


def _cell(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text.startswith(FORMULA) else text
