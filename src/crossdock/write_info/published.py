"""Write-info as it is answered: built once for each state of an account, then served from memory."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from cachetools import LRUCache

from crossdock.connections.access import Connection
from crossdock.connector import Integration, WriteOperation
from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.actions import Action
from crossdock.write_info.document import build_document
from crossdock.write_info.law import Law
from crossdock.write_info.options import Known, OptionReader
from crossdock.write_info.schema import options_used

REMEMBERED = 2_000


@dataclass(slots=True)
class Published:
    """A document, its bytes, its strong ETag, and the law that follows from it."""

    document: Mapping[str, Any]
    body: bytes
    etag: str
    known: Mapping[str, Known]
    """The account values in it; empty where it is about no account, or needs none."""
    _laws: dict[str, Law] = field(default_factory=dict)

    @property
    def age(self) -> int | None:
        """Whole seconds since the account was asked."""
        if not self.known:
            return None
        return max(0, int(time.time() - min(option.read_at for option in self.known.values())))

    def law(self, action: Action) -> Law | None:
        """The check for an action's bodies, or `None` when the document does not offer the action."""
        if action.method.lower() not in self.document["paths"].get(action.path, {}):
            return None
        if action.name not in self._laws:
            self._laws[action.name] = Law(self.document, action)
        return self._laws[action.name]


class WriteInfo:
    """Publishes write-info for integrations and for connections."""

    def __init__(self, options: OptionReader, lifetime: float) -> None:
        self._options = options
        self._lifetime = lifetime
        self._published: LRUCache[tuple[Any, ...], Published] = LRUCache(REMEMBERED)
        self._used: dict[str, list[str]] = {}

    def for_integration(self, integration: Integration, action_name: str | None = None) -> Published:
        """What the integration takes whatever the account. Raises `Unprocessable` for an unknown action."""
        operations = _chosen(integration, integration.writes, action_name)
        key = (integration.slug, action_name)
        if key not in self._published:
            self._published[key] = _publish(integration, operations, {})
        return self._published[key]

    async def for_connection(self, connection: Connection, action_name: str | None = None) -> Published:
        """What that very account takes.

        Raises `Unprocessable` for an action that the connection does not have, and `VendorError` when the
        account has to be asked and does not answer.
        """
        integration = connection.integration
        enabled = [write for write in integration.writes if connection.allows(write.action.name)]
        operations = _chosen(integration, enabled, action_name)
        names = self._option_names(integration, operations)
        known = self._options.at_hand(connection, names)
        if known is None:
            known = await self._options.read(connection, names)
        key = (connection.id, action_name, connection.allowed_actions)
        held = self._published.get(key)
        if held is None or held.known != known:
            held = self._published[key] = _publish(integration, operations, known)
        return held

    def is_stale(self, published: Published) -> bool:
        """Whether the account's values are past their lifetime, which happens when the vendor is down."""
        return published.age is not None and published.age > self._lifetime

    def _option_names(
        self, integration: Integration, operations: Sequence[WriteOperation[Any]]
    ) -> Sequence[str]:
        names: set[str] = set()
        for operation in operations:
            key = f"{integration.slug} {operation.action.name}"
            if key not in self._used:
                self._used[key] = sorted(options_used(operation.body))
            names.update(self._used[key])
        return sorted(names)


def _chosen(
    integration: Integration, operations: Sequence[WriteOperation[Any]], action_name: str | None
) -> Sequence[WriteOperation[Any]]:
    if action_name is None:
        return operations
    chosen = [write for write in operations if write.action.name == action_name]
    if chosen:
        return chosen
    names = [write.action.name for write in operations]
    message = f"{integration.display_name} has no write operation {action_name!r} here. There are: "
    fault = FieldFault("/operation", f"{action_name!r} is not one of the operations", names)
    raise Unprocessable(message + (", ".join(names) or "none") + ".", [fault], location="query")


def _publish(
    integration: Integration, operations: Sequence[WriteOperation[Any]], known: Mapping[str, Known]
) -> Published:
    document = build_document(
        integration, operations, {name: option.choices for name, option in known.items()}
    )
    body = orjson.dumps(document)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Published(document, body, etag, known)
