"""Sales orders: `salesOrder` is made with its lines, changed, and deleted when it is cancelled."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, VendorRequest, WriteOperation
from crossdock.integrations.erp.business_central import order_writes
from crossdock.integrations.erp.business_central.choices import (
    CurrencyCode,
    LocationId,
    PaymentTermsId,
    ShipmentMethodId,
    UnitId,
)
from crossdock.integrations.erp.business_central.items_named import item_reads
from crossdock.integrations.erp.business_central.order_body import Address, order_rules
from crossdock.integrations.erp.business_central.order_writes import SALES
from crossdock.integrations.erp.business_central.orders import sales_order
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp import SalesOrder
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described


class SalesLine(WriteBody, kw_only=True):
    """Some of one item. Without a price it costs what Business Central says."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_of_measure_id: UnitId | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    location_id: LocationId | Absent = UNSET


class CreateSalesOrder(WriteBody, kw_only=True):
    """What a customer orders. What is left out is what Business Central has for the customer."""

    trackstar_tags: Tags | Absent = UNSET
    customer_id: fields.CustomerId
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: CurrencyCode | Absent = UNSET
    payment_terms_id: PaymentTermsId | Absent = UNSET
    shipment_method_id: ShipmentMethodId | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: Annotated[list[SalesLine], described("What is ordered")]


class UpdateSalesOrder(WriteBody, kw_only=True):
    """What is to change of a sales order."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: CurrencyCode | Absent = UNSET
    payment_terms_id: PaymentTermsId | Absent = UNSET
    shipment_method_id: ShipmentMethodId | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: (
        Annotated[list[SalesLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


def create_reads(asked: Asked[CreateSalesOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The items of the lines, and an order of the same reference."""
    return {**item_reads(asked.body.line_items), "same": order_writes.same_reference(asked)}


def create(asked: Asked[CreateSalesOrder], reads: Reads) -> VendorRequest:
    """`POST /salesOrders` with `salesOrderLines`."""
    order_writes.refuse_same(reads)
    return order_writes.create(SALES, asked, reads, externalDocumentNumber=order_writes.reference(asked))


def update_reads(asked: Asked[UpdateSalesOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """See `order_writes.update_reads`."""
    return order_writes.update_reads(SALES, asked)


def update(asked: Asked[UpdateSalesOrder], reads: Reads) -> Sequence[VendorRequest]:
    """`PATCH /salesOrders({id})`, and what its lines need."""
    return order_writes.update(SALES, asked, reads)


def cancel_reads(asked: Asked[NoBody], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order."""
    return {"order": order_writes.read_order(SALES, asked.record_id)}


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`DELETE /salesOrders({id})`."""
    return order_writes.cancel(SALES, asked, reads)


def cancelled(asked: Asked[NoBody], reads: Reads) -> SalesOrder:  # noqa: ARG001
    """The order as it was read before it went. Raises `ValueError`."""
    record = sales_order(reads["order"])
    record.status = "cancelled"
    return record


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("erp", "create_sales_order"),
        body=CreateSalesOrder,
        reads=create_reads,
        sample_reads=order_writes.sample_reads,
        translate=create,
        written_id=order_writes.made,
        read_back=order_writes.read_back(SALES),
        record=sales_order,
        look_up=order_writes.BY_REFERENCE,
        rules=order_rules("customer_id"),
    ),
    WriteOperation(
        action=write_action("erp", "update_sales_order"),
        body=UpdateSalesOrder,
        reads=update_reads,
        sample_reads=order_writes.sample_reads,
        translate=update,
        read_back=order_writes.read_back(SALES),
        record=sales_order,
        repeatable=True,
        rules=order_rules("customer_id"),
    ),
    WriteOperation(
        action=write_action("erp", "cancel_sales_order"),
        body=NoBody,
        reads=cancel_reads,
        sample_reads=order_writes.sample_reads,
        translate=cancel,
        record_after=cancelled,
        repeatable=True,
    ),
)
