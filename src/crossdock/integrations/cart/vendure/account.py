"""A Vendure administrator: the URL of the admin API with a user name and password, or with an API key.

`login` answers a session token in the header `vendure-auth-token` where the server takes bearer tokens
(`AuthOptions.tokenMethod`). An API key is sent as `vendure-api-key`, by servers that take it. The header
`vendure-token` names a channel; without it the default channel answers.
"""

from typing import Any

from crossdock.connector import (
    Access,
    Account,
    CredentialCheck,
    CredentialField,
    Token,
    TokenGrant,
    VendorAnswer,
    VendorRequest,
)
from crossdock.connector.web_address import has_more_than_a_place, web_address
from crossdock.integrations.cart.vendure import stock_locations
from crossdock.integrations.cart.vendure.graphql import ERROR, graphql

EXAMPLE_URL = "https://shop.example/admin-api"
LOGIN = f"mutation($u: String!, $p: String!) {{ login(username: $u, password: $p) {{ __typename {ERROR} }} }}"
SESSION = 24 * 3600.0
"""Seconds after which a new session is begun. Vendure's own last for a year unless configured otherwise;
one that has ended sooner is found out by its refusal."""


def access(account: Account) -> Access:
    """The server's URL without the path of the API, which requests have. The session's token is added
    later."""
    headers = {"vendure-api-key": account["api_key"], "vendure-token": account["channel_token"]}
    given = {name: value for name, value in headers.items() if value}
    base = account["api_url"].rstrip("/").rpartition("/")[0]
    return Access(base, given, frozenset({"authorization", "vendure-api-key"}))


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None or not parts.path.strip("/"):
        return f"must be the URL of the admin API, such as {EXAMPLE_URL}"
    if has_more_than_a_place(parts):
        return "must have no user name, password, query or fragment"
    return None


def _no_fault(value: str) -> str | None:  # noqa: ARG001
    """Any text may be one, and none where the account gets in by the other way."""
    return None


FIELDS = (
    CredentialField(
        "api_url",
        "Admin API URL",
        "URL of the admin API, with its path",
        example=EXAMPLE_URL,
        fault=_api_url_fault,
    ),
    CredentialField(
        "username",
        "User name",
        "Of an administrator; left empty where there is an API key",
        example="integration@example.com",
        default="",
        fault=_no_fault,
        where="Settings, Administrators",
    ),
    CredentialField(
        "password", "Password", "Of that administrator", secret=True, default="", fault=_no_fault
    ),
    CredentialField(
        "api_key",
        "API key",
        "Instead of a user name and password, where the server takes API keys",
        secret=True,
        default="",
        fault=_no_fault,
    ),
    CredentialField(
        "channel_token",
        "Channel token",
        "Of the channel, if it is not the default one",
        default="",
        fault=_no_fault,
        where="Settings, Channels",
    ),
)


def _token_request(account: Account) -> VendorRequest:
    return graphql(account, LOGIN, u=account["username"], p=account["password"])


def _token(given: Any) -> Token:
    if not isinstance(given, str) or not given:
        raise ValueError("the answer has no session token; the server may take cookies only")
    return Token(given, SESSION)


TOKEN = TokenGrant(
    _token_request,
    _token,
    header="vendure-auth-token",
    needed=lambda account: not account["api_key"],
)


def _lists_locations(answer: VendorAnswer) -> bool:
    try:
        stock_locations.parse(answer.json())
    except ValueError:
        return False
    return True


CHECK = CredentialCheck(
    request=stock_locations.request,
    accepted=_lists_locations,
    fields_at_fault={
        400: ("channel_token",),
        401: ("username", "password", "api_key"),
        403: ("username", "password", "api_key"),
        404: ("api_url",),
    },
    otherwise=("api_url", "username", "password", "api_key"),
)
"""Reading the stock locations needs a session and changes nothing."""
