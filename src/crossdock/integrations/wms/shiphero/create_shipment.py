"""`create_shipment` becomes the mutation `shipment_create`: all that is pending of an order, one label."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, Unprocessable, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.addresses import same_address
from crossdock.integrations.wms.shiphero.graphql import Record, mutation
from crossdock.integrations.wms.shiphero.labels import Service
from crossdock.integrations.wms.shiphero.order_record import order_of, order_record, read_order
from crossdock.integrations.wms.shiphero.orders import all_lines, order_read, sample_order, the_order
from crossdock.integrations.wms.shiphero.values import (
    NOT_NEGATIVE,
    Measurements,
    amount,
    at_most_one,
    dimensions,
    first_given,
    given,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that ships")]
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method_name: Annotated[str, described("Name of the shipping method", "Ground")] | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    shipping_cost: fields.ShippingCost
    measurements: Measurements
    label_url: Annotated[str, described("Where the label can be fetched as a PDF")] | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    tracking_url: fields.TrackingUrl | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        Rule("No cost is below 0.", {"properties": {"shipping_cost": NOT_NEGATIVE}}),
        at_most_one("carrier_id", "carrier"),
        at_most_one("shipping_method_id", "shipping_method"),
        Rule("ShipHero wants a carrier and a method; what is not given is taken from the order."),
    ]


def translate(asked: Asked[CreateShipment], reads: Reads) -> VendorRequest:
    """Mutation `shipment_create`. Raises `Unprocessable` when nothing is left to ship, or `NotFound`."""
    order, body = the_order(asked, reads), asked.body
    pending = _pending(order)
    if not pending:
        raise Unprocessable("Nothing of the order is left to be shipped.")
    service = Service(
        first_given(body.carrier_id, body.carrier),
        first_given(body.shipping_method_id, body.shipping_method),
        given(body.shipping_method_name),
    )
    address = same_address(order.get("shipping_address") or {})
    label = {
        **service.named(order, ""),
        "cost": amount(body.shipping_cost),
        "address": address,
        "dimensions": dimensions(body.measurements),
        "label": {} if body.label_url is UNSET else {"pdf_location": body.label_url},
        "line_item_ids": [line["id"] for line in pending],
    }
    label |= {} if body.tracking_number is UNSET else {"tracking_number": body.tracking_number}
    label |= {} if body.tracking_url is UNSET else {"tracking_url": body.tracking_url}
    data = {
        "order_id": asked.record_id,
        "warehouse_id": body.warehouse_id,
        "address": address,
        "line_items": [
            {"line_item_id": line["id"], "quantity": line["quantity_pending_fulfillment"]} for line in pending
        ],
        "labels": [label],
    }
    return mutation("shipment_create", "CreateShipmentInput", data, "shipment { id }")


def _pending(order: Record) -> list[Record]:
    return [line for line in all_lines(order) if (line.get("quantity_pending_fulfillment") or 0) > 0]


def sample_reads(asked: Asked[CreateShipment]) -> Reads:  # noqa: ARG001
    """An order with a line to ship."""
    return sample_order([{"id": "line", "sku": "sku", "quantity": 1, "quantity_pending_fulfillment": 1}])


def find(asked: Asked[CreateShipment]) -> VendorRequest:
    """The order with its shipments."""
    return read_order(asked.account, asked.record_id)


def found(asked: Asked[CreateShipment], decoded: Any) -> str | None:
    """The order's id when nothing is left to ship and its last shipment is the one that was asked for."""
    order = order_of(decoded)
    if order is None or _pending(order) or not order.get("shipments"):
        return None
    last = order["shipments"][-1]
    tracking = [label.get("tracking_number") for label in last.get("shipping_labels") or ()]
    same_tracking = given(asked.body.tracking_number) in (None, *tracking)
    return asked.record_id if last.get("warehouse_id") == asked.body.warehouse_id and same_tracking else None


OPERATION = WriteOperation(
    action=write_action("wms", "create_shipment"),
    body=CreateShipment,
    reads=order_read,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_order,
    record=order_record,
    look_up=LookUp(find, found),
    rules=rules,
)
