"""Magic links: connecting by a URL that somebody is sent."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from crossdock.storage.tables import magic_links


def add_magic_link(db: sa.Connection, values: dict[str, Any]) -> None:
    """Stores a magic link; `values` has every column but `used_at`."""
    db.execute(magic_links.insert().values(**values))


def magic_links_of(db: sa.Connection, organisation_id: str) -> Sequence[sa.Row[Any]]:
    """The magic links of an organisation, the latest first."""
    query = sa.select(magic_links).where(magic_links.c.organisation_id == organisation_id)
    return db.execute(query.order_by(magic_links.c.created_at.desc(), magic_links.c.id)).all()


def magic_link(db: sa.Connection, organisation_id: str, magic_link_id: str) -> sa.Row[Any] | None:
    """One of an organisation's magic links."""
    of_it = (magic_links.c.organisation_id == organisation_id) & (magic_links.c.id == magic_link_id)
    return db.execute(sa.select(magic_links).where(of_it)).first()


def find_magic_link(
    db: sa.Connection, *, digest: bytes | None = None, magic_link_id: str | None = None, lock: bool = False
) -> sa.Row[Any] | None:
    """The magic link of that digest or id; with `lock`, others who want it wait for this transaction."""
    of_it = magic_links.c.digest == digest if digest is not None else magic_links.c.id == magic_link_id
    query = sa.select(magic_links).where(of_it)
    return db.execute(query.with_for_update() if lock else query).first()


def use_magic_link(db: sa.Connection, magic_link_id: str, now: float) -> None:
    """Notes that an account was connected with it."""
    db.execute(magic_links.update().where(magic_links.c.id == magic_link_id).values(used_at=now))


def remove_magic_link(db: sa.Connection, organisation_id: str, magic_link_id: str) -> bool:
    """Removes one; false when there is none such."""
    of_it = (magic_links.c.organisation_id == organisation_id) & (magic_links.c.id == magic_link_id)
    return db.execute(magic_links.delete().where(of_it)).rowcount == 1


def sweep_magic_links(db: sa.Connection, before: float) -> None:
    """Forgets those that expired before a moment."""
    db.execute(magic_links.delete().where(magic_links.c.expires_at < before))
