"""`update_inbound_shipment` becomes the mutations of a purchase order, each only if asked for.

`purchase_order_update` changes lines by their SKU and cannot add any; `open` sets the status `pending`,
`received` closes the purchase order and `cancelled` cancels it.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import (
    Asked,
    FieldFault,
    NotFound,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import Record, as_answer, as_connection, mutation, nodes
from crossdock.integrations.wms.shiphero.inbound_shipment_record import (
    CANCELED,
    CLOSED,
    PENDING,
    inbound_shipment_record,
    purchase_order_of,
    read_purchase_order,
)
from crossdock.integrations.wms.shiphero.values import NONE_OR_MORE, NOT_NEGATIVE, amount, given, moment
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

STATUSES = {"open": (PENDING,), "received": (CLOSED,), "cancelled": CANCELED}
SELECTED = "purchase_order { id }"


class ChangedLine(WriteBody, kw_only=True):
    """How many units of a SKU of the shipment are expected."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity


class UpdateInboundShipment(WriteBody, kw_only=True):
    """What is to change of an inbound shipment."""

    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    shipping_price: Annotated[float, described("What the shipping costs", 12.5)] | Absent = UNSET
    line_items: Annotated[list[ChangedLine], described("Lines whose quantity is another")] | Absent = UNSET
    status: (
        Annotated[Literal["open", "received", "cancelled"], described("What becomes of the shipment", "open")]
        | Absent
    ) = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"expected_quantity": NONE_OR_MORE}}
    return [
        Rule(
            "Nothing is below 0.",
            {"properties": {"shipping_price": NOT_NEGATIVE, "line_items": {"minItems": 1, "items": line}}},
        ),
        Rule("Each SKU is in the shipment already: ShipHero changes its lines and adds none."),
    ]


def reads(asked: Asked[UpdateInboundShipment], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The purchase order of the path: query `purchase_order`."""
    return {"purchase_order": read_purchase_order(asked.account, asked.record_id)}


def sample_reads(asked: Asked[UpdateInboundShipment]) -> Reads:
    """A purchase order that has the lines."""
    lines = () if asked.body.line_items is UNSET else asked.body.line_items
    there = as_connection([{"sku": line.sku} for line in lines])
    order = {"id": "purchase-order", "fulfillment_status": "on its way", "line_items": there}
    return Reads({"purchase_order": as_answer("purchase_order", order)})


def translate(asked: Asked[UpdateInboundShipment], reads: Reads) -> Sequence[VendorRequest]:
    """The mutations; what is opened again is so first. Raises `Unprocessable` or `NotFound`."""
    order = purchase_order_of(reads["purchase_order"])
    if order is None:
        text = f"ShipHero has no purchase order {asked.record_id}."
        raise NotFound(text, extra={"id": asked.record_id})
    named = {"po_id": asked.record_id, "customer_account_id": given(asked.body.warehouse_customer_id)}
    changed, status = _changed(asked.body, named, order), _status(asked.body, named, order)
    return [*status, *changed] if asked.body.status == "open" else [*changed, *status]


def _changed(body: UpdateInboundShipment, named: Record, order: Record) -> list[VendorRequest]:
    arrival = given(body.expected_arrival_date)
    data = {
        "po_date": None if arrival is None else moment(arrival),
        "shipping_price": None if body.shipping_price is UNSET else amount(body.shipping_price),
        "tracking_number": given(body.tracking_number),
        "line_items": None if body.line_items is UNSET else _lines(body.line_items, order),
    }
    if all(value is None for value in data.values()):
        return []
    return [mutation("purchase_order_update", "UpdatePurchaseOrderInput", named | data, SELECTED)]


def _lines(lines: Sequence[ChangedLine], order: Record) -> list[Record]:
    skus = [line.get("sku") for line in nodes(order.get("line_items"))]
    faults = [
        FieldFault(f"/line_items/{index}/sku", f"{line.sku} is not in the shipment", skus[:50])
        for index, line in enumerate(lines)
        if line.sku not in skus
    ]
    if faults:
        raise Unprocessable("ShipHero adds no lines to a purchase order.", faults)
    return [{"sku": line.sku, "quantity": line.expected_quantity} for line in lines]


def _status(body: UpdateInboundShipment, named: Record, order: Record) -> list[VendorRequest]:
    if body.status is UNSET or order.get("fulfillment_status") in STATUSES[body.status]:
        return []
    mutations: dict[str, tuple[str, str, dict[str, Any]]] = {
        "open": (
            "purchase_order_set_fulfillment_status",
            "SetPurchaseOrderFulfillmentStatusInput",
            {"status": PENDING},
        ),
        "received": ("purchase_order_close", "ClosePurchaseOrderInput", {}),
        "cancelled": ("purchase_order_cancel", "CancelPurchaseOrderInput", {}),
    }
    name, input_type, further = mutations[body.status]
    return [mutation(name, input_type, named | further, SELECTED)]


OPERATION = WriteOperation(
    action=write_action("wms", "update_inbound_shipment"),
    body=UpdateInboundShipment,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_purchase_order,
    record=inbound_shipment_record,
    repeatable=True,
    rules=rules,
)
