"""The write endpoints of the contract, one route for each action of the vocabulary."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.catalog.catalog import implemented_write
from crossdock.errors import Forbidden
from crossdock.http.endpoint import Endpoint
from crossdock.http.forms import file_form
from crossdock.http.requests import (
    authorised,
    check_full_access,
    dry_run,
    idempotency_key,
    if_match,
    json_content,
    no_content,
    path_id,
)
from crossdock.schemas.actions import Action
from crossdock.schemas.fields import NoBody
from crossdock.writes.pipeline import WantedWrite
from crossdock.writes.validation import SCHEMA_HASH, parse


def write_endpoint(action: Action) -> Endpoint:
    """The route function for an action."""

    async def write(request: Request) -> Response:
        service, caller, connection = await authorised(request)
        check_full_access(caller)
        operation = implemented_write(connection.integration, action)
        if not connection.allows(action.name):
            raise Forbidden(f"{action.name} is disabled for this connection")
        preview, key = dry_run(request), idempotency_key(request)
        record_id = path_id(request, action.parameter) if action.parameter else ""
        sent = await _sent(request, action, has_body=operation.body is not NoBody)
        wanted = WantedWrite(operation, sent, record_id, key, if_match(request, record_id))
        checked = await service.writes.checked(connection, wanted)
        headers = {SCHEMA_HASH: checked.schema_hash}
        if preview:
            shown = await service.writes.preview(connection, wanted, checked)
            return Response(orjson.dumps(shown), headers=headers, media_type="application/json")
        done = await service.writes.write(connection, wanted, checked)
        if done.replayed:
            headers["idempotent-replayed"] = "true"
        return Response(done.response, headers=headers, media_type="application/json")

    return write


async def _sent(request: Request, action: Action, *, has_body: bool) -> Any:
    """The decoded body of a write."""
    if not has_body:
        return await no_content(request)
    if action.takes_file:
        return await file_form(request)
    return parse(await json_content(request))
