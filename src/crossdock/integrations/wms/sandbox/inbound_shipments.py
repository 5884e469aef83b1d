"""Inbound shipments (ASNs): announced, changed and received."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import (
    LINES,
    MOMENT,
    NUMBER,
    TEXT,
    UNITS,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.integrations.wms.sandbox import records
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

WarehouseId = Annotated[str, account_value("warehouses", "id", "Id of the warehouse that receives the goods")]


class ExpectedLine(WriteBody, kw_only=True):
    """Units of one SKU that are expected."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity


class CreateInboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a warehouse."""

    trackstar_tags: Tags | Absent = UNSET
    supplier: fields.Supplier
    purchase_order_number: fields.PurchaseOrderNumber
    expected_arrival_date: fields.ExpectedArrivalDate
    warehouse_id: WarehouseId
    tracking_number: fields.TrackingNumber
    line_items: Annotated[list[ExpectedLine], described("What is expected")]


class UpdateInboundShipment(WriteBody, kw_only=True):
    """What is to change of an inbound shipment."""

    trackstar_tags: Tags | Absent = UNSET
    supplier: fields.Supplier | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    line_items: (
        Annotated[list[ExpectedLine], described("What is expected, in the place of all lines")] | Absent
    ) = UNSET


class ReceivedLine(WriteBody, kw_only=True):
    """Units of one SKU that arrived."""

    sku: fields.Sku
    quantity: fields.Quantity


class ReceiveInboundShipment(WriteBody, kw_only=True):
    """What arrived of an inbound shipment, and where it was put."""

    line_items: Annotated[list[ReceivedLine], described("What arrived")]
    warehouse_location_id: Annotated[
        str, account_value("locations", "id", "Id of the location that receives the goods")
    ]


def announced_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of new and changed inbound shipments."""
    line = {"properties": {"sku": NUMBER, "expected_quantity": UNITS}}
    properties = {
        "supplier": TEXT,
        "purchase_order_number": NUMBER,
        "expected_arrival_date": MOMENT,
        "tracking_number": TEXT,
        "line_items": {**LINES, "items": line},
    }
    return [
        Rule(
            "An inbound shipment has 1 to 1000 lines of 1 to 1000000 units each. SKUs and purchase order "
            "numbers have up to 200 characters, other texts up to 10000.",
            {"properties": properties},
        ),
        Rule(
            "Each SKU stands on one line and is a product, not a kit. What has arrived already stays: its "
            "warehouse, its lines, and at least as many expected units. A received shipment is not changed."
        ),
    ]


def receive_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid of a receipt."""
    line = {"properties": {"sku": NUMBER, "quantity": UNITS}}
    return [
        Rule(
            "A receipt has at least one line, each of 1 to 1000000 units.",
            {"properties": {"line_items": {"minItems": 1, "items": line}}},
        ),
        Rule(
            "The location is in the shipment's warehouse. Lines are SKUs of the shipment, and no more units "
            "than are still expected."
        ),
    ]


def create(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /inbound-shipments`."""
    return write(asked, "POST", "inbound-shipments")


def update(asked: Asked[UpdateInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /inbound-shipments/{id}`."""
    return write(asked, "PUT", "inbound-shipments", asked.record_id)


def receive(asked: Asked[ReceiveInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /inbound-shipments/{id}/receive`."""
    return write(asked, "PUT", "inbound-shipments", asked.record_id, "receive")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "create_inbound_shipment"),
        body=CreateInboundShipment,
        translate=create,
        written_id=written_id,
        read_back=read_back("inbound-shipments"),
        record=records.inbound_shipment,
        look_up=by_reference("inbound-shipments"),
        rules=announced_rules,
        component_names={ExpectedLine: "SandboxCreateInboundShipmentLineItems"},
    ),
    WriteOperation(
        action=write_action("wms", "update_inbound_shipment"),
        body=UpdateInboundShipment,
        translate=update,
        read_back=read_back("inbound-shipments"),
        record=records.inbound_shipment,
        look_up=by_reference("inbound-shipments"),
        rules=announced_rules,
        component_names={ExpectedLine: "SandboxUpdateInboundShipmentLineItems"},
    ),
    WriteOperation(
        action=write_action("wms", "receive_inbound_shipment"),
        body=ReceiveInboundShipment,
        translate=receive,
        read_back=read_back("inbound-shipments"),
        record=records.inbound_shipment,
        look_up=by_reference("inbound-shipments"),
        rules=receive_rules,
        component_names={ReceivedLine: "CreateInboundReceiptLineItem"},
    ),
)
