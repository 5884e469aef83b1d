"""What a renewal does when the vendor, the database or whoever waits for it fails in the middle of it."""

import asyncio
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest
from cryptography.fernet import Fernet

from crossdock.catalog import Catalog
from crossdock.connections.granted import Tokens
from crossdock.connections.renewals import STORED_AGAIN_AFTER, Renewals
from crossdock.connections.vault import Vault
from crossdock.connector import Integration, VendorAnswer
from crossdock.connector.oauth import GRANT_ID
from crossdock.connector.pool import PostForm
from crossdock.errors import Unavailable, VendorError
from crossdock.settings import OAuthClient
from crossdock.storage import accounts, oauth_grants
from crossdock.storage.database import Database

SLUG = "wms/shipbob"


class Failing(Database):
    """A database that cannot be used a number of times when tokens are stored."""

    failures = 0

    async def write(self, query: Callable[..., Any], *args: Any, **kw: Any) -> Any:
        if query is oauth_grants.renew_grant and self.failures:
            self.failures -= 1
            raise Unavailable("The database cannot be used.")
        return await super().write(query, *args, **kw)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Failing, Vault]]:
    """A database with a connection and the tokens of its account."""
    database, vault = Failing(f"sqlite:///{tmp_path}/test.db"), Vault(Fernet.generate_key().decode())
    ended = Tokens("access-0000", "refresh-0000", time.time() - 7200, 3600.0)
    with database.transaction() as db:
        connection_id = accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, "acme"),
            integration_type="wms",
            integration_name="shipbob",
            credentials=vault.encrypt({}),
            token_digest=b"",
            allowed_actions=None,
        )
        oauth_grants.put_grant(db, connection_id, "g", vault.encrypt(ended.kept))
    yield database, vault
    database.close()


def a_vendor(sent: list[str], *answers: VendorAnswer) -> PostForm:
    """Gives those answers one after another, and notes the refresh tokens that it was sent."""
    left = list(answers)

    async def post(integration: Integration, url: str, form: str) -> VendorAnswer:
        sent.append(parse_qs(form)["refresh_token"][0])
        return left.pop(0)

    return post


def tokens_answer(number: int, **more: Any) -> VendorAnswer:
    told = {"access_token": f"access-{number:04}", "refresh_token": f"refresh-{number:04}", **more}
    return VendorAnswer(200, orjson.dumps({"token_type": "Bearer", "expires_in": 3600, **told}))


ACCOUNT = {"api_url": "https://api.shipbob.com", "channel_id": "1", GRANT_ID: "g"}
CLIENTS = {SLUG: OAuthClient("id", "secret-of-the-operator")}


@pytest.mark.parametrize(
    ("failures", "at_once"), [(1, True), (2, True), (len(STORED_AGAIN_AFTER) + 1, False)]
)
def test_tokens_that_cannot_be_stored_are_stored_later_and_not_used_before(
    kept: tuple[Failing, Vault], monkeypatch: pytest.MonkeyPatch, failures: int, at_once: bool
) -> None:
    database, vault = kept
    monkeypatch.setattr("crossdock.connections.renewals.STORED_AGAIN_AFTER", (0.0,) * len(STORED_AGAIN_AFTER))
    renewals = Renewals(database, vault, CLIENTS, 20)
    shipbob, sent = Catalog.installed().get("wms", "shipbob"), list[str]()
    post = a_vendor(sent, tokens_answer(1))
    database.failures = failures

    async def twice() -> list[str]:
        found = []
        for _ in range(2):
            try:
                found.append((await renewals.token(shipbob, ACCOUNT, None, post)).value)
            except Unavailable:
                found.append("unavailable")
        return found

    assert asyncio.run(twice()) == ["access-0001" if at_once else "unavailable", "access-0001"]
    assert sent == ["refresh-0000"]
    with database.transaction() as db:
        row = oauth_grants.find_grant(db, "g")
    assert row is not None
    assert vault.decrypt(row.sealed)["refresh_token"] == "refresh-0001"


def test_a_vendor_that_gives_no_new_refresh_token_keeps_the_old_one(kept: tuple[Failing, Vault]) -> None:
    renewals, sent = Renewals(*kept, CLIENTS, 20), list[str]()
    post = a_vendor(sent, tokens_answer(1, refresh_token=None), tokens_answer(2))
    shipbob = Catalog.installed().get("wms", "shipbob")

    async def twice() -> None:
        first = await renewals.token(shipbob, ACCOUNT, None, post)
        await renewals.token(shipbob, ACCOUNT, first.value, post)

    asyncio.run(twice())
    assert sent == ["refresh-0000", "refresh-0000"]


def test_whoever_goes_away_does_not_stop_a_renewal_half_way(kept: tuple[Failing, Vault]) -> None:
    database, vault = kept
    renewals, sent = Renewals(database, vault, CLIENTS, 20), list[str]()
    shipbob = Catalog.installed().get("wms", "shipbob")

    async def go_away() -> None:
        asked = asyncio.Event()
        answer = a_vendor(sent, tokens_answer(1))

        async def slowly(*args: Any) -> VendorAnswer:
            asked.set()
            await asyncio.sleep(0.2)
            return await answer(*args)

        task = asyncio.create_task(renewals.token(shipbob, ACCOUNT, None, slowly))
        await asked.wait()
        task.cancel()
        await renewals.aclose()

    asyncio.run(go_away())
    with database.transaction() as db:
        row = oauth_grants.find_grant(db, "g")
    assert row is not None
    assert vault.decrypt(row.sealed)["refresh_token"] == "refresh-0001"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error": "invalid_client", "error_description": "refresh-0000 secret-of-the-operator"}'),
        (200, b'{"refresh_token": "refresh-0001"}'),
        (200, b'{"access_token": {"access-0001": 1}, "refresh_token": "refresh-0001"}'),
        (400, b"refresh-0000 is not known"),
        (500, b"refresh-0000 broke"),
    ],
)
def test_no_token_gets_into_an_error(kept: tuple[Failing, Vault], status: int, body: bytes) -> None:
    renewals = Renewals(*kept, CLIENTS, 20)
    shipbob = Catalog.installed().get("wms", "shipbob")
    post = a_vendor([], VendorAnswer(status, body))
    with pytest.raises(VendorError) as failed:
        asyncio.run(renewals.token(shipbob, ACCOUNT, None, post))
    told = "".join(traceback.format_exception(failed.value))
    assert "did not renew" in told
    assert [one for one in ("refresh-0000", "refresh-0001", "access-0001", "secret-of") if one in told] == []
    assert failed.value.status == 502


def test_an_account_elsewhere_than_the_operator_is_known_is_not_renewed(kept: tuple[Failing, Vault]) -> None:
    renewals, sent = Renewals(*kept, CLIENTS, 20), list[str]()
    account = {**ACCOUNT, "api_url": "https://evil.example.com"}
    shipbob = Catalog.installed().get("wms", "shipbob")
    with pytest.raises(VendorError, match="not the vendor's"):
        asyncio.run(renewals.token(shipbob, account, None, a_vendor(sent, tokens_answer(1))))
    assert sent == []
