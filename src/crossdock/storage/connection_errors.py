"""What is wrong with a connection at present."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from crossdock.storage.tables import connection_errors
from crossdock.storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class ConnectionErrorRow:
    """A row of `connection_errors`; see there."""

    connection_id: str
    kind: str
    function_name: str
    message: str
    failed_url: str
    endpoints: str
    first_seen: float
    updated_at: float
    last_seen: float


def errors_of(db: sa.Connection, connection_id: str) -> Sequence[ConnectionErrorRow]:
    """The errors of a connection, oldest first."""
    return errors_of_each(db, [connection_id])[connection_id]


def errors_of_each(
    db: sa.Connection, connection_ids: Sequence[str]
) -> Mapping[str, Sequence[ConnectionErrorRow]]:
    """The errors of several connections, by connection."""
    query = (
        sa.select(connection_errors)
        .where(connection_errors.c.connection_id.in_(connection_ids))
        .order_by(connection_errors.c.first_seen, connection_errors.c.kind, connection_errors.c.function_name)
    )
    found: dict[str, list[ConnectionErrorRow]] = {connection_id: [] for connection_id in connection_ids}
    for row in db.execute(query):
        found[row.connection_id].append(ConnectionErrorRow(*row))
    return found


def put_error(db: sa.Connection, row: ConnectionErrorRow) -> None:
    """Stores an error in the place of the one of the same kind and function."""
    key = {"connection_id": row.connection_id, "kind": row.kind, "function_name": row.function_name}
    values = {
        "message": row.message,
        "failed_url": row.failed_url,
        "endpoints": row.endpoints,
        "first_seen": row.first_seen,
        "updated_at": row.updated_at,
        "last_seen": row.last_seen,
    }
    upsert(db, connection_errors, key, values, only_on_insert=("first_seen",))


def remove_error(db: sa.Connection, row: ConnectionErrorRow) -> bool:
    """Removes an error; false when it was gone."""
    which = (
        (connection_errors.c.connection_id == row.connection_id)
        & (connection_errors.c.kind == row.kind)
        & (connection_errors.c.function_name == row.function_name)
    )
    return db.execute(connection_errors.delete().where(which)).rowcount == 1
