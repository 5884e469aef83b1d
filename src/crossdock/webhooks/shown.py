"""Events and deliveries as the API answers them."""

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.schemas.lists import LIST_FUNCTIONS
from crossdock.schemas.times import wire_epoch


def event_as_json(row: sa.Row[Any]) -> dict[str, Any]:
    """An event: when it happened and what was told. What is sealed in it is not shown."""
    return {
        "id": row.id,
        "event_type": row.event_type,
        "connection_id": row.connection_id,
        "record_id": row.record_id,
        "created_at": wire_epoch(row.created_at),
        "payload": orjson.loads(row.payload),
    }


def delivery_as_json(row: sa.Row[Any], attempts: Sequence[sa.Row[Any]]) -> dict[str, Any]:
    """A delivery with its attempts."""
    return {
        "id": row.id,
        "endpoint_id": row.endpoint_id,
        "url": row.url,
        "state": row.state,
        "created_at": wire_epoch(row.created_at),
        "next_attempt_at": None if row.next_attempt_at is None else wire_epoch(row.next_attempt_at),
        "ended_at": None if row.ended_at is None else wire_epoch(row.ended_at),
        "attempts": [
            {
                "number": attempt.number,
                "at": wire_epoch(attempt.at),
                "seconds": round(attempt.seconds, 3),
                "status": attempt.status,
                "error": attempt.error,
                "answer": attempt.answer,
            }
            for attempt in attempts
        ],
    }


def sample_payload(event_type: str) -> str:
    """A made-up event, which says of itself that it is one."""
    return orjson.dumps(
        {
            "connection_id": "sample",
            "customer_id": None,
            "integration_name": "sandbox",
            "integration_type": _type_of(event_type),
            "event_type": event_type,
            "data": {"id": "sample", "additional_fields": {"sample": True}},
        }
    ).decode()


def _type_of(event_type: str) -> str:
    """The type of the systems whose records the event is about."""
    resource = event_type.partition(".")[0]
    return next((f.integration_type for f in LIST_FUNCTIONS if f.event == resource), "general")
