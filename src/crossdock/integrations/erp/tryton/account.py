"""A Tryton account: where the server is, the database, a user with a password, and the company.

`common.db.login` answers the user's number and a session, which ends when it is idle (Tryton 8.2,
`trytond/protocols/dispatcher.py`). `Authorization: Session` carries base64 of name, number and session
(`parse_session` of `trytond/protocols/wrappers.py`); the name is for the server's log only.
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
)
from crossdock.connector.web_address import has_more_than_a_place, web_address
from crossdock.integrations.erp.tryton import rpc

NAME_IN_LOG = "crossdock"
SESSION_SECONDS = 24 * 3600.0
"""A session that ended earlier is answered with 401, and a new one is asked for."""

COMPANY = ["currency.code", "party.name"]


def access(account: Account) -> Access:
    """The server's base URL. The session is added later."""
    return Access(account["base_url"].rstrip("/"))


def _url_fault(value: str) -> str | None:
    parts = web_address(value)
    if parts is None:
        return "must be a URL such as https://tryton.example.com"
    if has_more_than_a_place(parts):
        return "must have no user name, password, query or fragment"
    return None


def _company_fault(value: str) -> str | None:
    return None if rpc.number(value) else "must be the number of a company"


FIELDS = (
    CredentialField(
        "base_url",
        "Base URL",
        "Where the Tryton server answers, such as https://tryton.example.com",
        example="https://tryton.example.com",
        fault=_url_fault,
    ),
    CredentialField("database", "Database", "Name of the database", example="tryton"),
    CredentialField("username", "User name", "Login of a user of the company", example="crossdock"),
    CredentialField("password", "Password", "Password of the user", secret=True),
    CredentialField(
        "company_id",
        "Company",
        "Number of the company in Tryton",
        example="1",
        default="1",
        fault=_company_fault,
    ),
)


def _login(account: Account) -> VendorRequest:
    params = [account["username"], {"password": account["password"]}]
    return VendorRequest(
        "POST", rpc.path(account), body={"id": 1, "method": "common.db.login", "params": params}
    )


def _session(decoded: Any) -> Token:
    found = rpc.result(decoded)
    if not isinstance(found, list) or len(found) < 2 or not isinstance(found[1], str):
        raise ValueError("the answer has no session")
    named = f"{NAME_IN_LOG}:{found[0]}:{found[1]}"
    return Token(b64encode(named.encode()).decode(), SESSION_SECONDS)


TOKEN = TokenGrant(_login, _session, scheme="Session")


def _company(account: Account) -> VendorRequest:
    return rpc.one(account, "company.company", account["company_id"], COMPANY)


def _is_there(answer: VendorAnswer) -> bool:
    try:
        return rpc.only(answer.json()) is not None
    except ValueError:
        return False


CHECK = CredentialCheck(
    request=_company,
    accepted=_is_there,
    fields_at_fault={401: ("username", "password"), 404: ("base_url", "database"), 200: ("company_id",)},
    otherwise=("base_url", "database", "username", "password"),
)
"""Reading the company needs all of them and changes nothing."""
