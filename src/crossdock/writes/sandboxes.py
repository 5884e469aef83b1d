"""The sandbox that each organisation can have: made or filled anew, and moved along as warehouse staff would.

A sandbox is an account like any other; only its making is special, and that its staff can be called.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crossdock.catalog import Catalog
from crossdock.connections.access import Access, Connection
from crossdock.connections.install import TOKEN_PREFIX
from crossdock.connections.keys import digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Integration
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, Conflict, NotFound
from crossdock.records.announce import announcer
from crossdock.records.canonical import canonical
from crossdock.records.keep import keep_one
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.storage import change, create_sandbox, reset_sandbox
from crossdock.sandbox.systems import SYSTEMS
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.schemas.lists import function_of
from crossdock.storage import accounts
from crossdock.storage.database import Database
from crossdock.storage.records import StoredRecord, remove_all
from crossdock.storage.schedules import begin_anew

NAME = "sandbox"
SEED = 1
TOKEN_FIELD = "access_token"  # noqa: S105  (the name of a field, not a secret)
"""Kept, encrypted, with the sandbox's credentials: making it again answers the token it was made with."""

Step = Callable[[Site, str], Record]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox's connection and the token that opens it."""

    connection_id: str
    access_token: str
    integration: Integration


class Sandboxes:
    """Makes sandboxes and lets time pass in them."""

    def __init__(
        self, database: Database, vault: Vault, catalog: Catalog, access: Access, vendors: VendorPool
    ) -> None:
        self._database = database
        self._vault = vault
        self._catalog = catalog
        self._access = access
        self._vendors = vendors

    async def generate(self, organisation_id: str, integration_type: str) -> Sandbox:
        """The organisation's sandbox of that type, new or filled anew with the same data.

        Raises `NotFound` for a type that has none.
        """
        try:
            integration = self._catalog.get(integration_type, NAME)
        except ApiError as error:
            raise NotFound(f"There is no sandbox of type {integration_type!r}.") from error
        connection_id, token = await self._database.write(self._make, organisation_id, integration)
        return Sandbox(connection_id, token, integration)

    def _make(self, db: sa.Connection, organisation_id: str, integration: Integration) -> tuple[str, str]:
        accounts.lock_organisation(db, organisation_id)
        fill = SYSTEMS[integration.type].generator(SEED)
        made = accounts.connection_to(db, organisation_id, integration.type, NAME)
        if made is not None:
            credentials = self._vault.decrypt(made.credentials)
            reset_sandbox(db, credentials["sandbox_id"], fill)
            remove_all(db, made.id)
            begin_anew(db, made.id, time.time())
            return made.id, credentials[TOKEN_FIELD]
        new = create_sandbox(db, fill)
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        credentials = {"sandbox_id": new.id, "key": new.key, TOKEN_FIELD: token}
        connection_id = accounts.add_connection(
            db,
            organisation_id=organisation_id,
            integration_type=integration.type,
            integration_name=NAME,
            credentials=self._vault.encrypt(credentials),
            token_digest=digest(token),
            allowed_actions=None,
        )
        opened(db, self._vault, connection_id, integration, token)
        return connection_id, token

    async def fulfil(self, organisation_id: str, order_id: str, *, partial: bool) -> StoredRecord:
        """The order after it was shipped, wholly or in part. Raises `NotFound` or `Conflict`."""

        def step(site: Site, wanted: str) -> Record:
            return fulfil_order(site, wanted, partial)

        return await self._take_step(organisation_id, step, order_id, "create_order")

    async def receive(self, organisation_id: str, return_id: str) -> StoredRecord:
        """The return after it arrived and was restocked. Raises `NotFound` or `Conflict`."""
        return await self._take_step(organisation_id, return_arrives, return_id, "create_return")

    async def _take_step(
        self, organisation_id: str, step: Step, record_id: str, made_by: str
    ) -> StoredRecord:
        """Takes a step in the warehouse and keeps the record as it is then, as after a write."""
        row = await self._database.read(accounts.connection_to, organisation_id, "wms", NAME)
        if row is None:
            raise NotFound("There is no sandbox yet: POST /sandbox/generate-sandbox/wms makes one.")
        connection = await self._access.connection_by_id(row.id)
        try:
            await self._database.write(change, connection.account["sandbox_id"], step, record_id)
        except Refused as refused:
            if refused.status == 404:
                raise NotFound(refused.message, extra={"id": record_id}) from refused
            raise Conflict(refused.message) from refused
        return await self._keep(connection, made_by, record_id)

    async def _keep(self, connection: Connection, made_by: str, record_id: str) -> StoredRecord:
        operation = connection.integration.write(made_by)
        if operation is None or operation.read_back is None or operation.record is None:
            raise NotFound(f"{connection.integration.slug} does not read back what {made_by} makes")
        vendor = self._vendors.client(connection.integration, connection.account)
        raw: Any = await vendor.read_json(operation.read_back(connection.account, record_id))  # type: ignore[arg-type]
        record = canonical(operation.record, raw)
        function = function_of(connection.integration.type, operation.action.collection)

        def store(db: sa.Connection) -> StoredRecord:
            return keep_one(db, announcer(db, connection.id), function, record)

        return await self._database.write(store)
