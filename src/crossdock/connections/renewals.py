"""Renewing the tokens of accounts that were connected by OAuth, for all processes that share a database.

A vendor may take a refresh token once and give another with the new access token. So one process at a time
renews, which a claim in the database sees to; the others wait and take what it stored. What the vendor gave
is stored before it is used. If the process dies between the vendor's answer and the storing, the new refresh
token is lost and the next process finds out whether the vendor still takes the old one: either it does, or
it says `invalid_grant` and the account has to be connected anew. Nothing else can be done about it, since no
transaction spans the vendor and the database.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import TypeVar

from cachetools import TTLCache
from oauthlib.oauth2 import WebApplicationClient

from crossdock.connections.granted import NotGranted, Tokens, read_answer
from crossdock.connections.oauth_clients import Clients, token_url
from crossdock.connections.vault import Vault
from crossdock.connector import Account, Integration, Token
from crossdock.connector.oauth import GRANT_ID, OAuthGrant, Renewal
from crossdock.connector.pool import PostForm
from crossdock.errors import ShutOut, Unavailable, VendorError, VendorUnreachable
from crossdock.storage import oauth_grants
from crossdock.storage.database import Database
from crossdock.storage.oauth_grants import GrantRow
from crossdock.storage.owner import this_process

T = TypeVar("T")

LOOKS_EVERY = 0.1
"""Seconds between two looks at whether another process has renewed."""

GRACE = 10.0
"""Seconds that a claim is longer than the vendor may take for an answer, for what comes before and after."""

STORED_AGAIN_AFTER = (0.1, 0.5, 2.0, 5.0)
"""Pauses in seconds before tokens that could not be stored are stored again: they cannot be had again."""

REFUSED_FOR = 60.0
"""Seconds in which a vendor that renews no more is not asked again."""


class Renewals:
    """The tokens of accounts by OAuth. `timeout` is how many seconds a vendor may take for an answer."""

    def __init__(self, database: Database, vault: Vault, clients: Clients, timeout: float) -> None:
        self._database = database
        self._vault = vault
        self._clients = clients
        self._claimed_for = timeout + GRACE
        self._refused: TTLCache[tuple[str, int], str] = TTLCache(10_000, REFUSED_FOR)
        self._unstored: dict[str, tuple[int, Tokens]] = {}
        self._under_way: set[asyncio.Task[object]] = set()

    async def token(
        self, integration: Integration, account: Account, refused: str | None, post: PostForm
    ) -> Token:
        """The access token that is stored, or a new one when it has ended or is the `refused` one.

        Raises `ShutOut` when the vendor renews no more, and another `VendorError` for any other failure.
        """
        grant_id = account[GRANT_ID]
        give_up_at = time.monotonic() + 2 * self._claimed_for
        while True:
            await self._store_what_is_not(grant_id)
            row = await self._database.read(oauth_grants.find_grant, grant_id)
            if row is None:
                raise VendorUnreachable("The account was connected anew, or is gone; ask again.")
            kept = Tokens.opened(self._vault.decrypt(row.sealed))
            token = kept.token()
            if token is not None and token.value != refused:
                return token
            if words := self._refused.get((grant_id, row.version)):
                raise ShutOut(words)
            if await self._claimed(grant_id, row):
                renewed = await self._to_its_end(self._renew(integration, account, row, kept, post))
                if renewed is not None:
                    return renewed
            elif time.monotonic() > give_up_at:
                raise VendorUnreachable(
                    f"The access to {integration.display_name} is being renewed for too long."
                )
            else:
                await asyncio.sleep(LOOKS_EVERY)

    async def _claimed(self, grant_id: str, row: GrantRow) -> bool:
        now = time.time()
        return await self._database.write(
            oauth_grants.claim_grant, grant_id, row.version, this_process(), now, now + self._claimed_for
        )

    async def _renew(
        self, integration: Integration, account: Account, row: GrantRow, kept: Tokens, post: PostForm
    ) -> Token | None:
        """A new token, stored; `None` when there are others by now. The claim ends with it."""
        grant_id = account[GRANT_ID]
        try:
            tokens = await self._asked(integration, account, kept, post)
        except NotGranted as refusal:
            await self._release(grant_id, row)
            if not refusal.ended:
                said = f"{integration.display_name} did not renew the access to the account: {refusal.words}"
                raise VendorError(said) from None
            now = await self._database.read(oauth_grants.find_grant, grant_id)
            if now is None or now.version != row.version:
                return None
            words = (
                f"{integration.display_name} does not let this account in any more ({refusal.words}): "
                "connect the account anew."
            )
            self._refused[grant_id, row.version] = words
            raise ShutOut(words) from None
        except VendorError:
            await self._release(grant_id, row)
            raise
        self._unstored[grant_id] = (row.version, tokens)
        if not await self._store_what_is_not(grant_id, STORED_AGAIN_AFTER):
            return None
        return Token(tokens.access_token, tokens.lifetime)

    async def _asked(
        self, integration: Integration, account: Account, kept: Tokens, post: PostForm
    ) -> Tokens:
        grant, renewal = _declared(integration)
        client = self._clients.get(integration.slug)
        if client is None:
            raise NotGranted(f"CROSSDOCK_OAUTH_CLIENTS has no client for {integration.slug}")
        try:
            url = token_url(grant, account, client)
        except ValueError as error:
            raise NotGranted(str(error)) from None
        speaker = WebApplicationClient(client.client_id)
        form = speaker.prepare_refresh_body(
            refresh_token=kept.refresh_token,
            client_id=client.client_id,
            client_secret=client.client_secret,
            **renewal.further,
        )
        asked_at = time.time()
        answer = await post(integration, url, form)
        told = read_answer(speaker, answer, [kept.refresh_token, client.client_secret])
        return Tokens.of(told, kept.refresh_token, asked_at, renewal.lifetime)

    async def _release(self, grant_id: str, row: GrantRow) -> None:
        await self._database.write(oauth_grants.release_grant, grant_id, row.version, this_process())

    async def _store_what_is_not(self, grant_id: str, pauses: tuple[float, ...] = ()) -> bool:
        """Stores tokens that a vendor gave to this process; false when there are none, or others by now.

        Raises `Unavailable` when it goes on failing; they are stored when they are asked for again.
        """
        for pause in (*pauses, None):
            if grant_id not in self._unstored:
                return False
            version, tokens = self._unstored[grant_id]
            sealed = self._vault.encrypt(tokens.kept)
            try:
                stored = await self._database.write(oauth_grants.renew_grant, grant_id, version, sealed)
            except Unavailable:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                self._unstored.pop(grant_id, None)
                return stored
        return False

    async def _to_its_end(self, renewal: Coroutine[object, object, T]) -> T:
        """Goes on when whoever waits for it is gone: half of a renewal would lose a refresh token."""
        task = asyncio.ensure_future(renewal)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def aclose(self) -> None:
        """Waits for the renewals that are under way."""
        await asyncio.gather(*self._under_way, return_exceptions=True)


def _declared(integration: Integration) -> tuple[OAuthGrant, Renewal]:
    if integration.oauth is None or integration.oauth.renewal is None:
        raise NotGranted(f"{integration.slug} declares no renewal")
    return integration.oauth, integration.oauth.renewal
