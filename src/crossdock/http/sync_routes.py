"""Syncs as a caller asks for them: at once, over a window, or not at all for a while."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.access import Connection
from crossdock.errors import BadRequest, Conflict, FieldFault, NotFound, Unprocessable
from crossdock.http.requests import authorised, check_full_access, json_content
from crossdock.http.service import Service
from crossdock.schemas.lists import LIST_FUNCTIONS
from crossdock.storage import schedules, sync_jobs
from crossdock.sync.runs import job_as_json
from crossdock.writes.validation import parse

OPEN_JOBS = 20
"""Of one connection."""


async def force_sync(request: Request) -> Response:
    """Lets the lists of the connection be read now; those that are being read already are skipped."""
    service, connection = await _may_change(request)
    body = await _object(request, {"functions_to_sync"}) if await request.body() else {}
    wanted = body.get("functions_to_sync")
    names = _named_functions(connection, wanted)

    def force(db: sa.Connection) -> None:
        enabled = {row.function_name for row in schedules.schedules(db, connection.id) if not row.paused}
        chosen = [name for name in names if wanted or name in enabled]
        schedules.force(db, connection.id, chosen, time.time())

    await service.database.write(force)
    return _json({"id": connection.id, "syncing": True, "functions_to_sync": wanted or []})


def _named_functions(connection: Connection, wanted: Any) -> list[str]:
    """The functions of `functions_to_sync`, or all that the integration has. Raises `Unprocessable`."""
    available = [listing.function.name for listing in connection.integration.lists]
    if wanted is None or wanted == []:
        return available
    if not isinstance(wanted, list) or len(wanted) > len(LIST_FUNCTIONS):
        message = "functions_to_sync must be a list of function names."
        raise Unprocessable(message, [FieldFault("/functions_to_sync", message, available)])
    faults = [
        FieldFault(f"/functions_to_sync/{at}", f"{name!r} is not a list of this connection", available)
        for at, name in enumerate(wanted)
        if name not in available
    ]
    if faults:
        raise Unprocessable("functions_to_sync names what this connection does not have.", faults)
    return list(wanted)


async def create_job(request: Request) -> Response:
    """Begins an on-demand sync of one function over a window of time."""
    service, connection = await _may_change(request)
    names = {"start_time", "end_time", "function_name"}
    body = await _object(request, names)
    missing = [FieldFault(f"/{name}", "is required") for name in sorted(names - body.keys())]
    if missing:
        raise Unprocessable("The window is not complete.", missing)
    function_name = _on_demand_function(connection, body["function_name"])
    start, end = _moment(body, "start_time"), _moment(body, "end_time")
    if end < start:
        message = "end_time is before start_time."
        raise Unprocessable(message, [FieldFault("/end_time", message)])
    if start > time.time():
        message = "start_time is in the future."
        raise Unprocessable(message, [FieldFault("/start_time", message)])

    def add(db: sa.Connection) -> sync_jobs.JobRow | None:
        if sync_jobs.count_open(db, connection.id) >= OPEN_JOBS:
            return None
        return sync_jobs.add_job(db, connection.id, function_name, start, end, time.time())

    job = await service.database.write(add)
    if job is None:
        raise Conflict(f"The connection has {OPEN_JOBS} open jobs; wait for one to end, or cancel one.")
    return _json(job_as_json(job))


def _on_demand_function(connection: Connection, name: Any) -> str:
    """Raises `Unprocessable` for what is no function, `BadRequest` for one that cannot be windowed."""
    known = [f.name for f in LIST_FUNCTIONS if f.integration_type == connection.integration.type]
    if name not in known:
        message = f"{name!r} is not a function."
        raise Unprocessable(message, [FieldFault("/function_name", message, known)])
    listing = connection.integration.listing(name)
    if listing is None or not listing.function.on_demand or not listing.follows_changes:
        raise BadRequest(f"On-demand sync is not enabled for {connection.integration.name} {name}")
    return str(name)


def _moment(body: dict[str, Any], name: str) -> float:
    with suppress(ValueError, TypeError, OverflowError):
        moment = datetime.fromisoformat(body[name])
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).timestamp()
    message = f"{name} must be a date-time with its time zone, such as 2026-01-31T00:00:00Z."
    raise Unprocessable(message, [FieldFault(f"/{name}", message)])


async def job(request: Request) -> Response:
    """The state of an on-demand sync."""
    service, _, connection = await authorised(request)
    return _json(job_as_json(await _job(service, connection, request.path_params["sync_job_id"])))


async def cancel_job(request: Request) -> Response:
    """Cancels an on-demand sync that is open; what it stored stays."""
    service, connection = await _may_change(request)
    job_id = request.path_params["sync_job_id"]
    found = await _job(service, connection, job_id)
    if not await service.database.write(sync_jobs.cancel_job, connection.id, job_id, time.time()):
        raise Conflict(f"The job is {found.status}; only open jobs can be cancelled.", extra={"id": job_id})
    return _json(job_as_json(await _job(service, connection, job_id)))


async def _job(service: Service, connection: Connection, job_id: str) -> sync_jobs.JobRow:
    found = (
        await service.database.read(sync_jobs.job, connection.id, job_id) if job_id.isprintable() else None
    )
    if found is None:
        raise NotFound("This connection has no such job.", extra={"id": job_id[:255]})
    return found


async def toggle_schedule(request: Request) -> Response:
    """Pauses or resumes the schedule of one function."""
    return await _toggle(request, request.path_params["function_name"])


async def toggle_all(request: Request) -> Response:
    """Pauses or resumes every schedule of the connection."""
    return await _toggle(request, None)


async def _toggle(request: Request, function_name: str | None) -> Response:
    service, connection = await _may_change(request)
    body = await _object(request, {"paused"})
    if not isinstance(body.get("paused"), bool):
        message = "paused must be true or false."
        raise Unprocessable(message, [FieldFault("/paused", message, [True, False])])
    known = [listing.function.name for listing in connection.integration.lists]
    if function_name is not None and function_name not in known:
        message = f"This connection has no schedule of {function_name}. There are: {', '.join(known)}."
        raise NotFound(message[:500], extra={"id": function_name[:255]})
    await service.database.write(schedules.pause, connection.id, function_name, body["paused"], time.time())
    return _json({"id": connection.id, "object": "connection", "updated": True})


async def _may_change(request: Request) -> tuple[Service, Connection]:
    service, caller, connection = await authorised(request)
    check_full_access(caller)
    return service, connection


async def _object(request: Request, names: set[str]) -> dict[str, Any]:
    """A JSON object with no other keys than those. Raises `Unprocessable`."""
    body = parse(await json_content(request))
    if not isinstance(body, dict):
        message = "The body must be an object."
        raise Unprocessable(message, [FieldFault("", message)])
    if unknown := sorted(body.keys() - names):
        faults = [FieldFault(f"/{name}", "unknown field", sorted(names)) for name in unknown]
        raise Unprocessable("The body has fields that are not known.", faults)
    return body


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
