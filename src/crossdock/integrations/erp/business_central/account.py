"""A Business Central account: an application of a Microsoft Entra tenant, an environment and a company.

An account by OAuth has no application of its own: there it is the operator's, which acts for a person.

Sources: the vendor's pages on service-to-service authentication (client credentials, token URL and scope) and
on endpoints (`v2.0/<tenant>/<environment>/api/v2.0`).
"""

import re
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
from crossdock.connector.web_address import has_more_than_a_place, web_address
from crossdock.integrations.erp.business_central.odata import GUID

API_URL = "https://api.businesscentral.dynamics.com"
LOGIN_URL = "https://login.microsoftonline.com"
SCOPE = f"{API_URL}/.default"
TOKEN_SECONDS = 3600.0
"""For an answer that does not say how long its token is good."""


def access(account: Account) -> Access:
    """The company's part of the API. What opens it is the token."""
    place = vendor_path("v2.0", account["tenant_id"], account["environment"])
    base = f"{account['api_url'].rstrip('/')}{place}/api/v2.0/companies({account['company_id']})"
    return Access(base, {"accept": "application/json", "accept-language": "en-US"})


def _token_request(account: Account) -> VendorRequest:
    return VendorRequest(
        "POST",
        vendor_path(account["tenant_id"], "oauth2", "v2.0", "token"),
        form={
            "grant_type": "client_credentials",
            "client_id": account["client_id"],
            "client_secret": account["client_secret"],
            "scope": SCOPE,
        },
    )


def _token(decoded: Any) -> Token:
    value = decoded.get("access_token") if isinstance(decoded, dict) else None
    if not isinstance(value, str) or not value:
        raise ValueError("the answer has no access_token")
    return Token(value, float(decoded.get("expires_in") or TOKEN_SECONDS))


TOKEN = TokenGrant(_token_request, _token, base_url=lambda account: account["login_url"].rstrip("/"))


def _guid_fault(value: str) -> str | None:
    return None if re.fullmatch(GUID, value) else "must be an id such as 11111111-aaaa-bbbb-cccc-222222222222"


def _tenant_fault(value: str) -> str | None:
    known = re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", value)
    return None if known else "must be the tenant's id or its domain, such as contoso.com"


def _url_fault(value: str) -> str | None:
    parts = web_address(value)
    plain = parts is not None and not has_more_than_a_place(parts)
    return None if plain else f"must be a URL such as {API_URL}"


EXAMPLE_ID = "11111111-aaaa-bbbb-cccc-222222222222"

FIELDS = (
    CredentialField(
        "tenant_id",
        "Tenant",
        "Id or domain of the Microsoft Entra tenant",
        example="contoso.com",
        fault=_tenant_fault,
        where="Microsoft Entra admin center, Overview",
    ),
    CredentialField(
        "environment",
        "Environment",
        "Name of the environment",
        default="production",
        where="Business Central admin center, Environments",
    ),
    CredentialField(
        "company_id",
        "Company",
        "Id of the company, a GUID",
        example=EXAMPLE_ID,
        fault=_guid_fault,
        where="the answer of the API to GET /companies",
    ),
    CredentialField(
        "client_id",
        "Client id",
        "Id of the application, which is registered and enabled in Business Central",
        example=EXAMPLE_ID,
        fault=_guid_fault,
        where="Microsoft Entra admin center, App registrations, Overview of the application",
    ),
    CredentialField(
        "client_secret",
        "Client secret",
        "Secret of the application",
        secret=True,
        where="Microsoft Entra admin center, App registrations, Certificates & secrets; it is shown once",
    ),
    CredentialField(
        "api_url", "API URL", "Address of the API", example=API_URL, default=API_URL, fault=_url_fault
    ),
    CredentialField(
        "login_url",
        "Login URL",
        "Address that gives tokens",
        example=LOGIN_URL,
        default=LOGIN_URL,
        fault=_url_fault,
    ),
)


def _is_there(answer: VendorAnswer) -> bool:
    try:
        decoded = answer.json()
    except ValueError:
        return False
    return isinstance(decoded, dict) and isinstance(decoded.get("id"), str)


CHECK = CredentialCheck(
    request=lambda account: VendorRequest("GET", ""),  # noqa: ARG005
    accepted=_is_there,
    fields_at_fault={
        400: ("tenant_id", "client_id"),
        401: ("client_id", "client_secret"),
        403: ("client_id",),
        404: ("tenant_id", "environment", "company_id"),
    },
    otherwise=("api_url", "login_url"),
)
"""Reading the company needs all of them and changes nothing."""
