"""What inbound shipments and returns share: both are receivers at Extensiv, `/inventory/receivers`.

Source: rels/inventory/receivers, receiver, receiverconfirm and receivercancel.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    NotFound,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import (
    RECEIVE_ITEMS,
    REL,
    Model,
    embedded,
    if_match,
    numbered,
    rql,
)
from crossdock.integrations.wms.extensiv.resources import settable
from crossdock.schemas.fields import described

NORMAL, RETURN, ADVISED = 0, 1, 2
"""`receiverType`: goods that come without an ASN, that come back, and that come with an ASN."""

ReferenceNumber = Annotated[str, described("The caller's own number of the receiver")]
Lines = Sequence[tuple[str, int]]
"""SKUs and quantities."""


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """A receiver has lines."""
    whole = {"minimum": 1, "maximum": INT32_MAX}
    line = {"properties": {"expected_quantity": whole, "quantity": whole}}
    return [
        Rule(
            "There is at least one line, and at least one unit in each.",
            {"properties": {"line_items": {"minItems": 1, "items": line}}},
        )
    ]


def receive_items(lines: Lines) -> list[Model]:
    """The lines as the API has them."""
    return [{"itemIdentifier": {"sku": sku}, "qty": quantity} for sku, quantity in lines]


def new(customer: int, facility: str, properties: Model, *, is_return: bool) -> VendorRequest:
    """`POST /inventory/receivers`."""
    receiver = {
        "customerIdentifier": {"id": customer},
        "facilityIdentifier": {"id": int(facility)},
        "isReturn": is_return,
        **properties,
    }
    return VendorRequest("POST", "/inventory/receivers", body=receiver)


def receiver_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """`readOnly.receiverId`. Raises `ValueError` when it is missing."""
    try:
        return str(int(answers[0].json()["readOnly"]["receiverId"]))
    except (KeyError, TypeError) as error:
        raise ValueError("the answer names no receiverId") from error


def read_receiver(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /inventory/receivers/{id}`, with its items."""
    return VendorRequest("GET", vendor_path("inventory", "receivers", record_id), {"detail": "ReceiveItems"})


def find(customer: int, reference: str) -> VendorRequest:
    """`GET /inventory/receivers` of a customer by the caller's number, whatever their type."""
    query = rql(referenceNum=reference, readOnly__customerIdentifier__id=customer)
    return VendorRequest("GET", "/inventory/receivers", {"rql": query, "detail": "ReceiveItems"})


def found(answer: Any, reference: str, wanted: Lines, *, is_return: bool) -> str | None:
    """The id of the receiver of that kind that has this number, these SKUs and quantities."""
    for receiver in embedded(answer or {}, REL + "inventory/receiver"):
        items = embedded(receiver, RECEIVE_ITEMS)
        lines = sorted((item["itemIdentifier"].get("sku"), int(item["qty"])) for item in items)
        same = receiver.get("referenceNum") == reference and lines == sorted(wanted)
        if same and _is_return(receiver) == is_return:
            return str(receiver["readOnly"]["receiverId"])
    return None


def current(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The receiver as it is, for its ETag and what does not change. Raises `NotFound`."""
    return {"receiver": read_receiver(asked.account, numbered(asked.record_id))}


def a_receiver(asked: Asked[Any], receiver_type: int) -> Reads:
    """An open receiver of the account's customer."""
    read_only = {
        "receiverId": 1,
        "receiverType": receiver_type,
        "customerIdentifier": {"id": customer_id(asked.account)},
    }
    receiver = {"readOnly": read_only, "referenceNum": asked.reference}
    return Reads({"receiver": receiver}, {"receiver": {"etag": '"1"'}})


def of_kind(asked: Asked[Any], receiver: Model, *, is_return: bool) -> Model:
    """The receiver, if it is a return or is none. Raises `NotFound` for the other kind."""
    if _is_return(receiver) != is_return:
        kind = "return" if is_return else "inbound shipment"
        raise NotFound(f"The receiver is no {kind}.", extra={"id": asked.record_id})
    return receiver


def _is_return(receiver: Model) -> bool:
    return bool(receiver["readOnly"]["receiverType"] == RETURN)


def changed(asked: Asked[Any], reads: Reads, receiver: Model, properties: Model) -> VendorRequest:
    """`PUT /inventory/receivers/{id}` with `If-Match`: the receiver as it is, with other properties."""
    path = vendor_path("inventory", "receivers", asked.record_id)
    body = {**settable(receiver), **properties}
    return VendorRequest("PUT", path, body=body, headers=if_match(reads, "receiver"))


def operated(asked: Asked[Any], reads: Reads, operator: str, body: Model) -> VendorRequest:
    """`POST /inventory/receivers/{id}/` and an operator, with `If-Match`."""
    path = vendor_path("inventory", "receivers", asked.record_id, operator)
    return VendorRequest("POST", path, body=body, headers=if_match(reads, "receiver"))
