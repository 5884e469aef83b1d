"""The sandbox that each organisation can have: made or filled anew, and moved along as warehouse staff would.

A sandbox is an account like any other; only its making is special, and that its staff can be called.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from crossdock.catalog import Catalog
from crossdock.connections.access import Access, Connection
from crossdock.connections.install import TOKEN_PREFIX
from crossdock.connections.keys import digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Integration, VendorRequest, vendor_path
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, Conflict, FieldFault, NotFound, Unprocessable
from crossdock.records.announce import announcer
from crossdock.records.canonical import canonical
from crossdock.records.keep import keep_one
from crossdock.sandbox.cart.bodies import NewOrder, NewProduct
from crossdock.sandbox.cart.generate import a_product, a_sale
from crossdock.sandbox.cart.orders import place_order
from crossdock.sandbox.cart.products import add_product
from crossdock.sandbox.freight.shipments import begin_shipment, move_on
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.storage import change, create_sandbox, reset_sandbox
from crossdock.sandbox.systems import SYSTEMS
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.schemas.actions import IntegrationType
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

    async def present(self, organisation_id: str, integration_type: str) -> Sandbox:
        """The organisation's sandbox of that type as it is, made if there is none. Raises `NotFound`."""
        made = await self._database.read(accounts.connection_to, organisation_id, integration_type, NAME)
        if made is None:
            return await self.generate(organisation_id, integration_type)
        token = self._vault.decrypt(made.credentials)[TOKEN_FIELD]
        return Sandbox(made.id, token, self._catalog.get(integration_type, NAME))

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

        return await self._take_step(organisation_id, "wms", "orders", step, order_id)

    async def receive(self, organisation_id: str, return_id: str) -> StoredRecord:
        """The return after it arrived and was restocked. Raises `NotFound` or `Conflict`."""
        return await self._take_step(organisation_id, "wms", "returns", return_arrives, return_id)

    async def place_cart_order(self, organisation_id: str, body: NewOrder | None) -> StoredRecord:
        """A new order of the shop, made up when nothing is said of it. Raises `NotFound`, `Unprocessable`."""

        def step(site: Site, _: str) -> Record:
            return a_sale(site, secrets.SystemRandom()) if body is None else place_order(site, body)

        return await self._take_step(organisation_id, "cart", "orders", step)

    async def add_cart_product(self, organisation_id: str, body: NewProduct | None) -> StoredRecord:
        """A new product of the shop, made up when nothing is said of it; its first variant.

        Raises `NotFound`, `Conflict`.
        """

        def step(site: Site, _: str) -> Record:
            return add_product(site, a_product() if body is None else body)[1]

        return await self._take_step(organisation_id, "cart", "products", step)

    async def ship_booking(self, organisation_id: str, booking_id: str) -> StoredRecord:
        """The freight shipment that a booking became. Raises `NotFound` or `Conflict`."""
        return await self._take_step(organisation_id, "freight", "shipments", begin_shipment, booking_id)

    async def move_shipment_on(self, organisation_id: str, shipment_id: str) -> StoredRecord:
        """A freight shipment at its next status. Raises `NotFound` or `Conflict`."""
        return await self._take_step(organisation_id, "freight", "shipments", move_on, shipment_id)

    async def _take_step(
        self,
        organisation_id: str,
        integration_type: IntegrationType,
        collection: str,
        step: Step,
        record_id: str = "",
    ) -> StoredRecord:
        """Takes a step in the sandbox and keeps the record as it is then, as after a write."""
        row = await self._database.read(accounts.connection_to, organisation_id, integration_type, NAME)
        if row is None:
            path = f"/sandbox/generate-sandbox/{integration_type}"
            raise NotFound(f"There is no sandbox yet: POST {path} makes one.")
        connection = await self._access.connection_by_id(row.id)
        try:
            done = await self._database.write(change, connection.account["sandbox_id"], step, record_id)
        except Refused as refused:
            if refused.status == 404:
                raise NotFound(refused.message, extra={"id": record_id}) from refused
            if refused.status == 422 and refused.field is not None:
                raise Unprocessable(
                    refused.message, [FieldFault(refused.field, refused.message)]
                ) from refused
            raise Conflict(refused.message) from refused
        return await self._keep(connection, collection, done["id"])

    async def _keep(self, connection: Connection, collection: str, record_id: str) -> StoredRecord:
        """A sandbox has its records where the contract has them, and lists them as it answers them."""
        integration = connection.integration
        function = function_of(integration.type, collection)
        listing = integration.listing(function.name)
        if listing is None:
            raise LookupError(f"{integration.slug} has no list of {collection}")
        vendor = self._vendors.client(integration, connection.account)
        raw = await vendor.read_json(VendorRequest("GET", vendor_path(collection, record_id)))
        record = canonical(listing.record, raw)

        def store(db: sa.Connection) -> StoredRecord:
            return keep_one(db, announcer(db, connection.id), function, record)

        return await self._database.write(store)
