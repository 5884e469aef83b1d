"""The operator's clients at vendors, and where their secrets may go."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from crossdock.connector import Account
from crossdock.connector.oauth import OAuthGrant
from crossdock.settings import OAuthClient

Clients = Mapping[str, OAuthClient]
"""What the operator is known by at a vendor, by the integration's slug."""


def token_url(grant: OAuthGrant, account: Account, client: OAuthClient) -> str:
    """Where the account's tokens come from.

    Raises `ValueError` when that is neither the vendor's own nor named by the operator: whoever owns an
    account says where it is, and must not get the operator's secret by that.
    """
    url = grant.token_url(account)
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin not in {*grant.own_origins(account), *client.also_at}:
        raise ValueError(f"{origin} is not the vendor's, and the operator's client is not known there")
    return url
