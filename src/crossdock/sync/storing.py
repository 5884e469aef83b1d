"""What is stored of a page: its records, the events that they cause, and how far the run has come.

All of it is one transaction, so that a run that is taken up again after a crash, wherever that was, loses no
event and tells none twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.records.announce import Announcer, announcer
from crossdock.records.canonical import CanonicalRecord, NotCanonical, canonical
from crossdock.records.keep import keep
from crossdock.schemas.lists import ListFunction
from crossdock.storage.records import PutAside, put_aside
from crossdock.sync.counts import Counts


class LostRun(Exception):
    """Another process has the run, the job was cancelled, or the connection is gone: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The rows of a page: as records, and those that are none."""

    records: Sequence[CanonicalRecord]
    put_aside: Sequence[PutAside]

    @property
    def newest(self) -> str:
        """The latest change, in the contract's form; empty when there is no record."""
        return max((record.updated_date for record in self.records), default="")

    @property
    def oldest(self) -> str:
        """The earliest change."""
        return min((record.updated_date for record in self.records), default="")


def translated(translate: Callable[[Any], Any], rows: Sequence[Any]) -> Translated:
    """The rows as canonical records; of an id that comes twice on a page, the last row counts."""
    records: dict[str, CanonicalRecord] = {}
    aside = []
    for row in rows:
        try:
            record = canonical(translate, row)
        except NotCanonical as error:
            aside.append(PutAside(error.row_id, error.reason, orjson.dumps(row)))
        else:
            records[record.id] = record
    return Translated(list(records.values()), aside)


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
    counts = page.counts.with_page(kept, len(page.rows.put_aside), page.seconds)
    if not move(db, told, counts):
        raise LostRun
    told.flush(db)
    return counts
