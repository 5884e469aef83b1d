"""The audit: who did what. Rows are added and read, and never changed or deleted."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.connector.calls import Actor
from crossdock.storage.latest_first import Place, latest_first, within
from crossdock.storage.log_tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One doing. The target's kind is the first word of the action; `detail` has nothing secret in it."""

    organisation_id: str
    actor: Actor
    action: str
    target_id: str | None = None
    detail: Mapping[str, Any] | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries of an organisation are wanted; `None` is any. Times are epoch seconds.

    `actor` is an id or a name.
    """

    organisation_id: str
    actor: str | None = None
    action: str | None = None
    since: float | None = None
    until: float | None = None


def add_entry(db: sa.Connection, entry: Entry) -> None:
    """Adds an entry."""
    db.execute(
        audit.insert().values(
            id=f"aud_{uuid4().hex}",
            organisation_id=entry.organisation_id,
            at=time.time(),
            actor_kind=entry.actor.kind,
            actor_id=entry.actor.id,
            actor_name=entry.actor.name,
            action=entry.action,
            target_kind=entry.action.partition(".")[0],
            target_id=entry.target_id,
            detail=None if entry.detail is None else orjson.dumps(entry.detail).decode(),
            request_id=entry.request_id,
        )
    )


def entries(db: sa.Connection, wanted: AuditFilter, after: Place | None, limit: int) -> Sequence[sa.Row[Any]]:
    """Entries, the latest first, behind a time and id."""
    query = sa.select(audit).where(audit.c.organisation_id == wanted.organisation_id)
    if wanted.actor is not None:
        query = query.where(sa.or_(audit.c.actor_id == wanted.actor, audit.c.actor_name == wanted.actor))
    if wanted.action is not None:
        query = query.where(audit.c.action == wanted.action)
    query = query.where(*within(audit.c.at, wanted.since, wanted.until))
    return db.execute(latest_first(query, audit.c.at, audit.c.id, after).limit(limit)).all()
