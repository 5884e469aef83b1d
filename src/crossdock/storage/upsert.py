"""Insert or update in one statement, which SQLite and PostgreSQL spell alike and SQLAlchemy apart."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


def insert_for(db: sa.Connection, table: sa.Table) -> Any:
    """An `INSERT` that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if db.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (slow to import, and often not needed)

    return postgresql.insert(table)


def upsert(
    db: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    only_on_insert: Iterable[str] = (),
) -> Any:
    """A statement that stores a row under its key; `only_on_insert` columns keep what an earlier row had."""
    kept = set(only_on_insert)
    insert = insert_for(db, table).values(**key, **values)
    changes = {name: insert.excluded[name] for name in values if name not in kept}
    return insert.on_conflict_do_update(index_elements=list(key), set_=changes)
