"""What is done with an order of the shop: it is shipped, or money is paid back."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.sandbox import records
from crossdock.integrations.sandboxes.requests import TEXT, UNITS, by_reference, read_back, write
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described

SOME_TEXT = {**TEXT, "minLength": 1}


class CreateShipment(WriteBody, kw_only=True):
    """All that is left of an order leaves."""

    tracking_number: fields.TrackingNumber
    tracking_url: fields.TrackingUrl
    carrier_name: fields.CarrierName
    requested_shipping_method: fields.RequestedShippingMethod


class RefundLine(WriteBody, kw_only=True):
    """Units of one line that are paid back."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class RefundOrder(WriteBody, kw_only=True):
    """What is paid back of an order."""

    line_items: Annotated[list[RefundLine], described("What is paid back")] | Absent = UNSET
    amount: fields.RefundAmount | Absent = UNSET
    reason: fields.RefundReason | Absent = UNSET
    restock: fields.Restock | Absent = UNSET


def shipment_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of a shipment."""
    properties = dict.fromkeys(CreateShipment.__struct_fields__, SOME_TEXT)
    return [
        Rule("Texts have 1 to 10000 characters.", {"properties": properties}),
        Rule("The order is open; all that is left of it ships."),
    ]


def refund_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of a refund."""
    line = {"properties": {"line_item_id": SOME_TEXT, "quantity": UNITS}}
    properties = {
        "line_items": {"minItems": 1, "maxItems": 100, "items": line},
        "amount": {"minimum": 0.01, "maximum": 1_000_000_000},
        "reason": SOME_TEXT,
    }
    return [
        Rule(
            "A refund names lines, up to 100, or an amount; without an amount it is what the lines cost with "
            "their tax.",
            {"properties": properties, "anyOf": [{"required": ["line_items"]}, {"required": ["amount"]}]},
        ),
        Rule(
            "Lines are lines of the order, with no more than is not refunded yet, and no more is paid back."
        ),
    ]


def ship(asked: Asked[CreateShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders/{id}/shipments`."""
    return write(asked, "POST", "orders", asked.record_id, "shipments")


def refund(asked: Asked[RefundOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders/{id}/refund`."""
    return write(asked, "POST", "orders", asked.record_id, "refund")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("cart", "create_shipment"),
        body=CreateShipment,
        translate=ship,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
        rules=shipment_rules,
    ),
    WriteOperation(
        action=write_action("cart", "refund_order"),
        body=RefundOrder,
        translate=refund,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
        rules=refund_rules,
    ),
)
