"""Connecting an account by a link: the organisation's side, and that of whoever holds the link."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.links import exchange, finish, good_link, new_link, offered
from crossdock.connector import Integration
from crossdock.connector.calls import Actor, Cause
from crossdock.errors import FieldFault, Unauthorized, Unprocessable
from crossdock.http.connection_routes import LONGEST_CUSTOMER_ID, keyed
from crossdock.http.requests import json_content
from crossdock.http.service import Service
from crossdock.writes.validation import parse


async def link_token(request: Request) -> Response:
    """Makes a link for one account; with `connection_id`, to connect that one anew."""
    service, caller = await keyed(request, writes=True)
    body = await _texts(request, optional=("customer_id", "connection_id"))
    token = await service.database.write(
        new_link, caller.organisation_id, body.get("customer_id"), body.get("connection_id")
    )
    return _json({"link_token": token})


async def link_exchange(request: Request) -> Response:
    """Exchanges the code that a link ended in for the connection's access token, once."""
    service, caller = await keyed(request, writes=True)
    body = await _texts(request, required=("auth_code",), optional=("customer_id",))

    def take(db: sa.Connection) -> tuple[Any, str]:
        return exchange(
            db, service.vault, caller.organisation_id, str(body["auth_code"]), body.get("customer_id")
        )

    row, access_token = await service.database.write(take)
    integration = service.catalog.get(row.integration_type, row.integration_name)
    lists = [function.url for function in integration.list_functions]
    return _json(
        {
            "access_token": access_token,
            "connection_id": row.id,
            "integration_name": integration.name,
            "customer_id": row.customer_id,
            "available_actions": list(integration.available_actions),
            "available_endpoints": lists + [write.action.url for write in integration.writes],
        }
    )


async def link_integrations(request: Request) -> Response:
    """What can be connected with the link, and what has to be filled in for each."""
    service, token = await _linked(request)

    def read(db: sa.Connection) -> list[dict[str, Any]]:
        link = good_link(db, token)
        return [_form(one) for one in offered(db, service.catalog, link)]

    return _json({"data": await service.database.read(read)})


async def link_connect(request: Request) -> Response:
    """Connects an account with the link; answers the code that the organisation exchanges."""
    service, token = await _linked(request)
    body = parse(await json_content(request))
    names = ("integration_type", "integration_name", "fields")
    if not isinstance(body, dict) or set(body) != set(names):
        message = "The body has integration_type, integration_name and fields."
        raise Unprocessable(message, [FieldFault("", message, list(names))])
    fields = body["fields"]
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        message = "must be an object of strings"
        raise Unprocessable("The fields are not understood.", [FieldFault("/fields", message)])
    slug = (str(body["integration_type"]), str(body["integration_name"]))
    try:
        made = await finish(
            service.database, service.vault, service.vendors, service.catalog, token, slug, fields
        )
    except Unprocessable as refused:
        raise Unprocessable(refused.message, _in_the_form(refused.faults)) from refused
    request.scope["cause"].connection_id = made.connection_id
    return _json({"auth_code": made.auth_code, "integration_name": made.integration.name})


def _in_the_form(faults: Sequence[FieldFault]) -> Sequence[FieldFault]:
    """Faults of credentials at the place where they stand in the body."""
    return [
        FieldFault(fault.pointer.replace("/credential/", "/fields/", 1), fault.message, fault.accepted)
        for fault in faults
    ]


def _form(integration: Integration) -> dict[str, Any]:
    return {
        "integration_type": integration.type,
        "integration_name": integration.name,
        "display_name": integration.display_name,
        "description": integration.description,
        "available_actions": list(integration.available_actions),
        "fields": [
            {
                "name": one.name,
                "title": one.title,
                "description": one.description,
                "secret": one.secret,
                "required": one.default is None,
                "default": one.default,
                "example": None if one.secret else one.example,
            }
            for one in integration.credential_fields
        ],
    }


async def _linked(request: Request) -> tuple[Service, str]:
    """The service and the token of a good link, which is sent as a bearer token. Raises `Unauthorized`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("The header Authorization: Bearer <link token> is missing.")
    service: Service = request.scope["service"]
    link = await service.database.read(good_link, token)
    cause: Cause = request.scope["cause"]
    cause.organisation_id, cause.actor = link.organisation_id, Actor("link", link.id, link.customer_id)
    cause.connection_id = link.connection_id
    return service, token


async def _texts(
    request: Request, *, required: Sequence[str] = (), optional: Sequence[str] = ()
) -> Mapping[str, str | None]:
    """A JSON object of texts, or nothing where nothing is required; null is as good as absent."""
    if not required and not await request.body():
        return {}
    body = parse(await json_content(request))
    known = [*required, *optional]
    if not isinstance(body, dict):
        message = "The body is an object."
        raise Unprocessable(message, [FieldFault("", message, known)])
    faults = [FieldFault(f"/{name}", "unknown field", known) for name in body if name not in known]
    faults += [FieldFault(f"/{name}", "is required") for name in required if body.get(name) is None]
    for name in known:
        value = body.get(name)
        good = isinstance(value, str) and 0 < len(value) <= LONGEST_CUSTOMER_ID and value.isprintable()
        if value is not None and not good:
            faults.append(FieldFault(f"/{name}", f"must be a text of 1 to {LONGEST_CUSTOMER_ID} characters"))
    if faults:
        raise Unprocessable("The body is not accepted.", faults)
    return body


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
