"""Letting an app into a merchant's account, by the authorization code grant.

Sources, all but the last the vendor's own:
- its page "Authentication" (developer.shipbob.com/auth): the servers `auth.shipbob.com` and, for the sandbox,
  `authstage.shipbob.com`; scopes with blanks between; `offline_access` for a refresh token; the channel is
  looked up with `GET /channel`, and the one to write to is the one with `_write` scopes;
- its page "Migrate to PKCE": S256 and the client's secret, both;
- its OpenAPI description: `/connect/token`, the names of the scopes and which of them each operation wants,
  and `scopes` of a channel;
- public clients of the API agree on what follows, which the pages leave open: an access token is good for an
  hour; a refresh token for 30 days, and each answer has a new one, which takes its place; the way back is a
  form that is posted (`response_mode=form_post`); `integration_name` is what the new channel is called.
"""

from collections.abc import Collection
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.connector.oauth import FindOut, OAuthGrant, Renewal
from crossdock.integrations.wms.shipbob.account import API_URL, SANDBOX_URL

SERVERS = {API_URL: "https://auth.shipbob.com", SANDBOX_URL: "https://authstage.shipbob.com"}

SCOPES = (
    "channels_read",
    "orders_read",
    "orders_write",
    "products_read",
    "products_write",
    "inventory_read",
    "fulfillments_read",
    "locations_read",
    "receiving_read",
    "receiving_write",
    "returns_read",
    "returns_write",
    "offline_access",
)
NEEDED = "orders_write"
"""The channel with this scope is the one that the app writes to."""


def _server(account: Account) -> str:
    """The one that belongs to the API; an API that is nobody's known one has its own."""
    api = account["api_url"].rstrip("/")
    return SERVERS.get(api, api)


def _own_origins(account: Account) -> Collection[str]:  # noqa: ARG001
    return [*SERVERS, *SERVERS.values()]


def _channels(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", "/1.0/channel")


def with_channel(account: Account, decoded: Any) -> Account:
    """The account with the one channel that may be written to. Raises `ValueError` unless there is one."""
    rows = decoded if isinstance(decoded, list) else []
    # The page's example has all scopes in one text, the specification each in its own.
    writable = [one for one in rows if NEEDED in " ".join(one.get("scopes") or ()).split()]
    if not writable:
        raise ValueError("no channel of the account may be written to")
    if len(writable) > 1:
        named = ", ".join(f"{one['id']} ({one.get('name')})" for one in writable)
        raise ValueError(f"several channels may be written to: {named}. Fill in the number of one")
    return {**account, "channel_id": str(writable[0]["id"])}


GRANT = OAuthGrant(
    asked_first=("channel_id", "api_url"),
    may_be_left_out=("channel_id",),
    not_wanted=("personal_access_token",),
    scopes=SCOPES,
    authorize_url=lambda account: f"{_server(account)}/connect/authorize",
    token_url=lambda account: f"{_server(account)}/connect/token",
    own_origins=_own_origins,
    further={"response_mode": "form_post", "integration_name": "Crossdock"},
    find_out=FindOut(_channels, with_channel),
    renewal=Renewal(lifetime=3600.0),
)
