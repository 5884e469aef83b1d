"""Magic links: a URL opens the connect dialog for one account, by itself and without a page of anybody's."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from crossdock.connections.bounds import Bounds, decode
from crossdock.connections.keys import LONGEST_FIELD, digest
from crossdock.connections.links import good_magic_link, new_link
from crossdock.errors import NotFound
from crossdock.storage import accounts
from crossdock.storage import magic_links as stored

MAGIC_PREFIX = "crossdock_magic_"
DAY = 24 * 3600.0
LONGEST_DURATION = 365
"""Days that a magic link may be good."""

KEPT_AFTER = 30 * DAY


@dataclass(frozen=True, slots=True)
class NewMagicLink:
    """A magic link that was just made; `secret`, which its URL ends in, is never to be had again."""

    id: str
    secret: str = field(repr=False)


def new_magic_link(
    db: sa.Connection,
    organisation_id: str,
    bounds: Bounds,
    days: int,
    customer_id: str | None,
    connection_id: str | None,
) -> NewMagicLink:
    """Makes one that is good for so many days. Raises `NotFound` for a connection of somebody else."""
    if connection_id is not None:
        row = accounts.connection_by_id(db, connection_id)
        if row is None or row.organisation_id != organisation_id:
            raise NotFound("The organisation has no connection of that id.", extra={"id": connection_id})
    now = time.time()
    stored.sweep_magic_links(db, now - KEPT_AFTER)
    made = NewMagicLink(uuid4().hex, MAGIC_PREFIX + secrets.token_urlsafe(32))
    values = {
        "id": made.id,
        "organisation_id": organisation_id,
        "digest": digest(made.secret),
        "customer_id": customer_id,
        "connection_id": connection_id,
        "bounds": bounds.encode(),
        "created_at": now,
        "expires_at": now + days * DAY,
    }
    stored.add_magic_link(db, values)
    return made


def follow(db: sa.Connection, secret: str) -> tuple[str, sa.Row[Any]]:
    """The token of a link for whoever opened a magic link, and the magic link. Raises `Unauthorized`."""
    row = stored.find_magic_link(db, digest=digest(secret)) if len(secret) <= LONGEST_FIELD else None
    row = good_magic_link(row)
    token = new_link(
        db, row.organisation_id, row.customer_id, row.connection_id, bounds=row.bounds, magic_link_id=row.id
    )
    return token, row


def bounds_of(row: sa.Row[Any]) -> Bounds:
    """What a magic link is for."""
    return decode(row.bounds)
