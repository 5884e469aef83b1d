"""The processes that do background work, and which of them are gone."""

from collections.abc import Sequence

import sqlalchemy as sa

from crossdock.storage.owner import is_gone, this_process
from crossdock.storage.tables import executors
from crossdock.storage.upsert import upsert

SILENT_AFTER = 30.0
"""Seconds without a sign after which a process elsewhere counts as gone."""


def alive(db: sa.Connection, executor_id: str, now: float) -> None:
    """Says that this process is there."""
    upsert(db, executors, {"id": executor_id}, {"owner": this_process(), "seen_at": now})


def gone(db: sa.Connection, executor_id: str, now: float) -> Sequence[str]:
    """The other processes that can be seen to have ended, or gave no sign for too long."""
    query = sa.select(executors).where(executors.c.id != executor_id)
    return [row.id for row in db.execute(query) if is_gone(row.owner) or row.seen_at < now - SILENT_AFTER]


def forget(db: sa.Connection, executor_id: str) -> None:
    """Removes a process whose work was given to others."""
    db.execute(executors.delete().where(executors.c.id == executor_id))


def left(db: sa.Connection, executor_id: str) -> None:
    """Says that this process ends, so that another takes over at once what it has not finished."""
    db.execute(executors.update().where(executors.c.id == executor_id).values(seen_at=0.0, owner=""))
