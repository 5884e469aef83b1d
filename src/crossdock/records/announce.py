"""The events that changes of records cause, as the contract writes them.

Source: the contract's webhook page: payload, `previous_attributes` rule and event types.
"""

from collections.abc import Mapping
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.errors import NotFound
from crossdock.records.changes import gained, previous_attributes
from crossdock.schemas.list_functions import ListFunction
from crossdock.storage import accounts
from crossdock.storage.events import NewEvent, add_events


class Announcer:
    """Collects the events of one transaction on one connection; `flush` stores them in it.

    A silent one, as for the records of a first sync and for connections whose webhooks are off, collects
    nothing about records.
    """

    def __init__(self, connection: accounts.ConnectionRow, *, silent: bool = False) -> None:
        self.connection_id = connection.id
        self.integration_name = connection.integration_name
        self._connection = connection
        self._silent = silent or connection.webhooks_disabled
        self._events: list[NewEvent] = []

    def created(self, function: ListFunction, record_id: str, data: str) -> None:
        """A record that was not there before; `data` is its JSON as it is served."""
        self._about_record(f"{function.event}.created", function, record_id, data, None)

    def updated(self, function: ListFunction, record_id: str, before: Mapping[str, Any], data: str) -> bool:
        """A record that was there before; whether it says anything else now."""
        now = orjson.loads(data)
        previous = previous_attributes(before, now)
        if not previous:
            return False
        self._about_record(f"{function.event}.updated", function, record_id, data, previous)
        for event_type, field in function.gains.items():
            if gained(before, now, field):
                self._about_record(event_type, function, record_id, data, {field: before.get(field)})
        return True

    def _about_record(
        self,
        event_type: str,
        function: ListFunction,
        record_id: str,
        data: str,
        previous: Mapping[str, Any] | None,
    ) -> None:
        if function.event is not None and not self._silent:
            self._add(event_type, record_id, data, previous)

    def about_connection(
        self,
        event_type: str,
        data: Mapping[str, Any],
        previous: Mapping[str, Any] | None = None,
        sealed: bytes | None = None,
    ) -> None:
        """An event of the connection itself, which is told even when its records are silent."""
        self._add(event_type, self.connection_id, orjson.dumps(data).decode(), previous, sealed)

    def about_file(self, event_type: str, file_id: str, data: Mapping[str, Any]) -> None:
        """An event of a file that was handed over."""
        if not self._silent:
            self._add(event_type, file_id, orjson.dumps(data).decode(), None)

    def _add(
        self,
        event_type: str,
        record_id: str,
        data: str,
        previous: Mapping[str, Any] | None,
        sealed: bytes | None = None,
    ) -> None:
        owner = self._connection
        head = orjson.dumps(
            {
                "connection_id": owner.id,
                "customer_id": owner.customer_id,
                "integration_name": owner.integration_name,
                "integration_type": owner.integration_type,
                "event_type": event_type,
            }
        ).decode()
        tail = "" if previous is None else f',"previous_attributes":{orjson.dumps(previous).decode()}'
        payload = f'{head[:-1]},"data":{data}{tail}}}'
        self._events.append(NewEvent(event_type, record_id, payload, owner.id, sealed))

    def flush(self, db: sa.Connection) -> None:
        """Stores what was collected, with its deliveries."""
        add_events(db, self._connection.organisation_id, self._events)
        self._events.clear()


def announcer(db: sa.Connection, connection_id: str, *, silent: bool = False) -> Announcer:
    """An announcer for a connection as it is in this transaction. Raises `NotFound` when it is gone."""
    connection = accounts.connection_by_id(db, connection_id)
    if connection is None:
        raise NotFound(f"There is no connection {connection_id}.")
    return Announcer(connection, silent=silent)
