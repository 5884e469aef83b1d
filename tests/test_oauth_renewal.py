"""Accounts by OAuth whose tokens end: renewed by refresh tokens that are good once, whatever happens."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from crossdock.cli.database import opened_database
from crossdock.doubles.server import running
from crossdock.doubles.shipbob import Channel, ShipBobDouble
from crossdock.doubles.shipbob.grant import CLIENT_ID, CLIENT_SECRET
from crossdock.doubles.shipbob.stand import TOKEN
from crossdock.settings import load_settings
from crossdock.storage.oauth_tables import oauth_grants
from tests.support.install import Install, Server
from tests.support.oauth import Link, clients_file
from tests.support.postgres import new_database

SLUG = "wms/shipbob"
LAUNCHER = (str(Path(__file__).parent / "support" / "killable.py"),)


@dataclass
class World:
    """A double of ShipBob, and a Crossdock whose operator it knows."""

    install: Install
    double: ShipBobDouble
    url: str
    server: Server

    def link(self, key: str, connection_id: str | None = None) -> Link:
        return Link(self.server, key, SLUG, connection_id)

    def agreed(self, link: Link, **fields: str) -> str:
        """The code at the end of the way."""
        begun = link.begin(api_url=self.url, **fields).json()
        done = link.come_back_by_form(link.agree(begun["authorize_url"]))
        assert done.status_code == 200, done.text
        told = link.result(begun["handle"]).json()
        assert told["status"] == "connected", told
        return str(told["auth_code"])

    def connected(self, key: str | None = None, connection_id: str | None = None) -> "Connected":
        key = key or self.install.create_key(f"acme-{uuid4()}")
        code = self.agreed(self.link(key, connection_id))
        with self.server.client(key) as organisation:
            made = organisation.post("/link/exchange", json={"auth_code": code}).json()
        self.double.grants.refreshed = self.double.grants.refused = 0
        return Connected(self, key, made["access_token"], made["connection_id"])

    def everything_told(self) -> str:
        """The log of the server, and what is in the database of all that was done."""
        files = b"".join(path.read_bytes() for path in self.install.home.glob("crossdock.db*"))
        return self.server.log + files.decode("latin-1")


@dataclass
class Connected:
    """A connected account."""

    world: World
    key: str
    token: str
    id: str

    def write(self, server: Server | None = None) -> httpx.Response:
        body = {"sku": f"SCARF-{uuid4()}", "name": "Scarf"}
        with (server or self.world.server).client(self.key, self.token) as api:
            return api.post("/wms/products", json=body)

    def written(self) -> httpx.Response:
        """A write that is taken, or what became of it in the time in which a server notices a change."""
        deadline = time.monotonic() + 10
        while True:
            answer = self.write()
            if answer.status_code == 200 or time.monotonic() > deadline:
                return answer
            time.sleep(0.1)

    def read(self, server: Server | None = None) -> httpx.Response:
        with (server or self.world.server).client(self.key, self.token) as api:
            return api.post("/wms/passthrough", json={"method": "GET", "path": "/1.0/location"})

    def sync(self) -> None:
        self.world.install.run("sync", SLUG, "--connection", self.id, "--json", ok=False)

    def has_tokens(self) -> bool:
        """Whether tokens are stored for it."""
        of_it = oauth_grants.c.connection_id == self.id
        settings = load_settings(self.world.install.environment)
        with opened_database(settings) as database, database.transaction() as db:
            return db.scalar(sa.select(oauth_grants.c.version).where(of_it)) is not None

    def errors(self) -> list[Any]:
        with self.world.server.client(self.key) as organisation:
            [found] = organisation.get("/connections").json()["data"]
        return list(found["errors"])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("home")
    double = ShipBobDouble(token=TOKEN)
    with running(double) as url:
        clients = clients_file(home, SLUG, CLIENT_ID, CLIENT_SECRET, url)
        install = Install(home, settings={"CROSSDOCK_OAUTH_CLIENTS": clients})
        install.settings["CROSSDOCK_VENDOR_TIMEOUT"] = "20"
        if request.param == "postgresql":
            install.database_url = new_database(request.getfixturevalue("postgres"))
            install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
        world = World(install, double, url, Server(install).start())
        yield world
        world.server.stop()
        assert double.violations == []
        told = world.everything_told()
        assert double.grants.given
        assert [secret for secret in (CLIENT_SECRET, *double.grants.given) if secret in told] == []


@pytest.fixture
def world(served: World) -> Iterator[World]:
    served.double.grants.lifetime = 3600
    yield served
    served.double.faults.clear()


def test_an_account_is_connected_and_its_channel_found_out(world: World) -> None:
    key = world.install.create_key(f"acme-{uuid4()}")
    link = world.link(key)
    assert link.offered()["oauth"] == {
        "asked_first": ["channel_id", "api_url"],
        "may_be_left_out": ["channel_id"],
    }
    asked = parse_qs(urlsplit(link.begin(api_url=world.url).json()["authorize_url"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_mode"] == ["form_post"]
    assert "offline_access" in asked["scope"][0].split()
    code = world.agreed(link)
    with world.server.client(key) as organisation:
        made = organisation.post("/link/exchange", json={"auth_code": code}).json()
        audit = organisation.get("/audit", params={"action": "connection.connected"}).json()["data"]
        assert audit[0]["target"]["id"] == made["connection_id"]
        connected = Connected(world, key, made["access_token"], made["connection_id"])
        assert connected.write().status_code == 200
        logged = organisation.get("/requests", params={"limit": 100}).text
    assert "/1.0/channel" in logged
    assert [secret for secret in world.double.grants.given if secret in logged] == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "https://auth.shipbob.com/connect/authorize"),
        ({"api_url": "https://sandbox-api.shipbob.com/"}, "https://authstage.shipbob.com/connect/authorize"),
    ],
)
def test_the_owner_is_sent_to_the_server_of_the_api(world: World, fields: dict[str, str], place: str) -> None:
    begun = world.link(world.install.create_key()).begin(**fields).json()
    assert begun["authorize_url"].partition("?")[0] == place


def test_the_operators_secret_goes_to_no_address_of_an_owners_making(world: World) -> None:
    refused = world.link(world.install.create_key()).begin(api_url="http://127.0.0.1:9")
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/fields/api_url"]


def test_an_owner_of_several_channels_says_which(world: World) -> None:
    channels = world.double.state.channels
    channels[900] = Channel(900, "Second", "Crossdock", ("orders_write products_write",))
    try:
        link = world.link(world.install.create_key())
        begun = link.begin(api_url=world.url).json()
        refused = link.come_back_by_form(link.agree(begun["authorize_url"]))
        assert refused.status_code == 422
        assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/fields/channel_id"]
        told = link.result(begun["handle"]).json()
        assert told["status"] == "refused"
        assert "101 (Crossdock), 900 (Second)" in told["error"]
        assert world.agreed(link, channel_id="101")
    finally:
        del channels[900]


def test_a_token_that_ended_is_renewed_in_the_middle_of_a_write(world: World) -> None:
    account = world.connected()
    assert account.write().status_code == 200
    world.double.grants.end_access()
    written = account.write()
    assert written.status_code == 200, written.text
    assert account.write().status_code == 200
    assert (world.double.grants.refreshed, world.double.grants.refused) == (1, 0)


def test_a_token_is_renewed_before_it_ends(world: World) -> None:
    world.double.grants.lifetime = 4
    account = world.connected()
    assert account.read().status_code == 200
    time.sleep(2.1)
    world.double.requests.clear()
    assert account.read().status_code == 200
    assert world.double.grants.refreshed == 1
    assert 401 not in [request.status for request in world.double.requests]


def test_a_token_that_ended_is_renewed_in_the_middle_of_a_sync(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = world.connected()
    calls: list[str] = []
    perform: Callable[..., Any] = world.double.perform

    def ends_after_the_second(call: Any, *rest: Any) -> Any:
        if call.path.startswith("/1.0"):
            calls.append(call.path)
            if len(calls) == 3:
                world.double.grants.end_access()
        return perform(call, *rest)

    monkeypatch.setattr(world.double, "perform", ends_after_the_second)
    account.sync()
    assert len(calls) > 5
    assert account.errors() == []
    with world.server.client(account.key, account.token) as api:
        assert api.get("/wms/inventory").json()["data"]
        assert api.get("/wms/products").json()["data"]
    assert (world.double.grants.refreshed, world.double.grants.refused) == (1, 0)


def test_what_came_in_place_of_a_refresh_token_survives_a_restart(world: World) -> None:
    account = world.connected()
    for _ in range(3):
        world.double.grants.end_access()
        assert account.write().status_code == 200
        secrets = [one for one in world.double.grants.given if one in world.server.log]
        assert secrets == []
        world.server.stop()
        world.server.start()
    assert (world.double.grants.refreshed, world.double.grants.refused) == (3, 0)
    # The access token is kept too: a server that starts does not renew for that.
    assert account.write().status_code == 200
    assert world.double.grants.refreshed == 3


def test_two_servers_use_a_refresh_token_once(world: World) -> None:
    account = world.connected()
    other = Server(world.install).start()
    try:
        servers = [world.server, other] * 6
        assert {account.read(server).status_code for server in servers[:2]} == {200}
        for renewed in (1, 2):
            world.double.grants.end_access()
            world.double.misbehave("POST", "/connect/token", "delay_before", seconds=0.5)
            with ThreadPoolExecutor(len(servers)) as pool:
                answers = list(pool.map(account.read, servers))
            assert {answer.status_code for answer in answers} == {200}
            assert (world.double.grants.refreshed, world.double.grants.refused) == (renewed, 0)
    finally:
        other.stop()
    assert [secret for secret in world.double.grants.given if secret in other.log] == []


def test_an_account_that_is_let_in_no_more_is_shut_out_until_it_is_connected_anew(world: World) -> None:
    account = world.connected()
    world.double.grants.withdraw()
    account.sync()
    [error] = account.errors()
    assert "connect the account anew" in error["error_message"]
    assert "invalid_grant" in error["error_message"]
    assert all(one["preventing_sync"] for one in error["affected_endpoints"])
    refused = account.write()
    assert (refused.status_code, refused.json()["origin"]) == (401, "integration")
    assert "connect the account anew" in refused.json()["error"]
    again = world.connected(account.key, account.id)
    assert again.id == account.id
    assert account.written().status_code == 200
    account.sync()
    assert account.errors() == []


def test_an_account_may_be_connected_anew_by_its_fields(world: World) -> None:
    account = world.connected()
    world.double.grants.withdraw()
    link = world.link(account.key, account.id)
    fields = {"personal_access_token": TOKEN, "channel_id": "101", "api_url": world.url}
    given = {"integration_type": "wms", "integration_name": "shipbob", "fields": fields}
    assert account.has_tokens()
    assert link.ask("POST", "/link/connect", given).status_code == 200
    assert account.written().status_code == 200
    assert not account.has_tokens()


def test_tokens_go_with_their_connection(world: World) -> None:
    account = world.connected()
    assert account.has_tokens()
    with world.server.client(account.key, account.token) as api:
        assert api.delete("/connections").status_code == 200
    assert not account.has_tokens()


@pytest.mark.parametrize("name", ["oauth_grant", "refresh_token"])
def test_nobody_fills_in_what_belongs_to_a_grant(world: World, name: str) -> None:
    link = world.link(world.install.create_key())
    fields = {"personal_access_token": TOKEN, "channel_id": "101", "api_url": world.url, name: "x"}
    given = {"integration_type": "wms", "integration_name": "shipbob", "fields": fields}
    refused = link.ask("POST", "/link/connect", given)
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/fields/{name}"]


def test_a_vendor_that_does_not_answer_is_asked_again(world: World) -> None:
    account = world.connected()
    world.double.grants.end_access()
    world.double.misbehave("POST", "/connect/token", "drop_before")
    assert account.write().status_code == 502
    world.double.misbehave("POST", "/connect/token", "status_before", status=503)
    failed = account.write()
    assert (failed.status_code, "503" in failed.json()["error"]) == (502, True)
    began = time.monotonic()
    assert account.write().status_code == 200
    # What came to nothing claims nothing any more.
    assert time.monotonic() - began < 10
    assert account.errors() == []


@pytest.mark.parametrize("step", ["after:claim_grant", "after:renew_grant"])
def test_a_server_that_dies_beside_the_renewal_leaves_it_to_the_next(world: World, step: str) -> None:
    account = world.connected()
    victim = Server(world.install, LAUNCHER).start({"KILL_AT": step})
    world.double.grants.end_access()
    with pytest.raises(httpx.TransportError):
        account.read(victim)
    victim.wait()
    began = time.monotonic()
    assert account.write().status_code == 200
    # The claim of a process that is gone is not waited for.
    assert time.monotonic() - began < 10
    assert (world.double.grants.refreshed, world.double.grants.refused) == (1, 0)


def test_a_refresh_token_that_was_lost_with_its_server_is_told_as_such(world: World) -> None:
    account = world.connected()
    victim = Server(world.install, LAUNCHER).start({"KILL_AT": "before:renew_grant"})
    world.double.grants.end_access()
    with pytest.raises(httpx.TransportError):
        account.read(victim)
    victim.wait()
    assert world.double.grants.refreshed == 1
    lost = account.write()
    assert (lost.status_code, "connect the account anew" in lost.json()["error"]) == (401, True)
    # It is not asked again and again what it said already.
    assert [account.write().status_code for _ in range(3)] == [401] * 3
    assert world.double.grants.refused == 1
    world.connected(account.key, account.id)
    assert account.written().status_code == 200


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_tokens_are_encrypted_anew_with_a_new_secret_key(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    double = ShipBobDouble(token=TOKEN)
    with running(double) as url:
        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        clients = clients_file(tmp_path, SLUG, CLIENT_ID, CLIENT_SECRET, url)
        settings = {"CROSSDOCK_OAUTH_CLIENTS": clients, "CROSSDOCK_SECRET_KEY": old}
        install = Install(tmp_path / "home", settings=settings)
        if kind == "postgresql":
            install.database_url = new_database(request.getfixturevalue("postgres"))
        world = World(install, double, url, Server(install).start())
        account = world.connected()
        world.server.stop()
        install.settings["CROSSDOCK_SECRET_KEY"] = f"{new},{old}"
        install.run("secrets", "rotate")
        install.settings["CROSSDOCK_SECRET_KEY"] = new
        world.server.start()
        double.grants.end_access()
        assert account.write().status_code == 200
        world.server.stop()
