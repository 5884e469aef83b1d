"""`GET /integrations/{integration_type}` and `GET /integrations/{integration_type}/{integration_name}`."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp

from crossdock.connector import Integration
from crossdock.http.requests import caller_of
from crossdock.http.service import Service
from crossdock.http.write_info_routes import Answer


async def integrations(request: Request) -> ASGIApp:
    """Every integration of a type, by name."""
    service, _ = await caller_of(request)
    found = service.catalog.of_type(request.path_params["integration_type"])
    return await _answer(request, service, found)


async def integration(request: Request) -> ASGIApp:
    """One integration, in a list of its own as the contract has it."""
    service, _ = await caller_of(request)
    path = request.path_params
    found = service.catalog.get(path["integration_type"], path["integration_name"])
    return await _answer(request, service, [found])


async def _answer(request: Request, service: Service, found: Sequence[Integration]) -> ASGIApp:
    headers = dict(request.scope["headers"])
    published = service.summaries.listed(found)
    await request.scope["hot"].keep(request.scope, headers, published, None)
    return Answer(published, headers)
