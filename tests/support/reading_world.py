"""A Crossdock whose one integration has every list of the contract, with records put in as a sync does."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import msgspec
from cryptography.fernet import Fernet

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.connector import ListOperation, ListPage, VendorRequest
from crossdock.doubles.server import running
from crossdock.http.service import Service, open_service
from crossdock.records.announce import announcer
from crossdock.records.canonical import canonical
from crossdock.records.keep import keep
from crossdock.schemas.lists import LIST_FUNCTIONS, list_function
from crossdock.settings import load_settings
from crossdock.storage import tables
from tests.support.list_vendor import INTEGRATION, KEY, ListVendor
from tests.support.prepared import prepared

EVERY_LIST = replace(
    INTEGRATION,
    lists=[
        ListOperation(
            function=function,
            request=lambda account, span, position: VendorRequest("GET", "/none"),
            page=lambda position, decoded: ListPage([]),
            record=lambda row: row,
            samples=[],
        )
        for function in LIST_FUNCTIONS
        if function.integration_type == "wms" and function.name != "get_bills"
    ],
)


@dataclass
class ReadingWorld:
    """What a scene talks to; `other` is another connection of the organisation, `stranger` of another one."""

    service: Service
    api: httpx.AsyncClient
    connection_id: str
    other: httpx.AsyncClient
    stranger: httpx.AsyncClient

    async def put(self, function_name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Stores canonical records, given as their fields."""
        function = list_function("wms", function_name)
        records = [canonical(lambda row: msgspec.convert(row, function.record), dict(row)) for row in rows]
        await self.service.database.write(
            lambda db: keep(db, announcer(db, self.connection_id), function, records)
        )

    async def delete(self, record_id: str) -> None:
        """Marks a record as deleted."""
        change = tables.records.update().where(tables.records.c.id == record_id).values(deleted_at=1e9)
        await self.service.database.write(lambda db: db.execute(change).rowcount)

    async def ids(self, path: str, **query: str) -> list[str]:
        """The ids of one page."""
        answer = await self.api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["total_count"] == len(body["data"])
        return [record["id"] for record in body["data"]]


Scene = Callable[[ReadingWorld], Awaitable[None]]


@contextmanager
def staged(home: Path, monkeypatch: Any, database_url: str = "") -> Iterator[Callable[[Scene], None]]:
    """Runs scenes, each against a Crossdock of its own."""
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog([EVERY_LIST]))
    environment = {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
        "CROSSDOCK_SECRET_KEY": Fernet.generate_key().decode(),
    }
    if database_url:
        environment["CROSSDOCK_DATABASE_URL"] = database_url

    async def play(scene: Scene, url: str) -> None:
        service = open_service(load_settings(environment))
        app = create_app(service)

        async def client(org: str) -> tuple[httpx.AsyncClient, str]:
            key = create_api_key(service.database, org, read_only=False).key
            made = await connect(
                service.database,
                service.vault,
                service.vendors,
                EVERY_LIST,
                organisation=org,
                fields={"url": url, "key": KEY},
            )
            headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token}
            transport = httpx.ASGITransport(app)
            return httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers), made.id

        api, connection_id = await client("acme")
        other, _ = await client("acme")
        stranger, _ = await client("bolt")
        await scene(ReadingWorld(service, api, connection_id, other, stranger))
        for opened in (api, other, stranger):
            await opened.aclose()
        await service.aclose()

    with running(ListVendor()) as url:
        yield lambda scene: asyncio.run(play(scene, url))
