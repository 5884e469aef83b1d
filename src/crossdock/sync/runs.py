"""The two kinds of runs, a schedule's and a job's: what each reads, and what its steps change on disk.

Every method that takes a database connection works within the caller's transaction.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import orjson
import sqlalchemy as sa

from crossdock.connector import ListOperation, Span
from crossdock.connector.listing import EVERYTHING
from crossdock.records.announce import Announcer
from crossdock.schemas.times import wire_epoch
from crossdock.storage import accounts, schedules, sync_jobs
from crossdock.sync import health
from crossdock.sync.counts import Counts
from crossdock.sync.seen import SeenIds
from crossdock.sync.storing import Translated

FIRST_PAUSE = 60.0
LONGEST_JOB_PAUSE = 600.0
"""Seconds before a run that failed is tried again; twice as long each time."""

STUCK_AFTER = 5
"""Failures in a row."""


class Run(Protocol):
    """A run as the reader carries it out."""

    operation: ListOperation
    span: Span
    position: Any
    counts: Counts
    silent: bool

    @property
    def wholesale(self) -> bool:
        """Whether so much is to be read that a job of the vendor's is worth starting."""
        raise NotImplementedError

    def noted(self, rows: Translated) -> None:
        """Takes notice of a page before it is stored."""

    def move(self, db: sa.Connection, position: Any, counts: Counts) -> bool:
        """Notes where the run goes on; false when it is not this process's any more."""

    def end(self, db: sa.Connection, told: Announcer, counts: Counts) -> bool:
        """Ends the run well; false when it is not this process's any more."""

    def fail(self, db: sa.Connection, told: Announcer, error: str, pause: float | None) -> None:
        """Notes that the run could not go on; with `pause`, the vendor said when it can, in seconds."""


def _epoch(moment: str) -> float | None:
    """A date of the contract's form, as epoch seconds."""
    try:
        return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


@dataclass(slots=True)
class ScheduledRun:
    """A run of a schedule. `started_at` is when it was taken up, by the clock `now`."""

    operation: ListOperation
    row: schedules.ScheduleRow
    now: Any
    span: Span = field(init=False)
    position: Any = field(init=False)
    counts: Counts = field(init=False)
    silent: bool = field(init=False)
    seen: SeenIds | None = field(init=False)

    def __post_init__(self) -> None:
        row = self.row
        self.counts = Counts.decode(row.counts)
        self.position = None if row.position is None else orjson.loads(row.position)
        self.silent = row.completed_at is None
        self.span = EVERYTHING
        self.seen = None
        if not self.operation.follows_changes:
            self.seen = SeenIds(row.seen or b"")
        elif row.since is not None:
            self.span = Span(since=datetime.fromtimestamp(row.since, UTC))
        self._newest = row.newest_date or ""
        self._oldest = row.oldest_date or ""

    _newest: str = field(init=False, default="")
    _oldest: str = field(init=False, default="")

    @property
    def wholesale(self) -> bool:
        """See `Run`. The first reading, and every reading of a list that cannot say what changed."""
        return self.row.completed_at is None or not self.operation.follows_changes

    def noted(self, rows: Translated) -> None:
        """See `Run`."""
        self._newest = max(self._newest, rows.newest)
        self._oldest = min(filter(None, (self._oldest, rows.oldest)), default="")
        if self.seen is not None:
            self.seen.add(record.id for record in rows.records)
            self.seen.add(row.row_id for row in rows.put_aside)
            self.seen.add(rows.unchanged)

    def _dates(self) -> dict[str, Any]:
        return {"newest_date": self._newest or None, "oldest_date": self._oldest or None}

    def move(self, db: sa.Connection, position: Any, counts: Counts) -> bool:
        """See `Run`."""
        values = {"position": orjson.dumps(position).decode(), "counts": counts.encode(), **self._dates()}
        return schedules.move(db, self.row, values)

    def wait(self, db: sa.Connection) -> bool:
        """Leaves the run in order, so that it goes on where it is; its schedule stays due."""
        seen = None if self.seen is None else self.seen.encode()
        return schedules.move(db, self.row, {"seen": seen})

    def _cursor(self) -> float | None:
        """The newest change that is known, by the vendor's clock, and not later than the run's beginning.

        It never rests on this machine's clock alone: one that runs ahead, and back again, skips nothing.
        """
        newest = _epoch(self._newest)
        if newest is None:
            return self.row.cursor
        started = self.row.started_at or newest
        return max(min(newest, started), self.row.cursor or 0.0)

    def end(self, db: sa.Connection, told: Announcer, counts: Counts) -> bool:
        """See `Run`. The first run tells that the history is there, the last one of a force sync that too."""
        now, row = self.now(), self.row
        # Whether this list is the last one of a force sync is asked with nobody else asking.
        accounts.lock_connection(db, row.connection_id)
        values = {
            "run_id": None,
            "position": None,
            "seen": None,
            "forced": None,
            "ended_at": now,
            "completed_at": row.completed_at or now,
            "failures": 0,
            "error": None,
            "counts": counts.encode(),
            "cursor": self._cursor(),
            "next_run_at": schedules.unless_paused(now + row.frequency),
            **self._dates(),
        }
        if not schedules.move(db, row, values):
            return False
        health.clear(db, told, row.function_name)
        if row.completed_at is None:
            self._tell_history(told, now)
        self._tell_forced(db, told)
        return True

    def _tell_history(self, told: Announcer, now: float) -> None:
        since = wire_epoch(self.row.since if self.row.since is not None else now)
        told.about_connection(
            "connection.historical-sync-completed",
            {
                "resource": self.operation.function.resource,
                "oldest_data_date": self._oldest or since,
                "newest_data_date": self._newest or since,
            },
        )

    def _tell_forced(self, db: sa.Connection, told: Announcer) -> None:
        forced = self.row.forced
        if forced is not None and not schedules.forced_left(db, self.row.connection_id, forced):
            told.about_connection(
                "connection.force-sync-completed",
                {
                    "functions_to_sync": orjson.loads(forced)["functions"],
                    "completed_date": wire_epoch(self.now()),
                },
            )

    def fail(self, db: sa.Connection, told: Announcer, error: str, pause: float | None) -> None:
        """See `Run`. After a second failure the list is read from its beginning: positions can expire."""
        row = self.row
        failures = row.failures + (pause is None)
        wait = pause if pause is not None else min(FIRST_PAUSE * 2 ** (failures - 1), row.frequency)
        values: dict[str, Any] = {
            "error": error,
            "failures": failures,
            "forced": None,
            "next_run_at": schedules.unless_paused(self.now() + wait),
        }
        if failures > 1 or self.seen is not None:
            values |= {"run_id": None, "position": None, "seen": None}
        if not schedules.move(db, row, values):
            return
        self._tell_forced(db, told)
        if failures == STUCK_AFTER and pause is None:
            told.about_connection(
                "connection.schedule-stuck",
                {"function_name": row.function_name, "error_message": error, "failures": failures},
            )


@dataclass(slots=True)
class JobRun:
    """A run of an on-demand job."""

    operation: ListOperation
    row: sync_jobs.JobRow
    now: Any
    span: Span = field(init=False)
    position: Any = field(init=False)
    counts: Counts = field(init=False)
    silent: bool = False

    def __post_init__(self) -> None:
        row = self.row
        self.counts = Counts.decode(row.counts)
        self.position = None if row.position is None else orjson.loads(row.position)
        # The contract's window has whole seconds; the last of them is part of it.
        until = datetime.fromtimestamp(row.end_time, UTC) + timedelta(seconds=1)
        self.span = Span(since=datetime.fromtimestamp(row.start_time, UTC), until=until)

    @property
    def wholesale(self) -> bool:
        """See `Run`."""
        return True

    def noted(self, rows: Translated) -> None:
        """See `Run`."""

    def move(self, db: sa.Connection, position: Any, counts: Counts) -> bool:
        """See `Run`."""
        values = {"position": orjson.dumps(position).decode(), "counts": counts.encode()}
        return sync_jobs.move_job(db, self.row, values)

    def end(self, db: sa.Connection, told: Announcer, counts: Counts) -> bool:
        """See `Run`."""
        values = {
            "status": "completed",
            "ended_at": self.now(),
            "next_run_at": None,
            "error": None,
            "counts": counts.encode(),
        }
        if not sync_jobs.move_job(db, self.row, values):
            return False
        health.clear(db, told, self.row.function_name)
        told.about_connection("connection.sync-job-completed", job_as_json(self.row, "completed"))
        return True

    def fail(self, db: sa.Connection, told: Announcer, error: str, pause: float | None) -> None:
        """See `Run`. A job that fails again and again is stuck, and holds up the schedules no longer."""
        row = self.row
        failures = row.failures + (pause is None)
        stuck = failures >= STUCK_AFTER
        wait = pause if pause is not None else min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_JOB_PAUSE)
        values: dict[str, Any] = {"error": error, "failures": failures, "next_run_at": self.now() + wait}
        if failures > 1:
            values["position"] = None
        if stuck:
            values |= {"status": "stuck", "next_run_at": None, "ended_at": self.now()}
        if sync_jobs.move_job(db, row, values) and stuck:
            told.about_connection(
                "connection.sync-job-stuck", {**job_as_json(row, "stuck"), "error_message": error}
            )


def job_as_json(row: sync_jobs.JobRow, status: str | None = None) -> dict[str, Any]:
    """A job as the contract answers it; its id stands under both names that the contract uses."""
    return {
        "id": row.id,
        "sync_job_id": row.id,
        "connection_id": row.connection_id,
        "function_name": row.function_name,
        "requested_start_time": wire_epoch(row.start_time),
        "requested_end_time": wire_epoch(row.end_time),
        "created_at": wire_epoch(row.created_at),
        "status": status or row.status,
    }
