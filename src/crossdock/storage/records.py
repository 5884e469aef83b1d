"""The stored copies of vendor records, per connection and resource."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
import xxhash

from crossdock import __version__
from crossdock.schemas.times import wire_epoch
from crossdock.storage.tables import quarantine, records
from crossdock.storage.upsert import insert_for

OF_THIS_VERSION = xxhash.xxh3_64_intdigest(__version__.encode())

_encode = msgspec.json.Encoder(decimal_format="number").encode

LARGEST_LOOK_UP = 500
"""Ids in one query."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is served, JSON text, and when this copy was made and last changed (epoch seconds)."""

    data: str
    created_at: float
    updated_at: float

    @property
    def etag(self) -> str:
        """Stands for what is served, as HTTP writes it: the tags and dates of this copy are part of it."""
        return f'"{digest(self.data.encode()).hex()}"'


@dataclass(frozen=True, slots=True)
class Copy:
    """What is needed of a stored copy to see whether a row differs from it."""

    digest: bytes
    raw_digest: bytes
    updated_date: str
    created_at: float
    updated_at: float
    deleted: bool


def digest(text: bytes) -> bytes:
    """16 bytes that stand for a text, to see whether it changed.

    It need not withstand somebody who looks for two texts with the same digest: that would be a vendor who
    hides a change of his own.
    """
    return xxhash.xxh3_128_digest(text)


def raw_digest(text: bytes) -> bytes:
    """Stands for a vendor's row and the version of Crossdock that translated it: the next may do it anew."""
    return xxhash.xxh3_128_digest(text, OF_THIS_VERSION)


def has_any(db: sa.Connection, connection_id: str, resource: str) -> bool:
    """Whether any copy is stored, also of a deleted record."""
    query = sa.select(records.c.id).where(_of(connection_id, resource)).limit(1)
    return db.execute(query).first() is not None


def raw_digests(
    db: sa.Connection, connection_id: str, resource: str, ids: Sequence[str]
) -> Mapping[str, bytes]:
    """The digests of the vendor's rows behind those ids, as far as they are there and not deleted."""
    found: dict[str, bytes] = {}
    query = sa.select(records.c.id, records.c.raw_digest).where(
        _of(connection_id, resource),
        records.c.id.in_(sa.bindparam("ids", expanding=True)),
        records.c.deleted_at.is_(None),
    )
    for start in range(0, len(ids), LARGEST_LOOK_UP):
        rows = db.execute(query, {"ids": ids[start : start + LARGEST_LOOK_UP]})
        found.update((row[0], row[1]) for row in rows)
    return found


def lock_resource(db: sa.Connection, connection_id: str, resource: str) -> None:
    """Lets others who store records of the resource wait until this transaction ends.

    SQLite has one writer at a time anyway.
    """
    if db.dialect.name == "postgresql":
        name = f"{connection_id}/{resource}".encode()
        number = int.from_bytes(hashlib.blake2b(name, digest_size=16).digest()[:8], signed=True)
        db.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _of(connection_id: str, resource: str) -> sa.ColumnElement[bool]:
    return (records.c.connection_id == connection_id) & (records.c.resource == resource)


def copies(db: sa.Connection, connection_id: str, resource: str, ids: Sequence[str]) -> Mapping[str, Copy]:
    """The stored copies of those ids, also of deleted records."""
    found = {}
    query = sa.select(
        records.c.id,
        records.c.digest,
        records.c.raw_digest,
        records.c.updated_date,
        records.c.created_at,
        records.c.updated_at,
        records.c.deleted_at.isnot(None),
    ).where(_of(connection_id, resource), records.c.id.in_(sa.bindparam("ids", expanding=True)))
    for start in range(0, len(ids), LARGEST_LOOK_UP):
        for row in db.execute(query, {"ids": ids[start : start + LARGEST_LOOK_UP]}):
            found[row[0]] = Copy(*row[1:])
    return found


def documents(db: sa.Connection, connection_id: str, resource: str, ids: Sequence[str]) -> Mapping[str, str]:
    """The records of those ids as they are served, by id."""
    found: dict[str, str] = {}
    query = sa.select(records.c.id, records.c.data).where(
        _of(connection_id, resource), records.c.id.in_(sa.bindparam("ids", expanding=True))
    )
    for start in range(0, len(ids), LARGEST_LOOK_UP):
        found.update(
            (row[0], row[1]) for row in db.execute(query, {"ids": ids[start : start + LARGEST_LOOK_UP]})
        )
    return found


COLUMNS = tuple(column.name for column in records.c)
"""The order of the values of a whole row."""


def put(db: sa.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Stores whole rows, values in the order of `COLUMNS`, in the place of earlier ones with the same key.

    Those keep their `created_at`.
    """
    if rows:
        # Straight to the driver: SQLAlchemy's handling of each value costs more than the storing of it.
        db.exec_driver_sql(_put_statement(db.dialect), list(rows))


@cache
def _put_statement(dialect: sa.Dialect) -> str:
    insert = insert_for(dialect.name, records)
    kept = {"connection_id", "resource", "id", "created_at"}
    changes = {name: insert.excluded[name] for name in COLUMNS if name not in kept}
    statement = insert.on_conflict_do_update(index_elements=["connection_id", "resource", "id"], set_=changes)
    mark = "?" if dialect.name == "sqlite" else "%s"
    compiled = statement.values({name: sa.bindparam(name) for name in COLUMNS}).compile(
        dialect=dialect, compile_kwargs={"render_postcompile": True}
    )
    text = str(compiled)
    for name in COLUMNS:
        text = text.replace(f"%({name})s", mark)
    return text


def put_raw(
    db: sa.Connection, connection_id: str, resource: str, raws: Sequence[tuple[str, str, bytes]]
) -> None:
    """Replaces the vendor's rows of records that are otherwise unchanged: id, JSON text and its digest."""
    if raws:
        change = (
            records.update()
            .where(_of(connection_id, resource), records.c.id == sa.bindparam("of_id"))
            .values(raw=sa.bindparam("new_raw"), raw_digest=sa.bindparam("new_digest"))
        )
        db.execute(change, [{"of_id": i, "new_raw": raw, "new_digest": d} for i, raw, d in raws])


def load_record(db: sa.Connection, connection_id: str, resource: str, record_id: str) -> StoredRecord | None:
    """The stored copy, or `None` when there is none or the record was deleted."""
    query = sa.select(records.c.data, records.c.created_at, records.c.updated_at).where(
        _of(connection_id, resource), records.c.id == record_id, records.c.deleted_at.is_(None)
    )
    row = db.execute(query).first()
    return None if row is None else StoredRecord(*row)


def deleted_at(db: sa.Connection, connection_id: str, resource: str, record_id: str) -> float | None:
    """When a record was marked as deleted, or `None`."""
    query = sa.select(records.c.deleted_at).where(_of(connection_id, resource), records.c.id == record_id)
    return db.scalar(query)


def put_tags(
    db: sa.Connection,
    connection_id: str,
    resource: str,
    record_id: str,
    record: Mapping[str, Any],
    now: float,
) -> str:
    """Stores a record with other tags, changed now, and gives it as it is served from now on.

    Numbers may be decimals, which are written as they are.
    """
    text = _encode({**record, "trackstar_updated_date": wire_epoch(now)}).decode()
    where = _of(connection_id, resource) & (records.c.id == record_id)
    db.execute(records.update().where(where).values(data=text, updated_at=now))
    return text


def load_raw(db: sa.Connection, connection_id: str, resource: str, record_id: str) -> str | None:
    """The vendor's own record as JSON text, also of a deleted one, or `None`."""
    query = sa.select(records.c.raw).where(_of(connection_id, resource), records.c.id == record_id)
    return db.scalar(query)


def ids_after(db: sa.Connection, connection_id: str, resource: str, last: str, limit: int) -> Sequence[str]:
    """The ids of records that are not deleted, in order, behind `last`."""
    query = (
        sa.select(records.c.id)
        .where(_of(connection_id, resource), records.c.deleted_at.is_(None), records.c.id > last)
        .order_by(records.c.id)
        .limit(limit)
    )
    return list(db.scalars(query))


def mark_deleted(
    db: sa.Connection, connection_id: str, resource: str, ids: Sequence[str], before: float, now: float
) -> int:
    """Marks records that the vendor does not list any more, unless they were stored since `before`."""
    done = 0
    change = (
        records.update()
        .where(
            _of(connection_id, resource),
            records.c.id.in_(sa.bindparam("ids", expanding=True)),
            records.c.updated_at < before,
            records.c.deleted_at.is_(None),
        )
        .values(deleted_at=now)
    )
    for start in range(0, len(ids), LARGEST_LOOK_UP):
        done += db.execute(change, {"ids": ids[start : start + LARGEST_LOOK_UP]}).rowcount
    return done


def remove_all(db: sa.Connection, connection_id: str) -> None:
    """Removes every copy of a connection, for an account that was filled anew."""
    db.execute(records.delete().where(records.c.connection_id == connection_id))


@dataclass(frozen=True, slots=True)
class PutAside:
    """A vendor's row that is no canonical record: what it calls itself, why not, and the row as JSON."""

    row_id: str
    reason: str
    raw: bytes


def put_aside(
    db: sa.Connection, connection_id: str, resource: str, rows: Iterable[PutAside], now: float
) -> None:
    """Keeps rows that could not be stored as records; one that comes again is kept once."""
    insert = insert_for(db.dialect.name, quarantine)
    changes = {"reason": insert.excluded.reason, "last_seen": insert.excluded.last_seen}
    statement = insert.on_conflict_do_update(
        index_elements=["connection_id", "resource", "digest"], set_=changes
    )
    values = [
        {
            "connection_id": connection_id,
            "resource": resource,
            "digest": hashlib.blake2b(row.raw, digest_size=16).hexdigest(),
            "row_id": row.row_id,
            "reason": row.reason,
            "raw": row.raw.decode(),
            "first_seen": now,
            "last_seen": now,
        }
        for row in rows
    ]
    if values:
        db.execute(statement, values)


def list_put_aside(db: sa.Connection, connection_id: str, limit: int) -> Sequence[sa.Row[Any]]:
    """The rows of a connection that were put aside, newest first."""
    query = (
        sa.select(quarantine)
        .where(quarantine.c.connection_id == connection_id)
        .order_by(quarantine.c.last_seen.desc(), quarantine.c.digest)
        .limit(limit)
    )
    return list(db.execute(query))
