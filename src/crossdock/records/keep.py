"""Storing canonical records together with the events that they cause, in one transaction."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.records.announce import Announcer
from crossdock.records.canonical import CanonicalRecord
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.times import UNKNOWN, wire_epoch
from crossdock.storage import records as stored
from crossdock.storage.records import Copy, StoredRecord, digest

DATA = stored.COLUMNS.index("data")


@dataclass(frozen=True, slots=True)
class Kept:
    """How many records were new, changed and as they were before."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    record: CanonicalRecord
    digest: bytes


def keep(
    db: sa.Connection,
    announcer: Announcer,
    function: ListFunction,
    records: Sequence[CanonicalRecord],
    *,
    tags: Mapping[str, Any] | None = None,
    read_at: float | None = None,
) -> Kept:
    """Stores records of one resource and announces what is new or changed.

    `tags` are the caller's tags by record id; records without keep those that they have. `read_at` is when
    the records were asked for: a copy that was stored later, of a record that is at least as new by the
    vendor's own date, is left as it is.
    """
    connection_id, resource = announcer.connection_id, function.collection
    stored.lock_resource(db, connection_id, resource)
    rows = {r.id: _Row(r, digest(r.data)) for r in records}
    copies = stored.copies(db, connection_id, resource, list(rows))
    tags = tags or {}
    new, changed, raws = [], [], []
    for record_id, row in rows.items():
        copy = copies.get(record_id)
        if copy is None:
            new.append(row)
        elif _is_stale(row, copy, read_at):
            continue
        elif copy.digest != row.digest or copy.deleted or record_id in tags:
            changed.append(row)
        elif copy.raw_digest != row.record.raw_digest:
            raws.append((record_id, row.record.raw.decode(), row.record.raw_digest))
    now = time.time()
    dates = _dates(now, now)
    values = [_values(announcer, function, row, dates, tags.get(row.record.id)) for row in new]
    for row, value in zip(new, values, strict=True):
        announcer.created(function, row.record.id, value[DATA])
    updates = _updates(db, announcer, function, changed, copies, tags, now) if changed else []
    stored.put(db, values + updates)
    stored.put_raw(db, connection_id, resource, raws)
    announcer.flush(db)
    return Kept(len(new), len(changed), len(rows) - len(new) - len(changed))


def _is_stale(row: _Row, copy: Copy, read_at: float | None) -> bool:
    return read_at is not None and copy.updated_at > read_at and row.record.updated_date <= copy.updated_date


def _updates(
    db: sa.Connection,
    announcer: Announcer,
    function: ListFunction,
    changed: Sequence[_Row],
    copies: Mapping[str, Copy],
    tags: Mapping[str, Any],
    now: float,
) -> list[tuple[Any, ...]]:
    ids = [row.record.id for row in changed]
    documents = stored.documents(db, announcer.connection_id, function.collection, ids)
    values = []
    for row in changed:
        record_id = row.record.id
        copy, before = copies[record_id], orjson.loads(documents[record_id])
        kept_tags = tags.get(record_id, before.get("trackstar_tags"))
        value = _values(announcer, function, row, _dates(copy.created_at, now), kept_tags)
        if copy.deleted:
            announcer.created(function, record_id, value[DATA])
        elif not announcer.updated(function, record_id, before, value[DATA]):
            # The digest is of an earlier version of Crossdock; the record says what it said.
            dates = _dates(copy.created_at, copy.updated_at)
            value = _values(announcer, function, row, dates, kept_tags)
        values.append(value)
    return values


_Dates = tuple[float, float, str, str]


def _dates(created_at: float, updated_at: float) -> _Dates:
    """When a copy was made and changed, in seconds and as the contract writes it."""
    return created_at, updated_at, wire_epoch(created_at), wire_epoch(updated_at)


def _values(
    announcer: Announcer,
    function: ListFunction,
    row: _Row,
    dates: _Dates,
    tags: Any,
) -> tuple[Any, ...]:
    """A whole row, its values in the order of `stored.COLUMNS`."""
    record = row.record
    created_at, updated_at, created, updated = dates
    data = record.data
    if record.created_date == UNKNOWN:
        data = data.replace(b'"created_date":""', b'"created_date":"%s"' % created.encode(), 1)
    if record.updated_date == UNKNOWN:
        data = data.replace(b'"updated_date":""', b'"updated_date":"%s"' % updated.encode(), 1)
    shown_tags = "null" if tags is None else orjson.dumps(tags).decode()
    ending = f',"trackstar_tags":{shown_tags}' if function.has_tags else ""
    ending += f',"trackstar_created_date":"{created}","trackstar_updated_date":"{updated}"}}'
    return (
        announcer.connection_id,
        function.collection,
        record.id,
        data[:-1].decode() + ending,
        row.digest,
        record.raw_digest,
        record.status,
        record.number,
        record.reference,
        record.customer_id,
        record.created_date or created,
        record.updated_date or updated,
        created_at,
        updated_at,
        None,
        record.raw.decode(),
    )


def keep_one(
    db: sa.Connection,
    announcer: Announcer,
    function: ListFunction,
    record: CanonicalRecord,
    tags: Mapping[str, Any] | None = None,
) -> StoredRecord:
    """Stores one record, as `keep` does, and gives the copy that is served from now on."""
    return keep_each(db, announcer, function, [record], tags)[0]


def keep_each(
    db: sa.Connection,
    announcer: Announcer,
    function: ListFunction,
    records: Sequence[CanonicalRecord],
    tags: Mapping[str, Any] | None = None,
) -> list[StoredRecord]:
    """Stores some records, as `keep` does, and gives the copies that are served from now on, in that
    order."""
    keep(db, announcer, function, records, tags=tags)
    copies = []
    for record in records:
        copy = stored.load_record(db, announcer.connection_id, function.collection, record.id)
        if copy is None:
            raise LookupError(f"{record.id} was not stored")
        copies.append(copy)
    return copies
