"""The organisation's sandbox: made or filled anew, and the steps that its warehouse can be told to take."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.access import Caller
from crossdock.errors import FieldFault, Forbidden, Unprocessable
from crossdock.http.requests import API_KEY, header, path_id
from crossdock.http.service import Service
from crossdock.storage.records import StoredRecord


async def generate_sandbox(request: Request) -> Response:
    """Makes the organisation's sandbox or fills it anew; its connection and token stay the same."""
    service, caller = await _keyed(request)
    made = await service.sandboxes.generate(caller.organisation_id, request.path_params["integration_type"])
    integration = made.integration
    lists = [listing.function.url for listing in integration.lists]
    answer = {
        "access_token": made.access_token,
        "connection_id": made.connection_id,
        "integration_name": made.integration.name,
        "customer_id": None,
        "available_actions": list(integration.available_actions),
        "available_endpoints": lists + [write.action.url for write in integration.writes],
    }
    return Response(orjson.dumps(answer), media_type="application/json")


async def fulfil_order(request: Request) -> Response:
    """Ships an order of the sandbox, or part of it with `partial=true`."""
    service, caller = await _keyed(request)
    order_id = path_id(request, "order_id")
    order = await service.sandboxes.fulfil(caller.organisation_id, order_id, partial=_partial(request))
    return _record(order)


async def receive_return(request: Request) -> Response:
    """Lets a return of the sandbox arrive."""
    service, caller = await _keyed(request)
    return _record(await service.sandboxes.receive(caller.organisation_id, path_id(request, "return_id")))


async def _keyed(request: Request) -> tuple[Service, Caller]:
    """Who asks, with a key that may write."""
    service: Service = request.scope["service"]
    caller = await service.access.caller(header(dict(request.scope["headers"]), API_KEY))
    if caller.read_only:
        raise Forbidden("This API key is read-only; a write needs one with full access.")
    return service, caller


def _partial(request: Request) -> bool:
    value = request.query_params.get("partial", "false")
    if value not in {"true", "false"}:
        message = "partial must be true or false."
        raise Unprocessable(message, [FieldFault("/partial", message, ["true", "false"])], location="query")
    return value == "true"


def _record(stored: StoredRecord) -> Response:
    return Response(f'{{"data":{stored.data}}}', media_type="application/json")
