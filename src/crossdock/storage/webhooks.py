"""Webhook endpoints, the deliveries to them, and each attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from crossdock.storage.events import new_delivery
from crossdock.storage.latest_first import Place, latest_first, within
from crossdock.storage.tables import deliveries, delivery_attempts, events, webhook_endpoints

LEASE = 300.0
"""Seconds for which a batch belongs to the process that claimed it."""


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """A row of `webhook_endpoints`; `event_types` is `None` for every type, `secrets` are encrypted."""

    id: str
    organisation_id: str
    url: str
    description: str
    event_types: Sequence[str] | None
    secrets: bytes
    created_at: float
    failing_since: float | None
    disabled_at: float | None
    disabled_reason: str | None


def _endpoint(row: sa.Row[Any]) -> EndpointRow:
    columns = dict(row._mapping)
    if row.event_types is not None:
        columns["event_types"] = orjson.loads(row.event_types)
    return EndpointRow(**columns)


def add_endpoint(db: sa.Connection, values: Mapping[str, Any]) -> EndpointRow:
    """A new endpoint of those columns."""
    row = {"id": str(uuid4()), **values}
    db.execute(webhook_endpoints.insert().values(**row))
    return _endpoint(
        db.execute(sa.select(webhook_endpoints).where(webhook_endpoints.c.id == row["id"])).one()
    )


def endpoints(db: sa.Connection, organisation_id: str | None = None) -> Sequence[EndpointRow]:
    """The endpoints of an organisation or of all, oldest first."""
    query = sa.select(webhook_endpoints).order_by(webhook_endpoints.c.created_at, webhook_endpoints.c.id)
    if organisation_id is not None:
        query = query.where(webhook_endpoints.c.organisation_id == organisation_id)
    return [_endpoint(row) for row in db.execute(query)]


def endpoint(db: sa.Connection, endpoint_id: str) -> EndpointRow | None:
    """The endpoint of that id."""
    row = db.execute(sa.select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id)).first()
    return None if row is None else _endpoint(row)


def change_endpoint(db: sa.Connection, endpoint_id: str, values: Mapping[str, Any]) -> None:
    """Changes columns of an endpoint."""
    if values:
        db.execute(webhook_endpoints.update().where(webhook_endpoints.c.id == endpoint_id).values(**values))


def remove_endpoint(db: sa.Connection, endpoint_id: str) -> None:
    """Removes an endpoint with its deliveries."""
    db.execute(webhook_endpoints.delete().where(webhook_endpoints.c.id == endpoint_id))


def disable_endpoint(db: sa.Connection, endpoint_id: str, reason: str, now: float) -> None:
    """Disables an endpoint; what was still to be delivered to it has failed."""
    change_endpoint(db, endpoint_id, {"disabled_at": now, "disabled_reason": reason})
    pending = (deliveries.c.endpoint_id == endpoint_id) & (deliveries.c.state == "pending")
    ended = {"state": "failed", "next_attempt_at": None, "batch_id": None, "ended_at": now}
    db.execute(deliveries.update().where(pending).values(**ended))


def is_due(db: sa.Connection, now: float) -> bool:
    """Whether any delivery is due: one look at an index."""
    query = sa.select(deliveries.c.id).where(deliveries.c.next_attempt_at <= now).limit(1)
    return db.execute(query).first() is not None


def claim_batch(db: sa.Connection, now: float, limit: int) -> str | None:
    """Takes the due deliveries of one endpoint that no other batch has in hand; the batch's id, or `None`."""
    leased = deliveries.alias()
    in_hand = sa.select(sa.literal(1)).where(
        leased.c.endpoint_id == deliveries.c.endpoint_id,
        leased.c.batch_id.isnot(None),
        leased.c.next_attempt_at > now,
        leased.c.state == "pending",
    )
    first = db.execute(
        sa.select(deliveries.c.endpoint_id)
        .where(deliveries.c.next_attempt_at <= now, ~in_hand.exists())
        .order_by(deliveries.c.next_attempt_at)
        .limit(1)
    ).first()
    if first is None:
        return None
    _lock_endpoint(db, first.endpoint_id)
    due = (
        sa.select(deliveries.c.id)
        .where(
            deliveries.c.endpoint_id == first.endpoint_id,
            deliveries.c.next_attempt_at <= now,
            ~in_hand.exists(),
        )
        .order_by(deliveries.c.next_attempt_at)
        .limit(limit)
    )
    ids = list(db.scalars(due))
    if not ids:
        return None
    batch_id = str(uuid4())
    taken = deliveries.update().where(deliveries.c.id.in_(ids))
    db.execute(taken.values(batch_id=batch_id, next_attempt_at=now + LEASE))
    return batch_id


def _lock_endpoint(db: sa.Connection, endpoint_id: str) -> None:
    db.execute(
        sa.select(webhook_endpoints.c.id).where(webhook_endpoints.c.id == endpoint_id).with_for_update()
    )


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A delivery that is to be attempted, with what its event says."""

    id: str
    attempts: int
    event_id: str
    payload: str
    sealed: bytes | None


def batch(db: sa.Connection, batch_id: str) -> tuple[EndpointRow, Sequence[Outgoing]] | None:
    """The endpoint and the deliveries of a batch that are still pending; `None` when there are none."""
    query = (
        sa.select(
            deliveries.c.id,
            deliveries.c.attempts,
            deliveries.c.event_id,
            events.c.payload,
            events.c.sealed,
            deliveries.c.endpoint_id,
        )
        .join(events, events.c.id == deliveries.c.event_id)
        .where(deliveries.c.batch_id == batch_id, deliveries.c.state == "pending")
        .order_by(deliveries.c.created_at)
    )
    rows = db.execute(query).all()
    owner = endpoint(db, rows[0].endpoint_id) if rows else None
    return None if owner is None else (owner, [Outgoing(*row[:5]) for row in rows])


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended. `next_attempt_at` is `None` when it was the last one."""

    delivery_id: str
    number: int
    at: float
    seconds: float
    delivered: bool
    status: int | None
    error: str | None
    answer: str | None
    next_attempt_at: float | None


def record_outcomes(db: sa.Connection, batch_id: str, outcomes: Sequence[Outcome], now: float) -> None:
    """Stores attempts and what follows from them; a delivery that another batch has by now is left alone."""
    held = set(
        db.scalars(
            sa.select(deliveries.c.id).where(
                deliveries.c.batch_id == batch_id, deliveries.c.state == "pending"
            )
        )
    )
    mine = [outcome for outcome in outcomes if outcome.delivery_id in held]
    if not mine:
        return
    db.execute(
        delivery_attempts.insert(),
        [
            {
                "delivery_id": outcome.delivery_id,
                "number": outcome.number,
                "at": outcome.at,
                "seconds": outcome.seconds,
                "status": outcome.status,
                "error": outcome.error,
                "answer": outcome.answer,
            }
            for outcome in mine
        ],
    )
    change = (
        deliveries.update()
        .where(deliveries.c.id == sa.bindparam("of_id"))
        .values(
            state=sa.bindparam("new_state"),
            attempts=sa.bindparam("new_attempts"),
            next_attempt_at=sa.bindparam("next_at"),
            batch_id=None,
            ended_at=sa.bindparam("new_end"),
        )
    )
    db.execute(
        change,
        [
            {
                "of_id": outcome.delivery_id,
                "new_state": _state(outcome),
                "new_attempts": outcome.number,
                "next_at": outcome.next_attempt_at,
                "new_end": None if outcome.next_attempt_at is not None else now,
            }
            for outcome in mine
        ],
    )


def _state(outcome: Outcome) -> str:
    if outcome.delivered:
        return "delivered"
    return "failed" if outcome.next_attempt_at is None else "pending"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events of an organisation are wanted; `None` is any. Times are epoch seconds."""

    organisation_id: str
    event_types: Sequence[str] | None = None
    connection_id: str | None = None
    record_id: str | None = None
    since: float | None = None
    until: float | None = None


def _wanted(wanted: EventFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [events.c.organisation_id == wanted.organisation_id]
    if wanted.event_types is not None:
        conditions.append(events.c.event_type.in_(wanted.event_types))
    if wanted.connection_id is not None:
        conditions.append(events.c.connection_id == wanted.connection_id)
    if wanted.record_id is not None:
        conditions.append(events.c.record_id == wanted.record_id)
    return [*conditions, *within(events.c.created_at, wanted.since, wanted.until)]


def list_events(
    db: sa.Connection, wanted: EventFilter, after: Place | None, limit: int
) -> Sequence[sa.Row[Any]]:
    """Events, the latest first, behind a time and id."""
    query = sa.select(events).where(*_wanted(wanted))
    return db.execute(latest_first(query, events.c.created_at, events.c.id, after).limit(limit)).all()


def event(db: sa.Connection, organisation_id: str, event_id: str) -> sa.Row[Any] | None:
    """The event of that id, if it is the organisation's."""
    query = sa.select(events).where(events.c.id == event_id, events.c.organisation_id == organisation_id)
    return db.execute(query).first()


def payload_of(db: sa.Connection, event_id: str) -> str | None:
    """The whole JSON of an event."""
    return db.scalar(sa.select(events.c.payload).where(events.c.id == event_id))


def deliveries_of(db: sa.Connection, event_id: str) -> Sequence[tuple[sa.Row[Any], Sequence[sa.Row[Any]]]]:
    """The deliveries of an event, oldest first, each with its attempts."""
    query = (
        sa.select(deliveries, webhook_endpoints.c.url)
        .join(webhook_endpoints)
        .where(deliveries.c.event_id == event_id)
        .order_by(deliveries.c.created_at, deliveries.c.id)
    )
    found = []
    for row in db.execute(query).all():
        attempts = sa.select(delivery_attempts).where(delivery_attempts.c.delivery_id == row.id)
        found.append((row, db.execute(attempts.order_by(delivery_attempts.c.number)).all()))
    return found


def deliver_again(
    db: sa.Connection, wanted: EventFilter, endpoint_ids: Sequence[str], limit: int, now: float
) -> int:
    """New deliveries of events to endpoints, at most so many; how many."""
    query = sa.select(events.c.id).where(*_wanted(wanted)).order_by(events.c.created_at, events.c.id)
    ids = list(db.scalars(query.limit(limit)))
    rows = [new_delivery(event_id, endpoint_id, now) for event_id in ids for endpoint_id in endpoint_ids]
    if rows:
        db.execute(deliveries.insert(), rows)
    return len(rows)


def deliver_event(db: sa.Connection, event_id: str, endpoint_ids: Sequence[str], now: float) -> int:
    """New deliveries of one event; how many."""
    rows = [new_delivery(event_id, endpoint_id, now) for endpoint_id in endpoint_ids]
    if rows:
        db.execute(deliveries.insert(), rows)
    return len(rows)


def purge(db: sa.Connection, before: float, limit: int) -> int:
    """Deletes events that happened before a time, with their deliveries; how many."""
    old = sa.select(events.c.id).where(events.c.created_at < before).limit(limit)
    ids = list(db.scalars(old))
    if ids:
        db.execute(events.delete().where(events.c.id.in_(ids)))
    return len(ids)
