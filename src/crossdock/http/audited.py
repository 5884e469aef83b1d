"""What the doors have done is entered into the audit, in this one place."""

import logging
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from crossdock.connector.calls import Call, Cause
from crossdock.errors import Unavailable
from crossdock.http.door import Door
from crossdock.http.endpoint import Endpoint
from crossdock.http.service import Service
from crossdock.request_log.kept import detail_of
from crossdock.storage.audit import Entry, add_entry

log = logging.getLogger(__name__)

NAMES = ("connection_id", "event_id", "id")
"""Under which an answer says what it is about."""


def audited(door: Door) -> Endpoint:
    """The door's endpoint, which also enters its successes into the audit and says what the log may keep."""
    if door.audited is None and door.keeps_bodies:
        return door.endpoint
    action = door.audited

    async def endpoint(request: Request) -> ASGIApp:
        cause: Cause = request.scope["cause"]
        cause.keeps_bodies = door.keeps_bodies
        response = await door.endpoint(request)
        if action is not None and (not isinstance(response, Response) or response.status_code < 400):
            await _enter(request, action, response)
        return response

    return endpoint


async def _enter(request: Request, action: str, response: ASGIApp) -> None:
    """What was done is done: where the entry cannot be written, that is logged and the answer given."""
    service: Service = request.scope["service"]
    call: Call = request.scope["call"]
    cause = call.cause
    if cause.organisation_id is None or cause.actor is None:
        log.error("request %s: %s has no entry in the audit: nobody known did it", cause.request_id, action)
        return
    entry = Entry(
        cause.organisation_id,
        cause.actor,
        action,
        _target(request, response) or cause.connection_id,
        _detail(call),
        cause.request_id,
    )
    try:
        await service.database.write(add_entry, entry)
    except Unavailable as error:
        log.error("request %s: %s has no entry in the audit: %s", cause.request_id, action, error.message)  # noqa: TRY400


def _detail(call: Call) -> dict[str, Any] | None:
    """What was asked for, and of which connection."""
    detail = dict(detail_of(call) or {})
    if call.cause.connection_id is not None:
        detail = {"connection_id": call.cause.connection_id, **detail}
    return detail or None


def _target(request: Request, response: ASGIApp) -> str | None:
    """The record in the path, or the one that the answer names."""
    in_path: list[str] = [v for name, v in request.path_params.items() if name != "integration_type"]
    if in_path:
        return in_path[-1]
    return _named(response)


def _named(response: ASGIApp) -> str | None:
    body: Any = None
    if isinstance(response, Response):
        try:
            body = orjson.loads(response.body)
        except orjson.JSONDecodeError:
            return None
    if isinstance(body, dict) and isinstance(body.get("data"), dict):
        body = body["data"]
    if not isinstance(body, dict):
        return None
    return next((body[name] for name in NAMES if isinstance(body.get(name), str)), None)
