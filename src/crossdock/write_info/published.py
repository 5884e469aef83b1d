"""Write-info as it is answered: built once for each state of an account, then served from memory."""

import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from cachetools import LRUCache

from crossdock.connections.access import Connection
from crossdock.connector import Integration, WriteOperation
from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.actions import Action
from crossdock.write_info.document import build_document
from crossdock.write_info.law import Law, law_of
from crossdock.write_info.options import Known, OptionReader
from crossdock.write_info.schema import options_used
from crossdock.write_info.tracing import Trace, rehearse

REMEMBERED = 2_000


class Published:
    """A document, its bytes, its strong ETag, and the law that follows from it.

    `known` has the account values in it, each good for `lifetime` seconds; it is empty for a document
    about no account, or one that needs none.
    """

    def __init__(self, document: Mapping[str, Any], known: Mapping[str, Known], lifetime: float) -> None:
        self.document = document
        self.known = known
        self.body = orjson.dumps(document)
        self.etag_header = f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'.encode()
        self.length_header = b"%d" % len(self.body)
        self._read_at = min((option.read_at for option in known.values()), default=None)
        self.fresh_until = math.inf if self._read_at is None else self._read_at + lifetime
        self._laws: dict[str, Law] = {}

    @property
    def age(self) -> int | None:
        """Whole seconds since the account was asked; `None` when there was nothing to ask."""
        return None if self._read_at is None else max(0, int(time.time() - self._read_at))

    def schema_hash(self, action: Action) -> str:
        """Stands for what decides whether a body is accepted; empty when the action is not offered."""
        hashes: Mapping[str, str] = self.document["info"].get("x-schema-hashes", {})
        return hashes.get(action.name, "")

    def law(self, action: Action) -> Law | None:
        """The check for an action's bodies, or `None` when the document does not offer the action."""
        if action.method.lower() not in self.document["paths"].get(action.path, {}):
            return None
        if action.name not in self._laws:
            self._laws[action.name] = Law(law_of(self.document, action))
        return self._laws[action.name]


class WriteInfo:
    """Publishes write-info for integrations and for connections."""

    def __init__(self, options: OptionReader, lifetime: float) -> None:
        self._options = options
        self._lifetime = lifetime
        self._published: LRUCache[tuple[Any, ...], Published] = LRUCache(REMEMBERED)
        self._used: dict[str, list[str]] = {}
        self._traces: dict[tuple[str, str], Trace] = {}

    def trace(self, integration: Integration, operation: WriteOperation[Any]) -> Trace:
        """Where the fields of an operation land at the vendor."""
        key = (integration.slug, operation.action.name)
        if key not in self._traces:
            self._traces[key] = rehearse(integration, operation)
        return self._traces[key]

    def for_integration(
        self, integration: Integration, action_name: str | None = None, *, explain: bool = False
    ) -> Published:
        """What the integration takes whatever the account. Raises `Unprocessable` for an unknown action."""
        operations = _chosen(integration, integration.writes, action_name)
        key = (integration.slug, action_name, explain)
        if key not in self._published:
            self._published[key] = self._publish(integration, operations, {}, explain)
        return self._published[key]

    async def for_connection(
        self, connection: Connection, action_name: str | None = None, *, explain: bool = False
    ) -> Published:
        """What that very account takes; with `explain`, also where each field lands.

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
        key = (connection.id, action_name, connection.allowed_actions, explain)
        held = self._published.get(key)
        if held is None or held.known != known:
            held = self._published[key] = self._publish(integration, operations, known, explain)
        return held

    def _publish(
        self,
        integration: Integration,
        operations: Sequence[WriteOperation[Any]],
        known: Mapping[str, Known],
        explain: bool,
    ) -> Published:
        choices = {name: option.choices for name, option in known.items()}
        traces = None
        if explain:
            traces = {write.action.name: self.trace(integration, write) for write in operations}
        document = build_document(integration, operations, choices, traces)
        return Published(document, known, self._lifetime)

    @staticmethod
    def is_stale(published: Published) -> bool:
        """Whether the account's values are past their lifetime, which happens when the vendor is down."""
        return time.time() >= published.fresh_until

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
