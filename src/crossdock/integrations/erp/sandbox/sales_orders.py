"""Sales orders: placed, changed, cancelled and shipped."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.erp.sandbox import records
from crossdock.integrations.erp.sandbox.terms import (
    CURRENCY,
    NUMBER_OF_ONE,
    PRICE,
    QUANTITY,
    TEXT_OF_ONE,
    LocationId,
)
from crossdock.integrations.sandboxes.requests import (
    LINES,
    MOMENT,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.erp_writes.base import Address
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described


class SalesLine(WriteBody, kw_only=True):
    """Some of one item; the item by its id, its SKU, or both. Price and discount are per unit."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_price: fields.UnitPrice | Absent = UNSET
    discount: fields.Discount | Absent = UNSET


class CreateSalesOrder(WriteBody, kw_only=True):
    """What a customer orders."""

    trackstar_tags: Tags | Absent = UNSET
    customer_id: fields.CustomerId
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: Annotated[list[SalesLine], described("What is ordered")]


class UpdateSalesOrder(WriteBody, kw_only=True):
    """What is to change of a sales order."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: (
        Annotated[list[SalesLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


class ShippedLine(WriteBody, kw_only=True):
    """Some of one line of the order that leaves."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class SentPackage(WriteBody, kw_only=True):
    """One parcel or pallet."""

    tracking_number: fields.TrackingNumber
    tracking_url: fields.TrackingUrl | Absent = UNSET
    carrier_name: fields.CarrierName | Absent = UNSET


class CreateSalesOrderShipment(WriteBody, kw_only=True):
    """What left of a sales order."""

    sales_order_id: fields.SalesOrderId
    shipped_date: fields.ShippedDate | Absent = UNSET
    line_items: (
        Annotated[list[ShippedLine], described("What left; all that is left of the order without it")]
        | Absent
    ) = UNSET
    packages: Annotated[list[SentPackage], described("The parcels")] | Absent = UNSET


def order_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of new and changed sales orders."""
    line = {
        "properties": {
            "item_id": TEXT_OF_ONE,
            "sku": NUMBER_OF_ONE,
            "description": TEXT_OF_ONE,
            "quantity": QUANTITY,
            "unit_price": PRICE,
            "discount": PRICE,
        },
        "anyOf": [{"required": ["item_id"]}, {"required": ["sku"]}],
    }
    properties = {
        "customer_id": TEXT_OF_ONE,
        "reference_id": NUMBER_OF_ONE,
        "order_number": NUMBER_OF_ONE,
        "order_date": MOMENT,
        "required_ship_date": MOMENT,
        "currency_code": CURRENCY,
        "ship_to_address": {"additionalProperties": TEXT_OF_ONE},
        "line_items": {**LINES, "items": line},
    }
    return [
        Rule(
            "An order has 1 to 1000 lines; each names its item by item_id, sku or both, and a quantity from "
            "0.001 to 1000000, kept to 0.001. Prices are from 0 to 1000000000. Numbers and SKUs have up to "
            "200 characters, other texts up to 10000. The currency is three capital letters.",
            {"properties": properties},
        ),
        Rule(
            "Customer and items are in the ERP, and an item_id and a sku on one line are the same item's. An "
            "order number is used once. Only open orders, of which nothing has shipped, are changed."
        ),
    ]


def shipment_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of a shipment."""
    line = {"properties": {"line_item_id": TEXT_OF_ONE, "quantity": QUANTITY}}
    package = dict.fromkeys(("tracking_number", "tracking_url", "carrier_name"), TEXT_OF_ONE)
    properties = {
        "sales_order_id": TEXT_OF_ONE,
        "shipped_date": MOMENT,
        "line_items": {**LINES, "items": line},
        "packages": {"maxItems": 1000, "items": {"properties": package}},
    }
    return [
        Rule(
            "A line's quantity is from 0.001 to 1000000, kept to 0.001. Texts have up to 10000 characters.",
            {"properties": properties},
        ),
        Rule(
            "The order is open or partially fulfilled. Lines are lines of the order, with no more than is "
            "left of them and is on hand in the order's location."
        ),
    ]


def create(asked: Asked[CreateSalesOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /sales-orders`."""
    return write(asked, "POST", "sales-orders")


def update(asked: Asked[UpdateSalesOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /sales-orders/{id}`."""
    return write(asked, "PUT", "sales-orders", asked.record_id)


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /sales-orders/{id}/cancel`."""
    return write(asked, "PUT", "sales-orders", asked.record_id, "cancel")


def ship(asked: Asked[CreateSalesOrderShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /sales-order-shipments`."""
    return write(asked, "POST", "sales-order-shipments")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("erp", "create_sales_order"),
        body=CreateSalesOrder,
        translate=create,
        written_id=written_id,
        read_back=read_back("sales-orders"),
        record=records.sales_order,
        look_up=by_reference("sales-orders"),
        rules=order_rules,
    ),
    WriteOperation(
        action=write_action("erp", "update_sales_order"),
        body=UpdateSalesOrder,
        translate=update,
        read_back=read_back("sales-orders"),
        record=records.sales_order,
        look_up=by_reference("sales-orders"),
        rules=order_rules,
    ),
    WriteOperation(
        action=write_action("erp", "cancel_sales_order"),
        body=NoBody,
        translate=cancel,
        read_back=read_back("sales-orders"),
        record=records.sales_order,
        look_up=by_reference("sales-orders"),
    ),
    WriteOperation(
        action=write_action("erp", "create_sales_order_shipment"),
        body=CreateSalesOrderShipment,
        translate=ship,
        written_id=written_id,
        read_back=read_back("sales-order-shipments"),
        record=records.sales_order_shipment,
        look_up=by_reference("sales-order-shipments"),
        rules=shipment_rules,
    ),
)
