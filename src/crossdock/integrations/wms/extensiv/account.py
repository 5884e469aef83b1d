"""An Extensiv account: a client of the REST API that acts for one customer of a third-party warehouse.

Source: the vendor's reference, rels/auth, as far as `doubles/extensiv/specification/README.md` tells.
"""

from base64 import b64encode
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
    vendor_path,
)
from crossdock.connector.patterns import INT32_MAX
from crossdock.connector.web_address import has_more_than_a_place, web_address
from crossdock.integrations.wms.extensiv.hal import HAL

DEFAULT_URL = "https://secure-wms.com"


def access(account: Account) -> Access:
    """The API's address. What opens it is the token."""
    return Access(account["api_url"].rstrip("/"), {"accept": HAL})


def customer_id(account: Account) -> int:
    """The customer that the account acts for."""
    return int(account["customer_id"])


def _token_request(account: Account) -> VendorRequest:
    """`POST /AuthServer/api/Token`. A login is a name, or with older credentials the number of a user."""
    pair = f"{account['client_id']}:{account['client_secret']}".encode()
    login = account["user_login"]
    body = {"grant_type": "client_credentials", "user_login_id" if login.isdigit() else "user_login": login}
    if account["tpl_key"] != NO_KEY:
        body["tpl"] = account["tpl_key"]
    headers = {"authorization": f"Basic {b64encode(pair).decode()}", "accept": "application/json"}
    return VendorRequest("POST", "/AuthServer/api/Token", body=body, headers=headers)


def _token(decoded: Any) -> Token:
    if not isinstance(decoded, dict) or not isinstance(decoded.get("access_token"), str):
        raise ValueError("the answer has no access_token")  # noqa: TRY004
    return Token(decoded["access_token"], float(decoded.get("expires_in") or 1800))


TOKEN = TokenGrant(_token_request, _token)

NO_KEY = "none"
"""Stands for a credential that needs no key of the warehouse."""


def _number_fault(value: str) -> str | None:
    fits = value.isascii() and value.isdigit() and 0 < int(value) <= INT32_MAX
    return None if fits else "must be the customer's number, such as 42"


def _client_fault(value: str) -> str | None:
    if not value:
        return "must not be empty"
    return "must not contain a colon (HTTP Basic cannot carry one)" if ":" in value else None


def _url_fault(value: str) -> str | None:
    parts = web_address(value)
    plain = parts is not None and not has_more_than_a_place(parts)
    return None if plain else f"must be a URL such as {DEFAULT_URL}"


FIELDS = (
    CredentialField(
        "client_id",
        "Client id",
        "Of the REST API credentials",
        fault=_client_fault,
        where="Support, Manage Credentials, in 3PL Warehouse Manager",
    ),
    CredentialField(
        "client_secret",
        "Client secret",
        "Of the same credentials",
        secret=True,
        where="Support, Manage Credentials, when the credential is made",
    ),
    CredentialField(
        "user_login", "User login", "Name or number of the user that the warehouse gave", where="Manage Users"
    ),
    CredentialField(
        "customer_id",
        "Customer id",
        "Number of the customer in the warehouse",
        fault=_number_fault,
        where="Manage Customers, the column Customer ID",
    ),
    CredentialField(
        "tpl_key",
        "3PL key",
        "The warehouse's key (a GUID), for credentials that need it; none for others",
        secret=True,
        default=NO_KEY,
    ),
    CredentialField(
        "api_url", "API URL", "Address of the API", example=DEFAULT_URL, default=DEFAULT_URL, fault=_url_fault
    ),
)


def _is_customer(answer: VendorAnswer) -> bool:
    try:
        decoded = answer.json()
    except ValueError:
        return False
    return isinstance(decoded, dict) and "readOnly" in decoded


CHECK = CredentialCheck(
    request=lambda account: VendorRequest("GET", vendor_path("customers", customer_id(account))),
    accepted=_is_customer,
    fields_at_fault={
        400: ("user_login", "tpl_key"),
        401: ("client_id", "client_secret"),
        403: ("client_id",),
        404: ("customer_id",),
    },
    otherwise=("api_url",),
)
"""Reading the customer needs everything and changes nothing."""
