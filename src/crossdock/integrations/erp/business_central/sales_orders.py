"""Sales orders: `salesOrder` is made with its lines, changed, and deleted when it is cancelled."""

from collections.abc import Mapping
from typing import Annotated

from crossdock.connector import Asked, Reads, VendorRequest
from crossdock.integrations.erp.business_central import order_writes
from crossdock.integrations.erp.business_central.choices import (
    CurrencyCode,
    LocationId,
    PaymentTermsId,
    ShipmentMethodId,
    UnitId,
)
from crossdock.integrations.erp.business_central.items_named import item_reads
from crossdock.integrations.erp.business_central.order_body import Address
from crossdock.integrations.erp.business_central.order_operations import operations
from crossdock.integrations.erp.business_central.order_writes import SALES
from crossdock.integrations.erp.business_central.orders import sales_order
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


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


OPERATIONS = operations(
    SALES,
    "sales_order",
    "customer_id",
    CreateSalesOrder,
    UpdateSalesOrder,
    sales_order,
    create_reads=create_reads,
    create=create,
    look_up=order_writes.BY_REFERENCE,
)
