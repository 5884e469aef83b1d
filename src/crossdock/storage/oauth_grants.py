"""The tokens of accounts by OAuth, and which process renews them.

A refresh token may be good once only, so one process at a time may use it. What it was given is stored under
a number that counts up: whoever wants to store on top of another number comes too late.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from crossdock.storage.oauth_tables import oauth_grants
from crossdock.storage.owner import is_gone


@dataclass(frozen=True, slots=True)
class GrantRow:
    """Stored tokens; `sealed` is encrypted."""

    sealed: bytes
    version: int


def put_grant(db: sa.Connection, connection_id: str, grant_id: str, sealed: bytes) -> None:
    """Stores the first tokens of an account, in place of those that its connection had."""
    remove_grant(db, connection_id)
    db.execute(
        oauth_grants.insert().values(id=grant_id, connection_id=connection_id, sealed=sealed, version=0)
    )


def remove_grant(db: sa.Connection, connection_id: str) -> None:
    """Forgets the tokens of a connection, if it has any."""
    db.execute(oauth_grants.delete().where(oauth_grants.c.connection_id == connection_id))


def find_grant(db: sa.Connection, grant_id: str) -> GrantRow | None:
    """The tokens that are stored now; `None` when the account was connected anew, or is gone."""
    row = db.execute(sa.select(oauth_grants).where(oauth_grants.c.id == grant_id)).first()
    return None if row is None else GrantRow(row.sealed, row.version)


def claim_grant(db: sa.Connection, grant_id: str, version: int, owner: str, now: float, until: float) -> bool:
    """Lets one process renew the tokens of that version; false while another one does, or has."""
    row = db.execute(sa.select(oauth_grants).where(oauth_grants.c.id == grant_id).with_for_update()).first()
    if row is None or row.version != version:
        return False
    if row.renewed_until is not None and row.renewed_until > now and not is_gone(row.renewed_by):
        return False
    claimed = {"renewed_by": owner, "renewed_until": until}
    db.execute(oauth_grants.update().where(oauth_grants.c.id == grant_id).values(**claimed))
    return True


def release_grant(db: sa.Connection, grant_id: str, version: int, owner: str) -> None:
    """Lets others try, after nothing came of it."""
    held = _at(grant_id, version) & (oauth_grants.c.renewed_by == owner)
    db.execute(oauth_grants.update().where(held).values(renewed_by=None, renewed_until=None))


def renew_grant(db: sa.Connection, grant_id: str, version: int, sealed: bytes) -> bool:
    """Stores the tokens that came of renewing those of `version`; false when others are there meanwhile."""
    values = {"sealed": sealed, "version": version + 1, "renewed_by": None, "renewed_until": None}
    changed = db.execute(oauth_grants.update().where(_at(grant_id, version)).values(**values))
    return changed.rowcount == 1


def _at(grant_id: str, version: int) -> sa.ColumnElement[bool]:
    return (oauth_grants.c.id == grant_id) & (oauth_grants.c.version == version)
