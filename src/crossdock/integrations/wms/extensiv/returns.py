"""Returns (RMAs): receivers of the type that returns have, made, changed while open, and cancelled."""

from collections.abc import Mapping
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.fields import CANCEL_REASON, Facility
from crossdock.integrations.wms.extensiv.hal import Model
from crossdock.integrations.wms.extensiv.receivers import (
    RETURN,
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
from crossdock.integrations.wms.extensiv.records import CANCELLED, return_record
from crossdock.integrations.wms.extensiv.resources import own
from crossdock.integrations.wms.extensiv.took_effect import took_effect
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU that come back."""

    sku: fields.Sku
    quantity: fields.Quantity


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


PLAIN: Mapping[str, str] = {"reference_num": "referenceNum", "tracking_number": "trackingNumber"}
"""Fields that are one property of the API's receiver each."""


def _lines(lines: list[ReturnLine]) -> Lines:
    return [(line.sku, line.quantity) for line in lines]


def _properties(body: CreateReturn | UpdateReturn) -> Model:
    given = {name: getattr(body, own) for own, name in PLAIN.items()}
    properties: Model = {name: value for name, value in given.items() if value is not UNSET}
    if body.line_items is not UNSET:
        properties["receiveItems"] = receive_items(_lines(body.line_items))
    return properties


def _current(asked: Asked[Any], reads: Reads) -> Model:
    return of_kind(asked, own(asked, reads, "receiver"), is_return=True)


def a_current_return(asked: Asked[Any]) -> Reads:
    """An open one."""
    return a_receiver(asked, RETURN)


def create(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /inventory/receivers` with `isReturn`."""
    customer = customer_id(asked.account)
    return new(customer, asked.body.warehouse_id, _properties(asked.body), is_return=True)


def find_created(asked: Asked[CreateReturn]) -> VendorRequest:
    """Receivers of the customer that have the number."""
    return find(customer_id(asked.account), asked.body.reference_num)


def found_created(asked: Asked[CreateReturn], answer: Any) -> str | None:
    """The one that has these lines."""
    return found(answer, asked.body.reference_num, _lines(asked.body.line_items), is_return=True)


def update(asked: Asked[UpdateReturn], reads: Reads) -> VendorRequest:
    """`PUT /inventory/receivers/{id}` with `If-Match`. Raises `NotFound`."""
    return changed(asked, reads, _current(asked, reads), _properties(asked.body))


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`POST /inventory/receivers/{id}/canceler`. Raises `NotFound`."""
    _current(asked, reads)
    return operated(asked, reads, "canceler", {"reason": CANCEL_REASON})


CREATE = WriteOperation(
    action=write_action("wms", "create_return"),
    body=CreateReturn,
    translate=create,
    written_id=receiver_id,
    read_back=read_receiver,
    record=return_record,
    look_up=LookUp(find_created, found_created),
    rules=rules,
)
UPDATE = WriteOperation(
    action=write_action("wms", "update_return"),
    body=UpdateReturn,
    reads=current,
    sample_reads=a_current_return,
    translate=update,
    read_back=read_receiver,
    record=return_record,
    repeatable=True,
    rules=rules,
)
CANCEL = WriteOperation(
    action=write_action("wms", "cancel_return"),
    body=NoBody,
    reads=current,
    sample_reads=a_current_return,
    translate=cancel,
    read_back=read_receiver,
    record=return_record,
    look_up=took_effect(read_receiver, CANCELLED),
)
