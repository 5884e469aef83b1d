"""`cancel_order` and `create_shipment`: the operators `canceler` and `confirmer` of an order.

Source: rels/orders/ordercancel and orderconfirm.
"""

from collections.abc import Sequence
from typing import Annotated

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.extensiv.fields import CANCEL_REASON
from crossdock.integrations.wms.extensiv.hal import Model, if_match
from crossdock.integrations.wms.extensiv.order_record import order_record
from crossdock.integrations.wms.extensiv.orders import a_current_order, current, read_order
from crossdock.integrations.wms.extensiv.records import CANCELLED, CLOSED
from crossdock.integrations.wms.extensiv.resources import own
from crossdock.integrations.wms.extensiv.took_effect import took_effect
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, WriteBody, described
from crossdock.schemas.wms_writes import fields


class CreateShipment(WriteBody, kw_only=True):
    """All of an order left."""

    shipped_date: fields.ShippedDate
    tracking_number: fields.TrackingNumber | Absent = UNSET
    bill_of_lading: Annotated[str, described("Number of the bill of lading")] | Absent = UNSET
    trailer_number: Annotated[str, described("Number of the trailer")] | Absent = UNSET
    seal_number: Annotated[str, described("Number of the seal")] | Absent = UNSET


PLAIN = {
    "shipped_date": "confirmDate",
    "tracking_number": "trackingNumber",
    "bill_of_lading": "billOfLading",
    "trailer_number": "trailerNumber",
    "seal_number": "sealNumber",
}


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`POST /orders/{id}/canceler`. Raises `NotFound`."""
    own(asked, reads, "order")
    path = vendor_path("orders", asked.record_id, "canceler")
    return VendorRequest("POST", path, body={"reason": CANCEL_REASON}, headers=if_match(reads, "order"))


def confirm(asked: Asked[CreateShipment], reads: Reads) -> VendorRequest:
    """`POST /orders/{id}/confirmer`. Raises `NotFound`."""
    own(asked, reads, "order")
    given = {name: getattr(asked.body, own) for own, name in PLAIN.items()}
    body = {name: value for name, value in given.items() if value is not UNSET}
    path = vendor_path("orders", asked.record_id, "confirmer")
    return VendorRequest("POST", path, body=body, headers=if_match(reads, "order"))


def shipped_so(asked: Asked[CreateShipment], order: Model) -> bool:
    """Whether an order that is confirmed has the tracking number that was asked for, if one was."""
    given = asked.body.tracking_number
    return given is UNSET or (order.get("routingInfo") or {}).get("trackingNumber") == given


def shipment_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What confirming means."""
    return [Rule("An order ships whole, and once; what it is short of has to be taken off it before.")]


CANCEL = WriteOperation(
    action=write_action("wms", "cancel_order"),
    body=NoBody,
    reads=current,
    sample_reads=a_current_order,
    translate=cancel,
    read_back=read_order,
    record=order_record,
    look_up=took_effect(read_order, CANCELLED),
)

SHIP = WriteOperation(
    action=write_action("wms", "create_shipment"),
    body=CreateShipment,
    reads=current,
    sample_reads=a_current_order,
    translate=confirm,
    read_back=read_order,
    record=order_record,
    look_up=took_effect(read_order, CLOSED, shipped_so),
    rules=shipment_rules,
)
