"""Lists of stored records and single ones, as every `GET` of a vertical answers them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crossdock.connections.access import Connection
from crossdock.errors import NotFound, NotImplementedByIntegration
from crossdock.http.bodies import Body
from crossdock.http.endpoint import Endpoint
from crossdock.http.requests import authorised, check_full_access, path_id
from crossdock.reads.filters import wanted
from crossdock.reads.packs import packs
from crossdock.reads.tags import Tags, set_tags
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.lists import LIST_FUNCTIONS
from crossdock.schemas.times import wire_epoch
from crossdock.storage.reads import Page, Place, read_page
from crossdock.storage.records import StoredRecord, deleted_at, load_raw, load_record

TAGS = Body(Tags)
PIECE = 64
"""Records that are sent at a time."""


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A page as an ASGI application: the stored texts, in pieces, neither decoded nor joined as a whole."""

    texts: Sequence[bytes]
    next_token: str | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Sends the page."""
        end = b'],"next_token":%s,"total_count":%d}' % (orjson.dumps(self.next_token), len(self.texts))
        length = 9 + sum(map(len, self.texts)) + max(0, len(self.texts) - 1) + len(end)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        before = b'{"data":['
        for start in range(0, len(self.texts), PIECE):
            piece = before + b",".join(self.texts[start : start + PIECE])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            before = b","
        await send({"type": "http.response.body", "body": end if self.texts else before + end})


def list_endpoint(function: ListFunction) -> Endpoint:
    """The route function for a list."""

    async def records(request: Request) -> ListAnswer:
        service, _, connection = await authorised(request)
        if not connection.integration.has_list(function):
            raise _not_implemented(connection, function)
        asked = wanted(function, request.query_params.multi_items())
        place = _place(request, connection, function)
        name = f"{connection.id} {function.collection} {place.within}"
        after = "" if asked.page_token is None else service.page_tokens.read(name, asked.page_token)
        conditions = [(c.field, c.operator, c.values) for c in asked.conditions]

        def read(db: sa.Connection) -> Page:
            page = read_page(db, place, after, asked.limit, conditions, asked.ids)
            if not page.texts:
                _check_parent(db, connection, function, place)
            return page

        page = await service.database.read(read)
        return ListAnswer(page.texts, service.page_tokens.made(name, page.last_id) if page.more else None)

    return records


def _place(request: Request, connection: Connection, function: ListFunction) -> Place:
    """A list below a record, such as the locations of a warehouse, has that record's id in its path."""
    within = next(((name, path_id(request, name)) for name in request.path_params), None)
    return Place(connection.id, function.collection, within)


def _check_parent(db: sa.Connection, connection: Connection, function: ListFunction, place: Place) -> None:
    """Raises `NotFound` for an empty list below a record that is not there, where such records are listed."""
    if place.within is None:
        return
    parameter, record_id = place.within
    for parent in LIST_FUNCTIONS:
        if (parent.integration_type, parent.item) == (function.integration_type, parameter):
            listed = connection.integration.has_list(parent)
            if listed and load_record(db, connection.id, parent.collection, record_id) is None:
                raise missing(db, connection, parent, record_id)


def _not_implemented(connection: Connection, function: ListFunction) -> NotImplementedByIntegration:
    return NotImplementedByIntegration(
        f"Endpoint {function.name} is not implemented for {connection.integration.display_name}"
    )


def check_is_there(connection: Connection, function: ListFunction) -> None:
    """Raises `NotImplementedByIntegration` where no record of the kind can ever be stored."""
    integration = connection.integration
    made = integration.type == function.integration_type and any(
        write.action.collection == function.collection for write in integration.writes
    )
    if not integration.has_list(function) and not made:
        raise _not_implemented(connection, function)


def item_endpoint(function: ListFunction, parameter: str) -> Endpoint:
    """The route function for one record of a list."""

    async def record(request: Request) -> Response:
        stored = await _stored(request, function, parameter)
        return Response(
            f'{{"data":{stored.data}}}', media_type="application/json", headers={"etag": stored.etag}
        )

    return record


async def _stored(request: Request, function: ListFunction, parameter: str) -> StoredRecord:
    service, _, connection = await authorised(request)
    check_is_there(connection, function)
    record_id = path_id(request, parameter)

    def read(db: sa.Connection) -> StoredRecord:
        stored = load_record(db, connection.id, function.collection, record_id)
        if stored is None or not _is_below(request, parameter, stored):
            raise missing(db, connection, function, record_id)
        return stored

    return await service.database.read(read)


def _is_below(request: Request, parameter: str, stored: StoredRecord) -> bool:
    """Whether the record is where the path says, for records below others."""
    others = {name: value for name, value in request.path_params.items() if name != parameter}
    if not others:
        return True
    record = orjson.loads(stored.data)
    return all(record.get(name) == value for name, value in others.items())


def missing(db: sa.Connection, connection: Connection, function: ListFunction, record_id: str) -> NotFound:
    """What is answered where there is no stored record of that id; it says so of one that was deleted."""
    deleted = deleted_at(db, connection.id, function.collection, record_id)
    extra = {"id": record_id}
    if deleted is None:
        message = f"This connection has no stored record {record_id} among its {function.collection}."
    else:
        extra["deleted_date"] = wire_epoch(deleted)
        message = f"The system does not list {record_id} any more."
    return NotFound(message, extra=extra)


def raw_endpoint(function: ListFunction, parameter: str) -> Endpoint:
    """The route function for the vendor's own record behind a canonical one, also a deleted one."""

    async def raw(request: Request) -> Response:
        service, _, connection = await authorised(request)
        check_is_there(connection, function)
        record_id = path_id(request, parameter)

        def read(db: sa.Connection) -> str:
            raw = load_raw(db, connection.id, function.collection, record_id)
            if raw is None:
                raise missing(db, connection, function, record_id)
            return raw

        found = await service.database.read(read)
        return Response(f'{{"data":{found}}}', media_type="application/json")

    return raw


def tags_endpoint(function: ListFunction, parameter: str) -> Endpoint:
    """The route function that replaces the tags of a record."""

    async def tags(request: Request) -> Response:
        service, caller, connection = await authorised(request)
        check_full_access(caller)
        check_is_there(connection, function)
        record_id = path_id(request, parameter)
        wanted_tags = (await TAGS.read(request)).trackstar_tags

        def change(db: sa.Connection) -> str:
            changed = set_tags(db, connection.id, function, record_id, wanted_tags, time.time())
            if changed is None:
                raise missing(db, connection, function, record_id)
            return changed

        data = await service.database.write(change)
        quoted = orjson.dumps(record_id).decode()
        body = f'{{"data":{data},"id":{quoted},"unused_fields":[]}}'
        return Response(body, media_type="application/json")

    return tags


def packs_endpoint(function: ListFunction, parameter: str) -> Endpoint:
    """The route function for the packed boxes of an order."""

    async def of_order(request: Request) -> Response:
        stored = await _stored(request, function, parameter)
        shown = packs(orjson.loads(stored.data))
        return Response(orjson.dumps({"data": shown}), media_type="application/json")

    return of_order
