"""Sales orders: `sale.sale` is created, brought as far as it is wanted, changed as a draft, and cancelled."""

from typing import Annotated

from crossdock.integrations.erp.tryton import orders
from crossdock.integrations.erp.tryton.choices import Currency, WarehouseId
from crossdock.integrations.erp.tryton.order_body import State
from crossdock.integrations.erp.tryton.order_operations import operations
from crossdock.integrations.erp.tryton.order_writes import SALES
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


class SalesLine(WriteBody, kw_only=True):
    """Some of one product. Without a price it costs what Tryton says."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_price: fields.UnitPrice | Absent = UNSET


class CreateSalesOrder(WriteBody, kw_only=True):
    """What a customer orders. It is sent to the address that Tryton has for the customer."""

    trackstar_tags: Tags | Absent = UNSET
    customer_id: fields.CustomerId
    reference_id: fields.ReferenceId | Absent = UNSET
    location_id: WarehouseId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: Currency | Absent = UNSET
    raw_status: State | Absent = UNSET
    line_items: Annotated[list[SalesLine], described("What is ordered")]


class UpdateSalesOrder(WriteBody, kw_only=True):
    """What is to change of a sales order that is a draft."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    location_id: WarehouseId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: Currency | Absent = UNSET
    line_items: (
        Annotated[list[SalesLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


OPERATIONS = operations(
    SALES,
    "sales_order",
    CreateSalesOrder,
    UpdateSalesOrder,
    {"order_date": "sale_date", "required_ship_date": "shipping_date"},
    orders.SALE,
    orders.sale_read,
)
