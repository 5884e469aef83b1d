"""Connections, schedules and runs as the API answers them.

Source: the contract's resource tables, section 6 ("Connection" and what is below it).
"""

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.connector import Integration
from crossdock.schemas.times import wire_epoch
from crossdock.storage.accounts import ConnectionRow
from crossdock.storage.connection_errors import ConnectionErrorRow
from crossdock.storage.schedules import ScheduleRow
from crossdock.sync.counts import Counts


def connection_as_json(
    row: ConnectionRow,
    integration: Integration,
    schedules: Sequence[ScheduleRow],
    errors: Sequence[ConnectionErrorRow],
) -> dict[str, Any]:
    """A connection as the contract has it."""
    allowed = row.allowed_actions
    lists = [listing.function for listing in integration.lists]
    writes = [w.action for w in integration.writes if allowed is None or w.action.name in allowed]
    return {
        "connection_id": row.id,
        "integration_name": integration.name,
        "integration_display_name": integration.display_name,
        "integration_type": integration.type,
        "customer_id": row.customer_id,
        "created_at": wire_epoch(row.created_at),
        "last_used": _moment(row.last_used_at),
        "times_used": row.times_used,
        "latest_sync": max((_moment(s.ended_at) or "" for s in schedules), default="") or None,
        "sync_schedules": [_schedule(schedule, errors) for schedule in schedules],
        "historical_sync_completed": {s.function_name: s.completed_at is not None for s in schedules},
        "errors": [_error(error) for error in errors],
        "available_actions": [function.name for function in lists] + [action.name for action in writes],
        "available_endpoints": [function.url for function in lists] + [action.url for action in writes],
        "webhooks_disabled": row.webhooks_disabled,
    }


def _schedule(row: ScheduleRow, errors: Sequence[ConnectionErrorRow]) -> dict[str, Any]:
    under_way = row.run_id is not None
    return {
        "function_name": row.function_name,
        "latest_sync": _moment(row.ended_at),
        "latest_data": row.newest_date,
        "last_crawl_start": _moment(row.started_at),
        "last_crawl_end": _moment(row.ended_at),
        "sync_frequency": row.frequency,
        "in_progress": under_way,
        "sync_status": _status(row, errors),
    }


def _status(row: ScheduleRow, errors: Sequence[ConnectionErrorRow]) -> str:
    if row.paused:
        return "disabled"
    if any(error.function_name in {"", row.function_name} for error in errors):
        return "error"
    if row.run_id is None:
        return "enabled"
    return "first_sync_in_progress" if row.completed_at is None else "sync_in_progress"


def _error(row: ConnectionErrorRow) -> dict[str, Any]:
    return {
        "error_message": row.message,
        "affected_endpoints": orjson.loads(row.endpoints),
        "first_seen": wire_epoch(row.first_seen),
        "last_seen": wire_epoch(row.last_seen),
    }


def run_as_json(row: ScheduleRow, errors: Sequence[ConnectionErrorRow]) -> dict[str, Any]:
    """How far the last or present run of a schedule has come; this is not part of the contract."""
    return {
        "function_name": row.function_name,
        "sync_status": _status(row, errors),
        "started_at": _moment(row.started_at),
        "ended_at": _moment(row.ended_at),
        "next_run_at": _moment(row.next_run_at),
        "failures": row.failures,
        "error": row.error,
        **Counts.decode(row.counts).as_json(),
    }


def put_aside_as_json(row: sa.Row[Any]) -> dict[str, Any]:
    """A vendor's row that is no record, with the reason."""
    return {
        "resource": row.resource,
        "row_id": row.row_id,
        "reason": row.reason,
        "raw": orjson.loads(row.raw),
        "first_seen": wire_epoch(row.first_seen),
        "last_seen": wire_epoch(row.last_seen),
    }


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else wire_epoch(seconds)
