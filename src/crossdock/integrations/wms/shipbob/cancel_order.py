"""`cancel_order` becomes `POST /1.0/order/{orderId}/cancel`.

ShipBob cancels the shipments of an order that were not picked yet. Where that is some of them only, it says
`PartialSuccess`, and the record that is read back shows what is left.
"""

from typing import Any

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation, vendor_path
from crossdock.integrations.wms.shipbob.answers import path_id
from crossdock.integrations.wms.shipbob.order import order_record, read_back
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import NoBody


def translate(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Raises `NotFound` for an id that ShipBob cannot have."""
    return VendorRequest("POST", vendor_path("1.0", "order", path_id(asked, "order"), "cancel"))


def find(asked: Asked[NoBody]) -> VendorRequest:
    """The order itself."""
    return read_back(asked.account, path_id(asked, "order"))


def found(asked: Asked[NoBody], answer: Any) -> str | None:
    """Its id when it is cancelled."""
    cancelled = isinstance(answer, dict) and answer.get("status") == "Cancelled"
    return asked.record_id if cancelled else None


OPERATION = WriteOperation(
    action=write_action("wms", "cancel_order"),
    body=NoBody,
    translate=translate,
    read_back=read_back,
    record=order_record,
    look_up=LookUp(find, found),
)
