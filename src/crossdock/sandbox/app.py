"""The sandbox's own API, an ASGI application over Crossdock's database; nothing listens on a socket for it.

`/{type}/{sandbox_id}/{collection}` and below, JSON both ways, `Authorization: Bearer <the sandbox's key>`.
A list is `{"items": [...], "next": "..."}`; `next` goes into `after` until it is null. Lists take `limit`
(1 to 1000), `updated_since`, `updated_before`, `client_key` and the number the collection is known by
(`order_number`, `purchase_order_number`, `sku`, `order_id`). A refusal is `{"message": ..., "field": ...}`,
where `field` is a JSON Pointer into the body, or null.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.errors import Unavailable
from crossdock.sandbox.desk import answered, write_once, written_with
from crossdock.sandbox.doors import WriteDoor
from crossdock.sandbox.refusals import Refused, missing
from crossdock.sandbox.site import NUMBERED_BY, Kind, Record, Site
from crossdock.sandbox.storage import change, check_key, look
from crossdock.sandbox.systems import SYSTEMS
from crossdock.storage.database import Database

SANDBOX_HOST = "sandbox.crossdock.invalid"
"""The host that the application stands for; no network resolves it (RFC 2606)."""

LARGEST_PAGE = 1000
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
"""The contract's form. Dates are compared as texts, so another form would compare as anything."""

LARGEST_BODY = 32 * 1024 * 1024


def create_sandbox_app(database: Database) -> ASGIApp:
    """The application over an open database, which stays the caller's to close."""
    routes = []
    for integration_type, system in SYSTEMS.items():
        base = f"/{integration_type}/{{sandbox_id}}"
        for door in system.writes:
            routes.append(Route(f"{base}{door.path}", _writing(database, door), methods=[door.method]))
        for collection, kind in system.reads.items():
            routes.append(Route(f"{base}/{collection}", _listing(database, collection, kind)))
            routes.append(Route(f"{base}/{collection}/{{id}}", _reading(database, kind)))
    return Router(routes=routes, redirect_slashes=False, default=_no_such_path)


async def _no_such_path(scope: Scope, receive: Receive, send: Send) -> None:
    await _refusal(missing("There is no such path."))(scope, receive, send)


Answer = Callable[[Request], Awaitable[Response]]


def _answering(answer: Answer) -> Answer:
    async def endpoint(request: Request) -> Response:
        try:
            return await answer(request)
        except Refused as refused:
            return _refusal(refused)
        except Unavailable as error:
            return _refusal(Refused(error.status, error.message))

    return endpoint


def _writing(database: Database, door: WriteDoor) -> Answer:
    decoder = msgspec.json.Decoder(door.body)

    async def answer(request: Request) -> Response:
        sandbox_id, key = _sandbox_of(request), _key_of(request)
        content = await request.body()
        body = _decoded(decoder, content)
        arguments = [_text(request.path_params["id"])] if "id" in request.path_params else []
        client_key = None if body.client_key is msgspec.UNSET else body.client_key
        asked = b"\n".join((door.method.encode(), request.url.path.encode(), content))

        def write(db: sa.Connection) -> dict[str, Any]:
            check_key(db, sandbox_id, key)
            return change(db, sandbox_id, write_once, door.kind, client_key, asked, operation)

        def operation(site: Site) -> Record:
            return door.operation(site, *arguments, body)

        record = await database.write(write)
        return _json(record, 201 if door.method == "POST" and not arguments else 200)

    return _answering(answer)


def _listing(database: Database, collection: str, kind: Kind) -> Answer:
    async def answer(request: Request) -> Response:
        sandbox_id, key = _sandbox_of(request), _key_of(request)
        asked = {name: _text(value) for name, value in request.query_params.items()}

        def read(db: sa.Connection) -> dict[str, Any]:
            check_key(db, sandbox_id, key)
            return _listed(db, sandbox_id, kind, asked)

        listed = await database.read(read)
        if collection == "kits":
            listed["items"] = [record for record in listed["items"] if record["is_kit"]]
        return _json(listed)

    return _answering(answer)


def _listed(db: sa.Connection, sandbox_id: str, kind: Kind, asked: dict[str, str]) -> dict[str, Any]:
    shelves = look(db, sandbox_id)
    number = asked.get(NUMBERED_BY.get(kind, ""))
    if "client_key" in asked:
        return {
            "items": [answered(kind, r) for r in written_with(shelves, kind, asked["client_key"])],
            "next": None,
        }
    if number is not None:
        return {"items": [answered(kind, record) for record in shelves.find(kind, number)], "next": None}
    limit = _whole(asked, "limit", LARGEST_PAGE, 1, LARGEST_PAGE)
    after = _whole(asked, "after", 0, 0, 2**62)
    since, before = _moment(asked, "updated_since"), _moment(asked, "updated_before")
    page = shelves.page(kind, since, after, limit + 1, before)
    following = str(page[limit - 1][0]) if len(page) > limit else None
    return {"items": [answered(kind, record) for _, record in page[:limit]], "next": following}


def _whole(asked: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    said = asked.get(name, str(default))
    if not re.fullmatch("[0-9]{1,18}", said) or not least <= int(said) <= most:
        raise Refused(422, f"{name} is not a whole number from {least} to {most}.")
    return int(said)


def _moment(asked: dict[str, str], name: str) -> str:
    said = asked.get(name, "")
    if said and not re.fullmatch(MOMENT, said):
        raise Refused(422, f"{name} is not a moment such as 2026-03-01T12:00:00Z.")
    return said


def _reading(database: Database, kind: Kind) -> Answer:
    async def answer(request: Request) -> Response:
        sandbox_id, key = _sandbox_of(request), _key_of(request)
        record_id = _text(request.path_params["id"])

        def read(db: sa.Connection) -> Record | None:
            check_key(db, sandbox_id, key)
            return look(db, sandbox_id).get(kind, record_id)

        record = await database.read(read)
        if record is None:
            raise missing(f"There is no {record_id} in {kind.replace('_', ' ')}.")
        return _json(answered(kind, record))

    return _answering(answer)


def _sandbox_of(request: Request) -> str:
    return _text(request.path_params["sandbox_id"])


def _key_of(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise Refused(401, "Authorization: Bearer <the sandbox's key> is missing.")
    return key


def _text(value: str) -> str:
    """PostgreSQL keeps no NUL in a text, so nothing is known by a name that has one."""
    if "\0" in value:
        raise missing("Nothing is known by that name.")
    return value


def _decoded(decoder: msgspec.json.Decoder[Any], content: bytes) -> Any:
    """The typed body. Raises `Refused` with 422 and the place that is at fault."""
    if len(content) > LARGEST_BODY:
        raise Refused(413, f"The body is over {LARGEST_BODY} bytes.")
    try:
        return decoder.decode(content or b"{}")
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        raise Refused(422, message, _pointer(path.rstrip("`"))) from error
    except msgspec.DecodeError as error:
        raise Refused(422, f"The body is not JSON: {error}") from error


def _pointer(path: str) -> str:
    """`.line_items[0].sku` as `/line_items/0/sku`."""
    return re.sub(r"\[(\d+)\]", r"/\1", path).replace(".", "/")


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def _refusal(refused: Refused) -> Response:
    return _json({"message": refused.message, "field": refused.field}, refused.status)
