"""A Crossdock in this process with one account at a vendor's double: its lists, synced."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.conformance.place import path_of
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.doubles.double import Double
from crossdock.doubles.server import running
from crossdock.doubles.stand import Stand, Surroundings
from crossdock.http.service import Service, open_service
from crossdock.schemas.actions import IntegrationType, write_action
from crossdock.schemas.lists import list_function
from crossdock.settings import load_settings
from crossdock.storage import tables
from crossdock.sync.syncs import Syncs
from tests.support.prepared import prepared

FAR = timedelta(days=3650)

_numbers = itertools.count(1)


@dataclass
class VendorWorld:
    """What a scene talks to. The clock of the syncs is the machine's, and `ahead` seconds more."""

    service: Service
    api: httpx.AsyncClient
    connection_id: str
    first_span: timedelta = FAR
    ahead: float = 0.0
    kind: IntegrationType = "wms"
    syncs: Syncs = field(init=False)

    def __post_init__(self) -> None:
        service = self.service
        self.syncs = Syncs(service.database, service.vendors, service.access, self.first_span, self.now)

    def now(self) -> float:
        """The clock of the syncs, in epoch seconds."""
        return time.time() + self.ahead

    async def sync(self, *functions: str) -> None:
        """Runs these lists now, and no others."""
        names = tables.sync_schedules.c.function_name
        everything = tables.sync_schedules.update()
        await self.run(everything.values(next_run_at=self.now() + 3600))
        await self.run(everything.where(names.in_(functions)).values(next_run_at=self.now()))
        await self.run_due()

    async def run_due(self) -> None:
        """Runs what is due."""
        await self.syncs.run_connection(self.connection_id)

    async def run(self, statement: Any) -> Any:
        """Executes a statement."""
        return await self.service.database.write(lambda db: db.execute(statement).rowcount)

    async def get(self, path: str, **query: str) -> Any:
        """The `data` of an answer of the API."""
        answer = await self.api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def listed(self, function: str) -> dict[str, dict[str, Any]]:
        """The records of a list by id, as its path answers them."""
        found = await self.get(list_function(self.kind, function).path, limit="1000")
        return {record["id"]: record for record in found}

    async def written(self, stand: Stand, *actions: str) -> dict[str, dict[str, Any]]:
        """The last answer to the stand's examples of these writes, by collection.

        A change is of the record that the write before it made.
        """
        found: dict[str, dict[str, Any]] = {}
        made: dict[str, Any] = {}
        for name in actions:
            unique = f"\N{PACKAGE}{next(_numbers)}"
            around = Surroundings(unique, lambda action, body, record_id="": made)  # noqa: B023
            action = write_action(self.kind, name)
            example = stand.examples[name](around)
            path = path_of(action, example.record_id)
            answer = await self.api.request(action.method, path, json=dict(example.body) or None)
            assert answer.status_code == 200, f"{name}: {answer.text}"
            made = answer.json()
            found[action.collection] = made["data"]
        return found

    async def is_listed(self, function: str, record: Mapping[str, Any]) -> None:
        """Syncs a list, which has nothing to change about a record that a write answered, nor to tell."""
        path = f"{list_function(self.kind, function).path}/{record['id']}"
        before, told = await self.get(path), await self.told(record["id"])
        assert before == record, function
        await self.sync(function)
        assert await self.get(path) == record, function
        assert await self.told(record["id"]) == told, function

    async def vendor_rows(self, function: str) -> dict[str, Any]:
        """The vendor's own rows of the records of a list, by id."""
        table = tables.records
        query = table.select().where(table.c.resource == list_function(self.kind, function).collection)
        found = await self.service.database.read(lambda db: list(db.execute(query)))
        return {row.id: orjson.loads(row.raw) for row in found}

    async def put_aside(self) -> list[str]:
        """The reasons why rows were put aside."""
        return [row["reason"] for row in await self.get(f"/connections/{self.connection_id}/put-aside")]

    async def errors(self) -> list[str]:
        """What the connection says is wrong."""
        shown = await self.get(f"/connections/{self.connection_id}")
        return [error["error_message"] for error in shown["errors"]]

    async def counts(self, function: str) -> dict[str, Any]:
        """What the last run of a list counted."""
        rows = await self.get(f"/connections/{self.connection_id}/syncs")
        return next(row for row in rows if row["function_name"] == function)

    async def told(self, record_id: str) -> list[str]:
        """The types of all events about a record."""
        query = tables.events.select().order_by(tables.events.c.created_at)
        found = await self.service.database.read(lambda db: list(db.execute(query)))
        payloads = [orjson.loads(row.payload) for row in found]
        return [one["event_type"] for one in payloads if one["data"].get("id") == record_id]


Scene = Callable[[VendorWorld], Awaitable[None]]


def play(
    home: Path,
    slug: str,
    double: Double,
    credentials: Callable[[str], Mapping[str, str]],
    scene: Scene,
    first_span: timedelta = FAR,
) -> None:
    """Runs a scene against a Crossdock of its own and the double, whose specification must be kept to."""

    async def whole(url: str) -> None:
        async with _connected(home, slug, credentials(url), first_span) as world:
            await scene(world)

    with running(double) as url:
        asyncio.run(whole(url))
    assert double.violations == []


@asynccontextmanager
async def _connected(
    home: Path, slug: str, fields: Mapping[str, str], first_span: timedelta
) -> AsyncIterator[VendorWorld]:
    environment = {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    integration = Catalog.installed().get(*slug.split("/"))
    service = open_service(load_settings(environment))
    try:
        key = create_api_key(service.database, "acme", read_only=False).key
        made = await connect(
            service.database,
            service.vault,
            service.vendors,
            integration,
            organisation="acme",
            fields=fields,
        )
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token}
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as api:
            yield VendorWorld(service, api, made.id, first_span, kind=integration.type)
    finally:
        await service.aclose()
