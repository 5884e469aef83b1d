"""The write endpoints of the contract, one route for each action of the vocabulary."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.catalog.catalog import implemented_write
from crossdock.errors import Forbidden
from crossdock.http.endpoint import Endpoint
from crossdock.http.requests import authorised, dry_run, idempotency_key, json_content
from crossdock.schemas.actions import Action
from crossdock.writes.validation import parse


def write_endpoint(action: Action) -> Endpoint:
    """The route function for an action."""

    async def write(request: Request) -> Response:
        service, caller, connection = await authorised(request)
        if caller.read_only:
            raise Forbidden("This API key is read-only; a write needs one with full access.")
        operation = implemented_write(connection.integration, action)
        if not connection.allows(action.name):
            raise Forbidden(f"{action.name} is disabled for this connection")
        preview, key = dry_run(request), idempotency_key(request)
        sent = parse(await json_content(request))
        if preview:
            shown = await service.writes.preview(connection, operation, sent)
            return Response(orjson.dumps(shown), media_type="application/json")
        done = await service.writes.write(connection, operation, sent, key)
        headers = {"idempotent-replayed": "true"} if done.replayed else None
        return Response(done.response, headers=headers, media_type="application/json")

    return write
