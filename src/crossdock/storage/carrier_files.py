"""Invoice files of carriers: which there are, who reads which, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crossdock.storage.records import LARGEST_LOOK_UP
from crossdock.storage.tables import carrier_files
from crossdock.storage.upsert import insert_for


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it is stored. `counts` and `report` are JSON text, `None` until it was read."""

    id: str
    connection_id: str
    file_name: str
    file_type: str
    size: int
    digest: bytes
    carrier: str
    format: str
    state: str
    claimed_until: float
    created_at: float
    done_at: float | None = None
    counts: str | None = None
    report: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of files: those of a time, of a name or a type, behind the place where the last page ended."""

    start: float
    end: float
    limit: int
    after: tuple[float, str] | None = None
    file_name: str | None = None
    file_type: str | None = None


def add(db: sa.Connection, row: FileRow) -> FileRow:
    """Stores a file; the one that is there already when its content came before.

    One that could not be read is to be read again then.
    """
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    insert = insert_for(db.dialect.name, carrier_files).values(values)
    db.execute(insert.on_conflict_do_nothing(index_elements=["connection_id", "digest"]))
    c = carrier_files.c
    failed = (c.connection_id == row.connection_id) & (c.digest == row.digest) & (c.state == "failed")
    again = {"state": "received", "claimed_until": 0.0, "done_at": None, "error": None}
    db.execute(carrier_files.update().where(failed).values(**again))
    found = same_content(db, row.connection_id, row.digest)
    if found is None:
        raise LookupError(f"{row.id} was not stored")
    return found


def same_content(db: sa.Connection, connection_id: str, digest: bytes) -> FileRow | None:
    """The file of a connection with that content."""
    return _one(db, (carrier_files.c.connection_id == connection_id) & (carrier_files.c.digest == digest))


def file(db: sa.Connection, file_id: str) -> FileRow | None:
    """The file of that id."""
    return _one(db, carrier_files.c.id == file_id)


def _one(db: sa.Connection, condition: sa.ColumnElement[bool]) -> FileRow | None:
    row = db.execute(sa.select(carrier_files).where(condition)).one_or_none()
    return None if row is None else FileRow(**row._mapping)


def page(db: sa.Connection, connection_id: str, wanted: Wanted) -> Sequence[FileRow]:
    """Files of a connection in the order in which they came, one more than asked for if there are more."""
    c = carrier_files.c
    query = (
        sa.select(carrier_files)
        .where(c.connection_id == connection_id, c.created_at >= wanted.start, c.created_at <= wanted.end)
        .order_by(c.created_at, c.id)
        .limit(wanted.limit + 1)
    )
    if wanted.after is not None:
        query = query.where(sa.tuple_(c.created_at, c.id) > sa.tuple_(*map(sa.literal, wanted.after)))
    if wanted.file_name is not None:
        query = query.where(c.file_name == wanted.file_name)
    if wanted.file_type is not None:
        query = query.where(c.file_type == wanted.file_type)
    return [FileRow(**row._mapping) for row in db.execute(query)]


def due(db: sa.Connection, now: float, limit: int) -> Sequence[str]:
    """Files that were received and that nobody reads."""
    c = carrier_files.c
    query = sa.select(c.id).where(c.state == "received", c.claimed_until < now).order_by(c.claimed_until)
    return list(db.scalars(query.limit(limit)))


def claim(db: sa.Connection, file_id: str, now: float, until: float) -> bool:
    """Takes a file to read it; whether it was free."""
    c = carrier_files.c
    change = carrier_files.update().where(c.id == file_id, c.state == "received", c.claimed_until < now)
    return db.execute(change.values(claimed_until=until)).rowcount == 1


def move(db: sa.Connection, file_id: str, held_until: float, values: Mapping[str, Any]) -> bool:
    """Changes a file that is held until that moment; whether it still was."""
    c = carrier_files.c
    change = carrier_files.update().where(
        c.id == file_id, c.state == "received", c.claimed_until == held_until
    )
    return db.execute(change.values(**values)).rowcount == 1


def remove_all(db: sa.Connection, connection_id: str) -> Sequence[str]:
    """Forgets the files of a connection; their ids."""
    condition = carrier_files.c.connection_id == connection_id
    ids = list(db.scalars(sa.select(carrier_files.c.id).where(condition)))
    db.execute(carrier_files.delete().where(condition))
    return ids


def known(db: sa.Connection, ids: Sequence[str]) -> frozenset[str]:
    """Which of those ids are files."""
    query = sa.select(carrier_files.c.id).where(carrier_files.c.id.in_(sa.bindparam("ids", expanding=True)))
    return frozenset(
        found
        for start in range(0, len(ids), LARGEST_LOOK_UP)
        for found in db.scalars(query, {"ids": list(ids[start : start + LARGEST_LOOK_UP])})
    )
