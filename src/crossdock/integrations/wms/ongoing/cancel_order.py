"""`cancel_order` becomes `DELETE /orders/{orderId}`: possible until the warehouse has started on the order.

The order stays in Ongoing with the status "Cancelled" (the vendor's page "Statuses").
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation, vendor_path
from crossdock.integrations.wms.ongoing.answers import own_record
from crossdock.integrations.wms.ongoing.order import order_read, order_record, order_status, read_back
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import NoBody


def reads(asked: Asked[NoBody], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order, to see that it is this goods owner's: the deletion does not name one."""
    return {"order": order_read(asked)}


def sample_reads(asked: Asked[NoBody]) -> Reads:  # noqa: ARG001
    """An order."""
    return Reads({"order": {"orderInfo": {}}})


def translate(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """Operation `ordersDelete`. Raises `NotFound`."""
    own_record(asked, reads["order"], "order")
    return VendorRequest("DELETE", vendor_path("orders", asked.record_id))


def find(asked: Asked[NoBody]) -> VendorRequest:
    """The order."""
    return order_read(asked)


def found(asked: Asked[NoBody], order: Any) -> str | None:
    """The order's id when it is cancelled."""
    return asked.record_id if order and order_status(order) == "cancelled" else None


OPERATION = WriteOperation(
    action=write_action("wms", "cancel_order"),
    body=NoBody,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_back,
    record=order_record,
    look_up=LookUp(find, found),
)
