"""What routes read from a request, with the limits of each door."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Scope

from crossdock.connections.access import Caller, Connection
from crossdock.connections.sessions import Opened, check_csrf
from crossdock.errors import (
    FieldFault,
    Forbidden,
    NotFound,
    TooLarge,
    Unauthorized,
    Unprocessable,
    UnsupportedMediaType,
)
from crossdock.http.service import Service

JSON = "application/json"
FORM = "multipart/form-data"
LARGEST_BODY = 1024 * 1024
LONGEST_IDEMPOTENCY_KEY = 255
LONGEST_ID = 255

RATE_HEADERS = "rate_headers"
"""The key of the scope with the headers that say what is left of the budget."""


API_KEY = b"x-trackstar-api-key"
ACCESS_TOKEN = b"x-trackstar-access-token"
CSRF = b"x-crossdock-csrf"
CHOSEN_CONNECTION = b"x-crossdock-connection"
"""What a person's session sends in place of an access token: the id of a connection."""

SESSION_COOKIE = "crossdock_session"
CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})


def header(headers: Mapping[bytes, bytes], name: bytes) -> str | None:
    """A header's value as text; `headers` is `dict(scope["headers"])`, read once for several of them."""
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")


async def caller_of(request: Request) -> tuple[Service, Caller]:
    """The service, and who asks: with an API key, or with a session. Raises `Unauthorized` or `Forbidden`."""
    service: Service = request.scope["service"]
    key = header(dict(request.scope["headers"]), API_KEY)
    if key is None and SESSION_COOKIE in request.cookies:
        return service, (await session_of(request)).caller
    return service, await service.access.caller(key)


async def session_of(request: Request) -> Opened:
    """The session that a request has. Raises `Unauthorized`, or `Forbidden` for one that was forged."""
    service: Service = request.scope["service"]
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise Unauthorized("Nobody is signed in.")
    opened = await service.sessions.opened(token)
    if request.method not in CHANGES_NOTHING:
        check_csrf(opened, header(dict(request.scope["headers"]), CSRF))
    return opened


def check_full_access(caller: Caller) -> None:
    """Raises `Forbidden` for a read-only key, and for a viewer."""
    if caller.read_only:
        who = "This API key is read-only" if caller.role is None else "Viewers may only read"
        raise Forbidden(f"{who}; this needs full access.")


async def connection_of(service: Service, caller: Caller, request: Request) -> Connection | None:
    """The connection that a request is about, if it names one. Raises `Unauthorized`.

    Access tokens open it for whoever has the organisation's key; a person chooses it by its id.
    """
    headers = dict(request.scope["headers"])
    token = header(headers, ACCESS_TOKEN)
    chosen = None if caller.role is None else header(headers, CHOSEN_CONNECTION)
    if chosen is not None:
        return await service.access.connection_chosen(caller, chosen)
    return None if token is None else await service.access.connection(caller, token)


async def authorised(request: Request) -> tuple[Service, Caller, Connection]:
    """The service, and who asks about which connection. Raises `Unauthorized` or `TooManyRequests`."""
    service, caller = await caller_of(request)
    connection = await connection_of(service, caller, request)
    if connection is None:
        name = "x-trackstar-access-token" if caller.role is None else "x-crossdock-connection"
        raise Unauthorized(f"The header {name} is missing.")
    await count(request.scope, service, connection)
    service.usage.count(connection.id)
    return service, caller, connection


async def count(scope: Scope, service: Service, connection: Connection) -> None:
    """Counts a request against the connection's budget. Raises `TooManyRequests`."""
    meter = service.rate_limits.meter(connection.id, scope["method"])
    if meter is not None:
        scope[RATE_HEADERS] = await meter.take()


async def json_content(request: Request, *media_types: str, required: bool = True) -> bytes:
    """The bytes of a JSON body, by one of those media types, or by JSON's own.

    No body needs no media type where none is required. Raises `UnsupportedMediaType` or `TooLarge`.
    """
    if required:
        _check_media_type(request, media_types)
        return await _content(request)
    content = await _content(request)
    if content:
        _check_media_type(request, media_types)
    return content


def _check_media_type(request: Request, media_types: Sequence[str]) -> None:
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    accepted = media_types or (JSON,)
    if content_type not in accepted:
        given = f"not {content_type!r}" if content_type else "and no Content-Type was given"
        raise UnsupportedMediaType(f"Content-Type must be {' or '.join(accepted)}, {given}.")


async def form_content(request: Request) -> Mapping[str, str]:
    """The fields of a URL-encoded form, the last of each name. Raises `TooLarge`."""
    content = await _content(request)
    return dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))


async def no_content(request: Request) -> dict[str, Any]:
    """For a write without a body: an empty object. `{}` may be sent. Raises `Unprocessable` for more."""
    content = await _content(request)
    if content.strip() in {b"", b"{}"}:
        return {}
    message = "This write takes no body; all it needs is in the path."
    raise Unprocessable(message, [FieldFault("", message)])


async def _content(request: Request) -> bytes:
    check_declared_length(request, LARGEST_BODY)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise _too_large(LARGEST_BODY)
        parts.append(part)
    return b"".join(parts)


def check_declared_length(request: Request, limit: int) -> None:
    """Refuses a body that says itself that it is over the limit, before it is read. Raises `TooLarge`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is over {limit} bytes.", headers={"connection": "close"})


def path_id(request: Request, parameter: str) -> str:
    """A record's id in the path. Raises `NotFound` for one that no system can have."""
    record_id: str = request.path_params[parameter]
    if len(record_id) <= LONGEST_ID and record_id.isprintable() and record_id.strip(". "):
        return record_id
    raise NotFound("There is no record with such an id.", extra={"id": record_id[:LONGEST_ID]})


def idempotency_key(request: Request) -> str | None:
    """The `Idempotency-Key`, if one was sent. Raises `Unprocessable` when it is empty or too long."""
    key = request.headers.get("idempotency-key")
    if key is None or 0 < len(key) <= LONGEST_IDEMPOTENCY_KEY:
        return key
    message = f"Idempotency-Key must have 1 to {LONGEST_IDEMPOTENCY_KEY} characters, not {len(key)}."
    raise Unprocessable(message, [FieldFault("/Idempotency-Key", message)], location="headers")


def if_match(request: Request, record_id: str) -> str | None:
    """The entity tag that the record of the path has to have, if one was sent. Raises `Unprocessable`."""
    tag = request.headers.get("if-match")
    if tag is None or (record_id and 0 < len(tag) <= LONGEST_ID and "," not in tag):
        return tag
    message = "If-Match takes one ETag of the record in the path."
    raise Unprocessable(message, [FieldFault("/If-Match", message)], location="headers")


def dry_run(request: Request) -> bool:
    """Whether `X-Dry-Run` asks for a preview. Raises `Unprocessable` when it is neither true nor false."""
    value = request.headers.get("x-dry-run", "false").lower()
    if value in {"true", "1"}:
        return True
    if value in {"false", "0"}:
        return False
    message = "X-Dry-Run must be true or false."
    raise Unprocessable(message, [FieldFault("/X-Dry-Run", message, ["true", "false"])], location="headers")
