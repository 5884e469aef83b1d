"""`GET /integrations/{integration_type}/{integration_name}/write-info`."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.connections.access import Connection
from crossdock.connector import Integration
from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.hot import answer
from crossdock.http.requests import caller_of, connection_of, count
from crossdock.write_info.published import Published

PARAMETERS = ["operation", "explain"]


async def write_info(request: Request) -> ASGIApp:
    """The OpenAPI document of what an integration, or one account of it, takes."""
    service, caller = await caller_of(request)
    headers = dict(request.scope["headers"])
    path = request.path_params
    integration = service.catalog.get(path["integration_type"], path["integration_name"])
    action_name, explain = _asked(request)
    connection = await connection_of(service, caller, request)
    if connection is None:
        published = service.write_info.for_integration(integration, action_name, explain=explain)
    else:
        await count(request.scope, service, connection)
        _check_same(connection, integration)
        published = await service.write_info.for_connection(connection, action_name, explain=explain)
    if service.write_info.is_stale(published):
        return Answer(
            published, headers, f"last known, {published.age} seconds old; the vendor does not answer"
        )
    meter = None if connection is None else service.rate_limits.meter(connection.id, "GET")
    await request.scope["hot"].keep(request.scope, headers, published, meter)
    return Answer(published, headers)


def _asked(request: Request) -> tuple[str | None, bool]:
    """The action that is asked for, if one is, and whether to explain."""
    if not request.scope["query_string"]:
        return None, False
    for name in request.query_params:
        if name not in PARAMETERS:
            fault = FieldFault(f"/{name}", "unknown parameter", PARAMETERS)
            known = " and ".join(PARAMETERS)
            message = f"Unknown query parameter {name!r}; there are {known}."
            raise Unprocessable(message, [fault], location="query")
    explain = request.query_params.get("explain", "false")
    if explain not in {"true", "false"}:
        fault = FieldFault("/explain", "must be true or false", ["true", "false"])
        raise Unprocessable("explain must be true or false.", [fault], location="query")
    return request.query_params.get("operation"), explain == "true"


def _check_same(connection: Connection, integration: Integration) -> None:
    own = connection.integration
    if own is not integration:
        message = f"The access token is for {own.slug}, and the path names {integration.slug}."
        fault = FieldFault("/x-trackstar-access-token", message, [own.slug])
        raise Unprocessable(message, [fault], location="headers")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response with the document, or 304."""

    published: Published
    request_headers: dict[bytes, bytes]
    told: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Sends it."""
        await answer(self.published, self.request_headers, send, self.told)
