"""Connecting an account by a link: the organisation's side, and that of whoever holds the link."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.install import checked_fields, try_credentials
from crossdock.connections.keys import LONGEST_FIELD
from crossdock.connections.links import (
    SANDBOX,
    exchange,
    finish,
    finish_with_sandbox,
    good_link,
    new_link,
    offered,
)
from crossdock.connector import Integration
from crossdock.connector.calls import Actor, Cause
from crossdock.errors import FieldFault, NotFound, Unauthorized, Unprocessable
from crossdock.http.answers import Connected, LinkEnded, LinkToken, answered
from crossdock.http.bodies import Body
from crossdock.http.connection_routes import Again, CustomerId, keyed
from crossdock.http.service import Service
from crossdock.sync.permissions import may_read

MADE_UP = "1"
"""The example of a field that has none: good for making up a request, and of no use to people."""


AuthCode = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=LONGEST_FIELD, description=f"a code of up to {LONGEST_FIELD} characters"
    ),
]


class LinkWanted(msgspec.Struct, forbid_unknown_fields=True):
    """Whose account is to be connected, or which connection is to be connected anew."""

    customer_id: CustomerId | None = None
    connection_id: Again | None = None


class Exchange(msgspec.Struct, forbid_unknown_fields=True):
    """The code that a link ended in."""

    auth_code: AuthCode
    customer_id: CustomerId | None = None


class AccountGiven(msgspec.Struct, forbid_unknown_fields=True):
    """An account as it is filled in."""

    integration_type: str
    integration_name: str
    fields: Annotated[
        dict[str, str], msgspec.Meta(description="By the names that GET /link/integrations answers")
    ]


class AccountTried(AccountGiven):
    """An account, and the list that it is to be tried with; without one, whether it is let in at all."""

    function: str | None = None


LINK, EXCHANGE = Body(LinkWanted, required=False), Body(Exchange)
ACCOUNT, TRIED = Body(AccountGiven), Body(AccountTried)


async def link_token(request: Request) -> Response:
    """Makes a link for one account; with `connection_id`, to connect that one anew."""
    service, caller = await keyed(request, writes=True)
    asked = await LINK.read_if_sent(request) or LinkWanted()
    _check_printable(customer_id=asked.customer_id, connection_id=asked.connection_id)
    token = await service.database.write(
        new_link, caller.organisation_id, asked.customer_id, asked.connection_id
    )
    return answered(LinkToken(token))


async def link_exchange(request: Request) -> Response:
    """Exchanges the code that a link ended in for the connection's access token, once."""
    service, caller = await keyed(request, writes=True)
    asked = await EXCHANGE.read(request)
    _check_printable(customer_id=asked.customer_id)

    def take(db: sa.Connection) -> tuple[Any, str]:
        return exchange(db, service.vault, caller.organisation_id, asked.auth_code, asked.customer_id)

    row, access_token = await service.database.write(take)
    integration = service.catalog.get(row.integration_type, row.integration_name)
    lists = [function.url for function in integration.list_functions]
    return answered(
        Connected(
            access_token=access_token,
            connection_id=row.id,
            integration_name=integration.name,
            customer_id=row.customer_id,
            available_actions=list(integration.available_actions),
            available_endpoints=lists + [write.action.url for write in integration.writes],
        )
    )


async def link_integrations(request: Request) -> Response:
    """What can be connected with the link, and what has to be filled in for each."""
    service, token = await linked(request)
    sandboxes = request.query_params.get("sandbox") == "true"

    def read(db: sa.Connection) -> list[dict[str, Any]]:
        link = good_link(db, token)
        found = offered(db, service.catalog, link, sandboxes=sandboxes)
        return [_form(one, service) for one in found]

    return _json({"data": await service.database.read(read)})


async def link_connect(request: Request) -> Response:
    """Connects an account with the link; answers the code that the organisation exchanges."""
    service, token = await linked(request)
    slug, fields = _account(await ACCOUNT.read(request))
    if slug[1] == SANDBOX:
        return await _connect_sandbox(request, service, token, slug[0])
    try:
        made = await finish(
            service.database, service.vault, service.vendors, service.catalog, token, slug, fields
        )
    except Unprocessable as refused:
        raise Unprocessable(refused.message, _in_the_form(refused.faults)) from refused
    request.scope["cause"].connection_id = made.connection_id
    return answered(LinkEnded(made.auth_code, made.integration.name))


async def _connect_sandbox(request: Request, service: Service, token: str, type_: str) -> Response:
    """The link ends with the organisation's own sandbox, which keeps what is in it."""
    link = await service.database.read(good_link, token)

    def able(db: sa.Connection) -> bool:
        found = offered(db, service.catalog, link, sandboxes=True)
        return any((one.type, one.name) == (type_, SANDBOX) for one in found)

    if not await service.database.read(able):
        raise NotFound(f"{type_}/{SANDBOX} cannot be connected with this link.")
    sandbox = await service.sandboxes.present(link.organisation_id, type_)
    made = await service.database.write(
        finish_with_sandbox,
        service.vault,
        token,
        sandbox.integration,
        sandbox.connection_id,
        sandbox.access_token,
    )
    request.scope["cause"].connection_id = made.connection_id
    return answered(LinkEnded(made.auth_code, SANDBOX))


def _account(given: AccountGiven) -> tuple[tuple[str, str], dict[str, str]]:
    return (given.integration_type, given.integration_name), given.fields


async def link_check(request: Request) -> Response:
    """Tries an account before it is connected: whether it is let in, or whether it may read one list."""
    service, token = await linked(request)
    given = await TRIED.read(request)
    slug, fields = _account(given)

    def find(db: sa.Connection) -> Integration | None:
        able = offered(db, service.catalog, good_link(db, token))
        return next((one for one in able if (one.type, one.name) == slug), None)

    integration = await service.database.read(find)
    if integration is None:
        raise NotFound(f"{'/'.join(slug)} cannot be connected with this link.")
    try:
        account = checked_fields(integration, fields)
        if given.function is None:
            await try_credentials(service.vendors, integration, account)
            lists = [listing.function.name for listing in integration.lists]
            writes = [write.action.name for write in integration.writes]
            return _json({"accepted": True, "lists": lists, "writes": writes})
    except Unprocessable as refused:
        raise Unprocessable(refused.message, _in_the_form(refused.faults)) from refused
    listing = integration.listing(given.function)
    if listing is None:
        message = f"{integration.slug} has no such list."
        raise Unprocessable(message, [FieldFault("/function", message)])
    tried = await may_read(service.vendors.client(integration, account), listing, account)
    return _json({"function": given.function, **tried})


def _in_the_form(faults: Sequence[FieldFault]) -> Sequence[FieldFault]:
    """Faults of credentials at the place where they stand in the body."""
    return [
        FieldFault(fault.pointer.replace("/credential/", "/fields/", 1), fault.message, fault.accepted)
        for fault in faults
    ]


def _form(integration: Integration, service: Service) -> dict[str, Any]:
    by_oauth = integration.oauth if service.oauth.offers(integration) else None
    return {
        "integration_type": integration.type,
        "integration_name": integration.name,
        "display_name": integration.display_name,
        "description": integration.description,
        "available_actions": list(integration.available_actions),
        "oauth": None
        if by_oauth is None
        else {
            "asked_first": list(by_oauth.asked_first),
            "may_be_left_out": list(by_oauth.may_be_left_out),
        },
        "fields": [
            {
                "name": one.name,
                "title": one.title,
                "description": one.description,
                "where": one.where,
                "secret": one.secret,
                "required": one.default is None,
                "default": one.default,
                "example": None if one.secret or one.example == MADE_UP else one.example,
            }
            # A sandbox is the organisation's own; its credentials are nobody's to fill in.
            for one in (() if integration.name == SANDBOX else integration.credential_fields)
        ],
    }


async def linked(request: Request) -> tuple[Service, str]:
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


def _check_printable(**texts: str | None) -> None:
    """Raises `Unprocessable` for control characters, which have no place in a name."""
    faults = [
        FieldFault(f"/{name}", "must have no control characters")
        for name, text in texts.items()
        if text is not None and not text.isprintable()
    ]
    if faults:
        raise Unprocessable("The link is not accepted.", faults)


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
