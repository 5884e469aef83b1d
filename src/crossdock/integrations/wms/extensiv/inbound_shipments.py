"""Inbound shipments (ASNs): receivers that are no returns, made, changed while open, and received."""

from collections.abc import Mapping
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.fields import Customer, Facility
from crossdock.integrations.wms.extensiv.hal import Model
from crossdock.integrations.wms.extensiv.receivers import (
    ADVISED,
    Lines,
    ReferenceNumber,
    a_receiver,
    changed,
    current,
    find,
    found,
    new,
    of_kind,
    operated,
    read_receiver,
    receive_items,
    receiver_id,
    rules,
)
from crossdock.integrations.wms.extensiv.records import CLOSED, inbound_record
from crossdock.integrations.wms.extensiv.resources import there
from crossdock.integrations.wms.extensiv.took_effect import took_effect
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields


class InboundLine(WriteBody, kw_only=True):
    """Units of one SKU that are to come."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity


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


PLAIN: Mapping[str, str] = {
    "reference_number": "referenceNum",
    "purchase_order_number": "poNum",
    "tracking_number": "trackingNumber",
    "expected_arrival_date": "expectedDate",
}
"""Fields that are one property of the API's receiver each."""


def _lines(body: CreateInboundShipment | UpdateInboundShipment) -> Lines:
    return [(line.sku, line.expected_quantity) for line in body.line_items]


def _properties(body: CreateInboundShipment | UpdateInboundShipment) -> Model:
    given = {name: getattr(body, own) for own, name in PLAIN.items()}
    plain = {name: value for name, value in given.items() if value is not UNSET}
    return {**plain, "receiveItems": receive_items(_lines(body))}


def _owner(asked: Asked[CreateInboundShipment]) -> int:
    given = asked.body.warehouse_customer_id
    return customer_id(asked.account) if given is UNSET else int(given)


def _current(asked: Asked[Any], reads: Reads) -> Model:
    return of_kind(asked, there(asked, reads, "receiver"), is_return=False)


def a_current_inbound_shipment(asked: Asked[Any]) -> Reads:
    """An open one."""
    return a_receiver(asked, ADVISED)


def create(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /inventory/receivers`."""
    return new(_owner(asked), asked.body.warehouse_id, _properties(asked.body), is_return=False)


def find_created(asked: Asked[CreateInboundShipment]) -> VendorRequest:
    """Receivers of the customer that have the number."""
    return find(_owner(asked), asked.body.reference_number)


def found_created(asked: Asked[CreateInboundShipment], answer: Any) -> str | None:
    """The one that has these lines."""
    return found(answer, asked.body.reference_number, _lines(asked.body), is_return=False)


def update(asked: Asked[UpdateInboundShipment], reads: Reads) -> VendorRequest:
    """`PUT /inventory/receivers/{id}` with `If-Match`. Raises `NotFound`."""
    return changed(asked, reads, _current(asked, reads), _properties(asked.body))


def receive(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`POST /inventory/receivers/{id}/confirmer`: everything arrived. Raises `NotFound`."""
    _current(asked, reads)
    return operated(asked, reads, "confirmer", {})


CREATE = WriteOperation(
    action=write_action("wms", "create_inbound_shipment"),
    body=CreateInboundShipment,
    translate=create,
    written_id=receiver_id,
    read_back=read_receiver,
    record=inbound_record,
    look_up=LookUp(find_created, found_created),
    rules=rules,
)
UPDATE = WriteOperation(
    action=write_action("wms", "update_inbound_shipment"),
    body=UpdateInboundShipment,
    reads=current,
    sample_reads=a_current_inbound_shipment,
    translate=update,
    read_back=read_receiver,
    record=inbound_record,
    repeatable=True,
    rules=rules,
)
RECEIVE = WriteOperation(
    action=write_action("wms", "receive_inbound_shipment"),
    body=NoBody,
    reads=current,
    sample_reads=a_current_inbound_shipment,
    translate=receive,
    read_back=read_receiver,
    record=inbound_record,
    look_up=took_effect(read_receiver, CLOSED),
)
