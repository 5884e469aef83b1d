"""What commands changed, entered into the audit as the doing of whoever has the shell."""

import getpass
from collections.abc import Mapping
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.connector.calls import Actor
from crossdock.request_log.redaction import Redactor
from crossdock.storage.audit import Entry, add_entry


def enter(
    db: sa.Connection,
    organisation_id: str,
    action: str,
    target_id: str | None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Adds an entry, as part of the caller's transaction."""
    clean = orjson.loads(Redactor().json(orjson.dumps(detail).decode()))
    add_entry(db, Entry(organisation_id, _actor(), action, target_id, clean))


def _actor() -> Actor:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Actor("command_line", name, name)
