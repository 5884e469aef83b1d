"""A Flexport account: an API key, which opens everything that the account can do.

Source: the vendor's pages on API keys and credentials. A key is sent as `Authorization: Bearer`, the version
of the API as `Flexport-Version`.
"""

import re

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer, VendorRequest
from crossdock.connector.web_address import has_more_than_a_place, web_address

API_URL = "https://api.flexport.com"
VERSION = "2"


def access(account: Account) -> Access:
    """Base URL without a final slash, the key, and the version of the API."""
    headers = {"authorization": f"Bearer {account['api_key']}", "flexport-version": VERSION}
    return Access(account["api_url"].rstrip("/"), headers)


def _key_fault(value: str) -> str | None:
    if not value:
        return "must not be empty"
    return None if re.fullmatch(r"[\x21-\x7e]+", value) else "must be a key as Flexport shows it, in one line"


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None or has_more_than_a_place(parts):
        return f"must be a URL such as {API_URL}"
    return None


FIELDS = (
    CredentialField(
        "api_key",
        "API key",
        "Made in Flexport under Your Business, Settings, API Keys",
        secret=True,
        fault=_key_fault,
    ),
    CredentialField(
        "api_url",
        "API URL",
        "Base URL of Flexport's API",
        example=API_URL,
        default=API_URL,
        fault=_api_url_fault,
    ),
)


def _one_booking(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", "/bookings", {"per": 1})


def _answers_bookings(answer: VendorAnswer) -> bool:
    try:
        decoded = answer.json()
    except ValueError:
        return False
    return isinstance(decoded, dict) and isinstance(decoded.get("data"), list)


CHECK = CredentialCheck(
    request=_one_booking,
    accepted=_answers_bookings,
    fields_at_fault={401: ("api_key",), 403: ("api_key",), 404: ("api_url",)},
    otherwise=("api_url",),
)
"""Reading the newest booking needs both fields and changes nothing."""
