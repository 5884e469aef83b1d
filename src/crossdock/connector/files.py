"""Integrations without an API: what they list comes in files that are handed over."""

from crossdock.connector.integration import CredentialCheck, CredentialField, Integration
from crossdock.connector.vendor import Access, Account, VendorRequest
from crossdock.schemas.carrier.lists import LISTS

NOWHERE = "https://no-api.crossdock.invalid"
"""A name that no network resolves (RFC 2606)."""

LONGEST_ACCOUNT = 40


def _access(account: Account) -> Access:  # noqa: ARG001
    return Access(NOWHERE)


def _fault(value: str) -> str | None:
    if len(value) <= LONGEST_ACCOUNT and value.isprintable():
        return None
    return f"must have at most {LONGEST_ACCOUNT} printable characters"


ACCOUNT_NUMBER = CredentialField(
    "account_number",
    "Account number",
    "Your account with the carrier; charges of other accounts in its files are pointed out. May stay empty",
    example="",
    default="",
    fault=_fault,
)


def carrier_of_files(name: str, display_name: str, description: str) -> Integration:
    """A carrier whose invoices are uploaded or dropped as files. It has no writes and nothing to be asked."""
    return Integration(
        type="carrier",
        name=name,
        display_name=display_name,
        description=description,
        credential_fields=(ACCOUNT_NUMBER,),
        access=_access,
        credential_check=CredentialCheck(
            request=lambda account: VendorRequest("GET", "/"),  # noqa: ARG005
            accepted=lambda answer: True,  # noqa: ARG005
            fields_at_fault={},
            otherwise=(ACCOUNT_NUMBER.name,),
        ),
        writes=(),
        from_files=LISTS,
        passthrough=False,
    )
