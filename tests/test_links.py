"""Connecting an account by a link, from the token to the exchange of the code, and what is refused."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from crossdock.cli.database import opened_database
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from crossdock.settings import load_settings
from crossdock.storage.tables import auth_codes, links
from tests.support.install import PASSWORD
from tests.support.world import World, a_return


@pytest.fixture
def key(world: World) -> Iterator[httpx.Client]:
    with world.server.client(world.key) as client:
        yield client


def _token(key: httpx.Client, **body: Any) -> str:
    answer = key.post("/link/token", json=body) if body else key.post("/link/token")
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["link_token"]
    return token


def _account(world: World, **changes: str) -> dict[str, Any]:
    fields = {
        "username": "api",
        "password": PASSWORD,
        "goods_owner_id": "42",
        "api_url": f"{world.double_url}/api/v1/",
    }
    return {"integration_type": "wms", "integration_name": "ongoing", "fields": fields | changes}


def _connect(world: World, token: str, body: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"}
    return httpx.post(f"{world.server.url}/link/connect", json=body, headers=headers, trust_env=False)


def _code(world: World, key: httpx.Client, **body: Any) -> str:
    answer = _connect(world, _token(key, **body), _account(world))
    assert answer.status_code == 200, answer.text
    code: str = answer.json()["auth_code"]
    return code


def _pointers(answer: httpx.Response) -> list[str]:
    return [row["pointer"] for row in answer.json()["errors"]]


def test_a_link_ends_in_a_connection_that_takes_writes(world: World, key: httpx.Client) -> None:
    code = _code(world, key, customer_id="customer-7")
    made = key.post("/link/exchange", json={"auth_code": code}).json()
    assert made["integration_name"] == "ongoing"
    assert made["customer_id"] == "customer-7"
    assert "create_return" in made["available_actions"]
    with world.server.client(world.key, made["access_token"]) as api:
        assert api.post("/wms/returns", json=a_return()).status_code == 200
    shown = key.get(f"/connections/{made['connection_id']}").json()["data"]
    assert shown["customer_id"] == "customer-7"


def test_a_code_is_exchanged_once_and_by_its_organisation_only(world: World, key: httpx.Client) -> None:
    code = _code(world, key)
    with world.server.client(world.install.create_key("stranger")) as stranger:
        assert _pointers(stranger.post("/link/exchange", json={"auth_code": code})) == ["/auth_code"]
    assert (
        key.post("/link/exchange", json={"auth_code": code, "customer_id": "c"}).json()["customer_id"] == "c"
    )
    again = key.post("/link/exchange", json={"auth_code": code})
    assert (again.status_code, _pointers(again)) == (422, ["/auth_code"])


def test_a_wrong_password_is_shown_at_its_field_and_the_link_stays_good(
    world: World, key: httpx.Client
) -> None:
    token = _token(key)
    with running(OngoingDouble(username="api", password=PASSWORD, goods_owners=[42])) as url:
        account = _account(world, password="wrong", api_url=f"{url}/api/v1/")
        wrong = _connect(world, token, account)
    assert wrong.status_code == 422
    assert _pointers(wrong) == ["/fields/username", "/fields/password"]
    assert "Authorization has been denied" in wrong.json()["error"]
    empty = _connect(world, token, _account(world, username=""))
    assert _pointers(empty) == ["/fields/username"]
    assert _connect(world, token, _account(world)).status_code == 200


def test_a_used_link_opens_nothing(world: World, key: httpx.Client) -> None:
    token = _token(key)
    assert _connect(world, token, _account(world)).status_code == 200
    again = _connect(world, token, _account(world))
    assert again.status_code == 401
    assert "used already" in again.json()["error"]


def test_expired_links_and_codes_are_refused(world: World, key: httpx.Client) -> None:
    token, code = _token(key), _code(world, key)
    with opened_database(load_settings(world.install.environment)) as database, database.transaction() as db:
        db.execute(sa.update(links).where(links.c.used_at.is_(None)).values(expires_at=1.0))
        db.execute(sa.update(auth_codes).where(auth_codes.c.used_at.is_(None)).values(expires_at=1.0))
    answer = _connect(world, token, _account(world))
    assert (answer.status_code, "expired" in answer.json()["error"]) == (401, True)
    assert key.post("/link/exchange", json={"auth_code": code}).status_code == 422


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nothing", "Basic abc"])
def test_nothing_is_told_without_a_link(world: World, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    answer = httpx.get(f"{world.server.url}/link/integrations", headers=headers, trust_env=False)
    assert answer.status_code == 401


def test_the_holder_of_a_link_sees_forms_and_no_sandbox(world: World, key: httpx.Client) -> None:
    headers = {"authorization": f"Bearer {_token(key)}"}
    rows = httpx.get(f"{world.server.url}/link/integrations", headers=headers, trust_env=False).json()["data"]
    ongoing = next(row for row in rows if row["integration_name"] == "ongoing")
    assert {field["name"] for field in ongoing["fields"]} >= {"username", "password"}
    secret = next(field for field in ongoing["fields"] if field["name"] == "password")
    assert (secret["secret"], secret["example"]) == (True, None)
    assert "sandbox" not in {row["integration_name"] for row in rows}


def test_a_connection_is_connected_anew_and_both_tokens_open_it(world: World, key: httpx.Client) -> None:
    first = key.post("/link/exchange", json={"auth_code": _code(world, key)}).json()
    token = _token(key, connection_id=first["connection_id"])
    headers = {"authorization": f"Bearer {token}"}
    rows = httpx.get(f"{world.server.url}/link/integrations", headers=headers, trust_env=False).json()["data"]
    assert [row["integration_name"] for row in rows] == ["ongoing"]
    other = {"integration_type": "wms", "integration_name": "shipbob", "fields": {}}
    assert _connect(world, token, other).status_code == 404
    code = _connect(world, token, _account(world)).json()["auth_code"]
    second = key.post("/link/exchange", json={"auth_code": code}).json()
    assert second["connection_id"] == first["connection_id"]
    assert second["access_token"] != first["access_token"]
    for made in (first, second):
        with world.server.client(world.key, made["access_token"]) as api:
            assert api.get("/wms/orders?limit=1").status_code == 200


def test_a_foreign_connection_cannot_be_connected_anew(world: World) -> None:
    with world.server.client(world.install.create_key("stranger")) as stranger:
        answer = stranger.post("/link/token", json={"connection_id": world.connection_id})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        ("/link/token", {"customer_id": 7}, ["/customer_id"]),
        ("/link/token", {"customer": "x"}, ["/customer"]),
        ("/link/token", [], [""]),
        ("/link/exchange", {}, ["/auth_code"]),
        ("/link/exchange", {"auth_code": "crossdock_code_nothing"}, ["/auth_code"]),
        ("/link/exchange", {"auth_code": "x" * 300}, ["/auth_code"]),
    ],
)
def test_bodies_that_are_not_understood(key: httpx.Client, path: str, body: Any, pointers: list[str]) -> None:
    answer = key.post(path, json=body)
    assert (answer.status_code, _pointers(answer)) == (422, pointers)


def test_a_read_only_key_makes_no_links(world: World) -> None:
    with world.server.client(world.install.create_key("acme", read_only=True)) as reader:
        assert reader.post("/link/token").status_code == 403
