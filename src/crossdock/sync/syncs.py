"""The syncs of a connection: which of its lists are due, one after another, and what happens when one fails.

One process at a time works for a connection; the engine sees to that. Within it, up to `LISTS_AT_ONCE` lists
are read at the same time, through one vendor client and at the one pace of the account.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from crossdock.connections.access import Access, Connection
from crossdock.connector import ListOperation
from crossdock.connector.calls import BACKGROUND, on_behalf_of
from crossdock.connector.client import REFUSED_FROM, VendorClient
from crossdock.connector.listing import EVERYTHING
from crossdock.connector.pool import VendorPool
from crossdock.errors import NotFound, ShutOut, VendorError
from crossdock.records.announce import announcer
from crossdock.storage import connection_errors, schedules, sync_jobs
from crossdock.storage.database import Database
from crossdock.sync import health
from crossdock.sync.health import Trouble
from crossdock.sync.reader import Reader, Watcher
from crossdock.sync.runs import FIRST_PAUSE, JobRun, Run, ScheduledRun
from crossdock.sync.seen import Endless
from crossdock.sync.storing import LostRun

log = logging.getLogger(__name__)

LISTS_AT_ONCE = 3
LOCKED_OUT_PAUSE = 900.0
"""Seconds before an account that is not let in is tried again: vendors lock accounts out."""


class Syncs:
    """Carries out what is due.

    `first_span` is how far the first sync goes back; `clock` gives epoch seconds.
    """

    def __init__(
        self,
        database: Database,
        vendors: VendorPool,
        access: Access,
        first_span: timedelta,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._vendors = vendors
        self._access = access
        self._first_span = first_span
        self._clock = clock

    async def run_connection(self, connection_id: str, watch: Watcher | None = None) -> None:
        """Runs everything of a connection that is due, until nothing is."""
        try:
            connection = await self._access.connection_by_id(connection_id)
        except NotFound:
            return
        with on_behalf_of(connection.cause(BACKGROUND)):
            await self._run_due(connection, watch)

    async def _run_due(self, connection: Connection, watch: Watcher | None) -> None:
        vendor = self._vendors.client(connection.integration, connection.account)
        more = (watch,) if watch is not None else ()
        reader = Reader(self._database, vendor, connection, self._clock, *more)
        try:
            await self._run_all(connection, reader, vendor)
        except* LostRun:
            # Two processes that take runs from each other would get nowhere: the later one goes on alone.
            log.info("%s: left to another process", connection)

    async def _run_all(self, connection: Connection, reader: Reader, vendor: VendorClient) -> None:
        connection_id = connection.id
        while True:
            job = await self._database.read(sync_jobs.open_job, connection_id)
            if job is not None and not await self._job(connection, reader, vendor, job):
                return
            if job is None and not await self._due_lists(connection, reader, vendor):
                return

    async def _job(
        self, connection: Connection, reader: Reader, vendor: VendorClient, job: sync_jobs.JobRow
    ) -> bool:
        """Runs the oldest open job; false when it has to wait, and the schedules with it."""
        now = self._clock()
        if job.next_run_at is not None and job.next_run_at > now:
            await self._database.write(schedules.postpone, connection.id, now, job.next_run_at)
            return False
        operation = connection.integration.listing(job.function_name)
        begun = await self._database.write(sync_jobs.begin_job, job.id)
        if begun is None:
            return True
        if operation is None:
            ended = {
                "status": "stuck",
                "next_run_at": None,
                "ended_at": now,
                "error": "no such list any more",
            }
            return await self._database.write(sync_jobs.move_job, begun, ended)
        await self._carried_out(connection, reader, vendor, JobRun(operation, begun, self._clock))
        return True

    async def _due_lists(self, connection: Connection, reader: Reader, vendor: VendorClient) -> bool:
        """Runs the lists that are due; false when there is none."""
        now = self._clock()
        rows = await self._database.read(schedules.schedules, connection.id)
        due = [row.function_name for row in rows if _is_due(row, now)]
        operations = [connection.integration.listing(name) for name in due]
        wanted = [operation for operation in operations if operation is not None]
        if not wanted:
            await self._database.write(schedules.postpone, connection.id, now, now + LOCKED_OUT_PAUSE)
            return False
        if not await self._is_let_in(connection, vendor):
            return False
        turn = asyncio.Semaphore(LISTS_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for operation in wanted:
                group.create_task(self._list(connection, reader, vendor, operation, turn))
        return True

    async def _list(
        self,
        connection: Connection,
        reader: Reader,
        vendor: VendorClient,
        operation: ListOperation,
        turn: asyncio.Semaphore,
    ) -> None:
        async with turn:
            if await self._has_job(connection.id):
                return
            run = await self._begun(connection, operation)
            if run is not None:
                await self._carried_out(connection, reader, vendor, run)

    async def _begun(self, connection: Connection, operation: ListOperation) -> ScheduledRun | None:
        name = operation.function.name

        def begin(db: sa.Connection) -> schedules.ScheduleRow | None:
            rows = {row.function_name: row for row in schedules.schedules(db, connection.id)}
            row = rows.get(name)
            if row is None or not _is_due(row, self._clock()):
                return None
            return schedules.begin(db, connection.id, name, self._clock(), self._since(operation, row))

        row = await self._database.write(begin)
        return None if row is None else ScheduledRun(operation, row, self._clock)

    def _since(self, operation: ListOperation, row: schedules.ScheduleRow) -> float | None:
        """What a new run reads from; a list of which no change was ever seen keeps its first beginning."""
        if not operation.follows_changes:
            return None
        if row.cursor is not None:
            return row.cursor - operation.overlap.total_seconds()
        return row.since if row.since is not None else self._clock() - self._first_span.total_seconds()

    async def _has_job(self, connection_id: str) -> bool:
        return await self._database.read(sync_jobs.open_job, connection_id) is not None

    async def _carried_out(
        self, connection: Connection, reader: Reader, vendor: VendorClient, run: Run
    ) -> None:
        """Carries a run out, and notes how it ended."""
        name = run.operation.function.name

        async def waits() -> bool:
            return isinstance(run, ScheduledRun) and await self._has_job(connection.id)

        try:
            done = await reader.carry_out(run, waits)
        except LostRun:
            if await self._is_cancelled(run):
                log.info("%s %s: cancelled", connection, name)
                return
            log.info("%s %s: another process has it now", connection, name)
            raise
        except (VendorError, Endless) as error:
            await self._failed(connection, vendor, run, error)
        else:
            log.info("%s %s: %s %s", connection, name, "done" if done else "waits", run.counts.as_json())
            if not done and isinstance(run, ScheduledRun):
                await self._database.write(run.wait)

    async def _is_cancelled(self, run: Run) -> bool:
        """Whether a job has ended, so that its run was not lost to another process."""
        if not isinstance(run, JobRun):
            return False
        job = await self._database.read(sync_jobs.job, run.row.connection_id, run.row.id)
        return job is not None and job.status != "open"

    async def _failed(
        self, connection: Connection, vendor: VendorClient, run: Run, error: VendorError | Endless
    ) -> None:
        trouble = await self._trouble(connection, vendor, run.operation, error)
        pause = _asked_pause(error)
        if trouble.kind == "invalid_credentials":
            pause = LOCKED_OUT_PAUSE
        log.warning("%s %s failed: %s", connection, run.operation.function.name, trouble.message)

        def note(db: sa.Connection) -> None:
            told = announcer(db, connection.id)
            if pause is None or trouble.blocks:
                health.note(db, told, trouble, self._clock())
            run.fail(db, told, trouble.message, pause)
            if trouble.kind == "invalid_credentials":
                now = self._clock()
                schedules.postpone(db, connection.id, now, now + LOCKED_OUT_PAUSE)
            told.flush(db)

        try:
            await self._database.write(note)
        except NotFound:
            log.info("%s is gone", connection)

    async def _trouble(
        self,
        connection: Connection,
        vendor: VendorClient,
        operation: ListOperation,
        error: VendorError | Endless,
    ) -> Trouble:
        status = error.extra.get("vendor_status") if isinstance(error, VendorError) else None
        function = operation.function
        message = error.message if isinstance(error, VendorError) else f"{function.name}: {error}"
        request = operation.request(connection.account, EVERYTHING, None)
        url = connection.integration.access(connection.account).base_url + request.path
        if status in {401, 403}:
            if not await self._accepted(connection, vendor):
                everything = [listing.function.url for listing in connection.integration.lists]
                return Trouble("invalid_credentials", "", message, url, everything)
            return Trouble("missing_permission", function.name, message, url, [function.url])
        return Trouble("sync_failed", function.name, message, url, [function.url])

    async def _accepted(self, connection: Connection, vendor: VendorClient) -> bool:
        """Whether the vendor lets the account in at all; a vendor that does not answer is no evidence."""
        check = connection.integration.credential_check
        try:
            answer = await vendor.read(check.request(connection.account))
        except ShutOut:
            return False
        except VendorError as error:
            return error.extra.get("vendor_status") not in check.fields_at_fault
        if answer.status < REFUSED_FROM:
            return check.accepted(answer)
        return answer.status not in check.fields_at_fault

    async def _is_let_in(self, connection: Connection, vendor: VendorClient) -> bool:
        """False while an account that was shut out still is; every list then waits for the next look."""
        errors = await self._database.read(connection_errors.errors_of, connection.id)
        locked = [error for error in errors if error.kind == "invalid_credentials"]
        if not locked:
            return True
        accepted = await self._accepted(connection, vendor)

        def note(db: sa.Connection) -> None:
            told, now = announcer(db, connection.id), self._clock()
            if accepted:
                health.clear(db, told, "")
                return
            connection_errors.put_error(db, _seen_again(locked[0], now))
            schedules.set_all_due(db, connection.id, now + LOCKED_OUT_PAUSE)

        await self._database.write(note)
        return accepted


def _is_due(row: schedules.ScheduleRow, now: float) -> bool:
    at = row.next_run_at
    return at is not None and (at <= now or at > now + 2 * schedules.LONGEST_FREQUENCY)


def _asked_pause(error: VendorError | Endless) -> float | None:
    """The seconds that a vendor asked for when it was asked too often."""
    if not isinstance(error, VendorError) or error.extra.get("vendor_status") != 429:
        return None
    try:
        return max(1.0, float(error.headers.get("retry-after", "")))
    except ValueError:
        return FIRST_PAUSE


def _seen_again(
    row: connection_errors.ConnectionErrorRow, now: float
) -> connection_errors.ConnectionErrorRow:
    return replace(row, last_seen=now)
