"""A shop: its `myshopify.com` domain and an Admin API access token of an app that is installed in it."""

import re

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer
from crossdock.connector.web_address import has_more_than_a_place, web_address
from crossdock.integrations.cart.shopify import warehouses
from crossdock.integrations.cart.shopify.graphql import VERSION

TOKEN_HEADER = "X-Shopify-Access-Token"  # noqa: S105  (the name of a header)
OWN_ADDRESS = "https://{shop}"
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*\.myshopify\.com")


def access(account: Account) -> Access:
    """Where the Admin API of a version is; the token goes into a header of its own."""
    shop = account["shop"].strip().lower()
    base = account["api_url"].replace("{shop}", shop).rstrip("/")
    return Access(
        f"{base}/admin/api/{VERSION}",
        {TOKEN_HEADER: account["access_token"]},
        frozenset({TOKEN_HEADER.lower()}),
    )


def _shop_fault(value: str) -> str | None:
    if _DOMAIN.fullmatch(value.strip().lower()):
        return None
    return "must be the shop's own domain, such as acme.myshopify.com"


def _token_fault(value: str) -> str | None:
    if not value:
        return "must not be empty"
    return None if value.isascii() and value.isprintable() and " " not in value else "is no access token"


def _api_url_fault(value: str) -> str | None:
    parts = web_address(value.replace("{shop}", "shop"))
    if parts is None:
        return f"must be a URL, or {OWN_ADDRESS}"
    if has_more_than_a_place(parts):
        return "must have no user name, password, query or fragment"
    return None


FIELDS = (
    CredentialField(
        "shop",
        "Shop domain",
        "The shop's own domain, which ends in myshopify.com",
        example="example.myshopify.com",
        fault=_shop_fault,
        where="Settings, Domains",
    ),
    CredentialField(
        "access_token",
        "Admin API access token",
        "Of an app that is installed in the shop; it needs the scopes read_orders, read_products, "
        "read_inventory, write_inventory, read_locations, write_orders, "
        "read_merchant_managed_fulfillment_orders and write_merchant_managed_fulfillment_orders, and "
        "read_all_orders for orders that are older than 60 days",
        secret=True,
        fault=_token_fault,
        where="Settings, Apps and sales channels, Develop apps, API credentials; it is shown once",
    ),
    CredentialField(
        "api_url",
        "API URL",
        "Where the shop's Admin API is, if it is not at the shop's own domain",
        example=OWN_ADDRESS,
        default=OWN_ADDRESS,
        fault=_api_url_fault,
    ),
)


def _names_locations(answer: VendorAnswer) -> bool:
    try:
        warehouses.parse(answer.json())
    except ValueError:
        return False
    return True


CHECK = CredentialCheck(
    request=warehouses.request,
    accepted=_names_locations,
    fields_at_fault={401: ("access_token",), 403: ("access_token",), 404: ("shop",)},
    otherwise=("shop", "access_token"),
)
"""Reading the locations needs a token and changes nothing."""
