"""The operations of orders, made for sales and for purchases alike."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation
from crossdock.integrations.erp.business_central import order_writes
from crossdock.integrations.erp.business_central.order_body import order_rules
from crossdock.integrations.erp.business_central.order_writes import Kind
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp import PurchaseOrder, SalesOrder
from crossdock.schemas.fields import NoBody, WriteBody


def operations(
    kind: Kind,
    name: str,
    party: str,
    create_body: type[WriteBody],
    update_body: type[WriteBody],
    record: Callable[[Any], SalesOrder] | Callable[[Any], PurchaseOrder],
    *,
    create_reads: Callable[[Asked[Any], Reads], Mapping[str, VendorRequest]],
    create: Callable[[Asked[Any], Reads], VendorRequest],
    look_up: LookUp[Any] | None = None,
) -> tuple[WriteOperation[Any], ...]:
    """Create, update, cancel. `party` is the caller's name of the customer or the vendor."""

    def update_reads(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
        return order_writes.update_reads(kind, asked)

    def update(asked: Asked[Any], reads: Reads) -> Sequence[VendorRequest]:
        return order_writes.update(kind, asked, reads)

    def cancel_reads(asked: Asked[NoBody], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
        return {"order": order_writes.read_order(kind, asked.record_id)}

    def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
        return order_writes.cancel(kind, asked, reads)

    def cancelled(asked: Asked[NoBody], reads: Reads) -> SalesOrder | PurchaseOrder:  # noqa: ARG001
        """The order as it was read before it went."""
        order = record(reads["order"])
        order.status = "cancelled"
        return order

    of_order = order_rules(party)
    return (
        WriteOperation(
            action=write_action("erp", f"create_{name}"),
            body=create_body,
            reads=create_reads,
            sample_reads=order_writes.sample_reads,
            translate=create,
            written_id=order_writes.made,
            read_back=order_writes.read_back(kind),
            record=record,
            look_up=look_up,
            rules=of_order,
        ),
        WriteOperation(
            action=write_action("erp", f"update_{name}"),
            body=update_body,
            reads=update_reads,
            sample_reads=order_writes.sample_reads,
            translate=update,
            read_back=order_writes.read_back(kind),
            record=record,
            repeatable=True,
            rules=of_order,
        ),
        WriteOperation(
            action=write_action("erp", f"cancel_{name}"),
            body=NoBody,
            reads=cancel_reads,
            sample_reads=order_writes.sample_reads,
            translate=cancel,
            record_after=cancelled,
            repeatable=True,
        ),
    )
