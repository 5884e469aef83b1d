"""`cancel_order` becomes the mutation `order_cancel` (type `CancelOrderInput`)."""

from crossdock.connector import Asked, Reads, VendorRequest, WriteOperation
from crossdock.integrations.wms.shiphero.graphql import mutation
from crossdock.integrations.wms.shiphero.order_record import order_record, read_order
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import NoBody


def translate(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `order_cancel`."""
    return mutation("order_cancel", "CancelOrderInput", {"order_id": asked.record_id}, "order { id }")


OPERATION = WriteOperation(
    action=write_action("wms", "cancel_order"),
    body=NoBody,
    translate=translate,
    read_back=read_order,
    record=order_record,
    repeatable=True,
)
