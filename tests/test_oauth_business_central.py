"""Business Central by the agreement of a person: to Microsoft Entra, back with a code, on with new tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from crossdock.doubles.business_central import BusinessCentralDouble
from crossdock.doubles.business_central.seed import COMPANY_ID
from crossdock.doubles.business_central.stand import CLIENT_ID, CLIENT_SECRET, CUSTOMERS, ITEMS
from crossdock.doubles.server import running
from tests.support.install import Install, Server
from tests.support.oauth import Link, clients_file

SLUG = "erp/business_central"


@dataclass
class World:
    """A double of Business Central and of Microsoft Entra, and a Crossdock that both know."""

    server: Server
    double: BusinessCentralDouble
    url: str
    key: str

    def link(self, connection_id: str | None = None) -> Link:
        return Link(self.server, self.key, SLUG, connection_id)

    def begin(self, link: Link, **fields: str) -> httpx.Response:
        asked = {"tenant_id": "contoso.com", "company_id": COMPANY_ID, "api_url": self.url}
        return link.begin(**{**asked, "login_url": self.url, **fields})

    def connect(self, connection_id: str | None = None) -> str:
        link = self.link(connection_id)
        begun = self.begin(link).json()
        done = link.come_back_by_form(link.agree(begun["authorize_url"]))
        assert done.status_code == 200, done.text
        code = link.result(begun["handle"]).json()["auth_code"]
        with self.server.client(self.key) as organisation:
            return str(organisation.post("/link/exchange", json={"auth_code": code}).json()["access_token"])

    def write(self, token: str) -> httpx.Response:
        sale = {"customer_id": CUSTOMERS[0], "line_items": [{"sku": ITEMS[0]["number"], "quantity": 3}]}
        with self.server.client(self.key, token) as api:
            return api.post("/erp/sales-orders", json=sale)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    double = BusinessCentralDouble(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    with running(double) as url:
        clients = clients_file(tmp_path, SLUG, CLIENT_ID, CLIENT_SECRET, url)
        install = Install(tmp_path / "home", settings={"CROSSDOCK_OAUTH_CLIENTS": clients})
        server = Server(install).start()
        yield World(server, double, url, install.create_key())
        server.stop()
        assert double.violations == []
        assert [one for one in (CLIENT_SECRET, *double.delegated.sent) if one in server.log] == []


def test_an_account_goes_on_with_new_tokens(world: World) -> None:
    token = world.connect()
    assert world.write(token).status_code == 200
    for _ in range(2):
        world.double.end_tokens()
        assert world.write(token).status_code == 200
    # Each was sent once, though Microsoft Entra would take it again.
    assert len(set(world.double.delegated.sent)) == 2


def test_an_agreement_that_is_withdrawn_shuts_the_account_out(world: World) -> None:
    token = world.connect()
    assert world.write(token).status_code == 200
    world.double.end_tokens()
    world.double.delegated.withdraw()
    refused = world.write(token)
    assert (refused.status_code, "connect the account anew" in refused.json()["error"]) == (401, True)
    with world.server.client(world.key) as organisation:
        [connection] = organisation.get("/connections").json()["data"]
    assert world.write(world.connect(connection["connection_id"])).status_code == 200


def test_the_person_is_sent_to_the_own_tenant(world: World) -> None:
    begun = world.begin(world.link(), login_url="https://login.microsoftonline.com").json()
    address = urlsplit(begun["authorize_url"])
    assert f"{address.netloc}{address.path}" == (
        "login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize"
    )
    scopes = parse_qs(address.query)["scope"][0].split()
    assert scopes == ["https://api.businesscentral.dynamics.com/.default", "offline_access"]


def test_the_application_of_the_operator_is_not_asked_for(world: World) -> None:
    assert "client_secret" not in world.link().offered()["oauth"]["asked_first"]
    refused = world.begin(world.link(), client_secret="another")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/fields/client_secret"]


@pytest.mark.parametrize("name", ["login_url", "api_url"])
def test_neither_secret_nor_token_goes_to_an_address_of_an_owners_making(world: World, name: str) -> None:
    elsewhere = world.begin(world.link(), **{name: "https://evil.example.com"})
    assert elsewhere.status_code == 422
    assert f"/fields/{name}" in [fault["pointer"] for fault in elsewhere.json()["errors"]]
