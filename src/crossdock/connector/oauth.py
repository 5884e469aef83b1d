"""Accounts opened by OAuth 2.0's authorization code grant (RFC 6749, section 4.1), with PKCE (RFC 7636)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crossdock.connector.vendor import Account, VendorRequest

GRANT_ID = "oauth_grant"
"""The field of an account whose tokens end: by it those that are kept are found. No secret."""

Query = Mapping[str, str]


def unsigned(query: Query, client_secret: str) -> bool:  # noqa: ARG001
    """For vendors that do not sign the address that they send people back to."""
    return True


def as_known(account: Account, token: Mapping[str, Any]) -> Account:  # noqa: ARG001
    """For vendors whose answer with the token says nothing more of the account."""
    return account


@dataclass(frozen=True, slots=True)
class Renewal:
    """That access tokens end, and are renewed by a refresh token (RFC 6749, section 6).

    The access token is sent as `Authorization: Bearer`. It is renewed before it ends, and when the vendor
    answers 401. Both tokens are kept beside the account and not among its fields, so `access` gives an
    account by OAuth no credential. A refresh token that the vendor gives in place of the one it was sent is
    kept before anything else is done; where it gives none, the old one stays.

    `lifetime` is in seconds, for an answer that does not say how long its access token is good. `further`
    are parameters that the vendor wants when a token is renewed besides those of the standard.
    """

    lifetime: float
    further: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindOut:
    """What is asked with the first access token, so that the account's owner need not be asked.

    `account(account, decoded)` is the account with what the answer to `request(account)` says. Raises
    `ValueError`, in words for the owner, when that is not clear.
    """

    request: Callable[[Account], VendorRequest]
    account: Callable[[Account, Any], Account]


@dataclass(frozen=True, slots=True)
class OAuthGrant:
    """How somebody lets Crossdock in without handing over a secret.

    `asked_first` are the credential fields that are asked before. Those that are in `may_be_left_out` too
    need no answer, whatever they need without OAuth; `find_out` fills them in. The fields in `not_wanted`
    are those of an account that is not by OAuth. `account(account, token)` adds what the answer with the
    token says.

    `authorize_url` is where the account's owner agrees, with the parameters of the standard and those in
    `further`; `token_url` is where the code is exchanged. The operator's secret goes there, while the owner
    may say where the account is: that, and every address among the fields, has to be at the origins that
    `own_origins` says are the vendor's.

    `signed(query, client_secret)` says whether the vendor really sent the owner back with that query.
    `renewal` is for vendors whose access tokens end; without it they last.
    """

    asked_first: Sequence[str]
    scopes: Sequence[str]
    authorize_url: Callable[[Account], str]
    token_url: Callable[[Account], str]
    own_origins: Callable[[Account], Collection[str]]
    account: Callable[[Account, Mapping[str, Any]], Account] = as_known
    may_be_left_out: Sequence[str] = ()
    not_wanted: Sequence[str] = ()
    further: Mapping[str, str] = field(default_factory=dict)
    scope_separator: str = " "
    signed: Callable[[Query, str], bool] = unsigned
    find_out: FindOut | None = None
    renewal: Renewal | None = None
