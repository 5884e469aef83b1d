"""The schedules of syncs: when each list of each connection is read next, and how far its run has come.

A run is told apart by its id: only the run whose id stands in the row may move it. A process that lost its
run, because another took it over, stores nothing more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.storage.tables import connection_errors, connections, sync_jobs, sync_schedules
from crossdock.storage.upsert import insert_for

NO_COUNTS = "{}"

LONGEST_FREQUENCY = 24 * 3600
"""Seconds; a schedule that is further away than twice this was made by a clock that went wrong."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A row of `sync_schedules`; see there."""

    connection_id: str
    function_name: str
    frequency: int
    paused: bool
    next_run_at: float | None
    forced: str | None
    run_id: str | None
    position: str | None
    since: float | None
    seen: bytes | None
    cursor: float | None
    oldest_date: str | None
    newest_date: str | None
    started_at: float | None
    ended_at: float | None
    completed_at: float | None
    failures: int
    error: str | None
    counts: str


def _of(connection_id: str, function_name: str) -> sa.ColumnElement[bool]:
    return (sync_schedules.c.connection_id == connection_id) & (
        sync_schedules.c.function_name == function_name
    )


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What a schedule is made of: a list function, the seconds between two runs, and whether it is off."""

    function_name: str
    frequency: int
    paused: bool = False


def add_schedules(
    db: sa.Connection, connection_id: str, functions: Sequence[NewSchedule], now: float
) -> None:
    """Makes schedules, which are due at once unless they are off; those that exist stay."""
    values = [
        {
            "connection_id": connection_id,
            "function_name": new.function_name,
            "frequency": new.frequency,
            "paused": new.paused,
            "next_run_at": None if new.paused else now,
            "failures": 0,
            "counts": NO_COUNTS,
        }
        for new in functions
    ]
    if values:
        insert = insert_for(db.dialect.name, sync_schedules)
        db.execute(insert.on_conflict_do_nothing(index_elements=["connection_id", "function_name"]), values)


def add_missing(
    db: sa.Connection, integration_type: str, name: str, functions: Sequence[NewSchedule], now: float
) -> None:
    """Makes the schedules that connections of an integration lack: those made before it had the list."""
    for new in functions:
        has_one = (
            sa.select(sync_schedules.c.connection_id)
            .where(sync_schedules.c.connection_id == connections.c.id)
            .where(sync_schedules.c.function_name == new.function_name)
        )
        query = sa.select(connections.c.id).where(
            connections.c.integration_type == integration_type,
            connections.c.integration_name == name,
            ~has_one.exists(),
        )
        for connection_id in list(db.scalars(query)):
            add_schedules(db, connection_id, [new], now)


def schedules(db: sa.Connection, connection_id: str) -> Sequence[ScheduleRow]:
    """The schedules of a connection, by function name."""
    query = (
        sa.select(sync_schedules)
        .where(sync_schedules.c.connection_id == connection_id)
        .order_by(sync_schedules.c.function_name)
    )
    return [ScheduleRow(*row) for row in db.execute(query)]


def schedules_of(db: sa.Connection, connection_ids: Sequence[str]) -> Mapping[str, list[ScheduleRow]]:
    """The schedules of several connections, by connection."""
    query = (
        sa.select(sync_schedules)
        .where(sync_schedules.c.connection_id.in_(connection_ids))
        .order_by(sync_schedules.c.function_name)
    )
    found: dict[str, list[ScheduleRow]] = {connection_id: [] for connection_id in connection_ids}
    for row in db.execute(query):
        found[row.connection_id].append(ScheduleRow(*row))
    return found


def due_connections(db: sa.Connection, now: float, limit: int) -> Sequence[str]:
    """The connections with a schedule or a job that is due, longest due first."""
    wrong = now + 2 * LONGEST_FREQUENCY
    found: dict[str, None] = {}
    for table in (sync_schedules, sync_jobs):
        for due in (table.c.next_run_at <= now, table.c.next_run_at > wrong):
            query = (
                sa.select(table.c.connection_id).where(due).order_by(table.c.next_run_at).limit(limit * 20)
            )
            found.update(dict.fromkeys(db.scalars(query)))
    return list(found)[:limit]


def postpone(db: sa.Connection, connection_id: str, now: float, until: float) -> None:
    """Lets the due schedules and jobs of a connection come due at `until`."""
    for table in (sync_schedules, sync_jobs):
        due = (table.c.connection_id == connection_id) & (
            (table.c.next_run_at <= now) | (table.c.next_run_at > now + 2 * LONGEST_FREQUENCY)
        )
        db.execute(table.update().where(due).values(next_run_at=until))


def begin(
    db: sa.Connection, connection_id: str, function_name: str, now: float, since: float | None
) -> ScheduleRow | None:
    """Takes a run up: the one that was under way where it was left, or else a new one from `since` on.

    A run that reads everything goes on only when it was left in order, with the ids that it saw; otherwise it
    begins anew. The row as it is then, or `None` when there is no such schedule.
    """
    row = db.execute(
        sa.select(sync_schedules).where(_of(connection_id, function_name)).with_for_update()
    ).first()
    if row is None:
        return None
    values: dict[str, Any] = {"run_id": str(uuid4())}
    under_way = row.run_id is not None and row.position is not None
    if not under_way or (row.since is None and row.seen is None):
        values |= {
            "position": None,
            "since": since,
            "seen": None,
            "started_at": now,
            "counts": NO_COUNTS,
        }
    db.execute(sync_schedules.update().where(_of(connection_id, function_name)).values(**values))
    again = db.execute(sa.select(sync_schedules).where(_of(connection_id, function_name))).one()
    return ScheduleRow(*again)


def move(db: sa.Connection, run: ScheduleRow, values: Mapping[str, Any]) -> bool:
    """Changes the row of a run; false when another process has the run, or nobody."""
    still = _of(run.connection_id, run.function_name) & (sync_schedules.c.run_id == run.run_id)
    return db.execute(sync_schedules.update().where(still).values(**values)).rowcount == 1


def unless_paused(at: float) -> Any:
    """`next_run_at` for a run that ends: `at`, unless the schedule was paused meanwhile."""
    return sa.case((sync_schedules.c.paused, sa.null()), else_=at)


def forced_left(db: sa.Connection, connection_id: str, forced: str) -> bool:
    """Whether a function of a force sync has still to come to its end."""
    query = sa.select(sync_schedules.c.function_name).where(
        sync_schedules.c.connection_id == connection_id, sync_schedules.c.forced == forced
    )
    return db.execute(query.limit(1)).first() is not None


def force(db: sa.Connection, connection_id: str, functions: Sequence[str], now: float) -> Sequence[str]:
    """Lets functions run now, except those that are under way; the ones that will.

    A run that failed, and waits to be tried again, is not under way. One that waits because the vendor was
    asked too often is: the vendor said when.
    """
    names = (sync_schedules.c.connection_id == connection_id) & sync_schedules.c.function_name.in_(functions)
    failed = sa.exists().where(
        connection_errors.c.connection_id == connection_id,
        connection_errors.c.function_name.in_([sync_schedules.c.function_name, ""]),
    )
    waits = sync_schedules.c.run_id.is_(None) | ((sync_schedules.c.next_run_at > now) & failed)
    idle = list(db.scalars(sa.select(sync_schedules.c.function_name).where(names, waits).with_for_update()))
    forced = orjson.dumps({"id": str(uuid4()), "functions": sorted(idle)}).decode()
    change = sync_schedules.update().where(names, sync_schedules.c.function_name.in_(idle))
    db.execute(change.values(next_run_at=now, forced=forced))
    return sorted(idle)


def pause(db: sa.Connection, connection_id: str, function_name: str | None, paused: bool, now: float) -> int:
    """Pauses or resumes one schedule or all of a connection; how many there are."""
    which = sync_schedules.c.connection_id == connection_id
    if function_name is not None:
        which &= sync_schedules.c.function_name == function_name
    next_run_at = None if paused else sa.func.coalesce(sync_schedules.c.next_run_at, now)
    change = sync_schedules.update().where(which).values(paused=paused, next_run_at=next_run_at)
    return db.execute(change).rowcount


def set_all_due(db: sa.Connection, connection_id: str, at: float) -> None:
    """Lets every schedule of a connection that is not paused come due at `at`."""
    which = (sync_schedules.c.connection_id == connection_id) & ~sync_schedules.c.paused
    db.execute(sync_schedules.update().where(which).values(next_run_at=at))


def begin_anew(db: sa.Connection, connection_id: str, now: float) -> None:
    """Lets every list of a connection be read as if for the first time."""
    anew = {
        "next_run_at": sa.case((sync_schedules.c.paused, sa.null()), else_=now),
        "run_id": None,
        "position": None,
        "since": None,
        "seen": None,
        "cursor": None,
        "oldest_date": None,
        "newest_date": None,
        "completed_at": None,
    }
    which = sync_schedules.c.connection_id == connection_id
    db.execute(sync_schedules.update().where(which).values(**anew))
