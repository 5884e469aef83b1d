"""The ShipBob double's authorization server: what is good once, what ends, and what takes whose place."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from crossdock.doubles.server import running
from crossdock.doubles.shipbob import ShipBobDouble
from crossdock.doubles.shipbob.grant import ACCESS_SECONDS, CLIENT_ID, CLIENT_SECRET, CODE_SECONDS

BACK = "https://crossdock.example.com/link/oauth/callback"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


class Api:
    """An app that speaks to the double, and the double's clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.double = ShipBobDouble(token="personal", clock=lambda: self.now)
        self.client = httpx.Client(trust_env=False, timeout=30)

    def code(self, **changes: str) -> str:
        asked = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": BACK,
            "scope": "orders_read orders_write offline_access",
            "state": "s",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **changes,
        }
        answer = self.client.get("/connect/authorize", params=asked)
        assert answer.status_code == 302, answer.text
        told = parse_qs(urlsplit(answer.headers["location"]).query)
        assert told["state"] == ["s"]
        return told["code"][0]

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        return self.ask(**{**form, "code_verifier": VERIFIER, **changes})

    def refresh(self, token: str, **changes: str) -> httpx.Response:
        return self.ask(grant_type="refresh_token", refresh_token=token, **changes)

    def ask(self, **form: str) -> httpx.Response:
        known_as = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        return self.client.post("/connect/token", data={**known_as, **form})

    def reads(self, token: str) -> int:
        return self.client.get("/1.0/channel", headers={"authorization": f"Bearer {token}"}).status_code


@pytest.fixture
def api() -> Iterator[Api]:
    made = Api()
    with running(made.double) as url:
        made.client.base_url = httpx.URL(url)
        yield made
        made.client.close()


def refused(answer: httpx.Response) -> Any:
    assert answer.status_code == 400
    return answer.json()["error"]


def test_a_code_is_good_once_and_not_for_long(api: Api) -> None:
    code = api.code()
    told = api.exchange(code).json()
    assert (told["expires_in"], told["token_type"]) == (ACCESS_SECONDS, "Bearer")
    assert api.reads(told["access_token"]) == 200
    assert refused(api.exchange(code)) == "invalid_grant"
    late = api.code()
    api.now += CODE_SECONDS
    assert refused(api.exchange(late)) == "invalid_grant"


@pytest.mark.parametrize(
    "changes",
    [{"code_verifier": "w" * 64}, {"code_verifier": ""}, {"redirect_uri": "https://evil.example.com"}],
)
def test_a_code_is_for_whoever_began(api: Api, changes: dict[str, str]) -> None:
    assert refused(api.exchange(api.code(), **changes)) == "invalid_grant"


def test_an_unknown_app_gets_nothing(api: Api) -> None:
    assert refused(api.exchange(api.code(), client_secret="guessed")) == "invalid_client"


def test_an_access_token_ends_and_a_refresh_token_is_good_once(api: Api) -> None:
    first = api.exchange(api.code()).json()
    api.now += ACCESS_SECONDS
    assert api.reads(first["access_token"]) == 401
    second = api.refresh(first["refresh_token"]).json()
    assert api.reads(second["access_token"]) == 200
    assert refused(api.refresh(first["refresh_token"])) == "invalid_grant"
    assert api.refresh(second["refresh_token"]).status_code == 200
    assert api.reads("personal") == 200


def test_without_offline_access_there_is_no_refresh_token(api: Api) -> None:
    assert "refresh_token" not in api.exchange(api.code(scope="orders_read")).json()


def test_an_app_that_is_let_in_has_a_channel_of_its_name(api: Api) -> None:
    api.code(integration_name="Somebody's app")
    channels = api.client.get("/1.0/channel", headers={"authorization": "Bearer personal"}).json()
    assert channels[-1]["name"] == "Somebody's app"
    assert channels[-1]["scopes"] == ["orders_read", "orders_write"]
