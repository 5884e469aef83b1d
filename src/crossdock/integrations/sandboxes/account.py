"""A sandbox's account: its id and the key that opens it."""

import re
from collections.abc import Callable

from crossdock.connector import Access, Account, CredentialCheck, CredentialField, VendorAnswer, vendor_path
from crossdock.connector.vendor import VendorRequest
from crossdock.schemas.actions import IntegrationType

HOST = "sandbox.crossdock.invalid"
"""A name that no network resolves (RFC 2606): requests to it are answered inside this process."""

SANDBOX_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def access_to(integration_type: IntegrationType) -> Callable[[Account], Access]:
    """The address of a sandbox of that type, and its key as a bearer token."""

    def access(account: Account) -> Access:
        base_url = f"https://{HOST}{vendor_path(integration_type, account['sandbox_id'])}"
        return Access(base_url, {"authorization": f"Bearer {account['key']}"})

    return access


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


def _answers_a_list(answer: VendorAnswer) -> bool:
    try:
        decoded = answer.json()
    except ValueError:
        return False
    return isinstance(decoded, dict) and isinstance(decoded.get("items"), list)


def check_by(collection: str) -> CredentialCheck:
    """Reading a collection needs both fields and changes nothing."""

    def request(account: Account) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", vendor_path(collection))

    return CredentialCheck(
        request=request,
        accepted=_answers_a_list,
        fields_at_fault={401: ("sandbox_id", "key"), 404: ("sandbox_id",)},
        otherwise=("sandbox_id",),
    )
