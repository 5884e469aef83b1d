"""`create_inbound_shipment` becomes `POST /2.0/receiving` (model `CreateReceivingOrderModel`).

ShipBob calls it a warehouse receiving order (WRO). Its lines are inventory items, which a body may also
name by SKU.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    OutcomeUnknown,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX, INT32_TEXT
from crossdock.integrations.wms.shipbob.answers import new_id, utc
from crossdock.integrations.wms.shipbob.receiving_order import inbound_record, read_back
from crossdock.integrations.wms.shipbob.sku_look_up import item_of, product_reads, sample_products
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, DateTime, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

SPELLINGS = {"MultipleSkusPerBox": "MultipleSkuPerBox"}
"""The contract's publisher spells one packing differently than ShipBob."""


class BoxLine(WriteBody, kw_only=True):
    """Units of one inventory item in a box."""

    inventory_item_id: (
        Annotated[str, described("Id of the inventory item; or give its `sku`", "8001")] | Absent
    ) = UNSET
    sku: Annotated[str, described("SKU of the item's product; or give `inventory_item_id`")] | Absent = UNSET
    expected_quantity: fields.ExpectedQuantity
    lot_id: Annotated[str, described("Lot number")] | Absent = UNSET
    lot_expiration_date: Annotated[DateTime, described("When the lot expires")] | Absent = UNSET


class Box(WriteBody, kw_only=True):
    """A box, pallet or container of the shipment."""

    tracking_number: fields.TrackingNumber
    line_items: Annotated[list[BoxLine], described("What is in the box")]


class CreateInboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a fulfilment center."""

    warehouse_id: Annotated[
        str, account_value("receiving_centers", "id", "Id of the fulfilment center that receives the goods")
    ]
    package_type: Annotated[
        Literal["Package", "Pallet", "FloorLoadedContainer"], described("How the boxes travel", "Package")
    ]
    box_packaging_type: Annotated[
        Literal["EverythingInOneBox", "OneSkuPerBox", "MultipleSkusPerBox", "MultipleSkuPerBox"],
        described("How the goods are packed into boxes", "EverythingInOneBox"),
    ]
    expected_arrival_date: fields.ExpectedArrivalDate
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    boxes: Annotated[list[Box], described("The boxes of the shipment")]
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """Numbers of `AddBoxItemToBoxModel`, and what a line cannot do without."""
    line = {
        "anyOf": [{"required": ["inventory_item_id"]}, {"required": ["sku"]}],
        "description": "a line with inventory_item_id or sku",
        "properties": {
            "inventory_item_id": INT32_TEXT,
            "expected_quantity": {"minimum": 1, "maximum": INT32_MAX},
        },
    }
    box = {"properties": {"line_items": {"minItems": 1, "items": line}}}
    return [
        Rule(
            "A shipment has at least one box, and each box at least one line of at least one unit. A line "
            "has an inventory_item_id, ShipBob's own number from 1 to 2147483647, or a sku.",
            {"properties": {"boxes": {"minItems": 1, "items": box}}},
        ),
        Rule(
            "A sku belongs to one inventory item of ShipBob: to the inventory_item_id of its line, where "
            "both are given."
        ),
        Rule("MultipleSkusPerBox and MultipleSkuPerBox mean the same."),
    ]


def _lines(body: CreateInboundShipment) -> Iterator[tuple[str, BoxLine]]:
    """Every line with its place."""
    for number, box in enumerate(body.boxes):
        for row, line in enumerate(box.line_items):
            yield f"/boxes/{number}/line_items/{row}", line


def reads(asked: Asked[CreateInboundShipment], known: Reads) -> Mapping[str, VendorRequest]:
    """The products of the SKUs that the body names."""
    return product_reads([line.sku for _, line in _lines(asked.body) if line.sku is not UNSET], known)


def sample_reads(asked: Asked[CreateInboundShipment]) -> Reads:
    """A product for each SKU, of the inventory item that its line names."""
    items = {}
    for _, line in _lines(asked.body):
        if line.sku is not UNSET:
            given = line.inventory_item_id
            items[line.sku] = sum(line.sku.encode()) if given is UNSET else int(given)
    return sample_products(items)


def translate(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:
    """`POST /2.0/receiving`. Raises `Unprocessable` for SKUs that do not lead to one inventory item."""
    body, items, faults = asked.body, {}, []
    for at, line in _lines(body):
        try:
            items[at] = _item(line, reads)
        except LookupError as error:
            faults.append(FieldFault(f"{at}/sku", str(error.args[0])))
    if faults:
        raise Unprocessable("Not every SKU leads to an inventory item of ShipBob.", faults)
    order: dict[str, Any] = {
        "fulfillment_center": {"id": int(body.warehouse_id)},
        "package_type": body.package_type,
        "box_packaging_type": SPELLINGS.get(body.box_packaging_type, body.box_packaging_type),
        "expected_arrival_date": body.expected_arrival_date,
        "boxes": [
            {
                "tracking_number": box.tracking_number,
                "box_items": [
                    _box_item(items[f"/boxes/{number}/line_items/{row}"], line)
                    for row, line in enumerate(box.line_items)
                ],
            }
            for number, box in enumerate(body.boxes)
        ],
    }
    if body.purchase_order_number is not UNSET:
        order["purchase_order_number"] = body.purchase_order_number
    return VendorRequest("POST", "/2.0/receiving", body=order)


def _item(line: BoxLine, reads: Reads) -> int:
    """Raises `LookupError`."""
    given = None if line.inventory_item_id is UNSET else int(line.inventory_item_id)
    if line.sku is UNSET:
        return int(line.inventory_item_id or 0)
    item = item_of(line.sku, reads)
    if given not in (None, item):
        raise LookupError(f"{line.sku} is inventory item {item} of ShipBob, not {given}")
    return item


def _box_item(item: int, line: BoxLine) -> dict[str, Any]:
    made: dict[str, Any] = {"inventory_id": item, "quantity": line.expected_quantity}
    if line.lot_id is not UNSET:
        made["lot_number"] = line.lot_id
    if line.lot_expiration_date is not UNSET:
        made["lot_date"] = line.lot_expiration_date
    return made


def find(asked: Asked[CreateInboundShipment]) -> VendorRequest:
    """`GET /2.0/receiving` by the purchase order number, the only thing in it that is the caller's.

    Raises `OutcomeUnknown` when the body has none.
    """
    if asked.body.purchase_order_number is UNSET:
        raise OutcomeUnknown(
            "An earlier attempt may have reached ShipBob. Without a purchase_order_number it cannot be found "
            "there: look for it in ShipBob, and if it is missing, send it with a new Idempotency-Key."
        )
    query: dict[str, str | int] = {
        "PurchaseOrderNumbers": asked.body.purchase_order_number,
        "FulfillmentCenterIds": asked.body.warehouse_id,
        "Limit": 250,
    }
    return VendorRequest("GET", "/2.0/receiving", query)


def found(asked: Asked[CreateInboundShipment], answer: Any) -> str | None:
    """The newest WRO with this purchase order number, day of arrival, packing and quantities."""
    body = asked.body
    same = [
        wro
        for wro in (answer if isinstance(answer, list) else [])
        if wro.get("purchase_order_number") == body.purchase_order_number
        and wro.get("status") != "Cancelled"
        and _same_day(wro.get("expected_arrival_date"), body.expected_arrival_date)
        and wro.get("package_type") == body.package_type
        and _same_quantities(body, wro.get("inventory_quantities") or [])
    ]
    return str(max(wro["id"] for wro in same)) if same else None


def _same_day(one: str | None, other: str) -> bool:
    """ShipBob may keep the day of a time only."""
    try:
        return (utc(one) or "")[:10] == (utc(other) or "")[:10]
    except ValueError:
        return False


def _same_quantities(body: CreateInboundShipment, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Lines that name a SKU only are compared by the SKU that ShipBob has for the item."""
    skus = {row.get("sku"): str(row.get("inventory_id")) for row in rows}
    wanted: Counter[str | None] = Counter()
    for _, line in _lines(body):
        item = skus.get(line.sku) if line.inventory_item_id is UNSET else line.inventory_item_id
        wanted[item] += line.expected_quantity
    return wanted == Counter({str(row.get("inventory_id")): row.get("expected_quantity") for row in rows})


OPERATION = WriteOperation(
    action=write_action("wms", "create_inbound_shipment"),
    body=CreateInboundShipment,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=new_id,
    read_back=read_back,
    record=inbound_record,
    look_up=LookUp(find, found),
    rules=rules,
)
