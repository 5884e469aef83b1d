"""`GET /integrations/{integration_type}/{integration_name}/write-info`."""

from starlette.requests import Request
from starlette.types import ASGIApp

from crossdock.connections.access import Connection
from crossdock.connector import Integration
from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.endpoint import Prepared
from crossdock.http.requests import ACCESS_TOKEN, API_KEY, header
from crossdock.http.service import Service
from crossdock.write_info.published import Published


async def write_info(request: Request) -> ASGIApp:
    """The OpenAPI document of what an integration, or one account of it, takes."""
    service: Service = request.scope["service"]
    headers = dict(request.scope["headers"])
    caller = await service.access.caller(header(headers, API_KEY))
    path = request.path_params
    integration = service.catalog.get(path["integration_type"], path["integration_name"])
    action_name = _operation(request)
    token = header(headers, ACCESS_TOKEN)
    if token is None:
        published = service.write_info.for_integration(integration, action_name)
    else:
        connection = await service.access.connection(caller, token)
        _check_same(connection, integration)
        published = await service.write_info.for_connection(connection, action_name)
    return _answer(service, published, header(headers, b"if-none-match"))


def _operation(request: Request) -> str | None:
    if not request.scope["query_string"]:
        return None
    for name in request.query_params:
        if name != "operation":
            fault = FieldFault(f"/{name}", "unknown parameter", ["operation"])
            raise Unprocessable(
                f"Unknown query parameter {name!r}; there is operation.", [fault], location="query"
            )
    return request.query_params.get("operation")


def _check_same(connection: Connection, integration: Integration) -> None:
    own = connection.integration
    if own is not integration:
        message = f"The access token is for {own.slug}, and the path names {integration.slug}."
        fault = FieldFault("/x-trackstar-access-token", message, [own.slug])
        raise Unprocessable(message, [fault], location="headers")


def _answer(service: Service, published: Published, if_none_match: str | None) -> ASGIApp:
    headers = [(b"etag", published.etag.encode()), (b"cache-control", b"private, no-cache")]
    age = published.age
    if age is not None:
        headers.append((b"age", b"%d" % age))
        if service.write_info.is_stale(published):
            told = f"last known, {age} seconds old; the vendor does not answer"
            headers.append((b"x-account-values", told.encode()))
    if if_none_match is not None and _matches(if_none_match, published.etag):
        return Prepared(304, headers, b"")
    headers.append((b"content-type", b"application/json"))
    headers.append((b"content-length", b"%d" % len(published.body)))
    return Prepared(200, headers, published.body)


def _matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110, section 13.1.2: weak comparison, a list, or a star."""
    if if_none_match == etag:
        return True
    candidates = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in candidates or candidates == ["*"]
