"""Inbound shipments and returns: both are receivers at Extensiv, `POST /inventory/receivers` and below.

Source: rels/inventory/receivers, receiver, receiverconfirm and receivercancel.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    LookUp,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.fields import CANCEL_REASON, Customer, Facility
from crossdock.integrations.wms.extensiv.hal import (
    RECEIVE_ITEMS,
    REL,
    Model,
    embedded,
    if_match,
    numbered,
    rql,
)
from crossdock.integrations.wms.extensiv.orders import OWN_PROPERTIES, there
from crossdock.integrations.wms.extensiv.records import inbound_record, return_record
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

RETURN, ADVISED = 1, 2

ReferenceNumber = Annotated[str, described("The caller's own number of the receiver")]


class InboundLine(WriteBody, kw_only=True):
    """Units of one SKU that are to come."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU that come back."""

    sku: fields.Sku
    quantity: fields.Quantity


class CreateInboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a facility (an ASN)."""

    trackstar_tags: Tags | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    warehouse_customer_id: Customer | Absent = UNSET
    warehouse_id: Facility
    line_items: Annotated[list[InboundLine], described("What is to come")]
    tracking_number: fields.TrackingNumber | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    reference_number: ReferenceNumber


class UpdateInboundShipment(WriteBody, kw_only=True):
    """What is to change of a receiver that is still open."""

    trackstar_tags: Tags | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    line_items: Annotated[list[InboundLine], described("All lines, in the place of those it has")]
    tracking_number: fields.TrackingNumber | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    reference_number: ReferenceNumber | Absent = UNSET


class CreateReturn(WriteBody, kw_only=True):
    """Goods that come back (an RMA)."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_id: Facility
    reference_num: ReferenceNumber
    line_items: Annotated[list[ReturnLine], described("What comes back")]
    tracking_number: fields.TrackingNumber | Absent = UNSET


class UpdateReturn(WriteBody, kw_only=True):
    """What is to change of a return that has not arrived."""

    trackstar_tags: Tags | Absent = UNSET
    reference_num: ReferenceNumber | Absent = UNSET
    line_items: Annotated[list[ReturnLine], described("All lines, in the place of those it has")] | Absent = (
        UNSET
    )
    tracking_number: fields.TrackingNumber | Absent = UNSET


PLAIN = {
    "reference_number": "referenceNum",
    "reference_num": "referenceNum",
    "purchase_order_number": "poNum",
    "tracking_number": "trackingNumber",
    "expected_arrival_date": "expectedDate",
}
"""Fields that are one property of the API's receiver each."""


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


def _changes(body: Any) -> Model:
    given = {name: getattr(body, own, UNSET) for own, name in PLAIN.items() if hasattr(body, own)}
    receiver = {name: value for name, value in given.items() if value is not UNSET}
    if body.line_items is not UNSET:
        receiver["receiveItems"] = [
            {"itemIdentifier": {"sku": line.sku}, "qty": _quantity(line)} for line in body.line_items
        ]
    return receiver


def _quantity(line: InboundLine | ReturnLine) -> int:
    return line.quantity if isinstance(line, ReturnLine) else line.expected_quantity


def _owner(asked: Asked[Any]) -> int:
    given = getattr(asked.body, "warehouse_customer_id", UNSET)
    return customer_id(asked.account) if given is UNSET else int(given)


def _new(asked: Asked[Any], *, is_return: bool) -> VendorRequest:
    receiver = {
        "customerIdentifier": {"id": _owner(asked)},
        "facilityIdentifier": {"id": int(asked.body.warehouse_id)},
        "isReturn": is_return,
        **_changes(asked.body),
    }
    return VendorRequest("POST", "/inventory/receivers", body=receiver)


def advise(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /inventory/receivers`."""
    return _new(asked, is_return=False)


def take_back(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /inventory/receivers` with `isReturn`."""
    return _new(asked, is_return=True)


def receiver_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """`readOnly.receiverId`. Raises `ValueError` when it is missing."""
    try:
        return str(int(answers[0].json()["readOnly"]["receiverId"]))
    except (KeyError, TypeError) as error:
        raise ValueError("the answer names no receiverId") from error


def read_receiver(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /inventory/receivers/{id}`, with its items."""
    return VendorRequest("GET", vendor_path("inventory", "receivers", record_id), {"detail": "ReceiveItems"})


def _find(asked: Asked[Any], reference: str, receiver_type: int) -> VendorRequest:
    query: dict[str, str | int] = {
        "rql": rql(referenceNum=reference, readOnly__customerIdentifier__id=_owner(asked)),
        "detail": "ReceiveItems",
        "receivertype": receiver_type,
    }
    return VendorRequest("GET", "/inventory/receivers", query)


def _found(reference: str, wanted: Sequence[tuple[str, int]], answer: Any) -> str | None:
    """The id of the receiver that has this number, these SKUs and quantities."""
    for receiver in embedded(answer or {}, REL + "inventory/receiver"):
        items = embedded(receiver, RECEIVE_ITEMS)
        lines = sorted((item["itemIdentifier"].get("sku"), int(item["qty"])) for item in items)
        if receiver.get("referenceNum") == reference and lines == sorted(wanted):
            return str(receiver["readOnly"]["receiverId"])
    return None


def _wanted(body: CreateInboundShipment | CreateReturn) -> list[tuple[str, int]]:
    return [(line.sku, _quantity(line)) for line in body.line_items]


def current(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The receiver as it is, for its ETag and what does not change. Raises `NotFound`."""
    return {"receiver": read_receiver(asked.account, numbered(asked.record_id))}


def a_current_receiver(asked: Asked[Any]) -> Reads:
    """An open receiver."""
    receiver = {"readOnly": {"receiverId": 1}, "referenceNum": asked.reference}
    return Reads({"receiver": receiver}, {"receiver": {"etag": '"1"'}})


def update(asked: Asked[Any], reads: Reads) -> VendorRequest:
    """`PUT /inventory/receivers/{id}` with `If-Match`. Raises `NotFound`."""
    receiver = there(asked, reads, "receiver")
    kept = {
        name: value for name, value in receiver.items() if name not in OWN_PROPERTIES and value is not None
    }
    path = vendor_path("inventory", "receivers", asked.record_id)
    body = {**kept, **_changes(asked.body)}
    return VendorRequest("PUT", path, body=body, headers=if_match(reads, "receiver"))


def receive(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`POST /inventory/receivers/{id}/confirmer`: everything arrived. Raises `NotFound`."""
    there(asked, reads, "receiver")
    path = vendor_path("inventory", "receivers", asked.record_id, "confirmer")
    return VendorRequest("POST", path, body={}, headers=if_match(reads, "receiver"))


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`POST /inventory/receivers/{id}/canceler`. Raises `NotFound`."""
    there(asked, reads, "receiver")
    path = vendor_path("inventory", "receivers", asked.record_id, "canceler")
    return VendorRequest("POST", path, body={"reason": CANCEL_REASON}, headers=if_match(reads, "receiver"))


CREATE_INBOUND = WriteOperation(
    action=write_action("wms", "create_inbound_shipment"),
    body=CreateInboundShipment,
    translate=advise,
    written_id=receiver_id,
    read_back=read_receiver,
    record=inbound_record,
    look_up=LookUp(
        lambda asked: _find(asked, asked.body.reference_number, ADVISED),
        lambda asked, answer: _found(asked.body.reference_number, _wanted(asked.body), answer),
    ),
    rules=rules,
)
UPDATE_INBOUND = WriteOperation(
    action=write_action("wms", "update_inbound_shipment"),
    body=UpdateInboundShipment,
    reads=current,
    sample_reads=a_current_receiver,
    translate=update,
    read_back=read_receiver,
    record=inbound_record,
    repeatable=True,
    rules=rules,
)
RECEIVE_INBOUND = WriteOperation(
    action=write_action("wms", "receive_inbound_shipment"),
    body=NoBody,
    reads=current,
    sample_reads=a_current_receiver,
    translate=receive,
    read_back=read_receiver,
    record=inbound_record,
    repeatable=True,
)
CREATE_RETURN = WriteOperation(
    action=write_action("wms", "create_return"),
    body=CreateReturn,
    translate=take_back,
    written_id=receiver_id,
    read_back=read_receiver,
    record=return_record,
    look_up=LookUp(
        lambda asked: _find(asked, asked.body.reference_num, RETURN),
        lambda asked, answer: _found(asked.body.reference_num, _wanted(asked.body), answer),
    ),
    rules=rules,
)
UPDATE_RETURN = WriteOperation(
    action=write_action("wms", "update_return"),
    body=UpdateReturn,
    reads=current,
    sample_reads=a_current_receiver,
    translate=update,
    read_back=read_receiver,
    record=return_record,
    repeatable=True,
    rules=rules,
)
CANCEL_RETURN = WriteOperation(
    action=write_action("wms", "cancel_return"),
    body=NoBody,
    reads=current,
    sample_reads=a_current_receiver,
    translate=cancel,
    read_back=read_receiver,
    record=return_record,
    repeatable=True,
)
