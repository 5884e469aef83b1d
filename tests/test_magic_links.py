"""Magic links as the API makes, shows, bounds and withdraws them."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from crossdock.doubles.faults import Fault
from crossdock.storage.tables import magic_links
from tests.support.install import PASSWORD
from tests.support.world import World, engine_of


@pytest.fixture
def key(world: World) -> Iterator[httpx.Client]:
    with world.server.client(world.key) as client:
        yield client


def _made(key: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = key.post("/magic-links", json=body)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["magic_link"]
    return made


def _followed(world: World, made: dict[str, Any]) -> httpx.Response:
    secret = made["url"].partition("#")[2]
    return httpx.post(f"{world.server.url}/link/magic", json={"secret": secret}, trust_env=False)


def _linked(world: World, token: str, method: str, path: str, body: Any = None) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"}
    return httpx.request(method, world.server.url + path, json=body, headers=headers, trust_env=False)


def _account(world: World) -> dict[str, Any]:
    fields = {
        "username": "api",
        "password": PASSWORD,
        "goods_owner_id": "42",
        "api_url": f"{world.double_url}/api/v1/",
    }
    return {"integration_type": "wms", "integration_name": "ongoing", "fields": fields}


def test_a_magic_link_is_made_shown_and_withdrawn(world: World, key: httpx.Client) -> None:
    made = _made(key, customer_id="c-9", integration_block_list=["extensiv"], link_duration=2)
    assert len(made["id"]) == 32
    shown = key.get(f"/magic-links/{made['id']}").json()["magic_link"]
    assert shown == {name: value for name, value in made.items() if name != "url"}
    assert shown["integration_type"] == "wms"
    assert made["id"] in [one["id"] for one in key.get("/magic-links").json()["magic_links"]]
    with world.server.client(world.install.create_key("somebody-else")) as foreign:
        assert foreign.get(f"/magic-links/{made['id']}").status_code == 404
        assert foreign.delete(f"/magic-links/{made['id']}").status_code == 404
        assert made["id"] not in foreign.get("/magic-links").text
        assert foreign.post("/magic-links", json={"connection_id": world.connection_id}).status_code == 404
    token = _followed(world, made).json()["link_token"]
    gone = key.delete(f"/magic-links/{made['id']}")
    assert gone.json() == {"id": made["id"], "object": "magic_link", "deleted": True}
    assert key.get(f"/magic-links/{made['id']}").status_code == 404
    assert "withdrawn" in _followed(world, made).json()["error"]
    for method, path in (("GET", "integrations"), ("POST", "check"), ("POST", "connect")):
        body = _account(world) if method == "POST" else None
        late = _linked(world, token, method, f"/link/{path}", body)
        assert (late.status_code, "withdrawn" in late.json()["error"]) == (401, True)


def test_its_bounds_are_kept_by_the_server(world: World, key: httpx.Client) -> None:
    made = _made(key, integrations_with_endpoints=["create_kit"], integration_block_list=["ongoing"])
    token = _followed(world, made).json()["link_token"]
    offered = {
        one["integration_name"] for one in _linked(world, token, "GET", "/link/integrations").json()["data"]
    }
    assert offered == {"extensiv", "shiphero"}
    sandboxes = _linked(world, token, "GET", "/link/integrations?sandbox=true").json()["data"]
    assert {one["integration_name"] for one in sandboxes} == offered
    for path in ("/link/connect", "/link/check"):
        assert _linked(world, token, "POST", path, _account(world)).status_code == 404


def test_an_account_is_connected_once_without_what_was_left_out(world: World, key: httpx.Client) -> None:
    made = _made(key, disabled_functions=["create_return", "get_products"], customer_id="c-3")
    tokens = [_followed(world, made).json()["link_token"] for _ in range(2)]
    first = _linked(world, tokens[0], "POST", "/link/connect", _account(world))
    assert first.status_code == 200, first.text
    second = _linked(world, tokens[1], "POST", "/link/connect", _account(world))
    assert second.status_code == 401
    exchanged = key.post("/link/exchange", json={"auth_code": first.json()["auth_code"]}).json()
    connection = key.get(f"/connections/{exchanged['connection_id']}").json()["data"]
    assert "create_return" not in connection["available_actions"]
    states = {one["function_name"]: one["sync_status"] for one in connection["sync_schedules"]}
    assert states["get_products"] == "disabled"
    assert states["get_orders"] != "disabled"
    with world.server.client(world.key, exchanged["access_token"]) as api:
        assert api.post("/wms/returns", json={}).status_code == 403
        assert api.delete("/connections").status_code == 200


def test_an_expired_one_is_told(world: World, key: httpx.Client) -> None:
    made = _made(key)
    with engine_of(world).begin() as db:
        db.execute(sa.update(magic_links).where(magic_links.c.id == made["id"]).values(expires_at=1.0))
    assert _followed(world, made).json()["error"] == "The magic link has expired; ask for a new one."


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (
            {"integration_allow_list": ["ongoing"], "integration_block_list": ["shipbob"]},
            "/integration_allow_list",
        ),
        ({"integration_allow_list": ["nobody"]}, "/integration_allow_list/0"),
        ({"integrations_with_endpoints": ["get_everything"]}, "/integrations_with_endpoints/0"),
        ({"integration_type": "wmx"}, "/integration_type"),
        ({"link_duration": 0}, "/link_duration"),
        ({"link_duration": "7"}, "/link_duration"),
        ({"customer_id": ""}, "/customer_id"),
        ({"customer": "x"}, "/customer"),
    ],
)
def test_what_is_not_accepted_has_its_place(key: httpx.Client, body: Any, pointer: str) -> None:
    answer = key.post("/magic-links", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_account_is_tried_list_by_list_before_it_is_connected(world: World, key: httpx.Client) -> None:
    token = key.post("/link/token").json()["link_token"]
    told = _linked(world, token, "POST", "/link/check", _account(world)).json()
    assert told["accepted"] is True
    assert {"get_orders", "get_products"} <= set(told["lists"])
    assert "create_return" in told["writes"]
    one = _linked(world, token, "POST", "/link/check", {**_account(world), "function": "get_orders"})
    assert one.json() == {"function": "get_orders", "allowed": True, "message": None}
    world.double.faults.add(Fault("GET", "/orders", "status_before", status=403, times=9))
    refused = _linked(world, token, "POST", "/link/check", {**_account(world), "function": "get_orders"})
    assert refused.json()["allowed"] is False
    none = _linked(world, token, "POST", "/link/check", {**_account(world), "function": "get_nothing"})
    assert none.json()["errors"][0]["pointer"] == "/function"
    bad = {**_account(world), "fields": {"username": "api"}}
    faults = _linked(world, token, "POST", "/link/check", bad).json()["errors"]
    assert "/fields/password" in [fault["pointer"] for fault in faults]
