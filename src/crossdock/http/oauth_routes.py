"""Connecting by OAuth: the dialog begins and asks how it ended, and the browser comes back in between."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crossdock.connector.calls import Cause
from crossdock.http.bodies import Body, Told
from crossdock.http.link_routes import ACCOUNT, linked
from crossdock.http.requests import form_content
from crossdock.http.service import Service

BACK = "The account is connected. Close this window and go on in the one before.\n"


class Handle(msgspec.Struct, forbid_unknown_fields=True):
    """By what the dialog asks."""

    handle: Annotated[str, msgspec.Meta(description="What POST /link/oauth answered")]


HANDLE = Body(Handle)

CAME_BACK = Told(
    {
        "type": "object",
        "properties": {
            "state": {"type": "string", "description": "Of the way that began"},
            "code": {"type": "string", "description": "From the vendor, which may say more"},
        },
    },
    media_types=["application/x-www-form-urlencoded"],
)


async def begin(request: Request) -> Response:
    """Where to send the account's owner."""
    service, token = await linked(request)
    given = await ACCOUNT.read(request)
    slug = (given.integration_type, given.integration_name)
    begun = await service.oauth.begin(token, slug, given.fields)
    return _json({"authorize_url": begun.authorize_url, "handle": begun.handle})


async def callback(request: Request) -> Response:
    """The account's owner comes back from the vendor."""
    return await _come_back(request, dict(request.query_params))


async def callback_by_form(request: Request) -> Response:
    """The same, for vendors that have the browser post a form: no code is in any address then."""
    return await _come_back(request, await form_content(request))


async def _come_back(request: Request, told: Mapping[str, str]) -> Response:
    service: Service = request.scope["service"]
    cause: Cause = request.scope["cause"]
    cause.connection_id = await service.oauth.come_back(told)
    return PlainTextResponse(BACK, headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})


async def result(request: Request) -> Response:
    """How it ended, told once."""
    service: Service = request.scope["service"]
    asked = await HANDLE.read(request)
    found = await service.oauth.result(asked.handle)
    if found is None:
        return _json({"status": "waiting"})
    return _json({"status": "refused" if "error" in found else "connected", **found})


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
