"""The request log, read."""

from typing import Any

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.errors import NotFound
from crossdock.http.connection_routes import keyed
from crossdock.http.paging import LONGEST_TEXT, a_status, a_text, asked, begins_after, next_token, one_of
from crossdock.schemas.times import wire_moment
from crossdock.storage import requests as stored
from crossdock.storage.requests import RequestFilter

FILTERS = {
    "kind": one_of("api", "vendor"),
    "request_id": a_text,
    "connection_id": a_text,
    "status[gte]": a_status,
    "path[contains]": a_text,
}


async def list_requests(request: Request) -> Response:
    """A page of the log. What this process has not written yet is written first."""
    service, caller = await keyed(request)
    wanted = asked(request, FILTERS)
    place = f"{caller.organisation_id} requests"
    after = begins_after(service.page_tokens, place, wanted.page_token)
    given = wanted.filters
    rows = RequestFilter(
        caller.organisation_id,
        given.get("kind"),
        given.get("request_id"),
        given.get("connection_id"),
        int(given["status[gte]"]) if "status[gte]" in given else None,
        given.get("path[contains]"),
        wanted.since,
        wanted.until,
    )
    await service.request_log.flush()
    page = await service.database.read(stored.page, rows, after, wanted.limit)
    answer = {
        "data": [_brief(row) for row in page.rows],
        "next_token": next_token(service.page_tokens, place, page.more_after),
        "left_out": service.request_log.counts(),
    }
    return Response(orjson.dumps(answer), media_type="application/json")


async def get_request(request: Request) -> Response:
    """One call with its bodies, and the vendor calls of the same request."""
    service, caller = await keyed(request)
    row_id = request.path_params["id"]

    def read(db: sa.Connection) -> dict[str, Any]:
        row = stored.one(db, caller.organisation_id, row_id) if row_id.isprintable() else None
        if row is None:
            raise NotFound("The organisation has no request of that id.", extra={"id": row_id[:LONGEST_TEXT]})
        calls = (
            [] if row.request_id is None else stored.vendor_calls(db, caller.organisation_id, row.request_id)
        )
        return {
            **_brief(row),
            "request_headers": orjson.loads(row.request_headers),
            "request_body": row.request_body,
            "response_headers": orjson.loads(row.response_headers),
            "response_body": row.response_body,
            "truncated": row.truncated,
            "vendor_calls": [_brief(call) for call in calls],
        }

    await service.request_log.flush()
    shown = await service.database.read(read)
    return Response(orjson.dumps({"data": shown}), media_type="application/json")


def _brief(row: sa.Row[Any]) -> dict[str, Any]:
    actor = {"kind": row.actor_kind, "id": row.actor_id, "name": row.actor_name}
    return {
        "id": row.id,
        "request_id": row.request_id,
        "kind": row.kind,
        "connection_id": row.connection_id,
        "integration_type": row.integration_type,
        "integration_name": row.integration_name,
        "method": row.method,
        "url": row.url,
        "status": row.status,
        "duration_ms": round(row.seconds * 1000, 1),
        "at": wire_moment(row.at),
        "actor": actor,
        "error": row.error,
    }
