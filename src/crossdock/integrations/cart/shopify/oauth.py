"""Letting an app into a shop by the authorization code grant.

Source: Shopify's page "Implement authorization code grant manually": the two addresses, the signature of the
way back, and that a token without `grant_options[]=per-user` is an offline one, which lasts.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import Any

from crossdock.connector import Account
from crossdock.connector.oauth import OAuthGrant, Query
from crossdock.integrations.cart.shopify.account import OWN_ADDRESS

SCOPES = (
    "read_orders",
    "write_orders",
    "read_products",
    "read_inventory",
    "write_inventory",
    "read_locations",
    "read_merchant_managed_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
)


def _address(account: Account, path: str) -> str:
    shop = account["shop"].strip().lower()
    return account["api_url"].replace("{shop}", shop).rstrip("/") + path


def own_origins(account: Account) -> Collection[str]:
    """The shop's own domain, and what stands for it in the field of the address."""
    return [f"https://{account['shop'].strip().lower()}", OWN_ADDRESS]


def signed(query: Query, client_secret: str) -> bool:
    """Whether Shopify made the query: `hmac` is of the other parameters in order, by the app's secret."""
    rest = "&".join(f"{name}={query[name]}" for name in sorted(query) if name != "hmac")
    made = hmac.new(client_secret.encode(), rest.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(made.encode(), query.get("hmac", "").encode())


def account(known: Account, token: Mapping[str, Any]) -> Account:
    """The account with its token."""
    return {**known, "access_token": str(token["access_token"])}


GRANT = OAuthGrant(
    asked_first=("shop", "api_url"),
    scopes=SCOPES,
    scope_separator=",",
    authorize_url=lambda known: _address(known, "/admin/oauth/authorize"),
    token_url=lambda known: _address(known, "/admin/oauth/access_token"),
    own_origins=own_origins,
    account=account,
    signed=signed,
)
