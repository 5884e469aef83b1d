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

    Raises `ValueError` when that, or any other address of the account, is neither the vendor's own nor named
    by the operator. Whoever fills in where an account is must get neither the operator's secret by it, nor
    the tokens of somebody else whom they sent to the vendor to agree.
    """
    url = grant.token_url(account)
    trusted = {*grant.own_origins(account), *client.also_at}
    for address in (url, *(value for value in account.values() if value.startswith(("http://", "https://")))):
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if origin not in trusted:
            raise ValueError(f"{origin} is not the vendor's, and the operator's client is not known there")
    return url
