"""Events that happened, and for each of them a delivery to every endpoint that wants it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.storage.tables import deliveries, events, webhook_endpoints


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that is to be told. `payload` is its whole JSON.

    `sealed` is an encrypted JSON object whose keys are merged into `data` when it is sent; for what must not
    lie in the database as text.
    """

    event_type: str
    record_id: str
    payload: str
    connection_id: str | None = None
    sealed: bytes | None = None


def add_events(db: sa.Connection, organisation_id: str, new: Sequence[NewEvent]) -> None:
    """Stores events with a delivery for each enabled endpoint of the organisation that wants the type.

    All of it is part of the caller's transaction.
    """
    if not new:
        return
    now = time.time()
    stored = [_row(organisation_id, event, now) for event in new]
    db.execute(events.insert(), stored)
    wanted = [
        new_delivery(event["id"], endpoint_id, now)
        for endpoint_id, types in _endpoints(db, organisation_id)
        for event in stored
        if types is None or event["event_type"] in types
    ]
    if wanted:
        db.execute(deliveries.insert(), wanted)


def _row(organisation_id: str, event: NewEvent, now: float) -> dict[str, Any]:
    return {
        "id": f"evt_{uuid4().hex}",
        "organisation_id": organisation_id,
        "connection_id": event.connection_id,
        "event_type": event.event_type,
        "record_id": event.record_id,
        "payload": event.payload,
        "sealed": event.sealed,
        "created_at": now,
    }


def new_delivery(event_id: str, endpoint_id: str, now: float) -> dict[str, Any]:
    """A row of `deliveries` that is due at once."""
    return {
        "id": str(uuid4()),
        "event_id": event_id,
        "endpoint_id": endpoint_id,
        "state": "pending",
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
    }


def _endpoints(db: sa.Connection, organisation_id: str) -> list[tuple[str, frozenset[str] | None]]:
    query = sa.select(webhook_endpoints.c.id, webhook_endpoints.c.event_types).where(
        webhook_endpoints.c.organisation_id == organisation_id, webhook_endpoints.c.disabled_at.is_(None)
    )
    return [
        (row.id, None if row.event_types is None else frozenset(orjson.loads(row.event_types)))
        for row in db.execute(query)
    ]


def add_event_for(db: sa.Connection, organisation_id: str, event: NewEvent, endpoint_id: str) -> str:
    """Stores an event that is told to one endpoint only; its id."""
    now = time.time()
    stored = _row(organisation_id, event, now)
    db.execute(events.insert(), [stored])
    db.execute(deliveries.insert(), [new_delivery(stored["id"], endpoint_id, now)])
    return str(stored["id"])
