"""A ShipBob account: a personal access token or an app's access by OAuth, and the channel that it writes to.

Source: the vendor's pages on authentication and channels. A token is sent as `Authorization: Bearer`, the
channel as the header `shipbob_channel_id`: required by every write of orders, products and returns, and on
reads it keeps other channels' records out.
"""

import re

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer, VendorRequest
from crossdock.connector.patterns import INT32_PATTERN
from crossdock.connector.web_address import has_more_than_a_place, web_address

API_URL = "https://api.shipbob.com"
SANDBOX_URL = "https://sandbox-api.shipbob.com"


def access(account: Account) -> Access:
    """Base URL without a final slash or version, the channel, and the personal access token.

    An account by OAuth has its token from elsewhere, and its channel only after it was looked up.
    """
    base_url = re.sub(r"(/\d\.\d)?/*$", "", account["api_url"])
    headers = {}
    if "personal_access_token" in account:
        headers["authorization"] = f"Bearer {account['personal_access_token']}"
    if "channel_id" in account:
        headers["shipbob_channel_id"] = account["channel_id"]
    return Access(base_url, headers)


def _token_fault(value: str) -> str | None:
    if not value:
        return "must not be empty"
    return (
        None if re.fullmatch(r"[\x21-\x7e]+", value) else "must be a token as ShipBob shows it, in one line"
    )


def _channel_fault(value: str) -> str | None:
    return None if re.match(INT32_PATTERN, value) else "must be the channel's number, such as 105865"


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None or has_more_than_a_place(parts):
        return f"must be a URL such as {API_URL} or {SANDBOX_URL}"
    return None


FIELDS = (
    CredentialField(
        "personal_access_token",
        "Personal access token",
        "Made in ShipBob under Integrations, API tokens",
        secret=True,
        fault=_token_fault,
    ),
    CredentialField(
        "channel_id",
        "Channel id",
        "Number of the channel that the token may write to, as GET /1.0/channel lists it",
        fault=_channel_fault,
    ),
    CredentialField(
        "api_url",
        "API URL",
        "Base URL of ShipBob's API",
        example=API_URL,
        default=API_URL,
        fault=_api_url_fault,
    ),
)


def _one_order(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", "/1.0/order", {"Limit": 1})


def _answers_orders(answer: VendorAnswer) -> bool:
    try:
        return isinstance(answer.json(), list)
    except ValueError:
        return False


CHECK = CredentialCheck(
    request=_one_order,
    accepted=_answers_orders,
    fields_at_fault={
        400: ("channel_id",),
        401: ("personal_access_token",),
        403: ("channel_id", "personal_access_token"),
        404: ("api_url",),
    },
    otherwise=("api_url",),
)
"""Reading the channel's newest order needs all three fields and changes nothing."""
