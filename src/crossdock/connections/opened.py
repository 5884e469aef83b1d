"""What happens in the transaction in which a connection is made or removed."""

import time

import sqlalchemy as sa

from crossdock.connections.vault import Vault
from crossdock.connector import Integration
from crossdock.records.announce import announcer
from crossdock.schemas.times import wire_epoch
from crossdock.storage import accounts
from crossdock.storage.schedules import NewSchedule, add_schedules


def schedules_of(integration: Integration) -> list[NewSchedule]:
    """A schedule for each list that an integration has, as the contract has it at first."""
    functions = [listing.function for listing in integration.lists]
    return [NewSchedule(one.name, one.frequency, one.starts_paused) for one in functions]


def opened(
    db: sa.Connection, vault: Vault, connection_id: str, integration: Integration, access_token: str
) -> None:
    """Lets the first sync of every list begin, and announces the connection.

    The access token is part of that event, as the contract wants it; it lies encrypted beside it.
    """
    now = time.time()
    add_schedules(db, connection_id, schedules_of(integration), now)
    told = announcer(db, connection_id)
    sealed = vault.encrypt({"access_token": access_token})
    told.about_connection("connection.created", {"created_date": wire_epoch(now)}, sealed=sealed)
    told.flush(db)


def closed(db: sa.Connection, connection_id: str) -> None:
    """Announces that a connection is gone and removes it with everything that was stored for it."""
    told = announcer(db, connection_id)
    told.about_connection("connection.deleted", {"deleted_date": wire_epoch(time.time())})
    told.flush(db)
    accounts.delete_connection(db, connection_id)
