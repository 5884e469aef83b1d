"""Magic links: made, listed, withdrawn by the organisation; followed by whoever was sent one."""

from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections import magic
from crossdock.connections.bounds import Bounds, checked
from crossdock.connector.calls import Actor, Cause
from crossdock.errors import FieldFault, NotFound, Unprocessable
from crossdock.http.answers import LinkFollowed, MagicLink, MagicLinks, OneMagicLink, answered
from crossdock.http.bodies import Body
from crossdock.http.connection_routes import Again, CustomerId, keyed
from crossdock.http.service import Service
from crossdock.schemas.times import wire_epoch
from crossdock.storage import magic_links as stored


class MagicLinkWanted(Bounds, frozen=True, forbid_unknown_fields=True):
    """A magic link to be made: its bounds, how many days it is good, and for whom."""

    link_duration: Annotated[
        int,
        msgspec.Meta(
            ge=1,
            le=magic.LONGEST_DURATION,
            description=f"a number of days from 1 to {magic.LONGEST_DURATION}",
        ),
    ] = 7
    customer_id: CustomerId | None = None
    connection_id: Again | None = None


class MagicLinkFollowed(msgspec.Struct, forbid_unknown_fields=True):
    """What the URL of a magic link ends in."""

    secret: Annotated[str, msgspec.Meta(description="What follows the # of the URL")]


WANTED, FOLLOWED = Body(MagicLinkWanted, required=False), Body(MagicLinkFollowed)


async def create(request: Request) -> Response:
    """Makes a magic link; its URL is answered this once."""
    service, caller = await keyed(request, writes=True)
    asked = await WANTED.read_if_sent(request) or MagicLinkWanted()
    customer = asked.customer_id
    if customer is not None and not customer.isprintable():
        fault = FieldFault("/customer_id", "must have no control characters")
        raise Unprocessable("The magic link is not accepted.", [fault])
    bounds = checked(
        Bounds(**{name: getattr(asked, name) for name in Bounds.__struct_fields__}), service.catalog
    )
    made = await service.database.write(
        magic.new_magic_link,
        caller.organisation_id,
        bounds,
        asked.link_duration,
        customer,
        asked.connection_id,
    )
    row = await service.database.read(stored.magic_link, caller.organisation_id, made.id)
    url = f"{service.settings.public_url}/link/magic#{made.secret}"
    return answered(OneMagicLink(_shown(row, url)))


async def listed(request: Request) -> Response:
    """The organisation's magic links, the latest first."""
    service, caller = await keyed(request)
    rows = await service.database.read(stored.magic_links_of, caller.organisation_id)
    return answered(MagicLinks([_shown(row) for row in rows]))


async def one(request: Request) -> Response:
    """One magic link."""
    service, caller = await keyed(request)
    wanted = request.path_params["magic_link_id"]
    row = await service.database.read(stored.magic_link, caller.organisation_id, wanted[:64])
    if row is None:
        raise NotFound("The organisation has no magic link of that id.", extra={"id": wanted[:64]})
    return answered(OneMagicLink(_shown(row)))


async def withdraw(request: Request) -> Response:
    """Removes a magic link. What was connected with it stays."""
    service, caller = await keyed(request, writes=True)
    wanted = request.path_params["magic_link_id"][:64]
    if not await service.database.write(stored.remove_magic_link, caller.organisation_id, wanted):
        raise NotFound("The organisation has no magic link of that id.", extra={"id": wanted})
    return _json({"id": wanted, "object": "magic_link", "deleted": True})


async def follow(request: Request) -> Response:
    """A link for whoever has a magic link's URL, with what it is for."""
    service: Service = request.scope["service"]
    asked = await FOLLOWED.read(request)

    def take(db: sa.Connection) -> tuple[str, sa.Row[Any]]:
        return magic.follow(db, asked.secret)

    token, row = await service.database.write(take)
    cause: Cause = request.scope["cause"]
    cause.organisation_id, cause.actor = row.organisation_id, Actor("link", row.id, row.customer_id)
    return answered(LinkFollowed(token, magic.bounds_of(row).integration_type))


def _shown(row: Any, url: str | msgspec.UnsetType = msgspec.UNSET) -> MagicLink:
    return MagicLink(
        **msgspec.structs.asdict(magic.bounds_of(row)),
        id=row.id,
        expires_at=wire_epoch(row.expires_at),
        customer_id=row.customer_id,
        connection_id=row.connection_id,
        used_at=None if row.used_at is None else wire_epoch(row.used_at),
        url=url,
    )


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
