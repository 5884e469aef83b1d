"""What is stored of a page: its records, the events that they cause, and how far the run has come.

All of it is one transaction, so that a run that is taken up again after a crash, wherever that was, loses no
event and tells none twice.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.connector import ListOperation
from crossdock.records.announce import Announcer, announcer
from crossdock.records.canonical import CanonicalRecord, NotCanonical, canonical, is_id
from crossdock.records.keep import keep
from crossdock.schemas.list_functions import ListFunction
from crossdock.storage.records import PutAside, put_aside, raw_digest
from crossdock.sync.counts import Counts

ROWS_AT_A_TIME = 50


class LostRun(Exception):
    """Another process has the run, the job was cancelled, or the connection is gone: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The rows of a page: as records, those that are none, and the ids of those that came before."""

    records: Sequence[CanonicalRecord]
    put_aside: Sequence[PutAside]
    unchanged: Sequence[str] = ()

    @property
    def newest(self) -> str:
        """The latest change, in the contract's form; empty when there is no record."""
        return max((record.updated_date for record in self.records), default="")

    @property
    def oldest(self) -> str:
        """The earliest change."""
        return min((record.updated_date for record in self.records), default="")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page, its JSON and what stands for that, and the id of its record, if that is known."""

    decoded: Any
    text: bytes
    digest: bytes
    id: str | None


def rows_of(operation: ListOperation, decoded: Sequence[Any]) -> list[Row]:
    """The rows of a page."""
    rows = []
    for row in decoded:
        text = orjson.dumps(row)
        rows.append(Row(row, text, raw_digest(text), _id_of(operation, row)))
    return rows


def _id_of(operation: ListOperation, row: Any) -> str | None:
    try:
        found = operation.id_of(row)
        return found if isinstance(found, str) and is_id(found) else None
    except (ValueError, TypeError, LookupError, AttributeError):
        # Its translation fails for the same reason, and says so.
        return None


def without_known(rows: Sequence[Row], known: Mapping[str, bytes]) -> tuple[list[Row], list[str]]:
    """The rows that differ from what is stored, and the ids of those that do not."""
    new, same = [], []
    for row in rows:
        if row.id is not None and known.get(row.id) == row.digest:
            same.append(row.id)
        else:
            new.append(row)
    return new, same


async def translated(
    operation: ListOperation, rows: Sequence[Row], unchanged: Sequence[str] = ()
) -> Translated:
    """The rows as canonical records; of an id that comes twice on a page, the last row counts.

    A page takes some tens of milliseconds. Other work of the process has its turn every few rows, which costs
    less than a thread that takes turns with the event loop at the interpreter's pace.
    """
    records: dict[str, CanonicalRecord] = {}
    aside = []
    for number, row in enumerate(rows):
        if number % ROWS_AT_A_TIME == 0:
            await asyncio.sleep(0)
        try:
            record = canonical(operation.record, row.decoded, row.text, row.digest)
        except NotCanonical as error:
            # Known by the id that its record has: a list that is read whole has it still.
            aside.append(PutAside(row.id or error.row_id, error.reason, row.text))
        else:
            records[record.id] = record
    return Translated(list(records.values()), aside, unchanged)


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read from the vendor at `read_at`, and what the run had counted before it."""

    function: ListFunction
    rows: Translated
    read_at: float
    seconds: float
    counts: Counts


def store_page(
    db: sa.Connection,
    connection_id: str,
    page: PageRead,
    *,
    silent: bool,
    move: Callable[[sa.Connection, Announcer, Counts], bool],
) -> Counts:
    """Stores a page and moves the run; the counts after it.

    `move` changes the run's row, and says whether the run still was this process's; if not, nothing is stored
    and `LostRun` is raised.
    """
    told = announcer(db, connection_id, silent=silent)
    kept = keep(db, told, page.function, page.rows.records, read_at=page.read_at)
    put_aside(db, connection_id, page.function.collection, page.rows.put_aside, page.read_at)
    kept = replace(kept, unchanged=kept.unchanged + len(page.rows.unchanged))
    counts = page.counts.with_page(kept, len(page.rows.put_aside), page.seconds)
    if not move(db, told, counts):
        raise LostRun
    told.flush(db)
    return counts
