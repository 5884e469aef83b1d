"""Links and the codes they end in."""

from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from crossdock.storage.tables import auth_codes, links


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link. `connection_id` is the connection to be made anew, if one is; dates are epoch seconds."""

    id: str
    organisation_id: str
    customer_id: str | None
    connection_id: str | None
    expires_at: float
    used_at: float | None
    bounds: str | None
    magic_link_id: str | None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What a code is exchanged for: a connection, and its access token, encrypted."""

    connection_id: str
    sealed: bytes


def add_link(
    db: sa.Connection,
    *,
    organisation_id: str,
    digest: bytes,
    customer_id: str | None,
    connection_id: str | None,
    now: float,
    expires_at: float,
    bounds: str | None,
    magic_link_id: str | None,
) -> None:
    """Stores a link."""
    db.execute(
        links.insert().values(
            id=uuid4().hex,
            organisation_id=organisation_id,
            digest=digest,
            customer_id=customer_id,
            connection_id=connection_id,
            created_at=now,
            expires_at=expires_at,
            bounds=bounds,
            magic_link_id=magic_link_id,
        )
    )


def find_link(db: sa.Connection, digest: bytes, *, lock: bool = False) -> LinkRow | None:
    """The link whose token has that digest; with `lock`, others who want it wait for this transaction."""
    query = sa.select(links).where(links.c.digest == digest)
    row = db.execute(query.with_for_update() if lock else query).first()
    if row is None:
        return None
    return LinkRow(
        id=row.id,
        organisation_id=row.organisation_id,
        customer_id=row.customer_id,
        connection_id=row.connection_id,
        expires_at=row.expires_at,
        used_at=row.used_at,
        bounds=row.bounds,
        magic_link_id=row.magic_link_id,
    )


def use_link(db: sa.Connection, link_id: str, now: float) -> None:
    """Notes that the link was used."""
    db.execute(links.update().where(links.c.id == link_id).values(used_at=now))


def add_code(
    db: sa.Connection,
    digest: bytes,
    organisation_id: str,
    connection_id: str,
    sealed: bytes,
    expires_at: float,
) -> None:
    """Stores what a code is exchanged for."""
    db.execute(
        auth_codes.insert().values(
            digest=digest,
            organisation_id=organisation_id,
            connection_id=connection_id,
            sealed=sealed,
            expires_at=expires_at,
        )
    )


def take_code(db: sa.Connection, digest: bytes, organisation_id: str, now: float) -> CodeRow | None:
    """What a code of the organisation is exchanged for, once and before it expires; `None` otherwise."""
    good = (
        (auth_codes.c.digest == digest)
        & (auth_codes.c.organisation_id == organisation_id)
        & auth_codes.c.used_at.is_(None)
        & (auth_codes.c.expires_at > now)
    )
    if db.execute(auth_codes.update().where(good).values(used_at=now)).rowcount != 1:
        return None
    row = db.execute(sa.select(auth_codes).where(auth_codes.c.digest == digest)).one()
    return CodeRow(row.connection_id, row.sealed)


def sweep_links(db: sa.Connection, before: float) -> None:
    """Forgets links and codes that expired before a moment."""
    db.execute(links.delete().where(links.c.expires_at < before))
    db.execute(auth_codes.delete().where(auth_codes.c.expires_at < before))
