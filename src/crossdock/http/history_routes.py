"""What changed in one record, from the events that were stored of it."""

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.http.endpoint import Endpoint
from crossdock.http.paging import asked, begins_after, next_token
from crossdock.http.record_routes import check_is_there, missing
from crossdock.http.requests import authorised, path_id
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.times import wire_moment
from crossdock.storage.latest_first import cut
from crossdock.storage.records import load_record
from crossdock.storage.webhooks import EventFilter, list_events


def history_endpoint(function: ListFunction, parameter: str) -> Endpoint:
    """The route function for the changes of one record, also of one that is gone."""

    async def history(request: Request) -> Response:
        service, _, connection = await authorised(request)
        check_is_there(connection, function)
        record_id = path_id(request, parameter)
        wanted = asked(request, {})
        place = f"{connection.id} {function.collection} {record_id} history"
        after = begins_after(service.page_tokens, place, wanted.page_token)
        events = EventFilter(
            connection.organisation_id,
            event_types=function.event_types,
            connection_id=connection.id,
            record_id=record_id,
            since=wanted.since,
            until=wanted.until,
        )

        def read(db: sa.Connection) -> Sequence[sa.Row[Any]]:
            rows = list_events(db, events, after, wanted.limit + 1)
            if not rows and load_record(db, connection.id, function.collection, record_id) is None:
                raise missing(db, connection, function, record_id)
            return rows

        rows = await service.database.read(read)
        shown, more_after = cut(rows, wanted.limit, "created_at")
        answer = {
            "data": [_change(row) for row in shown],
            "next_token": next_token(service.page_tokens, place, more_after),
        }
        return Response(orjson.dumps(answer), media_type="application/json")

    return history


def _change(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "event_id": row.id,
        "at": wire_moment(row.created_at),
        "event_type": row.event_type,
        "previous_attributes": orjson.loads(row.payload).get("previous_attributes"),
    }
