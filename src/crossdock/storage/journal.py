"""The journal of writes: what was asked, whether it is still running, and how it ended.

A write is in one of four states. `running` has a lease that its server renews: once the lease is over, or
that server is seen to be gone, the write may be taken up by another. `unknown` was sent and never answered.
`succeeded` keeps its response for replay. `failed` has let go of its idempotency key.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from crossdock.storage.owner import is_gone, this_process
from crossdock.storage.tables import writes
from crossdock.storage.upsert import insert_for

KEY_LIFETIME = 24 * 3600.0
"""Seconds that an idempotency key is remembered."""


@dataclass(frozen=True, slots=True)
class NewWrite:
    """A write as it was asked for. `fingerprint` is of endpoint, record and body; `body` is its JSON.

    `target_id` is the record's id in the path, empty for a write that makes a new one.
    """

    connection_id: str
    action: str
    target_id: str
    idempotency_key: str | None
    fingerprint: bytes
    body: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to carry a write out. A `resumed` one may have reached the vendor before."""

    write_id: str
    attempt: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """The write succeeded before; this is what was answered."""

    response: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Another request is carrying the write out; its lease ends in that many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The idempotency key stands for another endpoint or body."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A write whose server is gone, or whose outcome is unknown."""

    write_id: str
    connection_id: str
    action: str
    target_id: str
    body: str


def claim(db: sa.Connection, write: NewWrite, lease: float) -> Claim | Replay | Busy | KeyReused:
    """Takes the right to carry out a write, before anything is sent; `lease` is in seconds."""
    now = time.time()
    if write.idempotency_key is not None:
        _forget_expired_key(db, write, now)
    write_id = str(uuid4())
    values = {
        "id": write_id,
        "connection_id": write.connection_id,
        "action": write.action,
        "target_id": write.target_id,
        "idempotency_key": write.idempotency_key,
        "fingerprint": write.fingerprint,
        "body": write.body,
        "state": "running",
        "attempt": 1,
        "lease_until": now + lease,
        "owner": this_process(),
        "created_at": now,
    }
    insert = insert_for(db.dialect.name, writes).values(**values)
    if write.idempotency_key is None:
        db.execute(insert)
        return Claim(write_id, 1, resumed=False)
    key_columns = ["connection_id", "idempotency_key"]
    insert = insert.on_conflict_do_nothing(index_elements=key_columns).returning(writes.c.id)
    while db.execute(insert).first() is None:
        # The key may be released between the two statements; then it is free after all.
        existing = _claim_existing(db, write, now, lease)
        if existing is not None:
            return existing
    return Claim(write_id, 1, resumed=False)


def _forget_expired_key(db: sa.Connection, write: NewWrite, now: float) -> None:
    db.execute(
        writes.update()
        .where(writes.c.connection_id == write.connection_id)
        .where(writes.c.idempotency_key == write.idempotency_key)
        .where(writes.c.created_at < now - KEY_LIFETIME)
        .where((writes.c.state != "running") | (writes.c.lease_until < now))
        .values(idempotency_key=None)
    )


def _claim_existing(
    db: sa.Connection, write: NewWrite, now: float, lease: float
) -> Claim | Replay | Busy | KeyReused | None:
    where = (writes.c.connection_id == write.connection_id) & (
        writes.c.idempotency_key == write.idempotency_key
    )
    row = db.execute(sa.select(writes).where(where).with_for_update()).first()
    if row is None:
        return None
    if row.fingerprint != write.fingerprint:
        return KeyReused()
    if row.state == "succeeded":
        return Replay(row.response)
    if row.state == "running" and not _abandoned(row.lease_until, row.owner, now):
        return Busy(row.lease_until - now)
    return _take_over(db, row.id, row.attempt, now + lease)


def _abandoned(lease_until: float, owner: str, now: float) -> bool:
    """Whether the server of a running write is gone, by its lease or as far as can be seen from here."""
    return lease_until <= now or is_gone(owner)


def _take_over(db: sa.Connection, write_id: str, attempt: int, lease_until: float) -> Claim:
    db.execute(
        writes.update()
        .where(writes.c.id == write_id)
        .values(state="running", attempt=attempt + 1, lease_until=lease_until, owner=this_process())
    )
    return Claim(write_id, attempt + 1, resumed=True)


def interrupted(db: sa.Connection, limit: int) -> list[Interrupted]:
    """Writes whose server is gone though nobody ended them, oldest first."""
    now = time.time()
    query = sa.select(writes).where(writes.c.state == "running").order_by(writes.c.lease_until).limit(limit)
    return [
        Interrupted(row.id, row.connection_id, row.action, row.target_id, row.body)
        for row in db.execute(query)
        if _abandoned(row.lease_until, row.owner, now)
    ]


def resume(db: sa.Connection, write_id: str, lease: float) -> Claim | None:
    """Takes over an interrupted write, or `None` when somebody else did meanwhile."""
    now = time.time()
    where = (writes.c.id == write_id) & (writes.c.state == "running")
    query = sa.select(writes.c.attempt, writes.c.lease_until, writes.c.owner).where(where)
    row = db.execute(query.with_for_update()).first()
    if row is None or not _abandoned(row.lease_until, row.owner, now):
        return None
    return _take_over(db, write_id, row.attempt, now + lease)


def renew(db: sa.Connection, held: Claim, lease: float) -> bool:
    """Prolongs a lease; false when the write was taken over."""
    changed = db.execute(writes.update().where(_still(held)).values(lease_until=time.time() + lease))
    return changed.rowcount == 1


def succeed(
    db: sa.Connection,
    held: Claim,
    record_id: str | None,
    respond: Callable[[sa.Connection], str],
) -> str | None:
    """Records that a write took effect, and its response for replay.

    `respond` stores what was written, in the same transaction, and gives that response. Returns it, or `None`
    when the write was taken over, in which case nothing is stored.
    """
    response = respond(db)
    ended = {
        "state": "succeeded",
        "record_id": record_id,
        "ended_at": time.time(),
        "error": None,
        "response": response,
    }
    changed = db.execute(writes.update().where(_still(held)).values(**ended))
    if changed.rowcount == 1:
        return response
    db.rollback()
    return None


def fail(db: sa.Connection, held: Claim, error: str) -> None:
    """Ends a write that did not take effect and releases its idempotency key."""
    ended = {"state": "failed", "idempotency_key": None, "ended_at": time.time(), "error": error}
    db.execute(writes.update().where(_still(held)).values(**ended))


def leave_unknown(db: sa.Connection, held: Claim, error: str) -> None:
    """Records that a write was sent and may have taken effect; its key keeps standing for it."""
    ended = {"state": "unknown", "ended_at": time.time(), "error": error}
    db.execute(writes.update().where(_still(held)).values(**ended))


def _still(held: Claim) -> sa.ColumnElement[bool]:
    return (writes.c.id == held.write_id) & (writes.c.attempt == held.attempt) & (writes.c.state == "running")
