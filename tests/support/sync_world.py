"""A Crossdock in this process, with one account at the made-up vendor of `list_vendor`."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import sqlalchemy as sa
from cryptography.fernet import Fernet

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.doubles.server import running
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings
from crossdock.storage import tables
from crossdock.sync.syncs import Syncs
from tests.support.list_vendor import INTEGRATION, KEY, ListVendor
from tests.support.prepared import prepared

START = 1_900_000_000.0 + 86_400


@dataclass
class SyncWorld:
    """What a scene talks to. `now` is the clock of the syncs; `tick` lets time pass."""

    service: Service
    vendor: ListVendor
    api: httpx.AsyncClient
    connection_id: str
    vendor_url: str
    now: float = START
    syncs: Syncs = field(init=False)

    def __post_init__(self) -> None:
        service = self.service
        self.syncs = Syncs(
            service.database, service.vendors, service.access, timedelta(days=30), clock=lambda: self.now
        )

    async def sync(self, after: float = 0.0) -> None:
        """Runs what is due after so many seconds more."""
        self.now += after
        await self.syncs.run_connection(self.connection_id)

    async def first_sync(self) -> None:
        """The first sync; what it told is forgotten."""
        await self.run(tables.sync_schedules.update().values(next_run_at=self.now))
        await self.sync()
        await self.run(tables.events.delete())

    async def run(self, statement: Any) -> Any:
        """Executes a statement."""
        return await self.service.database.write(lambda db: db.execute(statement).rowcount)

    async def rows(self, table: sa.Table, *conditions: Any) -> list[Any]:
        """Rows of a table."""
        query = sa.select(table).where(*conditions)
        return await self.service.database.read(lambda db: list(db.execute(query)))

    async def records(self, resource: str = "orders") -> dict[str, dict[str, Any]]:
        """The stored records that are not deleted, by id."""
        where = (tables.records.c.resource == resource, tables.records.c.deleted_at.is_(None))
        return {row.id: orjson.loads(row.data) for row in await self.rows(tables.records, *where)}

    async def events(self) -> list[dict[str, Any]]:
        """The events in the order in which they were stored."""
        query = sa.select(tables.events.c.payload).order_by(sa.text("rowid"))
        if not self.service.database.is_sqlite:
            query = sa.select(tables.events.c.payload).order_by(tables.events.c.created_at)
        found = await self.service.database.read(lambda db: list(db.scalars(query)))
        return [orjson.loads(text) for text in found]

    async def schedule(self, function: str = "get_orders") -> Any:
        """The schedule of a list."""
        return (await self.rows(tables.sync_schedules, tables.sync_schedules.c.function_name == function))[0]


Scene = Callable[[SyncWorld], Awaitable[None]]


@contextmanager
def staged(home: Path, monkeypatch: Any, database_url: str = "") -> Iterator[Callable[[Scene], None]]:
    """Runs scenes, each against a Crossdock of its own that knows the made-up vendor only."""
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog([INTEGRATION]))
    environment = {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    if database_url:
        environment["CROSSDOCK_DATABASE_URL"] = database_url
        environment["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    vendor = ListVendor()

    async def play(scene: Scene, url: str) -> None:
        service = open_service(load_settings(environment))
        key = create_api_key(service.database, "acme", read_only=False).key
        made = await connect(
            service.database,
            service.vault,
            service.vendors,
            INTEGRATION,
            organisation="acme",
            fields={"url": url, "key": KEY},
        )
        vendor.calls.clear()
        vendor.asked.clear()
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token}
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as api:
            world = SyncWorld(service, vendor, api, made.id, url)
            await world.run(tables.sync_schedules.update().values(next_run_at=world.now))
            await world.run(tables.events.delete())
            await scene(world)
        await service.aclose()

    with running(vendor) as url:
        yield lambda scene: asyncio.run(play(scene, url))
