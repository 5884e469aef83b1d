"""The sandbox that each organisation can have: made or filled anew, and moved along as warehouse staff would.

A sandbox is an account like any other; only its making is special, and that its staff can be called.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
import sqlalchemy as sa

from crossdock.catalog import Catalog
from crossdock.connections.access import Access, Connection
from crossdock.connections.install import TOKEN_PREFIX
from crossdock.connections.keys import digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Integration, ListOperation, VendorRequest, vendor_path
from crossdock.connector.listing import EVERYTHING
from crossdock.connector.pool import VendorPool
from crossdock.errors import (
    ApiError,
    Conflict,
    FieldFault,
    NotFound,
    NotImplementedByIntegration,
    PreconditionFailed,
    Unprocessable,
)
from crossdock.records.announce import announcer
from crossdock.records.canonical import NotCanonical, canonical
from crossdock.records.keep import keep_one
from crossdock.sandbox.cart.bodies import NewOrder, NewProduct
from crossdock.sandbox.cart.generate import a_product, a_sale
from crossdock.sandbox.cart.orders import place_order
from crossdock.sandbox.cart.products import add_product
from crossdock.sandbox.desk import answered
from crossdock.sandbox.editing import Editable, edit
from crossdock.sandbox.freight.shipments import begin_shipment, move_on
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Kind, Record, Site
from crossdock.sandbox.storage import change, create_sandbox, reset_sandbox
from crossdock.sandbox.systems import SYSTEMS
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.schemas.actions import IntegrationType
from crossdock.storage import accounts
from crossdock.storage.database import Database
from crossdock.storage.records import StoredRecord, load_raw, load_record, remove_all
from crossdock.storage.schedules import begin_anew

NAME = "sandbox"
SEED = 1
TOKEN_FIELD = "access_token"  # noqa: S105  (the name of a field, not a secret)
"""Kept, encrypted, with the sandbox's credentials: making it again answers the token it was made with."""

T = TypeVar("T")
Step = Callable[[Site, str], Record]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox's connection and the token that opens it."""

    connection_id: str
    access_token: str
    integration: Integration


@dataclass(frozen=True, slots=True)
class WantedEdit:
    """An edit as it is asked for: `patch` is the decoded JSON Merge Patch of the sandbox's own record.

    `collection` is what the sandbox calls the records. With `if_match` the stored copy has to have that
    entity tag, and to be the sandbox's record as it is.
    """

    integration_type: str
    collection: str
    record_id: str
    patch: Any
    if_match: str | None = None


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

    async def edit(self, organisation_id: str, wanted: WantedEdit) -> StoredRecord:
        """The record after an edit by hand, or as it is when the edit changes nothing. It is kept, with its
        events, in the transaction that changes the sandbox.

        Raises `NotFound`, `NotImplementedByIntegration` where there is nothing to edit, `Unprocessable` with
        every fault, and `PreconditionFailed` for a record that is not the one that was seen.
        """
        kind, how = _editable(wanted)
        connection = await self._connection(organisation_id, wanted.integration_type)
        listing = _listing_of(connection, wanted.collection)

        def edited(site: Site, db: sa.Connection) -> Record:
            before = answered(kind, site.get(kind, wanted.record_id))
            if wanted.if_match is not None and not _is_as_seen(db, connection.id, listing, wanted, before):
                raise _ChangedMeanwhile
            return edit(site, kind, how, wanted.record_id, wanted.patch)

        def write(db: sa.Connection) -> StoredRecord:
            after = change(db, connection.account["sandbox_id"], edited, db)
            try:
                record = canonical(listing.record, after)
            except NotCanonical as error:
                raise Unprocessable(error.reason, [FieldFault("", error.reason)]) from error
            return keep_one(db, announcer(db, connection.id), listing.function, record)

        try:
            return await self._stepped(write, wanted.record_id)
        except _ChangedMeanwhile as error:
            stored = await self._keep(connection, wanted.collection, wanted.record_id)
            extra = {"id": wanted.record_id, "current": orjson.loads(stored.data)}
            words = "The record was changed since it was read; look at it again and decide."
            raise PreconditionFailed(words, extra=extra) from error

    async def _take_step(
        self,
        organisation_id: str,
        integration_type: IntegrationType,
        collection: str,
        step: Step,
        record_id: str = "",
    ) -> StoredRecord:
        """Takes a step in the sandbox and keeps the record as it is then, as after a write."""
        connection = await self._connection(organisation_id, integration_type)

        def write(db: sa.Connection) -> Record:
            return change(db, connection.account["sandbox_id"], step, record_id)

        done = await self._stepped(write, record_id)
        return await self._keep(connection, collection, done["id"])

    async def _connection(self, organisation_id: str, integration_type: str) -> Connection:
        row = await self._database.read(accounts.connection_to, organisation_id, integration_type, NAME)
        if row is None:
            path = f"/sandbox/generate-sandbox/{integration_type}"
            raise NotFound(f"There is no sandbox yet: POST {path} makes one.")
        return await self._access.connection_by_id(row.id)

    async def _stepped(self, write: Callable[[sa.Connection], T], record_id: str) -> T:
        """What a change of the sandbox gives, whose refusals become the caller's."""
        try:
            return await self._database.write(write)
        except Refused as refused:
            if refused.status == 404:
                raise NotFound(refused.message, extra={"id": record_id}) from refused
            if refused.status == 422 and refused.field is not None:
                raise Unprocessable(
                    refused.message, [FieldFault(refused.field, refused.message)]
                ) from refused
            raise Conflict(refused.message) from refused

    async def _keep(self, connection: Connection, collection: str, record_id: str) -> StoredRecord:
        """A sandbox lists records as it answers each of them."""
        listing = _listing_of(connection, collection)
        vendor = self._vendors.client(connection.integration, connection.account)
        raw = await vendor.read_json(VendorRequest("GET", vendor_path(collection, record_id)))
        record = canonical(listing.record, raw)

        def store(db: sa.Connection) -> StoredRecord:
            return keep_one(db, announcer(db, connection.id), listing.function, record)

        return await self._database.write(store)


class _ChangedMeanwhile(Exception):
    """The record is not the one that was seen."""


def _editable(wanted: WantedEdit) -> tuple[Kind, Editable]:
    """The kind of the records and how they are edited. Raises `NotFound`, `NotImplementedByIntegration`."""
    if wanted.integration_type == "carrier":
        raise NotImplementedByIntegration(
            "What the carrier sandbox has is what its invoice files say: POST /carrier/files takes another."
        )
    found = [system for name, system in SYSTEMS.items() if name == wanted.integration_type]
    if not found:
        raise NotFound(f"There is no sandbox of type {wanted.integration_type!r}.")
    system = found[0]
    able = {name: kind for name, kind in system.reads.items() if kind in system.edits and name != "kits"}
    kind = able.get(wanted.collection)
    if kind is None:
        names = ", ".join(sorted(able))
        raise NotFound(
            f"The {wanted.integration_type} sandbox has no {wanted.collection!r} to edit; it has {names}."
        )
    return kind, system.edits[kind]


def _listing_of(connection: Connection, collection: str) -> ListOperation:
    """The list that reads a collection of the sandbox. Raises `LookupError`."""
    for listing in connection.integration.lists:
        if listing.request(connection.account, EVERYTHING, None).path == f"/{collection}":
            return listing
    raise LookupError(f"{connection.integration.slug} has no list of {collection}")


def _is_as_seen(
    db: sa.Connection, connection_id: str, listing: ListOperation, wanted: WantedEdit, now: Record
) -> bool:
    """Whether the stored copy is the one that the caller saw, and the sandbox has changed nothing since."""
    collection = listing.function.collection
    stored = load_record(db, connection_id, collection, wanted.record_id)
    if stored is None or wanted.if_match not in {stored.etag, "*"}:
        return False
    raw = load_raw(db, connection_id, collection, wanted.record_id)
    return raw is not None and orjson.loads(raw) == now
