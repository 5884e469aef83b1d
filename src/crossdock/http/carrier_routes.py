"""Invoice files of carriers: handed over, listed, and downloaded by links that need no key."""

import asyncio
from collections.abc import AsyncGenerator

import orjson
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from crossdock.carrier_files import folder
from crossdock.carrier_files.files import Taken, too_large
from crossdock.carrier_files.shown import answered
from crossdock.carrier_files.wanted import wanted_files
from crossdock.connections.access import Connection
from crossdock.errors import (
    FieldFault,
    NotFound,
    NotImplementedByIntegration,
    Unprocessable,
    UnsupportedMediaType,
)
from crossdock.http.bodies import Told
from crossdock.http.requests import FORM, authorised, check_declared_length, check_full_access, path_id
from crossdock.http.service import Service
from crossdock.storage import carrier_files as stored
from crossdock.storage.carrier_files import FileRow

FORM_OVERHEAD = 64 * 1024
FILE = Told(
    {
        "type": "object",
        "description": "An invoice file as a form; other fields are not regarded.",
        "required": ["file"],
        "properties": {
            "file": {
                "type": "string",
                "contentMediaType": "application/octet-stream",
                "description": "The file, as the carrier made it",
            },
            "file_name": {"type": "string", "description": "Its name; by default the one that the form says"},
        },
    },
    (FORM,),
)
READ_AT_ONCE = 4 * 1024 * 1024
"""Bytes. A file up to that has been read when the request is answered; a larger one is read afterwards."""


async def add_file(request: Request) -> Response:
    """Takes a file in, and reads it if it is small."""
    service, caller, connection = await authorised(request)
    check_full_access(caller)
    _check_has_files(connection)
    largest = service.carrier_files.largest + FORM_OVERHEAD
    check_declared_length(request, largest)
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() != FORM:
        raise UnsupportedMediaType(
            "Content-Type must be multipart/form-data with the file in the field file."
        )
    parser = MultiPartParser(
        request.headers,
        _limited(request, service.carrier_files.largest),
        max_files=1,
        max_fields=2,
        max_part_size=FORM_OVERHEAD,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise Unprocessable(f"The form was not understood: {error}") from error
    try:
        taken = await _taken(service, connection, form.get("file"), form.get("file_name"))
    finally:
        await form.close()
    row = taken.row
    if row.state == "received" and row.size <= READ_AT_ONCE:
        row = await service.carrier_files.read(row.id)
    shown = answered(row, service.download_links.made(row.id))
    return _json({"data": {**shown, "came_before": taken.came_before}})


async def _taken(
    service: Service, connection: Connection, file: UploadFile | str | None, name: UploadFile | str | None
) -> Taken:
    if not isinstance(file, UploadFile):
        message = "The form must have a file in the field file."
        raise Unprocessable(message, [FieldFault("/file", message)])
    named = name if isinstance(name, str) and name else file.filename or ""
    return await service.carrier_files.take(connection, file.file, named)


async def _limited(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    """The body, as far as it is not too large, whatever length was declared."""
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest + FORM_OVERHEAD:
            raise too_large(largest)
        yield part


async def files(request: Request) -> Response:
    """A page of the connection's files, each with a link to it."""
    service, _, connection = await authorised(request)
    _check_has_files(connection)
    asked = wanted_files(request.query_params.multi_items())
    place = f"{connection.id} {asked.place}"
    after = None
    if asked.page_token is not None:
        at, _, file_id = service.page_tokens.read(place, asked.page_token).partition(" ")
        after = (float(at), file_id)
    wanted = stored.Wanted(asked.start, asked.end, asked.limit, after, asked.file_name, asked.file_type)
    rows = await service.database.read(stored.page, connection.id, wanted)
    shown = rows[: asked.limit]
    last = shown[-1] if len(rows) > len(shown) else None
    return _json(
        {
            "data": [answered(row, service.download_links.made(row.id)) for row in shown],
            "next_token": None
            if last is None
            else service.page_tokens.made(place, f"{last.created_at!r} {last.id}"),
            "total_count": len(shown),
        }
    )


async def file(request: Request) -> Response:
    """One file of the connection."""
    service, _, connection = await authorised(request)
    _check_has_files(connection)
    row = await _of_connection(service, connection, path_id(request, "file_id"))
    return _json({"data": answered(row, service.download_links.made(row.id))})


async def _of_connection(service: Service, connection: Connection, file_id: str) -> FileRow:
    row = await service.carrier_files.file(file_id)
    if row.connection_id != connection.id:
        raise NotFound("There is no carrier file with this id.", extra={"id": file_id})
    return row


async def download(request: Request) -> Response:
    """The file itself, to whoever has a link that is still good."""
    service: Service = request.scope["service"]
    file_id = path_id(request, "file_id")
    service.download_links.check(file_id, request.query_params.get("signature", ""))
    row = await service.carrier_files.file(file_id)
    path = folder.place(service.carrier_files.root, row.connection_id, row.id)
    if not await asyncio.to_thread(path.is_file):
        raise NotFound("The content of this file is not here any more.", extra={"id": file_id})
    return FileResponse(
        path,
        filename=row.file_name,
        media_type="application/octet-stream",
        headers={"x-content-type-options": "nosniff", "cache-control": "private, no-store"},
    )


def _check_has_files(connection: Connection) -> None:
    if not connection.integration.from_files:
        raise NotImplementedByIntegration(
            f"Endpoint get_files is not implemented for {connection.integration.display_name}"
        )


def _json(body: object) -> Response:
    return Response(orjson.dumps(body), media_type="application/json")
