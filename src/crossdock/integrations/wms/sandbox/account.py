"""A sandbox's account: its id and the key that opens it."""

import re

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer, vendor_path
from crossdock.integrations.wms.sandbox import choices

HOST = "sandbox.crossdock.invalid"
"""A name that no network resolves (RFC 2606): requests to it are answered inside this process."""

SANDBOX_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def access(account: Account) -> Access:
    """The sandbox's own address, and its key as a bearer token."""
    base_url = f"https://{HOST}{vendor_path('wms', account['sandbox_id'])}"
    return Access(base_url, {"authorization": f"Bearer {account['key']}"})


def _id_fault(value: str) -> str | None:
    return None if SANDBOX_ID.fullmatch(value) else "must be a UUID in lower case"


FIELDS = (
    CredentialField(
        "sandbox_id",
        "Sandbox id",
        "Id of the sandbox, given when it was made",
        example="00000000-0000-0000-0000-000000000000",
        fault=_id_fault,
    ),
    CredentialField("key", "Key", "The key that was given with it", secret=True),
)


def _answers_warehouses(answer: VendorAnswer) -> bool:
    try:
        choices.parse(answer.json())
    except ValueError:
        return False
    return True


CHECK = CredentialCheck(
    request=choices.WAREHOUSES.request,
    accepted=_answers_warehouses,
    fields_at_fault={401: ("sandbox_id", "key"), 404: ("sandbox_id",)},
    otherwise=("sandbox_id",),
)
"""Reading the warehouses needs both fields and changes nothing."""
