"""`GET /integrations/{integration_type}` and `GET /integrations/{integration_type}/{integration_name}`."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from crossdock.connector import Integration
from crossdock.http.requests import API_KEY, header
from crossdock.http.service import Service


async def integrations(request: Request) -> Response:
    """Every integration of a type, by name."""
    service = await _keyed(request)
    return _answer(service, service.catalog.of_type(request.path_params["integration_type"]))


async def integration(request: Request) -> Response:
    """One integration, in a list of its own as the contract has it."""
    service = await _keyed(request)
    path = request.path_params
    return _answer(service, [service.catalog.get(path["integration_type"], path["integration_name"])])


async def _keyed(request: Request) -> Service:
    service: Service = request.scope["service"]
    await service.access.caller(header(dict(request.scope["headers"]), API_KEY))
    return service


def _answer(service: Service, found: Sequence[Integration]) -> Response:
    rows = b",".join(service.summaries.row(integration) for integration in found)
    return Response(b'{"data":[' + rows + b"]}", media_type="application/json")
