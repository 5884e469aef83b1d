"""Ways to a vendor and back that are under way. `handle` is what the dialog asks by how one ended."""

from typing import Any

import sqlalchemy as sa

from crossdock.storage.oauth_tables import oauth_states


def add_state(db: sa.Connection, digest: bytes, handle: bytes, sealed: bytes, expires_at: float) -> None:
    """Stores one that begins, and forgets those that are over."""
    db.execute(oauth_states.delete().where(oauth_states.c.expires_at < expires_at - 24 * 3600.0))
    db.execute(
        oauth_states.insert().values(digest=digest, handle=handle, sealed=sealed, expires_at=expires_at)
    )


def take_state(db: sa.Connection, digest: bytes, now: float) -> bytes | None:
    """What was sealed with a state, once and before it expires; `None` otherwise."""
    good = (
        (oauth_states.c.digest == digest)
        & oauth_states.c.used_at.is_(None)
        & (oauth_states.c.expires_at > now)
    )
    if db.execute(oauth_states.update().where(good).values(used_at=now)).rowcount != 1:
        return None
    return db.scalar(sa.select(oauth_states.c.sealed).where(oauth_states.c.digest == digest))


def put_result(db: sa.Connection, digest: bytes, result: bytes) -> None:
    """Stores how it ended, sealed."""
    db.execute(oauth_states.update().where(oauth_states.c.digest == digest).values(result=result))


def find_result(db: sa.Connection, handle: bytes, now: float) -> sa.Row[Any] | None:
    """The row of a handle, before it expires."""
    good = (oauth_states.c.handle == handle) & (oauth_states.c.expires_at > now)
    return db.execute(sa.select(oauth_states).where(good)).first()


def remove_state(db: sa.Connection, handle: bytes) -> None:
    """Forgets one whose end was told."""
    db.execute(oauth_states.delete().where(oauth_states.c.handle == handle))
