"""Who did what: entered by every door that changes something, read by page and as a table."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from crossdock.connector.calls import Actor
from crossdock.http.doors import DOORS
from crossdock.storage.audit import Entry, add_entry
from crossdock.storage.database import Database
from tests.support.world import World, engine_of

SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def key(world: World) -> Iterator[httpx.Client]:
    with world.server.client(world.key) as client:
        yield client


def _entries(key: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = key.get("/audit", params=query)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["data"]
    return rows


@pytest.mark.parametrize(
    "door", [d for d in DOORS if d.method not in SAFE], ids=lambda d: f"{d.method} {d.path}"
)
def test_a_door_that_changes_something_is_audited_or_says_why_not(door: Any) -> None:
    assert (door.audited is None) != (door.unaudited is None)
    assert door.audited is None or len(door.audited.split(".")) == 2


def test_a_change_is_entered_with_who_and_what(world: World, key: httpx.Client) -> None:
    with world.api as api:
        done = api.patch("/schedules/get_orders/toggle", json={"paused": True})
        assert done.status_code == 200, done.text
        api.patch("/schedules/get_orders/toggle", json={"paused": "perhaps"})
    [entry] = [e for e in _entries(key) if e["request_id"] == done.headers["x-request-id"]]
    assert entry["action"] == "schedule.changed"
    assert entry["target"] == {"kind": "schedule", "id": "get_orders"}
    assert entry["detail"] == {"connection_id": world.connection_id, "paused": True}
    assert entry["actor"]["kind"] == "api_key"
    assert world.key.startswith(entry["actor"]["name"])
    assert len(_entries(key, action="schedule.changed")) == 1
    with world.api as api:
        assert api.patch("/schedules/get_orders/toggle", json={"paused": False}).status_code == 200


def test_reading_and_writing_records_leaves_no_entry(world: World, key: httpx.Client) -> None:
    before = len(_entries(key))
    world.post({"nothing": 1})
    with world.api as api:
        api.get("/wms/orders")
        api.get("/connections")
    assert len(_entries(key)) == before


def test_endpoints_and_their_secrets(world: World, key: httpx.Client) -> None:
    url = "https://93.184.216.34/hook?token=hidden-hidden"
    made = key.post("/webhooks/endpoints", json={"url": url}).json()["data"]
    path = f"/webhooks/endpoints/{made['id']}"
    key.get(path)
    key.get(f"{path}/secret")
    key.post(f"{path}/rotate-secret", json={"grace_seconds": 5})
    key.patch(path, json={"description": "ERP"})
    key.delete(path)
    mine = [e for e in _entries(key) if e["target"]["id"] == made["id"]]
    verbs = [e["action"].removeprefix("webhook_endpoint.") for e in reversed(mine)]
    assert verbs == ["created", "secret_read", "secret_rotated", "changed", "deleted"]
    assert mine[-1]["detail"] == {"url": "https://93.184.216.34/hook?token=[redacted]"}
    assert "hidden" not in str(mine)


def test_a_link_is_entered_from_its_making_to_its_exchange(world: World, key: httpx.Client) -> None:
    link = key.post("/link/token", json={"customer_id": "customer-5"}).json()["link_token"]
    fields = {
        "username": "api",
        "password": "pass-of-five",
        "goods_owner_id": "42",
        "api_url": f"{world.double_url}/demo/api/v1/",
    }
    body = {"integration_type": "wms", "integration_name": "ongoing", "fields": fields}
    with world.server.client() as holder:
        done = holder.post("/link/connect", json=body, headers={"authorization": f"Bearer {link}"})
    made = key.post("/link/exchange", json={"auth_code": done.json()["auth_code"]}).json()
    rows = [e for e in _entries(key) if e["target"]["id"] == made["connection_id"]]
    assert [row["action"] for row in rows] == ["connection.token_exchanged", "connection.connected"]
    assert rows[1]["actor"]["kind"] == "link"
    assert rows[1]["actor"]["name"] == "customer-5"
    assert "pass-of-five" not in str(_entries(key))
    assert done.json()["auth_code"] not in str(_entries(key))


def test_commands_are_entered_as_the_doing_of_the_shell(world: World, key: httpx.Client) -> None:
    made = world.install.run("keys", "create", "--org", "acme", "--read-only", "--json").stdout
    key_id = made.split('"id":')[1].split('"')[1]
    world.install.run("keys", "revoke", key_id)
    rows = [e for e in _entries(key) if e["target"]["id"] == key_id]
    assert [row["action"] for row in rows] == ["api_key.revoked", "api_key.created"]
    assert {row["actor"]["kind"] for row in rows} == {"command_line"}
    assert rows[1]["detail"] == {"read_only": True}


def test_another_organisation_and_a_read_only_key(world: World, key: httpx.Client) -> None:
    key.post("/link/token", json={})
    page = key.get("/audit", params={"limit": "1"}).json()
    with world.server.client(world.install.create_key("stranger")) as stranger:
        assert all(e["actor"]["kind"] == "command_line" for e in _entries(stranger))
        assert stranger.get("/audit", params={"page_token": page["next_token"] or "x"}).status_code == 422
        assert "link.created" not in stranger.get("/audit.csv").text
    with world.server.client(world.install.create_key(read_only=True)) as reader:
        assert reader.get("/audit").status_code == 403
        assert reader.get("/audit.csv").status_code == 403


def _organisation(world: World) -> str:
    with engine_of(world).connect() as db:
        return str(db.execute(sa.text("SELECT id FROM organisations WHERE name = 'acme'")).scalar_one())


def test_the_table_is_safe_to_open_and_complete(world: World, key: httpx.Client) -> None:
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    url = world.install.database_url or f"sqlite:///{world.install.home}/crossdock.db"
    database, organisation = Database(url), _organisation(world)
    with database.transaction() as db:
        for number in range(1_100):
            actor = Actor("user", f"u{number}", formulas[number % 6] if number < 6 else 'Ada, "the" Example')
            add_entry(db, Entry(organisation, actor, "test.done", "=A1", {"n": number}))
    database.close()
    answer = key.get("/audit.csv", params={"action": "test.done"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == 1_100
    assert {row["target_id"] for row in rows} == {"'=A1"}
    assert sorted(row["actor_name"] for row in rows if row["actor_name"][0] == "'") == sorted(
        f"'{formula}" for formula in formulas
    )
    assert rows[0]["actor_name"] == 'Ada, "the" Example'
    assert rows[0]["at"].endswith("Z")
    seen: list[str] = []
    query = {"limit": "400", "action": "test.done"}
    for _ in range(3):
        page = key.get("/audit", params=query).json()
        seen += [row["id"] for row in page["data"]]
        query["page_token"] = page["next_token"]
    assert seen == [row["id"] for row in rows]
    assert query["page_token"] is None
    assert [row["actor"]["id"] for row in _entries(key, actor="u7")] == ["u7"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"colour": "red"}, "/colour"),
        ({"since": "yesterday"}, "/since"),
        ({"actor": "\n"}, "/actor"),
        ({"limit": "no"}, "/limit"),
        ({"page_token": "forged"}, "/page_token"),
    ],
)
def test_queries_that_are_refused(key: httpx.Client, query: dict[str, str], pointer: str) -> None:
    answer = key.get("/audit", params=query)
    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
