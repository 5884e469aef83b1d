"""Deliveries of events against a bare loop that posts the same bodies to the same receiver."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import orjson
import sqlalchemy as sa

from benchmarks.result import Result
from benchmarks.servers import MODULE, serving
from crossdock.connections.vault import Vault, open_vault
from crossdock.settings import load_settings
from crossdock.storage import accounts, webhooks
from crossdock.storage.database import Database
from crossdock.storage.events import NewEvent, add_events
from crossdock.webhooks import endpoints
from crossdock.webhooks.delivery import AT_ONCE, Deliveries

AT_LEAST = 0.5


def _prepared(database: Database, vault: Vault, url: str, count: int) -> list[str]:
    """An endpoint, and events for it; their bodies."""
    body = {"id": "o1", "line_items": [{"sku": f"SKU-{n}", "quantity": n} for n in range(20)]}
    payloads = [
        orjson.dumps({"event_type": "order.updated", "data": {**body, "number": n}}).decode()
        for n in range(count)
    ]

    def add(db: sa.Connection) -> None:
        organisation_id = accounts.organisation_id(db, "benchmark")
        if not webhooks.endpoints(db, organisation_id):
            values = {
                "organisation_id": organisation_id,
                "url": url,
                "description": "",
                "secrets": endpoints.first_secret(vault),
                "created_at": time.time(),
            }
            webhooks.add_endpoint(db, values)
        add_events(db, organisation_id, [NewEvent("order.updated", "o1", payload) for payload in payloads])

    with database.transaction() as db:
        add(db)
    return payloads


async def _ours(deliveries: Deliveries) -> int:
    sent = 0
    while batch := await deliveries.due():
        sent += await deliveries.deliver(batch)
    return sent


async def _bare(url: str, bodies: list[str]) -> None:
    """The same number of requests at a time, with a client of the same settings."""
    turn = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
    async with httpx.AsyncClient(timeout=15, trust_env=False, limits=limits) as client:

        async def post(body: str) -> None:
            async with turn:
                response = await client.post(
                    url, content=body.encode(), headers={"content-type": "application/json"}
                )
                response.raise_for_status()

        await asyncio.gather(*(post(body) for body in bodies))


async def measure(rounds: int, count: int) -> list[Result]:
    """Deliveries a second: claimed, signed, sent and recorded, against posted."""
    ratios, ours, theirs = [], 0.0, 0.0
    with (
        TemporaryDirectory() as folder,
        serving(*MODULE, "benchmarks.references", "accepts") as receiver,
    ):
        settings = load_settings({"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"})
        database = Database(f"sqlite:///{Path(folder) / 'webhooks.db'}")
        vault = open_vault(settings, database)
        deliveries = Deliveries(database, vault, public_url=settings.public_url, allow_private_networks=True)
        try:
            for _ in range(rounds):
                bodies = _prepared(database, vault, f"{receiver.url}/hook", count)
                started = time.perf_counter()
                assert await _ours(deliveries) == count
                ours = count / (time.perf_counter() - started)
                started = time.perf_counter()
                await _bare(f"{receiver.url}/hook", bodies)
                theirs = count / (time.perf_counter() - started)
                ratios.append(ours / theirs)
        finally:
            await deliveries.aclose()
            database.close()
    return [
        Result(
            f"{count:,} deliveries, {AT_ONCE} at a time, against a bare httpx loop",
            ratios,
            f"{ours:,.0f}/s",
            f"{theirs:,.0f}/s",
            at_least=AT_LEAST,
        )
    ]
