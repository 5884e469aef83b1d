"""Organisations, API keys and connections. Every change raises the access revision."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.storage.summary import is_failing
from crossdock.storage.tables import access_revision, api_keys, connections, further_tokens, organisations


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A stored key, without the key itself."""

    id: str
    organisation_id: str
    organisation: str
    hint: str
    read_only: bool
    created_at: float
    revoked_at: float | None
    name: str


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A stored connection; `credentials` are encrypted, `allowed_actions` is `None` for every action."""

    id: str
    organisation_id: str
    organisation: str
    integration_type: str
    integration_name: str
    credentials: bytes
    allowed_actions: frozenset[str] | None
    created_at: float
    customer_id: str | None
    webhooks_disabled: bool
    times_used: int
    last_used_at: float | None


def organisation_id(db: sa.Connection, name: str) -> str:
    """The organisation of that name, made if it is new."""
    found = db.scalar(sa.select(organisations.c.id).where(organisations.c.name == name))
    if found:
        return str(found)
    new_id = str(uuid4())
    db.execute(organisations.insert().values(id=new_id, name=name, created_at=time.time()))
    return new_id


def known_organisation(db: sa.Connection, name: str) -> str | None:
    """The id of the organisation of that name, or `None`."""
    return db.scalar(sa.select(organisations.c.id).where(organisations.c.name == name))


def organisation_name(db: sa.Connection, organisation_id: str) -> str:
    """The name of the organisation of that id."""
    return str(db.scalar(sa.select(organisations.c.name).where(organisations.c.id == organisation_id)))


def organisation_ids(db: sa.Connection) -> Sequence[str]:
    """The ids of all organisations."""
    return db.scalars(sa.select(organisations.c.id)).all()


def add_api_key(
    db: sa.Connection, organisation: str, digest: bytes, hint: str, read_only: bool, name: str = ""
) -> str:
    """Stores a key's digest for an organisation; the key's id. `name` is for people to tell keys apart."""
    key_id = str(uuid4())
    db.execute(
        api_keys.insert().values(
            id=key_id,
            organisation_id=organisation_id(db, organisation),
            digest=digest,
            hint=hint,
            read_only=read_only,
            name=name,
            created_at=time.time(),
        )
    )
    _raise_revision(db)
    return key_id


def find_api_key(db: sa.Connection, digest: bytes) -> ApiKeyRow | None:
    """The key with that digest, revoked or not."""
    rows = _api_keys(db, api_keys.c.digest == digest)
    return rows[0] if rows else None


def list_api_keys(db: sa.Connection, organisation: str | None = None) -> Sequence[ApiKeyRow]:
    """Keys, oldest first, of one organisation or of all."""
    return _api_keys(db, sa.true() if organisation is None else organisations.c.name == organisation)


def keys_of(db: sa.Connection, organisation_id: str) -> Sequence[ApiKeyRow]:
    """The keys of the organisation of that id, oldest first."""
    return _api_keys(db, api_keys.c.organisation_id == organisation_id)


def _api_keys(db: sa.Connection, condition: sa.ColumnElement[bool]) -> list[ApiKeyRow]:
    query = (
        sa.select(
            api_keys.c.id,
            api_keys.c.organisation_id,
            organisations.c.name,
            api_keys.c.hint,
            api_keys.c.read_only,
            api_keys.c.created_at,
            api_keys.c.revoked_at,
            api_keys.c.name,
        )
        .join(organisations)
        .where(condition)
        .order_by(api_keys.c.created_at)
    )
    return [ApiKeyRow(*row) for row in db.execute(query)]


def revoke_api_key(db: sa.Connection, key_id: str) -> bool:
    """Ends a key; false when there is none of that id or it had ended before."""
    live = (api_keys.c.id == key_id) & api_keys.c.revoked_at.is_(None)
    changed = db.execute(api_keys.update().where(live).values(revoked_at=time.time()))
    _raise_revision(db)
    return changed.rowcount == 1


def add_connection(
    db: sa.Connection,
    *,
    organisation_id: str,
    integration_type: str,
    integration_name: str,
    credentials: bytes,
    token_digest: bytes,
    allowed_actions: Sequence[str] | None,
) -> str:
    """Stores a connection; its id."""
    connection_id = str(uuid4())
    db.execute(
        connections.insert().values(
            id=connection_id,
            organisation_id=organisation_id,
            integration_type=integration_type,
            integration_name=integration_name,
            credentials=credentials,
            token_digest=token_digest,
            allowed_actions=None if allowed_actions is None else orjson.dumps(allowed_actions).decode(),
            created_at=time.time(),
        )
    )
    _raise_revision(db)
    return connection_id


def lock_organisation(db: sa.Connection, organisation_id: str) -> None:
    """Lets others who lock the same organisation wait until this transaction ends."""
    where = organisations.c.id == organisation_id
    db.execute(sa.select(organisations.c.id).where(where).with_for_update())


def lock_connection(db: sa.Connection, connection_id: str) -> None:
    """Lets others who lock the same connection wait until this transaction ends."""
    db.execute(sa.select(connections.c.id).where(connections.c.id == connection_id).with_for_update())


def connection_to(
    db: sa.Connection, organisation_id: str, integration_type: str, integration_name: str
) -> ConnectionRow | None:
    """The oldest connection of an organisation to an integration."""
    rows = _connections(
        db,
        (connections.c.organisation_id == organisation_id)
        & (connections.c.integration_type == integration_type)
        & (connections.c.integration_name == integration_name),
    )
    return rows[0] if rows else None


def find_connection(db: sa.Connection, token_digest: bytes) -> ConnectionRow | None:
    """The connection that the token with that digest opens."""
    rows = _connections(db, connections.c.token_digest == token_digest)
    if not rows:
        of_another = sa.select(further_tokens.c.connection_id).where(further_tokens.c.digest == token_digest)
        rows = _connections(db, connections.c.id == of_another.scalar_subquery())
    return rows[0] if rows else None


def add_token(db: sa.Connection, connection_id: str, token_digest: bytes) -> None:
    """Lets another token open the connection too."""
    values = {"digest": token_digest, "connection_id": connection_id, "created_at": time.time()}
    db.execute(further_tokens.insert().values(values))
    _raise_revision(db)


def connection_by_id(db: sa.Connection, connection_id: str) -> ConnectionRow | None:
    """The connection of that id."""
    rows = _connections(db, connections.c.id == connection_id)
    return rows[0] if rows else None


def list_connections(db: sa.Connection, organisation: str | None = None) -> Sequence[ConnectionRow]:
    """Connections, oldest first, of one organisation or of all."""
    return _connections(db, sa.true() if organisation is None else organisations.c.name == organisation)


def _connections(
    db: sa.Connection,
    condition: sa.ColumnElement[bool],
    order_by: sa.ColumnElement[Any] = connections.c.created_at,
    limit: int | None = None,
) -> list[ConnectionRow]:
    query = (
        sa.select(connections, organisations.c.name.label("organisation"))
        .join(organisations)
        .where(condition)
        .order_by(order_by)
        .limit(limit)
    )
    return [
        ConnectionRow(
            id=row.id,
            organisation_id=row.organisation_id,
            organisation=row.organisation,
            integration_type=row.integration_type,
            integration_name=row.integration_name,
            credentials=row.credentials,
            allowed_actions=frozenset(orjson.loads(row.allowed_actions)) if row.allowed_actions else None,
            created_at=row.created_at,
            customer_id=row.customer_id,
            webhooks_disabled=row.webhooks_disabled,
            times_used=row.times_used,
            last_used_at=row.last_used_at,
        )
        for row in db.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class ConnectionFilter:
    """Which connections are wanted; `None` is any. `search` is part of an id or name, in any case."""

    search: str | None = None
    integration_type: str | None = None
    integration_name: str | None = None
    failing: bool | None = None

    def conditions(self) -> Iterator[sa.ColumnElement[bool]]:
        """What holds for the connections that are wanted."""
        if self.integration_type is not None:
            yield connections.c.integration_type == self.integration_type
        if self.integration_name is not None:
            yield connections.c.integration_name == self.integration_name
        if self.failing is not None:
            yield is_failing() if self.failing else sa.not_(is_failing())
        if self.search is not None:
            named = (connections.c.id, connections.c.customer_id, connections.c.integration_name)
            yield sa.or_(*(column.icontains(self.search, autoescape=True) for column in named))


def connections_after(
    db: sa.Connection,
    organisation_id: str,
    last: str,
    limit: int,
    wanted: ConnectionFilter = ConnectionFilter(),
) -> Sequence[ConnectionRow]:
    """Connections of an organisation in the order of their ids, behind `last`."""
    return _connections(
        db,
        sa.and_(
            connections.c.organisation_id == organisation_id, connections.c.id > last, *wanted.conditions()
        ),
        order_by=connections.c.id,
        limit=limit,
    )


def change_connection(db: sa.Connection, connection_id: str, values: Mapping[str, Any]) -> None:
    """Changes `customer_id` or `webhooks_disabled`."""
    db.execute(connections.update().where(connections.c.id == connection_id).values(**values))
    _raise_revision(db)


def delete_connection(db: sa.Connection, connection_id: str) -> None:
    """Removes a connection with its records, schedules and writes."""
    db.execute(connections.delete().where(connections.c.id == connection_id))
    _raise_revision(db)


def add_uses(db: sa.Connection, counted: Mapping[str, int], now: float) -> None:
    """Adds to how often connections were used, the last time being now."""
    change = (
        connections.update()
        .where(connections.c.id == sa.bindparam("of_id"))
        .values(times_used=connections.c.times_used + sa.bindparam("more"), last_used_at=now)
    )
    db.execute(change, [{"of_id": connection_id, "more": more} for connection_id, more in counted.items()])


def replace_credentials(db: sa.Connection, connection_id: str, credentials: bytes) -> None:
    """Stores a connection's credentials anew, after they were encrypted with another key."""
    db.execute(connections.update().where(connections.c.id == connection_id).values(credentials=credentials))
    _raise_revision(db)


def revision(db: sa.Connection) -> int:
    """A number that changes whenever a key or a connection does."""
    return db.scalar(sa.select(access_revision.c.value)) or 0


def _raise_revision(db: sa.Connection) -> None:
    db.execute(access_revision.update().values(value=access_revision.c.value + 1))
