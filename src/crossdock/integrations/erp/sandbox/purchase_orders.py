"""Purchase orders: placed, changed, cancelled and received."""

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
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, account_value, described

VendorId = Annotated[str, account_value("vendors", "id", "Id of the vendor who sells")]
EmployeeId = Annotated[str, account_value("employees", "id", "Id of the employee who buys")]


class PurchaseLine(WriteBody, kw_only=True):
    """Some of one item; the item by its id, its SKU, or both. The cost is per unit."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity
    unit_cost: fields.UnitCost | Absent = UNSET


class CreatePurchaseOrder(WriteBody, kw_only=True):
    """What is ordered from a vendor."""

    trackstar_tags: Tags | Absent = UNSET
    vendor_id: VendorId
    employee_id: EmployeeId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    line_items: Annotated[list[PurchaseLine], described("What is ordered")]


class UpdatePurchaseOrder(WriteBody, kw_only=True):
    """What is to change of a purchase order."""

    trackstar_tags: Tags | Absent = UNSET
    employee_id: EmployeeId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    line_items: (
        Annotated[list[PurchaseLine], described("What is ordered, in the place of all lines")] | Absent
    ) = UNSET


class ReceivedLine(WriteBody, kw_only=True):
    """Some of one line of the order that arrived."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


class CreatePurchaseOrderReceipt(WriteBody, kw_only=True):
    """What arrived of a purchase order."""

    purchase_order_id: fields.PurchaseOrderId
    received_date: fields.ReceivedDate | Absent = UNSET
    line_items: (
        Annotated[list[ReceivedLine], described("What arrived; all that is left of the order without it")]
        | Absent
    ) = UNSET


def order_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of new and changed purchase orders."""
    line = {
        "properties": {
            "item_id": TEXT_OF_ONE,
            "sku": NUMBER_OF_ONE,
            "description": TEXT_OF_ONE,
            "quantity": QUANTITY,
            "unit_cost": PRICE,
        },
        "anyOf": [{"required": ["item_id"]}, {"required": ["sku"]}],
    }
    properties = {
        "reference_id": NUMBER_OF_ONE,
        "order_number": NUMBER_OF_ONE,
        "order_date": MOMENT,
        "expected_arrival_date": MOMENT,
        "currency_code": CURRENCY,
        "line_items": {**LINES, "items": line},
    }
    return [
        Rule(
            "An order has 1 to 1000 lines; each names its item by item_id, sku or both, and a quantity from "
            "0.001 to 1000000, kept to 0.001. Costs are from 0 to 1000000000. Numbers and SKUs have up to "
            "200 characters, other texts up to 10000. The currency is three capital letters.",
            {"properties": properties},
        ),
        Rule(
            "The items are in the ERP, and an item_id and a sku on one line are the same item's. An order "
            "number is used once. Only open orders, of which nothing has arrived, are changed."
        ),
    ]


def receipt_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of a receipt."""
    line = {"properties": {"line_item_id": TEXT_OF_ONE, "quantity": QUANTITY}}
    properties = {
        "purchase_order_id": TEXT_OF_ONE,
        "received_date": MOMENT,
        "line_items": {**LINES, "items": line},
    }
    return [
        Rule("A line's quantity is from 0.001 to 1000000, kept to 0.001.", {"properties": properties}),
        Rule(
            "The order is open or partially received. Lines are lines of the order, with no more than is "
            "left of them."
        ),
    ]


def create(asked: Asked[CreatePurchaseOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /purchase-orders`."""
    return write(asked, "POST", "purchase-orders")


def update(asked: Asked[UpdatePurchaseOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /purchase-orders/{id}`."""
    return write(asked, "PUT", "purchase-orders", asked.record_id)


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /purchase-orders/{id}/cancel`."""
    return write(asked, "PUT", "purchase-orders", asked.record_id, "cancel")


def receive(asked: Asked[CreatePurchaseOrderReceipt], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /purchase-order-receipts`."""
    return write(asked, "POST", "purchase-order-receipts")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("erp", "create_purchase_order"),
        body=CreatePurchaseOrder,
        translate=create,
        written_id=written_id,
        read_back=read_back("purchase-orders"),
        record=records.purchase_order,
        look_up=by_reference("purchase-orders"),
        rules=order_rules,
    ),
    WriteOperation(
        action=write_action("erp", "update_purchase_order"),
        body=UpdatePurchaseOrder,
        translate=update,
        read_back=read_back("purchase-orders"),
        record=records.purchase_order,
        look_up=by_reference("purchase-orders"),
        rules=order_rules,
    ),
    WriteOperation(
        action=write_action("erp", "cancel_purchase_order"),
        body=NoBody,
        translate=cancel,
        read_back=read_back("purchase-orders"),
        record=records.purchase_order,
        look_up=by_reference("purchase-orders"),
    ),
    WriteOperation(
        action=write_action("erp", "create_purchase_order_receipt"),
        body=CreatePurchaseOrderReceipt,
        translate=receive,
        written_id=written_id,
        read_back=read_back("purchase-order-receipts"),
        record=records.purchase_order_receipt,
        look_up=by_reference("purchase-order-receipts"),
        rules=receipt_rules,
    ),
)
