"""From the two headers to who is asking: keys and tokens, looked up by digest and remembered.

What is remembered is dropped as soon as any key or connection changes: within milliseconds with SQLite,
whose file says cheaply that it changed, and within a second with PostgreSQL.
"""

from dataclasses import dataclass
from typing import Literal

from cachetools import LRUCache

from crossdock.catalog import Catalog
from crossdock.connections.keys import digest
from crossdock.connections.vault import Vault
from crossdock.connector import Account, Integration
from crossdock.connector.calls import Actor, Cause, current_cause
from crossdock.errors import NotFound, Unauthorized
from crossdock.storage import accounts
from crossdock.storage.database import Database
from crossdock.storage.watch import watch_for_changes

REMEMBERED = 10_000
LONGEST_SECRET = 200
"""Characters; a longer key or token is nobody's."""


Role = Literal["admin", "developer", "viewer"]
"""What a person may: all; all but people, keys and the audit; only read."""


@dataclass(frozen=True, slots=True)
class Caller:
    """An organisation, by one of its API keys or of its people. Only a person has a role."""

    organisation_id: str
    read_only: bool
    actor: Actor
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """One connected account, with what opens it."""

    id: str
    organisation_id: str
    integration: Integration
    account: Account
    allowed_actions: frozenset[str] | None

    def __repr__(self) -> str:
        return f"Connection({self.id}, {self.integration.slug})"

    def allows(self, action_name: str) -> bool:
        """Whether the connection was not limited to other actions."""
        return self.allowed_actions is None or action_name in self.allowed_actions

    def cause(self, actor: Actor) -> Cause:
        """On whose behalf something is done for this connection that no request asked for."""
        cause = Cause(organisation_id=self.organisation_id, actor=actor)
        self.named_in(cause)
        return cause

    def named_in(self, cause: Cause) -> None:
        """Notes that something is done for this connection."""
        cause.connection_id = self.id
        cause.integration = (self.integration.type, self.integration.name)
        cause.secrets.update(self.integration.secrets(self.account))


class Access:
    """Tells callers and connections apart."""

    def __init__(self, database: Database, vault: Vault, catalog: Catalog) -> None:
        self._database = database
        self._vault = vault
        self._catalog = catalog
        self._callers: LRUCache[str, Caller] = LRUCache(REMEMBERED)
        self._connections: LRUCache[str, Connection] = LRUCache(REMEMBERED)
        self._watch = watch_for_changes(database)
        self._epoch = 0

    async def caller(self, api_key: str | None) -> Caller:
        """Who holds the key. Raises `Unauthorized`.

        This is the one place where a request looks for changes, so it is asked before `connection`.
        """
        if not api_key:
            raise Unauthorized("The header x-trackstar-api-key is missing.")
        await self.epoch()
        caller = self._callers.get(api_key) or await self._look_up_caller(api_key)
        cause = current_cause()
        if cause is not None:
            cause.organisation_id, cause.actor = caller.organisation_id, caller.actor
        return caller

    async def _look_up_caller(self, api_key: str) -> Caller:
        epoch = self._epoch
        row = None
        if len(api_key) <= LONGEST_SECRET:
            row = await self._database.read(accounts.find_api_key, digest(api_key))
        if row is None or row.revoked_at is not None:
            raise Unauthorized("The API key in x-trackstar-api-key is not valid.")
        caller = Caller(row.organisation_id, row.read_only, Actor("api_key", row.id, row.hint))
        if epoch == self._epoch:
            self._callers[api_key] = caller
        return caller

    async def connection(self, caller: Caller, token: str | None) -> Connection:
        """The caller's connection that the token opens. Raises `Unauthorized`, also for another's token."""
        if not token:
            raise Unauthorized("The header x-trackstar-access-token is missing.")
        known = self._connections.get(token) or await self._look_up_connection(token)
        if known is None or known.organisation_id != caller.organisation_id:
            raise Unauthorized("The access token in x-trackstar-access-token is not valid.")
        cause = current_cause()
        if cause is not None:
            known.named_in(cause)
        return known

    async def connection_chosen(self, caller: Caller, connection_id: str | None) -> Connection:
        """The connection that a person chose by its id. Raises `Unauthorized`, also for another's."""
        row = None
        if connection_id and len(connection_id) <= LONGEST_SECRET and connection_id.isprintable():
            row = await self._database.read(accounts.connection_by_id, connection_id)
        if row is None or row.organisation_id != caller.organisation_id:
            raise Unauthorized("The header x-crossdock-connection names no connection of the organisation.")
        chosen = self._open(row)
        cause = current_cause()
        if cause is not None:
            chosen.named_in(cause)
        return chosen

    async def connection_of(self, token: str) -> Connection:
        """The connection that a token opens, for an operator who needs no key. Raises `Unauthorized`."""
        connection = await self._look_up_connection(token)
        if connection is None:
            raise Unauthorized("The access token is not valid.")
        return connection

    async def _look_up_connection(self, token: str) -> Connection | None:
        epoch = self._epoch
        row = None
        if len(token) <= LONGEST_SECRET:
            row = await self._database.read(accounts.find_connection, digest(token))
        if row is None:
            return None
        connection = self._open(row)
        if epoch == self._epoch:
            self._connections[token] = connection
        return connection

    async def connection_by_id(self, connection_id: str) -> Connection:
        """The connection of that id, for work that no caller waits for. Raises `NotFound`."""
        row = await self._database.read(accounts.connection_by_id, connection_id)
        if row is None:
            raise NotFound(f"There is no connection {connection_id}.")
        return self._open(row)

    def _open(self, row: accounts.ConnectionRow) -> Connection:
        return Connection(
            id=row.id,
            organisation_id=row.organisation_id,
            integration=self._catalog.get(row.integration_type, row.integration_name),
            account=self._vault.decrypt(row.credentials),
            allowed_actions=row.allowed_actions,
        )

    async def epoch(self) -> int:
        """A number that stays the same while no key and no connection changes.

        What was looked up in one epoch and arrives in the next must not be remembered.
        """
        if await self._watch.changed():
            self._epoch += 1
            self._callers.clear()
            self._connections.clear()
        return self._epoch
