"""What all requests to the sandbox share: the write's own reference, which makes each take effect once."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import to_builtins

from crossdock.connector import Account, Asked, Blame, LookUp, VendorAnswer, VendorRequest, vendor_path

LONGEST_NUMBER = 200
LONGEST_TEXT = 10_000
MOST_UNITS = 1_000_000
MOST_LINES = 1000

KEPT_HERE = "trackstar_tags"

UNITS = {"minimum": 1, "maximum": MOST_UNITS}
NUMBER = {"maxLength": LONGEST_NUMBER}
TEXT = {"maxLength": LONGEST_TEXT}
LINES = {"minItems": 1, "maxItems": MOST_LINES}
MOMENT = {
    "pattern": r"^(19|[2-8][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-5]",
    "description": "in a year from 1900 to 8999, and not in a leap second",
}
"""JSON Schemas of what the sandbox says of lengths, quantities and dates."""


def write(
    asked: Asked[Any],
    method: Literal["POST", "PUT"],
    *segments: str,
    renamed: Mapping[str, str] | None = None,
) -> VendorRequest:
    """A write that sends the caller's body as it is, but for the fields that are called otherwise there.

    `renamed` has the sandbox's name by the caller's; a field that is sent under its own name already is not
    overwritten. The reference goes along as `client_key`, under which the sandbox takes a request once only.
    """
    body: dict[str, Any] = to_builtins(asked.body)
    body.pop(KEPT_HERE, None)
    for own, theirs in (renamed or {}).items():
        if own in body:
            value = body.pop(own)
            body.setdefault(theirs, value)
    return VendorRequest(method, vendor_path(*segments), body={**body, "client_key": asked.reference})


def written_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the record that was made. Raises `ValueError` when the answer has none."""
    record = answers[0].json()
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise ValueError("the answer has no id")  # noqa: TRY004
    return str(record["id"])


def read_back(collection: str) -> Any:
    """The function that makes the request for one record of a collection."""

    def request(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", vendor_path(collection, record_id))

    return request


def by_reference(collection: str) -> LookUp[Any]:
    """Finds what a write wrote by the reference that went along with it."""

    def request(asked: Asked[Any]) -> VendorRequest:
        return VendorRequest("GET", vendor_path(collection), {"client_key": asked.reference})

    def found(asked: Asked[Any], decoded: Any) -> str | None:  # noqa: ARG001
        items = decoded.get("items") if isinstance(decoded, dict) else None
        return str(items[0]["id"]) if items else None

    return LookUp(request, found)


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The place that a refusal names: `field`, a JSON Pointer into the request's body."""
    try:
        refusal = answer.json()
    except ValueError:
        return ()
    if not isinstance(refusal, dict) or not refusal.get("field"):
        return ()
    return (Blame(str(refusal["field"]), str(refusal.get("message"))),)
