"""The request log through its doors: what is in it, who sees it, and that no secret reaches it."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from tests.support.install import PASSWORD
from tests.support.world import World, a_return, engine_of


@pytest.fixture
def key(world: World) -> Iterator[httpx.Client]:
    with world.server.client(world.key) as client:
        yield client


def _log(key: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = key.get("/requests", params=query)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["data"]
    return rows


def _whole(key: httpx.Client, row_id: str) -> dict[str, Any]:
    answer = key.get(f"/requests/{row_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def test_a_write_is_there_with_what_it_asked_of_the_vendor(world: World, key: httpx.Client) -> None:
    body = a_return()
    request_id = world.post(body, **{"user-agent": "tests"}).headers["x-request-id"]
    rows = _log(key, request_id=request_id)
    [call] = [row for row in rows if row["kind"] == "api"]
    calls = [row for row in rows if row["kind"] == "vendor"]
    assert (call["method"], call["url"], call["status"]) == ("POST", "/wms/returns", 200)
    assert call["connection_id"] == world.connection_id
    assert (call["integration_type"], call["integration_name"]) == ("wms", "ongoing")
    assert call["actor"]["kind"] == "api_key"
    assert world.key.startswith(call["actor"]["name"])
    assert call["at"].endswith("Z")
    assert "PUT" in {row["method"] for row in calls}
    assert {row["connection_id"] for row in calls} == {world.connection_id}
    assert call["duration_ms"] >= max(row["duration_ms"] for row in calls)
    whole = _whole(key, call["id"])
    assert body["return_number"] in whole["request_body"]
    assert body["return_number"] in whole["response_body"]
    assert whole["request_headers"]["user-agent"] == "tests"
    assert whole["request_headers"]["x-trackstar-api-key"] == "[redacted]"
    assert whole["response_headers"]["x-request-id"] == request_id
    assert not whole["truncated"]
    assert {row["id"] for row in whole["vendor_calls"]} == {row["id"] for row in calls}
    put = next(row for row in calls if row["method"] == "PUT")
    assert put["url"].startswith(world.double_url)
    sent = _whole(key, put["id"])
    assert body["return_number"] in sent["request_body"]
    assert sent["request_headers"]["authorization"] == "[redacted]"


def test_a_vendor_that_does_not_answer_and_a_refusal_are_there(world: World, key: httpx.Client) -> None:
    refused = world.post({"nothing": 1})
    [row] = _log(key, request_id=refused.headers["x-request-id"])
    assert (row["status"], row["kind"]) == (422, "api")
    missing = key.get("/no/such/path?password=hunter2hunter2")
    [row] = _log(key, request_id=missing.headers["x-request-id"])
    assert (row["status"], row["url"]) == (404, "/no/such/path?password=[redacted]")


def test_health_reference_and_strangers_leave_no_row(world: World, key: httpx.Client) -> None:
    ids = [
        httpx.get(world.server.url + path, trust_env=False).headers["x-request-id"]
        for path in ("/healthz", "/readyz", "/openapi.json", "/connections")
    ]
    with world.server.client("crossdock_key_nobody") as nobody:
        ids.append(nobody.get("/connections").headers["x-request-id"])
    ids.append(key.get("/requests").headers["x-request-id"])
    with engine_of(world).connect() as db:
        _log(key)
        found = db.execute(sa.text("SELECT request_id FROM requests")).scalars().all()
    assert set(ids) & set(found) == set()


def test_no_row_holds_a_secret(world: World, key: httpx.Client) -> None:
    link = key.post("/link/token", json={}).json()["link_token"]
    fields = {"username": "api", "password": PASSWORD, "goods_owner_id": "42"}
    account = {**fields, "api_url": f"{world.double_url}/demo/api/v1/"}
    body = {"integration_type": "wms", "integration_name": "ongoing", "fields": account}
    bearer = {"authorization": f"Bearer {link}"}
    wrong = {**body, "fields": {**account, "password": "another-secret", "goods_owner_id": "x"}}
    with world.server.client() as holder:
        assert holder.post("/link/connect", json=wrong, headers=bearer).status_code == 422
        code = holder.post("/link/connect", json=body, headers=bearer).json()["auth_code"]
    token = key.post("/link/exchange", json={"auth_code": code}).json()["access_token"]
    endpoint = key.post(
        "/webhooks/endpoints", json={"url": "https://93.184.216.34/?token=hook-secret"}
    ).json()
    secret = endpoint["data"]["secret"]
    key.get(f"/webhooks/endpoints/{endpoint['data']['id']}/secret")
    with world.api as api:
        api.post("/wms/returns", json=a_return(comment=f"{PASSWORD} {world.key}", return_number=world.token))
        api.get(f"/wms/orders?order_number={PASSWORD}&access_token=x-secret-x")
        api.get(f"/wms/orders/{PASSWORD}", headers={"cookie": "session=cookie-secret"})
        shown = {"method": "GET", "path": f"/articles?articleNumber={PASSWORD}"}
        api.post("/wms/passthrough", json=shown)
    secrets = [world.key, world.token, PASSWORD, "another-secret", link, code, token, secret, "hook-secret"]
    secrets += ["x-secret-x", "cookie-secret", b64encode(f"api:{PASSWORD}".encode()).decode()]
    assert len(_log(key, limit="1000")) > 8
    with engine_of(world).connect() as db:
        for table in ("requests", "audit"):
            for row in db.execute(sa.text(f"SELECT * FROM {table}")):
                text = "\n".join(str(value) for value in row)
                assert [found for found in secrets if found in text] == [], table


def test_the_holder_of_a_link_is_named(world: World, key: httpx.Client) -> None:
    link = key.post("/link/token", json={"customer_id": "customer-9"}).json()["link_token"]
    with world.server.client() as holder:
        answer = holder.get("/link/integrations", headers={"authorization": f"Bearer {link}"})
    [row] = _log(key, request_id=answer.headers["x-request-id"])
    assert (row["actor"]["kind"], row["actor"]["name"]) == ("link", "customer-9")


def test_another_organisation_sees_nothing(world: World, key: httpx.Client) -> None:
    request_id = world.post(a_return()).headers["x-request-id"]
    row = _log(key, request_id=request_id)[0]
    with world.server.client(world.install.create_key("stranger")) as stranger:
        assert _log(stranger, request_id=request_id) == []
        assert _log(stranger, connection_id=world.connection_id) == []
        assert stranger.get(f"/requests/{row['id']}").status_code == 404
        page = key.get("/requests", params={"limit": "1"}).json()
        foreign = stranger.get("/requests", params={"page_token": page["next_token"]})
        assert foreign.status_code == 422


def test_pages_and_filters(world: World, key: httpx.Client) -> None:
    numbers = [world.post(a_return()).headers["x-request-id"] for _ in range(3)]
    world.post({"nothing": 1})
    whole = _log(key, limit="1000", connection_id=world.connection_id)
    paged: list[str] = []
    query = {"limit": "3", "connection_id": world.connection_id}
    for _ in range(1 + len(whole) // 3):
        page = key.get("/requests", params=query).json()
        paged += [row["id"] for row in page["data"]]
        if page["next_token"] is None:
            break
        query["page_token"] = page["next_token"]
    assert paged == [row["id"] for row in whole]
    assert [row["at"] for row in whole] == sorted((row["at"] for row in whole), reverse=True)
    assert {row["kind"] for row in _log(key, kind="vendor")} == {"vendor"}
    refusals = _log(key, **{"status[gte]": "400"})
    assert refusals
    assert min(row["status"] for row in refusals) >= 400
    found = _log(key, **{"path[contains]": "/wms/returns", "kind": "api"})
    assert set(numbers) <= {row["request_id"] for row in found}
    assert all("/wms/returns" in row["url"] for row in found)
    moment = whole[0]["at"]
    assert all(row["at"] >= moment for row in _log(key, since=moment))
    assert all(row["at"] <= moment for row in _log(key, until=moment, limit="1000"))


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"colour": "red"}, "/colour"),
        ({"since": "yesterday"}, "/since"),
        ({"until": "2026-99-01"}, "/until"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "/until"),
        ({"kind": "carrier"}, "/kind"),
        ({"status[gte]": "many"}, "/status[gte]"),
        ({"path[contains]": ""}, "/path[contains]"),
        ({"request_id": "\0"}, "/request_id"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "1001"}, "/limit"),
        ({"page_token": "forged"}, "/page_token"),
    ],
)
def test_queries_that_are_refused(
    world: World, key: httpx.Client, query: dict[str, str], pointer: str
) -> None:
    answer = key.get("/requests", params=query)
    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


def test_ids_that_nobody_has(key: httpx.Client) -> None:
    for row_id in ("none", "%00", "x" * 300):
        assert key.get(f"/requests/{row_id}").status_code == 404


def test_write_info_that_is_answered_again_is_counted(world: World, key: httpx.Client) -> None:
    world.write_info()
    before = key.get("/requests").json()["left_out"]["write_info_repeats"]
    world.write_info()
    assert key.get("/requests").json()["left_out"]["write_info_repeats"] == before + 1
