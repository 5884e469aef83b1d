"""Purchase orders: `purchaseOrder` is made with its lines, changed, and deleted when it is cancelled."""

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
from crossdock.integrations.erp.business_central.order_writes import PURCHASES
from crossdock.integrations.erp.business_central.orders import purchase_order
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


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


OPERATIONS = operations(
    PURCHASES,
    "purchase_order",
    "vendor_id",
    CreatePurchaseOrder,
    UpdatePurchaseOrder,
    purchase_order,
    create_reads=create_reads,
    create=create,
)
