"""Sandboxes in Crossdock's database: made, reset, looked at, and changed by one caller at a time.

A change locks its sandbox's row, so two changes of one sandbox follow each other and neither sees half of the
other; SQLite lets in one writer at a time anyway.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.sandbox.memory import MemoryShelves
from crossdock.sandbox.refusals import Refused, missing
from crossdock.sandbox.site import NUMBERED_BY, Kind, Record, Site
from crossdock.schemas.times import wire_epoch
from crossdock.storage.tables import sandbox_records, sandboxes
from crossdock.storage.upsert import upsert

P = ParamSpec("P")
T = TypeVar("T")
Fill = Callable[[Site], None]
"""Puts the first records into an empty sandbox."""


@dataclass(frozen=True, slots=True)
class NewSandbox:
    """A sandbox just made. `key` opens it and is kept nowhere else: the database has its digest."""

    id: str
    key: str = field(repr=False)


def create_sandbox(db: sa.Connection, fill: Fill) -> NewSandbox:
    """A sandbox with an id and a key of its own, filled."""
    made = NewSandbox(str(uuid4()), secrets.token_urlsafe(32))
    now = time.time()
    row = {"id": made.id, "key_digest": _digest(made.key), "numbers": 0, "created_at": now, "reset_at": now}
    db.execute(sa.insert(sandboxes).values(row))
    _fill(db, made.id, fill, now)
    return made


def reset_sandbox(db: sa.Connection, sandbox_id: str, fill: Fill) -> None:
    """Empties a sandbox and fills it anew; its id and key stay. Raises `Refused` with 404."""
    _lock(db, sandbox_id)
    db.execute(sa.delete(sandbox_records).where(sandbox_records.c.sandbox_id == sandbox_id))
    _fill(db, sandbox_id, fill, time.time())


def _fill(db: sa.Connection, sandbox_id: str, fill: Fill, now: float) -> None:
    """Makes the records in memory and keeps them all at once."""
    shelves = MemoryShelves()
    fill(Site(shelves, wire_epoch(now)))
    rows = [
        {"sandbox_id": sandbox_id, "sequence": sequence, **_row(kind, record)}
        for sequence, (kind, record) in enumerate(shelves.everything(), 1)
    ]
    db.execute(sa.insert(sandbox_records), rows)
    filled = {"numbers": max(shelves.numbers, len(rows)), "reset_at": now}
    db.execute(sa.update(sandboxes).where(sandboxes.c.id == sandbox_id).values(filled))


def _row(kind: Kind, record: Record) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": record["id"],
        "number": record.get(NUMBERED_BY.get(kind, "")),
        "status": record.get("status"),
        "updated_date": record["updated_date"],
        "data": orjson.dumps(record).decode(),
    }


def delete_sandbox(db: sa.Connection, sandbox_id: str) -> None:
    """Removes a sandbox and all it holds; one that is not there is no fault."""
    db.execute(sa.delete(sandbox_records).where(sandbox_records.c.sandbox_id == sandbox_id))
    db.execute(sa.delete(sandboxes).where(sandboxes.c.id == sandbox_id))


def check_key(db: sa.Connection, sandbox_id: str, key: str) -> None:
    """Raises `Refused` with 401 when there is no such sandbox or the key is not its own."""
    digest = db.scalar(sa.select(sandboxes.c.key_digest).where(sandboxes.c.id == sandbox_id))
    if not hmac.compare_digest(digest or b"", _digest(key)):
        raise Refused(401, "The key does not open this sandbox.")


def change(
    db: sa.Connection,
    sandbox_id: str,
    operation: Callable[Concatenate[Site, P], T],
    *args: P.args,
    **kw: P.kwargs,
) -> T:
    """Runs an operation on the sandbox, alone, in the caller's transaction, and gives what it gives.

    Raises `Refused` with 404 for an unknown sandbox, and what the operation raises; the caller's
    transaction then has to be rolled back, as `Database.write` does.
    """
    shelves = DatabaseShelves(db, sandbox_id, _lock(db, sandbox_id))
    given = operation(Site(shelves, wire_epoch(time.time())), *args, **kw)
    numbers = {"numbers": shelves.numbers}
    db.execute(sa.update(sandboxes).where(sandboxes.c.id == sandbox_id).values(numbers))
    return given


def look(db: sa.Connection, sandbox_id: str) -> "DatabaseShelves":
    """The sandbox's records, to read only."""
    return DatabaseShelves(db, sandbox_id, 0)


def _lock(db: sa.Connection, sandbox_id: str) -> int:
    """Waits for the sandbox to be free and keeps it until the transaction ends; gives its last number."""
    query = sa.select(sandboxes.c.numbers).where(sandboxes.c.id == sandbox_id).with_for_update()
    numbers = db.scalar(query)
    if numbers is None:
        raise missing("There is no such sandbox.")
    return int(numbers)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


class DatabaseShelves:
    """`Shelves` over the rows of one sandbox."""

    def __init__(self, db: sa.Connection, sandbox_id: str, numbers: int) -> None:
        self._db = db
        self._sandbox_id = sandbox_id
        self.numbers = numbers

    def get(self, kind: Kind, record_id: str) -> Record | None:
        """See `Shelves.get`."""
        found = self._query(kind, sandbox_records.c.id == record_id)
        return found[0] if found else None

    def find(self, kind: Kind, number: str) -> list[Record]:
        """See `Shelves.find`."""
        return self._query(kind, sandbox_records.c.number == number)

    def with_status(self, kind: Kind, status: str) -> list[Record]:
        """See `Shelves.with_status`."""
        return self._query(kind, sandbox_records.c.status == status)

    def all(self, kind: Kind) -> list[Record]:
        """See `Shelves.all`."""
        return self._query(kind)

    def page(
        self, kind: Kind, changed_since: str, after: int, limit: int, changed_before: str = ""
    ) -> list[tuple[int, Record]]:
        """Records changed at a date of the contract's form or later, oldest first, from a sequence number on.

        Each comes with its own sequence number.
        """
        columns = sandbox_records.c
        conditions = [columns.sequence > after]
        if changed_since:
            conditions.append(columns.updated_date >= changed_since)
        if changed_before:
            conditions.append(columns.updated_date < changed_before)
        query = self._select(kind, *conditions).limit(limit)
        return [(row.sequence, orjson.loads(row.data)) for row in self._db.execute(query)]

    def put(self, kind: Kind, record: Record) -> None:
        """See `Shelves.put`."""
        values = {"sequence": self.next_number(), **_row(kind, record)}
        key = {"sandbox_id": self._sandbox_id, "kind": values.pop("kind"), "id": values.pop("id")}
        upsert(self._db, sandbox_records, key, values, only_on_insert=("sequence",))

    def next_number(self) -> int:
        """See `Shelves.next_number`."""
        self.numbers += 1
        return self.numbers

    def _query(self, kind: Kind, *conditions: sa.ColumnElement[bool]) -> list[Record]:
        return [orjson.loads(row.data) for row in self._db.execute(self._select(kind, *conditions))]

    def _select(self, kind: Kind, *conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[int, str]]:
        columns = sandbox_records.c
        own = (columns.sandbox_id == self._sandbox_id, columns.kind == kind)
        return sa.select(columns.sequence, columns.data).where(*own, *conditions).order_by(columns.sequence)
