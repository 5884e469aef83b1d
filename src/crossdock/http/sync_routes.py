"""Syncs as a caller asks for them: at once, over a window, or not at all for a while."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.access import Connection
from crossdock.errors import BadRequest, Conflict, FieldFault, NotFound, Unprocessable
from crossdock.http.bodies import Body
from crossdock.http.requests import authorised, check_full_access
from crossdock.http.service import Service
from crossdock.schemas.lists import LIST_FUNCTIONS
from crossdock.storage import schedules, sync_jobs
from crossdock.sync.runs import job_as_json

OPEN_JOBS = 20
"""Of one connection."""

FunctionName = Annotated[str, msgspec.Meta(description="A list of the connection, such as get_orders")]
FunctionNames = Annotated[
    list[FunctionName],
    msgspec.Meta(
        max_length=len(LIST_FUNCTIONS),
        description="names of lists; without any, all are read whose schedule is not paused",
    ),
]
MomentText = Annotated[
    str,
    msgspec.Meta(
        description="a date-time with its time zone, such as 2026-01-31T00:00:00Z",
        extra_json_schema={"format": "date-time"},
    ),
]


class Forced(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be read now."""

    functions_to_sync: FunctionNames | None = None


class Window(msgspec.Struct, forbid_unknown_fields=True):
    """A list, and the time whose changes are to be read."""

    function_name: FunctionName
    start_time: MomentText
    end_time: MomentText


class Toggle(msgspec.Struct, forbid_unknown_fields=True):
    """Whether a schedule waits."""

    paused: bool


FORCED, JOB, TOGGLE = Body(Forced, required=False), Body(Window), Body(Toggle)


async def force_sync(request: Request) -> Response:
    """Lets the lists of the connection be read now; those that are being read already are skipped."""
    service, connection = await _may_change(request)
    sent = await FORCED.read_if_sent(request)
    wanted = None if sent is None else sent.functions_to_sync
    names = _named_functions(connection, wanted)

    def force(db: sa.Connection) -> None:
        enabled = {row.function_name for row in schedules.schedules(db, connection.id) if not row.paused}
        chosen = [name for name in names if wanted or name in enabled]
        schedules.force(db, connection.id, chosen, time.time())

    await service.database.write(force)
    return _json({"id": connection.id, "syncing": True, "functions_to_sync": wanted or []})


def _named_functions(connection: Connection, wanted: list[str] | None) -> list[str]:
    """The functions of `functions_to_sync`, or all that the integration has. Raises `Unprocessable`."""
    available = [listing.function.name for listing in connection.integration.lists]
    if not wanted:
        return available
    faults = [
        FieldFault(f"/functions_to_sync/{at}", f"{name!r} is not a list of this connection", available)
        for at, name in enumerate(wanted)
        if name not in available
    ]
    if faults:
        raise Unprocessable("functions_to_sync names what this connection does not have.", faults)
    return wanted


async def create_job(request: Request) -> Response:
    """Begins an on-demand sync of one function over a window of time."""
    service, connection = await _may_change(request)
    window = await JOB.read(request)
    function_name = _on_demand_function(connection, window.function_name)
    start, end = _moment("start_time", window.start_time), _moment("end_time", window.end_time)
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


def _on_demand_function(connection: Connection, name: str) -> str:
    """Raises `Unprocessable` for what is no function, `BadRequest` for one that cannot be windowed."""
    known = [f.name for f in LIST_FUNCTIONS if f.integration_type == connection.integration.type]
    if name not in known:
        message = f"{name!r} is not a function."
        raise Unprocessable(message, [FieldFault("/function_name", message, known)])
    listing = connection.integration.listing(name)
    if listing is None or not listing.function.on_demand or not listing.follows_changes:
        raise BadRequest(f"On-demand sync is not enabled for {connection.integration.name} {name}")
    return name


def _moment(name: str, text: str) -> float:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
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
    paused = (await TOGGLE.read(request)).paused
    known = [listing.function.name for listing in connection.integration.lists]
    if function_name is not None and function_name not in known:
        message = f"This connection has no schedule of {function_name}. There are: {', '.join(known)}."
        raise NotFound(message[:500], extra={"id": function_name[:255]})
    await service.database.write(schedules.pause, connection.id, function_name, paused, time.time())
    return _json({"id": connection.id, "object": "connection", "updated": True})


async def _may_change(request: Request) -> tuple[Service, Connection]:
    service, caller, connection = await authorised(request)
    check_full_access(caller)
    return service, connection


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
