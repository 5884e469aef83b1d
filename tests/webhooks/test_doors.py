"""Endpoints, events, replay and truncation, through the doors."""

import asyncio
from typing import Any

import orjson
import pytest

from crossdock.errors import Unprocessable
from crossdock.schemas.events import EVENT_TYPES
from crossdock.webhooks.endpoints import check_url
from tests.webhooks.test_delivery import Desk, Play, play

__all__ = ["play"]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://2130706433/hook",
        "https://0x7f000001/hook",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.1]/hook",
        "https://[64:ff9b::a9fe:a9fe]/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/",
        "https://192.168.0.1:8443/",
        "https://0.0.0.0/",
        "https://[fe80::1]/",
        "http://93.184.216.34/hook",
        "ftp://93.184.216.34/hook",
        "https://user:secret@93.184.216.34/hook",
        "https:///nowhere",
        "https://93.184.216.34:99999/",
        "nonsense",
        "https://93.184.216.34/a b",
    ],
)
def test_urls_that_are_refused_at_registration(url: str) -> None:
    with pytest.raises(Unprocessable) as refused:
        asyncio.run(check_url(url, allow_private_networks=False))
    assert [fault.pointer for fault in refused.value.faults] == ["/url"]
    assert "secret" not in refused.value.message + str(refused.value.extra)


def test_a_public_address_is_accepted() -> None:
    asyncio.run(check_url("https://93.184.216.34/hook", allow_private_networks=False))


def test_endpoints_are_the_organisations_own(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint(event_types=["order.created"], description="ERP")
        path = f"/webhooks/endpoints/{made['id']}"
        assert "secret" not in (await desk.api.get(path)).json()["data"]
        assert (await desk.api.get(f"{path}/secret")).json()["data"]["secrets"] == [made["secret"]]
        listed = (await desk.api.get("/webhooks/endpoints")).json()
        assert [row["id"] for row in listed["data"]] == [made["id"]]
        assert made["secret"] not in str(listed)
        for method, below in (
            ("GET", ""),
            ("PATCH", ""),
            ("DELETE", ""),
            ("GET", "/secret"),
            ("POST", "/rotate-secret"),
            ("POST", "/test"),
        ):
            answer = await desk.stranger.request(method, path + below, json={"event_type": "order.created"})
            assert answer.status_code == 404, (method, below)
        await desk.happen("order.created", "order.updated")
        assert await desk.deliver() == 1
        events = (await desk.api.get("/webhooks/events")).json()["data"]
        assert (await desk.stranger.get("/webhooks/events")).json()["data"] == []
        for below in ("", "/data", "/deliveries"):
            answer = await desk.stranger.get(f"/webhooks/events/{events[0]['id']}{below}")
            assert answer.status_code == 404
        assert (await desk.api.delete(path)).json()["deleted"] is True
        assert (await desk.api.get(path)).status_code == 404

    play(scene)


def test_what_an_endpoint_may_not_be_is_said_field_by_field(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        bad = {"event_types": ["order.create"], "description": 5, "enabled": "yes", "more": 1}
        answer = await desk.api.post("/webhooks/endpoints", json=bad)
        assert answer.status_code == 422
        pointers = {error["pointer"] for error in answer.json()["errors"]}
        assert pointers == {"/more", "/url", "/description", "/event_types/0", "/enabled"}
        assert (await desk.api.post("/webhooks/endpoints", json=[])).status_code == 422
        for url in (7, None, "https://93.184.216.34/" + "x" * 2000):
            answer = await desk.api.post("/webhooks/endpoints", json={"url": url})
            assert [error["pointer"] for error in answer.json()["errors"]] == ["/url"]

    play(scene)


def test_events_are_listed_filtered_and_paged(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        for _ in range(3):
            await desk.happen("order.created", "order.updated")
        seen: list[str] = []
        token = None
        while len(seen) == 0 or token:
            query = {"limit": "2"} | ({"page_token": token} if token else {})
            body = (await desk.api.get("/webhooks/events", params=query)).json()
            seen += [event["id"] for event in body["data"]]
            token = body["next_token"]
        assert len(seen) == len(set(seen)) == 6
        only = await desk.api.get("/webhooks/events", params={"event_type": "order.updated"})
        assert only.json()["total_count"] == 3
        none = await desk.api.get("/webhooks/events", params={"to": "2020-01-01T00:00:00Z"})
        assert none.json()["data"] == []
        for query in (
            {"event_type": "order.create"},
            {"from": "yesterday"},
            {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"},
            {"colour": "blue"},
            {"limit": "0"},
            {"page_token": "forged"},
        ):
            assert (await desk.api.get("/webhooks/events", params=query)).status_code == 422, query
        types = (await desk.api.get("/webhooks/event-types")).json()["data"]
        assert types == list(EVENT_TYPES)

    play(scene)


def test_one_event_and_a_range_are_replayed(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint()
        await desk.happen("order.created", "order.updated", "product.created")
        await desk.deliver()
        events = (await desk.api.get("/webhooks/events")).json()["data"]
        again = await desk.api.post(f"/webhooks/events/{events[0]['id']}/replay")
        assert again.json()["data"]["deliveries"] == 1
        assert await desk.deliver(after=1) == 1
        assert desk.receiver.received[-1].headers["svix-id"] == events[0]["id"]
        window = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z", "endpoint_id": made["id"]}
        answer = await desk.api.post("/webhooks/replay", json=window)
        assert answer.json()["data"] == {"deliveries": 3, "more": False}
        assert await desk.deliver(after=1) == 3
        some = await desk.api.post("/webhooks/replay", json={**window, "event_types": ["product.created"]})
        assert some.json()["data"]["deliveries"] == 1
        backwards = {**window, "from": window["to"], "to": window["from"]}
        assert (await desk.api.post("/webhooks/replay", json=backwards)).status_code == 422
        assert (await desk.api.post("/webhooks/replay", json={})).status_code == 422
        assert (await desk.stranger.post("/webhooks/replay", json=window)).status_code == 404

    play(scene)


def test_an_oversized_event_says_where_all_of_it_is(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        await desk.endpoint()
        note = "\N{PACKAGE}" * 250_000
        await desk.happen(data={"id": "r1", "note": note})
        await desk.deliver()
        told = desk.receiver.received[0].event
        assert told["data_truncated"] is True
        assert told["data"] == {"id": "r1"}
        assert told["data_url"].startswith("http://crossdock.example/webhooks/events/evt_")
        path = told["data_url"].removeprefix("http://crossdock.example")
        link = (await desk.api.get(path)).json()["download_url"].removeprefix("http://crossdock.example")
        whole = await desk.stranger.get(link, headers={"x-trackstar-api-key": ""})
        assert orjson.loads(whole.content)["data"]["note"] == note
        forged = await desk.api.get(link[:-3] + "abc")
        assert (forged.status_code, forged.json()["error"]) == (403, "This link is not one that was given.")
        other = link.replace(path.split("/")[3], "evt_" + "0" * 32)
        assert (await desk.api.get(other)).status_code == 403

    play(scene)


def test_a_link_expires(play: Play, monkeypatch: Any) -> None:
    from crossdock.http import webhook_routes

    monkeypatch.setattr(webhook_routes, "LINK_LIFETIME", -1)

    async def scene(desk: Desk) -> None:
        await desk.happen()
        event = (await desk.api.get("/webhooks/events")).json()["data"][0]
        link = (await desk.api.get(f"/webhooks/events/{event['id']}/data")).json()["download_url"]
        answer = await desk.api.get(link.removeprefix("http://crossdock.example"))
        assert answer.status_code == 403
        assert "expired" in answer.json()["error"]

    play(scene)


def test_a_made_up_event_goes_to_one_endpoint(play: Play) -> None:
    async def scene(desk: Desk) -> None:
        made = await desk.endpoint("/one")
        await desk.endpoint("/two")
        path = f"/webhooks/endpoints/{made['id']}/test"
        answer = await desk.api.post(path, json={"event_type": "order.created"})
        assert answer.status_code == 200
        assert await desk.deliver(after=1) == 1
        assert [got.event["data"]["id"] for got in desk.receiver.at("/one")] == ["sample"]
        bad = await desk.api.post(path, json={"event_type": "x"})
        assert bad.status_code == 422

    play(scene)
