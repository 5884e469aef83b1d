"""Insert or update in one statement, which SQLite and PostgreSQL spell alike and SQLAlchemy apart."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


def insert_for(dialect: str, table: sa.Table) -> Any:
    """An `INSERT` that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (slow to import, and often not needed)

    return postgresql.insert(table)


def upsert(
    db: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    only_on_insert: tuple[str, ...] = (),
) -> sa.Row[Any]:
    """Stores a row under its key.

    The columns `only_on_insert` keep what an earlier row had, and are what is returned.
    """
    statement = _statement(db.dialect.name, table, tuple(key), tuple(values), only_on_insert)
    return db.execute(statement, {**key, **values}).one()


@cache
def _statement(
    dialect: str,
    table: sa.Table,
    key: tuple[str, ...],
    values: tuple[str, ...],
    only_on_insert: tuple[str, ...],
) -> Any:
    """Building a statement costs more than running it, so each is built once."""
    insert = insert_for(dialect, table)
    changes = {name: insert.excluded[name] for name in values if name not in only_on_insert}
    returned = [table.c[name] for name in only_on_insert or key]
    return insert.on_conflict_do_update(index_elements=list(key), set_=changes).returning(*returned)
