"""The open connections of this process, and what is known of each account while it runs."""

import asyncio
import hashlib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx
import orjson
from cachetools import LRUCache
from starlette.types import ASGIApp

from crossdock.connector.calls import Told
from crossdock.connector.client import AccountState, VendorClient
from crossdock.connector.integration import Integration
from crossdock.connector.network_guard import GuardedBackend
from crossdock.connector.oauth import GRANT_ID
from crossdock.connector.pace import Pacer
from crossdock.connector.tokens import TokenKeeper
from crossdock.connector.vendor import Account, Token, VendorAnswer
from crossdock.errors import VendorError, VendorUnreachable

CONNECT_TIMEOUT = 5.0
ACCOUNTS_REMEMBERED = 10_000


PostForm = Callable[[Integration, str, str], Awaitable[VendorAnswer]]
"""As `VendorPool.post_form`."""

Renew = Callable[[Integration, Account, str | None, PostForm], Awaitable[Token]]
"""Gets the access token of an account by OAuth, whose tokens end: the one that is kept, or a new one.

Given the value of a token that the vendor did not take, and how to speak to the vendor. Raises `VendorError`.
"""


async def never_renewed(
    integration: Integration,
    account: Account,  # noqa: ARG001
    refused: str | None,  # noqa: ARG001
    post: PostForm,  # noqa: ARG001
) -> Token:
    """For pools that speak for no stored connection. Raises `VendorError`."""
    raise VendorError(f"The access to {integration.display_name} has ended, and is not renewed here.")


class VendorPool:
    """Connections, pooled per integration. Close it with `aclose`.

    `systems` are applications in this process that stand for a host: requests to it go there, and over no
    network. `told` hears of every exchange with a vendor. `renew` knows the tokens of accounts by OAuth.
    """

    def __init__(
        self,
        *,
        allow_private_networks: bool,
        timeout: float,
        systems: Mapping[str, ASGIApp] | None = None,
        told: Told | None = None,
        renew: Renew = never_renewed,
    ) -> None:
        self._told = told
        self._renew = renew
        self._allow_private_networks = allow_private_networks
        self._timeout = httpx.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout))
        self._deadline = timeout
        self._systems = systems or {}
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._accounts: LRUCache[bytes, AccountState] = LRUCache(ACCOUNTS_REMEMBERED)

    def client(self, integration: Integration, account: Account) -> VendorClient:
        """A client that speaks as that account."""
        if integration.slug not in self._clients:
            self._clients[integration.slug] = self._open()
        state = self._state(integration, account)
        http = self._clients[integration.slug]
        renew = partial(self._renewed, integration, account) if _has_grant(integration, account) else None
        return VendorClient(http, integration, account, self._deadline, state, self._told, renew)

    async def _renewed(self, integration: Integration, account: Account, refused: str | None) -> Token:
        return await self._renew(integration, account, refused, self.post_form)

    def remember_token(self, integration: Integration, account: Account, token: Token) -> None:
        """Lets the clients of an account by OAuth use a token that was just given for it."""
        tokens = self._state(integration, account).tokens
        if tokens is not None:
            tokens.remember(token)

    async def post_form(self, integration: Integration, url: str, form: str) -> VendorAnswer:
        """Sends a form that is encoded already, as nobody's account, and keeps nothing of it in any log.

        Raises `VendorUnreachable` when no answer came.
        """
        if integration.slug not in self._clients:
            self._clients[integration.slug] = self._open()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        try:
            async with asyncio.timeout(self._deadline):
                http = self._clients[integration.slug]
                response = await http.post(url, content=form, headers=headers)
        except (httpx.RequestError, TimeoutError, httpx.InvalidURL) as error:
            raise VendorUnreachable(f"{integration.display_name} could not be reached.") from error
        return VendorAnswer(response.status_code, response.content, dict(response.headers))

    def _state(self, integration: Integration, account: Account) -> AccountState:
        by_oauth = _has_grant(integration, account)
        if integration.token is None and integration.pace is None and not by_oauth:
            return AccountState()
        # What is known of an account by OAuth is known before its owner has said everything of it.
        known = {GRANT_ID: account[GRANT_ID]} if by_oauth else dict(account)
        credentials = orjson.dumps([integration.slug, known], option=orjson.OPT_SORT_KEYS)
        key = hashlib.sha256(credentials).digest()
        if key not in self._accounts:
            asks = by_oauth or (integration.token is not None and integration.token.needed(account))
            self._accounts[key] = AccountState(
                tokens=TokenKeeper() if asks else None,
                pacer=Pacer(integration.pace) if integration.pace else None,
            )
        return self._accounts[key]

    def _open(self) -> httpx.AsyncClient:
        return guarded_client(
            allow_private_networks=self._allow_private_networks,
            timeout=self._timeout,
            headers={"user-agent": "crossdock", "accept": "application/json"},
            systems=self._systems,
        )

    async def aclose(self) -> None:
        """Closes every connection."""
        await asyncio.gather(*(client.aclose() for client in self._clients.values()))
        self._clients.clear()


def _has_grant(integration: Integration, account: Account) -> bool:
    return integration.oauth is not None and integration.oauth.renewal is not None and GRANT_ID in account


def guarded_client(
    *,
    allow_private_networks: bool,
    timeout: httpx.Timeout,
    headers: Mapping[str, str],
    systems: Mapping[str, ASGIApp] | None = None,
) -> httpx.AsyncClient:
    """A client that follows no redirect, keeps no cookie and, unless told so, reaches no private network."""
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
    transport = httpx.AsyncHTTPTransport(verify=_authorities(), limits=limits)
    if not allow_private_networks:
        transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=_authorities(),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=GuardedBackend(),
        )
    # Accounts share a client and must not share a session: no cookie is ever kept.
    no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(
        transport=transport,
        mounts={
            f"all://{host}": httpx.ASGITransport(app, raise_app_exceptions=False)
            for host, app in (systems or {}).items()
        },
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        cookies=no_cookies,
        headers=headers,
    )


@cache
def _authorities() -> ssl.SSLContext:
    """Whom certificates are checked with. Reading them takes longer than all else a client is made of."""
    return httpx.create_ssl_context()
