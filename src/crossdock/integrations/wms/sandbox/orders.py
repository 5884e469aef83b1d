"""Orders: placed, changed and cancelled."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import (
    LINES,
    NUMBER,
    TEXT,
    UNITS,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.choices import one_shipping_method
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

Channel = Annotated[
    str, account_value("channels", "id", "Id of the sales channel; DEPRECATED, use `channel_object`")
]
ShippingMethodId = Annotated[str, account_value("shipping_methods", "id", "Id of the shipping method")]
ShippingMethod = Annotated[
    str, account_value("shipping_methods", "id", "DEPRECATED, use `shipping_method_id`")
]
Status = Annotated[
    Literal["open", "confirmed", "processing", "picked", "packed", "exception", "cancelled", "other"],
    described("Status of the order", "open"),
]
"""The statuses that a person sets: stock makes an order backordered, shipments make it fulfilled."""


class NewOrderAddress(WriteBody, kw_only=True):
    """Where an order goes."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: fields.Country


class NewOrderLine(WriteBody, kw_only=True):
    """Units of one product."""

    product_id: fields.ProductId
    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity
    unit_price: fields.UnitPrice | Absent = UNSET
    discount_amount: fields.DiscountAmount | Absent = UNSET


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber
    channel: Channel | Absent = UNSET
    trading_partner: fields.TradingPartner | Absent = UNSET
    shipping_method_id: ShippingMethodId | Absent = UNSET
    shipping_method: ShippingMethod | Absent = UNSET
    service_level: fields.ServiceLevel | Absent = UNSET
    invoice_currency_code: fields.InvoiceCurrencyCode | Absent = UNSET
    total_price: fields.TotalPrice | Absent = UNSET
    total_tax: fields.TotalTax | Absent = UNSET
    total_discount: fields.TotalDiscount | Absent = UNSET
    total_shipping: fields.TotalShipping | Absent = UNSET
    ship_to_address: NewOrderAddress
    line_items: Annotated[list[NewOrderLine], described("What is ordered")]


class ChangedAddress(WriteBody, kw_only=True):
    """What changes of where an order goes."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1 | Absent = UNSET
    address2: fields.Address2 | Absent = UNSET
    city: fields.City | Absent = UNSET
    state: fields.State | Absent = UNSET
    postal_code: fields.PostalCode | Absent = UNSET
    country: fields.Country | Absent = UNSET


class ChangedLine(WriteBody, kw_only=True):
    """A line as it is to be; what is left out stays as it was on the line of that product."""

    product_id: fields.ProductId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    discount_amount: fields.DiscountAmount | Absent = UNSET


class UpdateOrder(WriteBody, kw_only=True):
    """What is to change of an order."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    channel: Channel | Absent = UNSET
    trading_partner: fields.TradingPartner | Absent = UNSET
    shipping_method_id: ShippingMethodId | Absent = UNSET
    shipping_method: ShippingMethod | Absent = UNSET
    service_level: fields.ServiceLevel | Absent = UNSET
    invoice_currency_code: fields.InvoiceCurrencyCode | Absent = UNSET
    total_price: fields.TotalPrice | Absent = UNSET
    total_tax: fields.TotalTax | Absent = UNSET
    total_discount: fields.TotalDiscount | Absent = UNSET
    total_shipping: fields.TotalShipping | Absent = UNSET
    ship_to_address: ChangedAddress | Absent = UNSET
    line_items: (
        Annotated[list[ChangedLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET
    status: Status | Absent = UNSET


NAMES_ITS_PRODUCT: dict[str, Any] = {
    "anyOf": [{"required": ["product_id"]}, {"required": ["sku"]}],
    "description": "a line that names its product by product_id or sku",
}


def _sizes(line: dict[str, Any]) -> Rule:
    address = dict.fromkeys(ChangedAddress.__struct_fields__, TEXT)
    lines = {**LINES, "items": {**line, "properties": {"quantity": UNITS, "sku": NUMBER}}}
    properties = {
        **dict.fromkeys(("reference_id", "trading_partner", "service_level", "invoice_currency_code"), TEXT),
        "order_number": NUMBER,
        "ship_to_address": {"properties": address},
        "line_items": lines,
    }
    return Rule(
        "An order has 1 to 1000 lines of 1 to 1000000 units each. SKUs and order numbers have up to 200 "
        "characters, other texts up to 10000.",
        {"properties": properties},
    )


def _create_rules(choices: KnownChoices) -> Sequence[Rule]:
    rules = [
        _sizes({}),
        Rule("An order number is had by one order only. A line's SKU is that of its product."),
    ]
    return rules + _method_rule(choices)


def _update_rules(choices: KnownChoices) -> Sequence[Rule]:
    rules = [
        _sizes(NAMES_ITS_PRODUCT),
        Rule(
            "A fulfilled or cancelled order is not changed; one that has shipped in part keeps its lines. A "
            "backordered order takes no status but cancelled. A line of a product that is new to the order "
            "says its quantity."
        ),
    ]
    return rules + _method_rule(choices)


def _method_rule(choices: KnownChoices) -> list[Rule]:
    methods = choices.get("shipping_methods")
    return [one_shipping_method(methods.rows)] if methods else []


RENAMED = {"shipping_method": "shipping_method_id"}


def create(asked: Asked[CreateOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders`."""
    return write(asked, "POST", "orders", renamed=RENAMED)


def update(asked: Asked[UpdateOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /orders/{id}`."""
    return write(asked, "PUT", "orders", asked.record_id, renamed=RENAMED)


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /orders/{id}/cancel`."""
    return write(asked, "PUT", "orders", asked.record_id, "cancel")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "create_order"),
        body=CreateOrder,
        translate=create,
        written_id=written_id,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
        rules=_create_rules,
        component_names={
            NewOrderAddress: "SandboxCreateOrderShipToAddress",
            NewOrderLine: "SandboxCreateOrderLineItems",
        },
    ),
    WriteOperation(
        action=write_action("wms", "update_order"),
        body=UpdateOrder,
        translate=update,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
        rules=_update_rules,
        component_names={
            ChangedAddress: "SandboxUpdateOrderShipToAddress",
            ChangedLine: "SandboxUpdateOrderLineItems",
        },
    ),
    WriteOperation(
        action=write_action("wms", "cancel_order"),
        body=NoBody,
        translate=cancel,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
    ),
)
