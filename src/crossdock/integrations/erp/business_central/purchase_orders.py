"""Purchase orders: `purchaseOrder` is made with its lines, changed, and deleted when it is cancelled."""

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
from crossdock.integrations.erp.business_central.order_writes import PURCHASES
from crossdock.integrations.erp.business_central.orders import purchase_order
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp import PurchaseOrder
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described


class PurchaseLine(WriteBody, kw_only=True):
    """Some of one item. Without a cost it costs what Business Central says."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_of_measure_id: UnitId | Absent = UNSET
    unit_cost: fields.UnitCost | Absent = UNSET
    location_id: LocationId | Absent = UNSET


class CreatePurchaseOrder(WriteBody, kw_only=True):
    """What is ordered from a vendor. What is left out is what Business Central has for the vendor."""

    trackstar_tags: Tags | Absent = UNSET
    vendor_id: fields.VendorId
    order_number: fields.OrderNumber | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: CurrencyCode | Absent = UNSET
    payment_terms_id: PaymentTermsId | Absent = UNSET
    shipment_method_id: ShipmentMethodId | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: Annotated[list[PurchaseLine], described("What is ordered")]


class UpdatePurchaseOrder(WriteBody, kw_only=True):
    """What is to change of a purchase order."""

    trackstar_tags: Tags | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: CurrencyCode | Absent = UNSET
    payment_terms_id: PaymentTermsId | Absent = UNSET
    shipment_method_id: ShipmentMethodId | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: (
        Annotated[list[PurchaseLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


def create_reads(asked: Asked[CreatePurchaseOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The items of the lines."""
    return item_reads(asked.body.line_items)


def create(asked: Asked[CreatePurchaseOrder], reads: Reads) -> VendorRequest:
    """`POST /purchaseOrders` with `purchaseOrderLines`."""
    return order_writes.create(PURCHASES, asked, reads)


def update_reads(asked: Asked[UpdatePurchaseOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """See `order_writes.update_reads`."""
    return order_writes.update_reads(PURCHASES, asked)


def update(asked: Asked[UpdatePurchaseOrder], reads: Reads) -> Sequence[VendorRequest]:
    """`PATCH /purchaseOrders({id})`, and what its lines need."""
    return order_writes.update(PURCHASES, asked, reads)


def cancel_reads(asked: Asked[NoBody], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order."""
    return {"order": order_writes.read_order(PURCHASES, asked.record_id)}


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """`DELETE /purchaseOrders({id})`."""
    return order_writes.cancel(PURCHASES, asked, reads)


def cancelled(asked: Asked[NoBody], reads: Reads) -> PurchaseOrder:  # noqa: ARG001
    """The order as it was read before it went. Raises `ValueError`."""
    record = purchase_order(reads["order"])
    record.status = "cancelled"
    return record


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("erp", "create_purchase_order"),
        body=CreatePurchaseOrder,
        reads=create_reads,
        sample_reads=order_writes.sample_reads,
        translate=create,
        written_id=order_writes.made,
        read_back=order_writes.read_back(PURCHASES),
        record=purchase_order,
        rules=order_rules("vendor_id"),
    ),
    WriteOperation(
        action=write_action("erp", "update_purchase_order"),
        body=UpdatePurchaseOrder,
        reads=update_reads,
        sample_reads=order_writes.sample_reads,
        translate=update,
        read_back=order_writes.read_back(PURCHASES),
        record=purchase_order,
        repeatable=True,
        rules=order_rules("vendor_id"),
    ),
    WriteOperation(
        action=write_action("erp", "cancel_purchase_order"),
        body=NoBody,
        reads=cancel_reads,
        sample_reads=order_writes.sample_reads,
        translate=cancel,
        record_after=cancelled,
        repeatable=True,
    ),
)
