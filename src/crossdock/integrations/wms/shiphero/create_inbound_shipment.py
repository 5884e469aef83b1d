"""`create_inbound_shipment` becomes `purchase_order_create` (type `CreatePurchaseOrderInput`)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import (
    Record,
    answered,
    as_answer,
    as_connection,
    connection,
    mutation,
    nodes,
    query,
    written,
)
from crossdock.integrations.wms.shiphero.inbound_shipment_record import (
    inbound_shipment_record,
    purchase_order_of,
    read_po_number,
    read_purchase_order,
)
from crossdock.integrations.wms.shiphero.refusals import lines_blamed
from crossdock.integrations.wms.shiphero.values import NOT_NEGATIVE, POSITIVE, amount, given, moment, pounds
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

VENDORS = 500
"""Vendors among which a supplier is found by name."""


class Supplier(WriteBody, kw_only=True):
    """The vendor in ShipHero, by its id or by its name."""

    supplier_id: fields.SupplierId | Absent = UNSET
    supplier_name: fields.SupplierName | Absent = UNSET


class InboundShipmentLine(WriteBody, kw_only=True):
    """Units of one SKU that are expected."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity
    expected_weight: Annotated[float, described("Weight of one unit in `expected_weight_unit`", 2.5)]
    expected_weight_unit: fields.WeightUnit | Absent = UNSET
    unit_cost: Annotated[float, described("Cost of one unit", 4.5)]
    external_id: Annotated[str, described("The caller's own id of the line")] | Absent = UNSET


class CreateInboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a warehouse (an ASN)."""

    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that receives")]
    purchase_order_number: fields.PurchaseOrderNumber
    supplier: Annotated[str, described("DEPRECATED, use `supplier_object`", "supplier")] | Absent = UNSET
    supplier_object: Supplier | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate
    shipping_price: Annotated[float, described("What the shipping costs", 12.5)]
    tax: Annotated[float, described("Tax on the whole", 1.5)] | Absent = UNSET
    line_items: Annotated[list[InboundShipmentLine], described("What is expected")]
    tracking_number: fields.TrackingNumber | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    either = {
        "oneOf": [{"required": ["supplier_id"]}, {"required": ["supplier_name"]}],
        "description": "needs either supplier_id or supplier_name",
    }
    said = "at most one of supplier and supplier_object"
    line = {"expected_quantity": POSITIVE, "expected_weight": NOT_NEGATIVE, "unit_cost": NOT_NEGATIVE}
    return [
        Rule(
            "A shipment has at least one line, each line at least one unit, and nothing is below 0. "
            "Without a unit a weight is in pounds.",
            {
                "properties": {
                    "line_items": {"minItems": 1, "items": {"properties": line}},
                    "shipping_price": NOT_NEGATIVE,
                    "tax": NOT_NEGATIVE,
                }
            },
        ),
        Rule("A supplier is named by id or by name.", {"properties": {"supplier_object": either}}),
        Rule(
            "supplier is the supplier's name; supplier_object says the same.",
            {"not": {"required": ["supplier", "supplier_object"]}, "description": said},
        ),
        Rule("Each SKU is a product that ShipHero has, and a supplier's name is one of its vendors."),
    ]


def _supplier_name(body: CreateInboundShipment) -> tuple[str, str] | None:
    """The name of the supplier and its place in the body, when it is named so."""
    if body.supplier is not UNSET:
        return body.supplier, "/supplier"
    if body.supplier_object is not UNSET and body.supplier_object.supplier_name is not UNSET:
        return body.supplier_object.supplier_name, "/supplier_object/supplier_name"
    return None


def reads(asked: Asked[CreateInboundShipment], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The vendors, when the supplier is given by name: query `vendors`."""
    if _supplier_name(asked.body) is None:
        return {}
    return {"vendors": _vendors()}


def _vendors() -> VendorRequest:
    return query("vendors", {}, connection("id name", VENDORS))


def sample_reads(asked: Asked[CreateInboundShipment]) -> Reads:
    """A vendor of the name that is asked for."""
    named = _supplier_name(asked.body)
    vendors = [{"id": f"vendor-{named[0]}", "name": named[0]}] if named else []
    return Reads({"vendors": as_answer("vendors", as_connection(vendors))})


def translate(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:
    """Mutation `purchase_order_create`. Raises `Unprocessable` for a supplier that is not known."""
    body = asked.body
    subtotal = sum(
        (Decimal(str(line.unit_cost)) * line.expected_quantity for line in body.line_items), Decimal(0)
    )
    tax = Decimal(0) if body.tax is UNSET else Decimal(str(body.tax))
    data = {
        "customer_account_id": given(body.warehouse_customer_id),
        "po_number": body.purchase_order_number,
        "subtotal": amount(subtotal),
        "shipping_price": amount(body.shipping_price),
        "total_price": amount(subtotal + Decimal(str(body.shipping_price)) + tax),
        "tax": None if body.tax is UNSET else amount(body.tax),
        "warehouse_id": body.warehouse_id,
        "vendor_id": _vendor_id(body, reads),
        "po_date": moment(body.expected_arrival_date),
        "tracking_number": given(body.tracking_number),
        "line_items": [_line(line) for line in body.line_items],
    }
    return mutation("purchase_order_create", "CreatePurchaseOrderInput", data, "purchase_order { id }")


def _line(line: InboundShipmentLine) -> Record:
    unit = "lb" if line.expected_weight_unit is UNSET else line.expected_weight_unit
    sent = {
        "sku": line.sku,
        "quantity": line.expected_quantity,
        "expected_weight_in_lbs": pounds(line.expected_weight, unit),
        "price": amount(line.unit_cost),
    }
    return sent if line.external_id is UNSET else sent | {"partner_line_item_id": line.external_id}


def _vendor_id(body: CreateInboundShipment, reads: Reads) -> str | None:
    named = _supplier_name(body)
    if named is None:
        return None if body.supplier_object is UNSET else given(body.supplier_object.supplier_id)
    name, pointer = named
    vendors = nodes(answered(reads["vendors"], "vendors"))
    for vendor in vendors:
        if vendor.get("name") == name:
            return str(vendor["id"])
    among = f" among its first {VENDORS}" if len(vendors) >= VENDORS else ""
    fault = FieldFault(
        pointer, f"ShipHero has no vendor {name}{among}", [one.get("name") for one in vendors[:50]]
    )
    raise Unprocessable("The supplier was not found.", [fault])


def written_id(asked: Asked[CreateInboundShipment], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the purchase order. Raises `ValueError` when it is missing."""
    return written(answers[0], "purchase_order_create", "purchase_order")


def find(asked: Asked[CreateInboundShipment]) -> VendorRequest:
    """Query `purchase_order`, by the caller's number."""
    return read_po_number(asked.body.purchase_order_number)


def found(asked: Asked[CreateInboundShipment], decoded: Any) -> str | None:
    """The id of the purchase order with this number, warehouse, SKUs and quantities."""
    order = purchase_order_of(decoded)
    if order is None or order.get("warehouse_id") != asked.body.warehouse_id:
        return None
    there = sorted(
        (line.get("sku") or "", line.get("quantity") or 0) for line in nodes(order.get("line_items"))
    )
    wanted = sorted((line.sku, line.expected_quantity) for line in asked.body.line_items)
    return str(order["id"]) if there == wanted else None


OPERATION = WriteOperation(
    action=write_action("wms", "create_inbound_shipment"),
    body=CreateInboundShipment,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=written_id,
    read_back=read_purchase_order,
    record=inbound_shipment_record,
    look_up=LookUp(find, found),
    refused=lines_blamed("line_items", "expected_quantity"),
    rules=rules,
)
