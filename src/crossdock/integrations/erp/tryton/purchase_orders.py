"""Purchase orders: `purchase.purchase`, as sales orders."""

from typing import Annotated

from crossdock.integrations.erp.tryton import orders
from crossdock.integrations.erp.tryton.choices import Currency, WarehouseId
from crossdock.integrations.erp.tryton.order_body import State
from crossdock.integrations.erp.tryton.order_operations import operations
from crossdock.integrations.erp.tryton.order_writes import PURCHASES
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


class PurchaseLine(WriteBody, kw_only=True):
    """Some of one product. Without a cost it costs what Tryton knows of the supplier."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_cost: fields.UnitCost | Absent = UNSET


class CreatePurchaseOrder(WriteBody, kw_only=True):
    """What is ordered from a vendor."""

    trackstar_tags: Tags | Absent = UNSET
    vendor_id: fields.VendorId
    reference_id: fields.ReferenceId | Absent = UNSET
    location_id: WarehouseId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: Currency | Absent = UNSET
    raw_status: State | Absent = UNSET
    line_items: Annotated[list[PurchaseLine], described("What is ordered")]


class UpdatePurchaseOrder(WriteBody, kw_only=True):
    """What is to change of a purchase order that is a draft."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    location_id: WarehouseId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: Currency | Absent = UNSET
    line_items: (
        Annotated[list[PurchaseLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


OPERATIONS = operations(
    PURCHASES,
    "purchase_order",
    CreatePurchaseOrder,
    UpdatePurchaseOrder,
    {"order_date": "purchase_date", "expected_arrival_date": "delivery_date"},
    orders.PURCHASE,
    orders.purchase_read,
)
