"""A Crossdock in this process, with one account at the double of a Shopify shop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.doubles.server import running
from crossdock.doubles.shopify import ShopifyDouble
from crossdock.doubles.shopify.stand import ACCESS_TOKEN, STAND
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings
from crossdock.storage import tables
from crossdock.sync.syncs import Syncs
from tests.support.prepared import prepared

DAY = 86_400.0
OF_THE_COPY = {"trackstar_created_date", "trackstar_updated_date", "trackstar_tags"}

START = datetime.fromisoformat("2026-05-02T12:00:00Z").timestamp()
"""A day after the shop of the seed was opened."""


def number(record: Any) -> str:
    """The id of a record of the double, as Crossdock has it."""
    return str(record["id"]).rpartition("/")[2]


@dataclass
class ShopWorld:
    """What a scene talks to. `now` is the clock of the syncs."""

    service: Service
    double: ShopifyDouble
    api: httpx.AsyncClient
    connection_id: str
    url: str
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

    async def rows(self, table: sa.Table, *conditions: Any) -> list[Any]:
        """Rows of a table."""
        query = sa.select(table).where(*conditions)
        return await self.service.database.read(lambda db: list(db.execute(query)))

    async def run(self, statement: Any) -> None:
        """Executes a statement."""
        await self.service.database.write(lambda db: db.execute(statement).rowcount)

    async def records(self, resource: str) -> dict[str, dict[str, Any]]:
        """The stored records, by id, without what only the stored copy has."""
        found = await self.rows(tables.records, tables.records.c.resource == resource)
        records = {row.id: orjson.loads(row.data) for row in found}
        return {
            identifier: {name: value for name, value in record.items() if name not in OF_THE_COPY}
            for identifier, record in records.items()
        }

    async def told(self) -> list[tuple[str, str]]:
        """Type and record of each event."""
        found = [orjson.loads(row.payload) for row in await self.rows(tables.events)]
        return sorted((event["event_type"], event["data"]["id"]) for event in found if "id" in event["data"])

    async def written(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """What a write that is accepted answers."""
        answer = await self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.json()["unused_fields"] == []
        return answer.json()["data"]

    async def refused(self, method: str, path: str, body: Any) -> dict[str, Any]:
        """The body of a refusal, with its status."""
        answer = await self.api.request(method, path, json=body)
        assert answer.status_code >= 400, answer.text
        said: dict[str, Any] = answer.json()
        return said | {"status": answer.status_code}


Scene = Callable[[ShopWorld], Awaitable[None]]
Play = Callable[..., None]


@contextmanager
def staged(home: Path) -> Iterator[Play]:
    """Runs scenes, each against a Crossdock and a shop of its own: `play(scene, **options of the double)`."""
    environment = {
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    count = 0

    async def perform(scene: Scene, double: ShopifyDouble, url: str, folder: Path) -> None:
        service = open_service(load_settings({**environment, "CROSSDOCK_HOME": str(prepared(folder))}))
        key = create_api_key(service.database, "acme", read_only=False).key
        made = await connect(
            service.database,
            service.vault,
            service.vendors,
            Catalog.installed().get("cart", "shopify"),
            organisation="acme",
            fields=STAND.credentials(url),
        )
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token}
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as api:
            world = ShopWorld(service, double, api, made.id, url)
            await world.run(tables.sync_schedules.update().values(next_run_at=world.now))
            await world.run(tables.events.delete())
            double.counts.clear()
            await scene(world)
        await service.aclose()

    def play(scene: Scene, **options: Any) -> None:
        nonlocal count
        count += 1
        double = ShopifyDouble(access_token=ACCESS_TOKEN, **options)
        with running(double) as url:
            asyncio.run(perform(scene, double, url, home / str(count)))
        assert double.violations == []

    yield play
