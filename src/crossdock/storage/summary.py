"""Counts of an organisation's connections, by indexes and without a look at any record."""

from collections.abc import Mapping

import sqlalchemy as sa

from crossdock.storage.tables import connection_errors, connections, sync_schedules, webhook_endpoints


def is_failing() -> sa.ColumnElement[bool]:
    """Whether something is wrong with the connection of the row at hand."""
    return sa.exists().where(connection_errors.c.connection_id == connections.c.id)


def connection_counts(db: sa.Connection, organisation_id: str) -> Mapping[str, int]:
    """How many connections there are, and how many are healthy, failing, syncing, and paused as a whole."""
    total = _count(db, organisation_id)
    failing = _count(db, organisation_id, is_failing())
    of_it = sync_schedules.c.connection_id == connections.c.id
    paused = sa.exists().where(of_it, sync_schedules.c.paused)
    going = sa.exists().where(of_it, sa.not_(sync_schedules.c.paused))
    syncing = (
        sa.select(sa.func.count(sa.distinct(sync_schedules.c.connection_id)))
        .join(connections, of_it)
        .where(sync_schedules.c.run_id.isnot(None), connections.c.organisation_id == organisation_id)
    )
    return {
        "total": total,
        "healthy": total - failing,
        "failing": failing,
        "syncing": db.scalar(syncing) or 0,
        "paused": _count(db, organisation_id, paused, sa.not_(going)),
    }


def _count(db: sa.Connection, organisation_id: str, *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(connections)
    return db.scalar(query.where(connections.c.organisation_id == organisation_id, *conditions)) or 0


def failing_endpoints(db: sa.Connection, organisation_id: str) -> int:
    """How many webhook endpoints failed the last time, or were disabled for failing."""
    query = sa.select(sa.func.count()).select_from(webhook_endpoints)
    mine = webhook_endpoints.c.organisation_id == organisation_id
    return db.scalar(query.where(mine, webhook_endpoints.c.failing_since.isnot(None))) or 0
