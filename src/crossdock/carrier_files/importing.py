"""Reading a file that was taken in: its lines become stored records, batch by batch.

The file is claimed while it is read, and the claim is renewed with every batch. A process that dies lets go
of it by that; whoever reads it next begins at its beginning, finds what is stored already unchanged, and adds
the rest. So nothing is lost, no record comes twice, and no event is told twice.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import orjson
import sqlalchemy as sa

from crossdock.carrier_files.line_items import LINE_ITEMS, ids, record
from crossdock.carrier_invoices import Line, Reading, UnknownShape
from crossdock.errors import ApiError
from crossdock.records.announce import announcer
from crossdock.records.keep import Kept, keep
from crossdock.storage import carrier_files as stored
from crossdock.storage.carrier_files import FileRow
from crossdock.storage.database import Database

log = logging.getLogger(__name__)

LEASE = 60.0
"""Seconds after which a file whose reader gave no sign is read by another."""

BATCHES_AT_A_TIME = 10
MOST_ACCOUNTS = 20

Progress = Callable[[int], None]
"""Told how many bytes of the file have been read."""


class LostFile(Exception):
    """Another process reads the file now; nothing of the last batch was stored."""


@dataclass(slots=True)
class _Course:
    """How far the reading of one file has come."""

    row: FileRow
    account: str
    silent: bool
    held_until: float
    kept: Kept = field(default_factory=Kept)
    other_accounts: dict[str, int] = field(default_factory=dict)

    def count(self, more: Kept) -> None:
        self.kept = Kept(
            self.kept.created + more.created,
            self.kept.updated + more.updated,
            self.kept.unchanged + more.unchanged,
        )

    def notice_accounts(self, lines: Sequence[Line]) -> None:
        if not self.account:
            return
        for line in lines:
            account = line.parcel.account_id or "none"
            if account != self.account and (
                account in self.other_accounts or len(self.other_accounts) < MOST_ACCOUNTS
            ):
                self.other_accounts[account] = self.other_accounts.get(account, 0) + 1

    @property
    def notes(self) -> list[str]:
        return [
            f"{count} line items are of account {account}; the connection is to {self.account}"
            for account, count in self.other_accounts.items()
        ]


async def read_file(
    database: Database,
    row: FileRow,
    path: Path,
    *,
    held_until: float,
    account: str = "",
    silent: bool = False,
    progress: Progress | None = None,
) -> None:
    """Reads a claimed file to its end and notes what came of it. Raises `LostFile`."""
    course = _Course(row, account, silent, held_until)
    try:
        await _read(database, path, course, progress)
    except (ApiError, LostFile):
        raise
    except Exception as error:
        # Reading it again at once would end in the same way; it is read again when it is sent again.
        log.exception("carrier file %s could not be read", row.id)
        words = str(error) if isinstance(error, UnknownShape) else "The file could not be read; see the log."
        failed = {"state": "failed", "done_at": time.time(), "error": words}
        await database.write(stored.move, row.id, course.held_until, failed)


async def _read(database: Database, path: Path, course: _Course, progress: Progress | None) -> None:
    row = course.row
    with await asyncio.to_thread(path.open, "rb") as file:
        reading = await asyncio.to_thread(Reading, file)
        batches = reading.batches()
        try:
            while lines := await asyncio.to_thread(_next_lines, batches):
                course.notice_accounts(lines)
                kept, course.held_until = await database.write(
                    _store, row, lines, course.held_until, course.silent
                )
                course.count(kept)
                if progress is not None:
                    progress(reading.bytes_read)
        finally:
            # When the work is cancelled, a thread may still be in it; it ends with the file.
            with suppress(ValueError):
                batches.close()
        report = reading.report().as_json()
    report["notes"] += course.notes
    done = {
        "state": "done",
        "done_at": time.time(),
        "counts": orjson.dumps(
            {
                "created": course.kept.created,
                "updated": course.kept.updated,
                "unchanged": course.kept.unchanged,
            }
        ).decode(),
        "report": orjson.dumps(report).decode(),
    }
    if not await database.write(stored.move, row.id, course.held_until, done):
        raise LostFile


def _next_lines(batches: Iterator[Sequence[Line]]) -> list[Line]:
    return [line for batch in islice(batches, BATCHES_AT_A_TIME) for line in batch]


def _store(
    db: sa.Connection, row: FileRow, lines: Sequence[Line], held_until: float, silent: bool
) -> tuple[Kept, float]:
    """Stores line items and renews the claim: what was new, and until when the file is held now."""
    until = max(time.time() + LEASE, held_until)
    if not stored.move(db, row.id, held_until, {"claimed_until": until}):
        raise LostFile
    records = [
        record(line, record_id)
        for line, record_id in zip(lines, ids(db, row.connection_id, lines), strict=True)
    ]
    told = announcer(db, row.connection_id, silent=silent)
    return keep(db, told, LINE_ITEMS, records), until
