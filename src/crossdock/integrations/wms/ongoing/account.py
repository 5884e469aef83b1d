"""An Ongoing account: HTTP Basic credentials, the goods owner they act for, and the account's API URL."""

import re
from base64 import b64encode

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer
from crossdock.connector.patterns import INT32_PATTERN
from crossdock.connector.web_address import web_address
from crossdock.integrations.wms.ongoing import return_causes

API_PATH = "/api/v1"


def access(account: Account) -> Access:
    """Base URL without a final slash, and Basic authentication.

    The URL may be given with or without `/api/v1`: the vendor's own pages show both.
    """
    base_url = account["api_url"].rstrip("/")
    if not base_url.endswith(API_PATH):
        base_url += API_PATH
    pair = f"{account['username']}:{account['password']}".encode()
    return Access(base_url, {"authorization": f"Basic {b64encode(pair).decode()}"})


def _goods_owner_fault(value: str) -> str | None:
    return None if re.match(INT32_PATTERN, value) else "must be the goods owner's number, such as 42"


def _username_fault(value: str) -> str | None:
    if not value:
        return "must not be empty"
    return "must not contain a colon (HTTP Basic cannot carry one)" if ":" in value else None


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None:
        return "must be a URL such as https://api.ongoingsystems.se/{warehouse}/api/v1/"
    if parts.username or parts.password:
        return "must not contain a user name or password; they are fields of their own"
    if parts.query or parts.fragment:
        return "must not contain a query or a fragment"
    return None


FIELDS = (
    CredentialField(
        "username",
        "User name",
        "API user, made by the warehouse",
        fault=_username_fault,
        where="Administration, API for goods owners",
    ),
    CredentialField(
        "password",
        "Password",
        "The API user's password",
        secret=True,
        where="Administration, API for goods owners, where the user was made",
    ),
    CredentialField(
        "goods_owner_id",
        "Goods owner id",
        "Number of the goods owner in Ongoing",
        fault=_goods_owner_fault,
        where="Administration, API for goods owners",
    ),
    CredentialField(
        "api_url",
        "API URL",
        "Base URL of the account's Goods Owner REST API",
        example="https://api.ongoingsystems.se/warehouse/api/v1/",
        fault=_api_url_fault,
        where="the address at which one signs in has the name of the warehouse, which the API URL has too",
    ),
)


def _answers_return_causes(answer: VendorAnswer) -> bool:
    try:
        return_causes.parse(answer.json())
    except ValueError:
        return False
    return True


CHECK = CredentialCheck(
    request=return_causes.request,
    accepted=_answers_return_causes,
    fields_at_fault={
        401: ("username", "password"),
        400: ("goods_owner_id",),
        403: ("goods_owner_id",),
        404: ("api_url",),
    },
    otherwise=("api_url",),
)
"""Reading the return causes needs all four fields and changes nothing."""
