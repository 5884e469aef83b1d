"""What is wrong with a connection: noted, announced when it is new or different, and cleared by itself.

An account that is not let in blocks every list; one that may not read something blocks that list only; a
vendor that fails for a while blocks nothing, since what is stored stays good and the sync tries again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson
import sqlalchemy as sa

from crossdock.records.announce import Announcer
from crossdock.schemas.times import wire_epoch
from crossdock.storage import accounts
from crossdock.storage.connection_errors import ConnectionErrorRow, errors_of, put_error, remove_error

Kind = Literal["invalid_credentials", "missing_permission", "sync_failed"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong. `function_name` is empty when the whole account is concerned.

    `failed_url` is the vendor's, without its query; `endpoints` are those of the contract that suffer.
    """

    kind: Kind
    function_name: str
    message: str
    failed_url: str
    endpoints: Sequence[str]

    @property
    def blocks(self) -> bool:
        """Whether nothing can be read before somebody does something."""
        return self.kind != "sync_failed"


def note(db: sa.Connection, announcer: Announcer, trouble: Trouble, now: float) -> None:
    """Stores what is wrong; announces it when it was not known, or other words are said of it."""
    accounts.lock_connection(db, announcer.connection_id)
    known = _known(db, announcer.connection_id, trouble)
    endpoints = [{"endpoint": name, "preventing_sync": trouble.blocks} for name in trouble.endpoints]
    row = ConnectionErrorRow(
        announcer.connection_id,
        trouble.kind,
        trouble.function_name,
        trouble.message,
        trouble.failed_url,
        orjson.dumps(endpoints).decode(),
        now if known is None else known.first_seen,
        now,
        now,
    )
    if known is None:
        announcer.about_connection("connection-error.created", _told(announcer, row))
    elif (known.message, known.endpoints) == (row.message, row.endpoints):
        row = replace(row, updated_at=known.updated_at)
    else:
        before, after = _told(announcer, known), _told(announcer, row)
        changed = {name: before[name] for name in ("error_message", "affected_endpoints", "failed_url")}
        previous = {name: value for name, value in changed.items() if value != after[name]}
        announcer.about_connection("connection-error.updated", after, previous)
    put_error(db, row)
    announcer.flush(db)


def clear(db: sa.Connection, announcer: Announcer, function_name: str) -> None:
    """Removes what a success of a function disproves: its own troubles, and that nobody is let in."""
    accounts.lock_connection(db, announcer.connection_id)
    for row in errors_of(db, announcer.connection_id):
        if row.function_name in {"", function_name} and remove_error(db, row):
            announcer.about_connection("connection-error.deleted", _told(announcer, row))
    announcer.flush(db)


def _known(db: sa.Connection, connection_id: str, trouble: Trouble) -> ConnectionErrorRow | None:
    for row in errors_of(db, connection_id):
        if (row.kind, row.function_name) == (trouble.kind, trouble.function_name):
            return row
    return None


def _told(announcer: Announcer, row: ConnectionErrorRow) -> dict[str, Any]:
    return {
        "failed_url": row.failed_url,
        "affected_endpoints": orjson.loads(row.endpoints),
        "integration_name": announcer.integration_name,
        "error_message": row.message,
        "created_date": wire_epoch(row.first_seen),
        "updated_date": wire_epoch(row.updated_at),
        "last_seen": wire_epoch(row.last_seen),
    }
