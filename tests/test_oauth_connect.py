"""Connecting a shop by OAuth: to the vendor, back with a code, and every way back that is not right."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from crossdock.doubles.server import running
from crossdock.doubles.shopify.app import ShopifyDouble
from crossdock.doubles.shopify.grant import CLIENT_ID, CLIENT_SECRET
from tests.support.install import Install, Server
from tests.support.oauth import Link, clients_file

TOKEN = "shpat_of_the_test"


class ShopLink(Link):
    """Whoever connects a shop, which is at an address of the test's own."""

    def __init__(self, server: Server, key: str, shop: str) -> None:
        super().__init__(server, key, "cart/shopify")
        self.shop = shop

    def begin(self, **fields: str) -> httpx.Response:
        return super().begin(**{"shop": "example.myshopify.com", "api_url": self.shop, **fields})


@pytest.fixture(scope="module")
def double() -> Iterator[tuple[ShopifyDouble, str]]:
    shop = ShopifyDouble(access_token=TOKEN)
    with running(shop) as url:
        yield shop, url


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, double: tuple[ShopifyDouble, str]) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    clients = clients_file(home, "cart/shopify", CLIENT_ID, CLIENT_SECRET, double[1])
    started = Server(Install(home, settings={"CROSSDOCK_OAUTH_CLIENTS": clients})).start()
    yield started
    started.stop()
    assert CLIENT_SECRET not in started.log


@pytest.fixture
def key(server: Server) -> str:
    return server.install.create_key()


@pytest.fixture
def link(server: Server, key: str, double: tuple[ShopifyDouble, str]) -> ShopLink:
    return ShopLink(server, key, double[1])


def test_a_shop_is_connected_by_agreeing(link: ShopLink, server: Server, key: str) -> None:
    assert link.offered()["oauth"] == {"asked_first": ["shop", "api_url"], "may_be_left_out": []}
    begun = link.begin().json()
    asked = parse_qs(urlsplit(begun["authorize_url"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/link/oauth/callback"]
    assert "read_orders,write_orders" in asked["scope"][0]
    assert link.result(begun["handle"]).json() == {"status": "waiting"}
    back = link.agree(begun["authorize_url"])
    done = link.come_back(back)
    assert done.status_code == 200, done.text
    assert "code" not in done.text.lower()
    told = link.result(begun["handle"]).json()
    assert told["status"] == "connected"
    assert link.result(begun["handle"]).status_code == 401
    with server.client(key) as organisation:
        made = organisation.post("/link/exchange", json={"auth_code": told["auth_code"]}).json()
        assert made["integration_name"] == "shopify"
        audit = organisation.get("/audit", params={"action": "connection.connected"}).json()["data"]
        assert audit[0]["target"]["id"] == made["connection_id"]
        logged = organisation.get("/requests").text
        assert TOKEN not in logged
        assert back["code"] not in logged
    again = link.come_back(back)
    assert (again.status_code, "was used" in again.json()["error"]) == (401, True)


def test_a_state_that_is_forged_is_refused_and_connects_nothing(
    link: ShopLink, server: Server, key: str
) -> None:
    begun = link.begin().json()
    back = link.agree(begun["authorize_url"])
    with server.client(key) as organisation:
        before = len(organisation.get("/connections").json()["data"])
        for query in ({**back, "state": "forged"}, {**back, "state": ""}, {**back, "state": "x" * 5000}, {}):
            assert link.come_back(query).status_code == 401
        changed = link.come_back({**back, "shop": "evil.myshopify.com"})
        assert changed.status_code == 401
        assert "not signed by Shopify" in changed.json()["error"]
        assert link.result(begun["handle"]).json()["status"] == "refused"
        assert len(organisation.get("/connections").json()["data"]) == before


def test_an_owner_who_does_not_agree_is_told_so(link: ShopLink) -> None:
    begun = link.begin().json()
    state = parse_qs(urlsplit(begun["authorize_url"]).query)["state"][0]
    answer = link.come_back({"state": state, "error": "access_denied"})
    assert answer.status_code in {401, 422}
    assert link.result(begun["handle"]).json()["status"] == "refused"


def test_two_ways_of_one_link_connect_one_account(link: ShopLink) -> None:
    ways = [link.begin().json() for _ in range(2)]
    backs = [link.agree(way["authorize_url"]) for way in ways]
    assert [link.come_back(back).status_code for back in backs] == [200, 401]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"shop": "evil.example.com"}, "/fields/shop"),
        ({"api_url": "not a url"}, "/fields/api_url"),
        ({"api_url": "https://evil.example.com"}, "/fields/api_url"),
        ({"access_token": "x"}, "/fields/access_token"),
    ],
)
def test_what_is_asked_first_is_checked(link: ShopLink, fields: dict[str, str], pointer: str) -> None:
    answer = link.begin(**fields)
    assert answer.status_code == 422
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]]


def test_a_shop_is_at_its_own_domain_unless_it_is_said(link: ShopLink) -> None:
    begun = link.begin(api_url="https://{shop}").json()
    address = begun["authorize_url"].partition("?")[0]
    assert address == "https://example.myshopify.com/admin/oauth/authorize"


def test_without_a_client_of_the_operator_a_shop_is_connected_by_its_fields(tmp_path: Path) -> None:
    plain = Server(Install(tmp_path)).start()
    link = ShopLink(plain, plain.install.create_key(), "http://127.0.0.1:1")
    offered = link.ask("GET", "/link/integrations").json()["data"]
    assert {one["oauth"] for one in offered} == {None}
    assert link.begin().status_code == 404
    plain.stop()


def test_a_file_of_clients_that_is_none_is_told_at_start(tmp_path: Path) -> None:
    (tmp_path / "clients.json").write_text('{"cart/shopify": {"client_id": "only"}}')
    install = Install(tmp_path, settings={"CROSSDOCK_OAUTH_CLIENTS": str(tmp_path / "clients.json")})
    told = install.run("keys", "list", ok=False)
    assert told.returncode != 0
    assert "CROSSDOCK_OAUTH_CLIENTS" in told.stderr
