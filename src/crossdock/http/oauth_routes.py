"""Connecting by OAuth: the dialog begins and asks how it ended, and the browser comes back in between."""

import msgspec
import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crossdock.connector.calls import Actor, Cause
from crossdock.http.bodies import typed_body
from crossdock.http.link_routes import AccountGiven, linked
from crossdock.http.service import Service

BACK = "The account is connected. Close this window and go on in the one before.\n"


class Handle(msgspec.Struct, forbid_unknown_fields=True):
    """By what the dialog asks."""

    handle: str


async def begin(request: Request) -> Response:
    """Where to send the account's owner."""
    service, token = await linked(request)
    given = await typed_body(request, AccountGiven)
    slug = (given.integration_type, given.integration_name)
    begun = await service.oauth.begin(token, slug, given.fields)
    return _json({"authorize_url": begun.authorize_url, "handle": begun.handle})


async def callback(request: Request) -> Response:
    """The account's owner comes back from the vendor."""
    service: Service = request.scope["service"]
    link, connection_id = await service.oauth.come_back(dict(request.query_params))
    cause: Cause = request.scope["cause"]
    cause.organisation_id, cause.actor = link.organisation_id, Actor("link", link.id, link.customer_id)
    cause.connection_id = connection_id
    return PlainTextResponse(BACK, headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})


async def result(request: Request) -> Response:
    """How it ended, told once."""
    service: Service = request.scope["service"]
    asked = await typed_body(request, Handle)
    found = await service.oauth.result(asked.handle)
    if found is None:
        return _json({"status": "waiting"})
    return _json({"status": "refused" if "error" in found else "connected", **found})


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
