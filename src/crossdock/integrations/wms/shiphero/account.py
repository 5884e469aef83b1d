"""A ShipHero account: a refresh token, and the API URL where it is not ShipHero's own.

`POST /auth/refresh` with `refresh_token` answers `access_token` and `expires_in` in seconds (public clients).
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
from crossdock.integrations.wms.shiphero import warehouses

API_URL = "https://public-api.shiphero.com"


def access(account: Account) -> Access:
    """The API's base URL, given with or without `/graphql`. The token is added later."""
    url = account["api_url"].rstrip("/").removesuffix("/graphql")
    return Access(url)


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None:
        return f"must be a URL such as {API_URL}"
    if has_more_than_a_place(parts):
        return "must have no user name, password, query or fragment"
    return None


FIELDS = (
    CredentialField(
        "refresh_token",
        "Refresh token",
        "Of a third-party developer user of the account",
        secret=True,
        where="My Account, Developer Users, Add a 3rd Party Developer",
    ),
    CredentialField(
        "api_url",
        "API URL",
        f"Base URL of the API, if it is not {API_URL}",
        example=API_URL,
        default=API_URL,
        fault=_api_url_fault,
    ),
)


def _token_request(account: Account) -> VendorRequest:
    return VendorRequest("POST", "/auth/refresh", body={"refresh_token": account["refresh_token"]})


def _token(decoded: Any) -> Token:
    given = decoded if isinstance(decoded, dict) else {}
    value, seconds = given.get("access_token"), given.get("expires_in")
    if not isinstance(value, str) or not value or not isinstance(seconds, int | float):
        raise ValueError("the answer has no access token")
    return Token(value, float(seconds))


TOKEN = TokenGrant(_token_request, _token)


def _names_warehouses(answer: VendorAnswer) -> bool:
    try:
        warehouses.parse(answer.json())
    except ValueError:
        return False
    return True


CHECK = CredentialCheck(
    request=warehouses.request,
    accepted=_names_warehouses,
    fields_at_fault={401: ("refresh_token",), 403: ("refresh_token",), 404: ("api_url",)},
    otherwise=("refresh_token", "api_url"),
)
"""Reading the warehouses needs a token and changes nothing."""
