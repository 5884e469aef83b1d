"""Deliveries: signed, retried, on record, and never to where they must not go."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from standardwebhooks.webhooks import Webhook as StandardWebhook
from standardwebhooks.webhooks import WebhookVerificationError as StandardRefusal
from svix.webhooks import Webhook as SvixWebhook
from svix.webhooks import WebhookVerificationError as SvixRefusal

from crossdock.app import create_app
from crossdock.connections.keys import create_api_key
from crossdock.connector import network_guard
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, tables
from crossdock.storage.events import NewEvent, add_events
from crossdock.webhooks import delivery as delivering
from crossdock.webhooks.delivery import RETRIES, Deliveries
from tests.support.postgres import new_database
from tests.support.prepared import prepared
from tests.support.receiver import Receiver, receiving


@dataclass
class Desk:
    """A Crossdock in this process, with a clock of its own for deliveries."""

    service: Service
    api: httpx.AsyncClient
    stranger: httpx.AsyncClient
    receiver: Receiver
    now: float = field(default_factory=time.time)
    deliveries: Deliveries = field(init=False)

    def __post_init__(self) -> None:
        self.deliveries = self.room(allow_private_networks=True)

    def room(self, *, allow_private_networks: bool) -> Deliveries:
        return Deliveries(
            self.service.database,
            self.service.vault,
            public_url="http://crossdock.example",
            allow_private_networks=allow_private_networks,
            clock=lambda: self.now,
        )

    async def endpoint(self, path: str = "/hook", **more: Any) -> dict[str, Any]:
        answer = await self.api.post("/webhooks/endpoints", json={"url": self.receiver.url + path, **more})
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()["data"]
        return made

    async def happen(self, *types: str, data: Any = None) -> None:
        new = [
            NewEvent(name, "r1", orjson.dumps({"event_type": name, "data": data or {"id": "r1"}}).decode())
            for name in types or ("order.created",)
        ]

        def add(db: sa.Connection) -> None:
            add_events(db, accounts.organisation_id(db, "acme"), new)

        await self.service.database.write(add)
        self.now = max(self.now, time.time())

    async def deliver(self, after: float = 0.0) -> int:
        """Delivers all that is due so many seconds later; how many were sent."""
        self.now += after
        sent = 0
        while batch := await self.deliveries.due():
            sent += await self.deliveries.deliver(batch)
        return sent

    async def rows(self, table: sa.Table) -> list[Any]:
        return await self.service.database.read(lambda db: list(db.execute(sa.select(table))))


Scene = Callable[[Desk], Awaitable[None]]
Play = Callable[[Scene], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Play]:
    environment = {
        "CROSSDOCK_HOME": str(prepared(tmp_path)),
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_PUBLIC_URL": "http://crossdock.example",
        "CROSSDOCK_SECRET_KEY": Fernet.generate_key().decode(),
    }
    if request.param == "postgresql":
        environment["CROSSDOCK_DATABASE_URL"] = new_database(request.getfixturevalue("postgres"))

    async def staged(scene: Scene, receiver: Receiver) -> None:
        service = open_service(load_settings(environment))
        clients = []
        for org in ("acme", "bolt"):
            key = create_api_key(service.database, org, read_only=False).key
            transport = httpx.ASGITransport(create_app(service))
            headers = {"x-trackstar-api-key": key}
            clients.append(httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers))
        desk = Desk(service, clients[0], clients[1], receiver)
        await scene(desk)
        await desk.deliveries.aclose()
        await service.aclose()

    with receiving() as receiver:
        yield lambda scene: asyncio.run(staged(scene, receiver))


def test_both_official_libraries_accept_the_signature(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        await desk.happen(data={"id": "r1", "note": "\N{DELIVERY TRUCK}"})
        assert await desk.deliver() == 1
        got = desk.receiver.received[0]
        SvixWebhook(made["secret"]).verify(got.body, got.headers)
        told: Any = StandardWebhook(made["secret"]).verify(got.body, got.headers)
        assert told["data"]["note"] == "\N{DELIVERY TRUCK}"
        with pytest.raises(SvixRefusal):
            SvixWebhook(made["secret"]).verify(got.body + b" ", got.headers)
        assert got.headers["svix-id"] == got.headers["webhook-id"]
        assert got.headers["content-type"] == "application/json"

    play(scene)


def test_two_secrets_are_valid_while_one_replaces_the_other(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        path = f"/webhooks/endpoints/{made['id']}"
        answer = await desk.api.post(f"{path}/rotate-secret", json={"grace_seconds": 3600})
        new, old = answer.json()["data"]["secrets"]
        assert old == made["secret"] != new
        await desk.happen()
        await desk.deliver()
        got = desk.receiver.received[-1]
        for secret in (new, old):
            SvixWebhook(secret).verify(got.body, got.headers)
            StandardWebhook(secret).verify(got.body, got.headers)
        ended = await desk.api.post(f"{path}/rotate-secret", json={"grace_seconds": 0})
        assert len(ended.json()["data"]["secrets"]) == 1
        await desk.happen()
        await desk.deliver()
        got = desk.receiver.received[-1]
        SvixWebhook(ended.json()["data"]["secrets"][0]).verify(got.body, got.headers)
        for secret in (new, old):
            with pytest.raises(SvixRefusal):
                SvixWebhook(secret).verify(got.body, got.headers)
            with pytest.raises(StandardRefusal):
                StandardWebhook(secret).verify(got.body, got.headers)
        assert (await desk.api.post(f"{path}/rotate-secret", json={"grace_seconds": -1})).status_code == 422

    play(scene)


def test_a_failing_delivery_is_tried_at_the_published_times_and_each_attempt_is_kept(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        await desk.endpoint()
        desk.receiver.answers["/hook"] = (500, {})
        await desk.happen()
        assert await desk.deliver() == 1
        for pause in RETRIES:
            assert await desk.deliver(after=pause - 1) == 0
            assert await desk.deliver(after=pause * delivering.JITTER + 2) == 1
        assert await desk.deliver(after=86_400) == 0
        assert len({got.headers["svix-id"] for got in desk.receiver.received}) == 1
        assert len(desk.receiver.received) == 8
        event = (await desk.api.get("/webhooks/events")).json()["data"][0]
        shown = (await desk.api.get(f"/webhooks/events/{event['id']}/deliveries")).json()["data"][0]
        assert shown["state"] == "failed"
        assert [attempt["number"] for attempt in shown["attempts"]] == list(range(1, 9))
        assert {attempt["status"] for attempt in shown["attempts"]} == {500}
        assert shown["attempts"][0]["answer"] == "told"

    play(scene)


def test_it_stops_trying_when_it_succeeds(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        desk.receiver.answers["/hook"] = (503, {})
        await desk.happen()
        await desk.deliver()
        shown = (await desk.api.get(f"/webhooks/endpoints/{made['id']}")).json()["data"]
        assert shown["failing_since"] is not None
        desk.receiver.answers.clear()
        assert await desk.deliver(after=7) == 1
        assert await desk.deliver(after=86_400) == 0
        shown = (await desk.api.get(f"/webhooks/endpoints/{made['id']}")).json()["data"]
        assert shown["failing_since"] is None
        assert (await desk.rows(tables.deliveries))[0].state == "delivered"

    play(scene)


def test_410_disables_and_the_rest_of_what_waits_has_failed(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        desk.receiver.answers["/hook"] = (500, {})
        await desk.happen()
        await desk.deliver()
        desk.receiver.answers["/hook"] = (410, {})
        await desk.happen()
        await desk.deliver()
        shown = (await desk.api.get(f"/webhooks/endpoints/{made['id']}")).json()["data"]
        assert shown["enabled"] is False
        assert "410" in shown["disabled_reason"]
        assert {row.state for row in await desk.rows(tables.deliveries)} == {"failed"}
        await desk.happen()
        assert await desk.deliver(after=86_400) == 0
        desk.receiver.answers.clear()
        enabled = await desk.api.patch(f"/webhooks/endpoints/{made['id']}", json={"enabled": True})
        assert enabled.json()["data"]["enabled"] is True
        await desk.happen()
        assert await desk.deliver() == 1

    play(scene)


def test_a_redirect_fails_and_is_not_followed(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        await desk.endpoint()
        desk.receiver.answers["/hook"] = (307, {"location": f"{desk.receiver.url}/elsewhere"})
        await desk.happen()
        await desk.deliver()
        assert desk.receiver.at("/elsewhere") == []
        attempt = (await desk.rows(tables.delivery_attempts))[0]
        assert attempt.status == 307
        assert "redirects are not followed" in attempt.error

    play(scene)


def test_five_days_of_failures_disable(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        desk.receiver.answers["/hook"] = (500, {})
        for day in range(6):
            await desk.happen()
            await desk.deliver(after=86_400 if day else 0)
            shown = (await desk.api.get(f"/webhooks/endpoints/{made['id']}")).json()["data"]
            assert shown["enabled"] is (day < 5)
        assert "five days ago" in shown["disabled_reason"]

    play(scene)


def test_an_endpoint_that_never_answers_holds_up_nobody_else(play: Play, monkeypatch: Any) -> None:
    monkeypatch.setattr(delivering, "ANSWERS_WITHIN", 1.5)

    async def scene(desk: Desk) -> None:
        await desk.endpoint("/slow")
        await desk.endpoint("/good")
        desk.receiver.hang.add("/slow")
        for _ in range(30):
            await desk.happen()
        batches = [await desk.deliveries.due(), await desk.deliveries.due()]
        assert await desk.deliveries.due() is None
        await asyncio.gather(*(desk.deliveries.deliver(batch) for batch in batches if batch))
        assert len(desk.receiver.at("/good")) == 30
        errors = {row.error for row in await desk.rows(tables.delivery_attempts)}
        assert errors == {None, "no answer within 1.5 seconds"}

    play(scene)


def test_a_kill_between_sending_and_recording_sends_the_same_event_again_under_its_id(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        await desk.endpoint()
        await desk.happen("order.created", "order.updated")
        batch = await desk.deliveries.due()
        assert batch
        original = desk.service.database.write

        async def killed(*given: Any, **named: Any) -> Any:
            raise asyncio.CancelledError

        object.__setattr__(desk.service.database, "write", killed)
        with pytest.raises(asyncio.CancelledError):
            await desk.deliveries.deliver(batch)
        object.__setattr__(desk.service.database, "write", original)
        assert await desk.deliver(after=10) == 0
        assert await desk.deliveries.deliver(batch) == 2
        assert await desk.deliveries.deliver(batch) == 0
        ids = [got.headers["svix-id"] for got in desk.receiver.received]
        assert sorted(ids[:2]) == sorted(ids[2:])
        assert {row.attempts for row in await desk.rows(tables.deliveries)} == {1}
        assert await desk.deliver(after=86_400) == 0

    play(scene)


def test_a_name_that_resolves_to_a_private_address_by_then_is_refused(play: Play, monkeypatch: Any) -> None:
    async def rebound(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        port = desk.receiver.url.rpartition(":")[2]
        await desk.service.database.write(
            lambda db: (
                db.execute(
                    tables.webhook_endpoints.update().values(url=f"http://rebound.example:{port}/hook")
                ).rowcount
            )
        )
        monkeypatch.setattr(network_guard, "_resolve", rebound)
        desk.deliveries = desk.room(allow_private_networks=False)
        await desk.happen()
        await desk.deliver()
        assert desk.receiver.received == []
        assert (await desk.rows(tables.delivery_attempts))[0].error == "the address is on a private network"
        assert made["enabled"] is True

    play(scene)
