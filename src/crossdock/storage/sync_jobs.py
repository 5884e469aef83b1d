"""On-demand syncs: one function over a window of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from crossdock.storage.schedules import NO_COUNTS
from crossdock.storage.tables import sync_jobs


@dataclass(frozen=True, slots=True)
class JobRow:
    """A row of `sync_jobs`; see there. Times are UTC epoch seconds."""

    id: str
    connection_id: str
    function_name: str
    start_time: float
    end_time: float
    status: str
    run_id: str | None
    position: str | None
    counts: str
    error: str | None
    created_at: float
    next_run_at: float | None
    failures: int
    ended_at: float | None


def add_job(
    db: sa.Connection, connection_id: str, function_name: str, start: float, end: float, now: float
) -> JobRow:
    """A new job that is due at once."""
    values = {
        "id": str(uuid4()),
        "connection_id": connection_id,
        "function_name": function_name,
        "start_time": start,
        "end_time": end,
        "status": "open",
        "counts": NO_COUNTS,
        "created_at": now,
        "next_run_at": now,
        "failures": 0,
    }
    db.execute(sync_jobs.insert().values(**values))
    return JobRow(*db.execute(sa.select(sync_jobs).where(sync_jobs.c.id == values["id"])).one())


def job(db: sa.Connection, connection_id: str, job_id: str) -> JobRow | None:
    """The job of that id, if it is the connection's."""
    query = sa.select(sync_jobs).where(sync_jobs.c.id == job_id, sync_jobs.c.connection_id == connection_id)
    row = db.execute(query).first()
    return None if row is None else JobRow(*row)


def open_job(db: sa.Connection, connection_id: str) -> JobRow | None:
    """The oldest job of a connection that is open."""
    query = (
        sa.select(sync_jobs)
        .where(sync_jobs.c.connection_id == connection_id, sync_jobs.c.status == "open")
        .order_by(sync_jobs.c.created_at, sync_jobs.c.id)
        .limit(1)
    )
    row = db.execute(query).first()
    return None if row is None else JobRow(*row)


def count_open(db: sa.Connection, connection_id: str) -> int:
    """How many jobs of a connection are open."""
    open_ = (sync_jobs.c.connection_id == connection_id) & (sync_jobs.c.status == "open")
    return db.scalar(sa.select(sa.func.count()).select_from(sync_jobs).where(open_)) or 0


def begin_job(db: sa.Connection, job_id: str) -> JobRow | None:
    """Takes a job up where it was left; `None` when it is not open any more."""
    open_ = (sync_jobs.c.id == job_id) & (sync_jobs.c.status == "open")
    if db.execute(sync_jobs.update().where(open_).values(run_id=str(uuid4()))).rowcount != 1:
        return None
    return JobRow(*db.execute(sa.select(sync_jobs).where(sync_jobs.c.id == job_id)).one())


def move_job(db: sa.Connection, run: JobRow, values: Mapping[str, Any]) -> bool:
    """Changes the row of a run; false when it is another's by now, or the job was cancelled."""
    still = (sync_jobs.c.id == run.id) & (sync_jobs.c.run_id == run.run_id) & (sync_jobs.c.status == "open")
    return db.execute(sync_jobs.update().where(still).values(**values)).rowcount == 1


def cancel_job(db: sa.Connection, connection_id: str, job_id: str, now: float) -> bool:
    """Cancels a job; false when it is not open."""
    open_ = (
        (sync_jobs.c.id == job_id)
        & (sync_jobs.c.connection_id == connection_id)
        & (sync_jobs.c.status == "open")
    )
    ended = {"status": "cancelled", "next_run_at": None, "run_id": None, "ended_at": now}
    return db.execute(sync_jobs.update().where(open_).values(**ended)).rowcount == 1
