"""Accounts opened by OAuth 2.0's authorization code grant (RFC 6749, section 4.1), with PKCE (RFC 7636)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connector.vendor import Account

Query = Mapping[str, str]


def unsigned(query: Query, client_secret: str) -> bool:  # noqa: ARG001
    """For vendors that do not sign the address that they send people back to."""
    return True


@dataclass(frozen=True, slots=True)
class OAuthGrant:
    """How somebody lets Crossdock in without handing over a secret.

    `asked_first` are the credential fields that have to be known before, and the others come of it:
    `account(account, token)` adds to those what the answer with the token has. `authorize_url` is where the
    account's owner agrees, and `token_url` where the code is exchanged. `signed(query, client_secret)` says
    whether the vendor really sent the owner back with that query.
    """

    asked_first: Sequence[str]
    scopes: Sequence[str]
    authorize_url: Callable[[Account], str]
    token_url: Callable[[Account], str]
    account: Callable[[Account, Mapping[str, Any]], Account]
    scope_separator: str = " "
    signed: Callable[[Query, str], bool] = unsigned
