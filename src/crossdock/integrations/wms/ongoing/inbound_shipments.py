"""`create_inbound_shipment` and `update_inbound_shipment` become `PUT /purchaseOrders` and the `PUT` of one.

The model is `PostPurchaseOrderModel`. Ongoing creates or updates by the caller's number. The update is asked
for all lines, so only what stands beside them is carried over from the purchase order as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.ongoing.answers import Record, number_in, own_record, utc
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.known_articles import article_reads, check_articles, sample_articles
from crossdock.integrations.wms.ongoing.purchase_order import (
    inbound_record,
    inbound_status,
    purchase_order_read,
    read_back,
)
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

INFO = (
    "supplierOrderNumber", "goodsOwnerReference", "referenceNumber", "purchaseOrderType",
    "purchaseOrderRemark", "invoiceNumber",
)  # fmt: skip
"""Fields of `GetPurchaseOrderModelPurchaseOrderInfo` that `PostPurchaseOrderModel` has by the same names."""


class Supplier(WriteBody, kw_only=True):
    """Who sends the goods, by number or by name."""

    supplier_id: Annotated[str, described("Number of the supplier with the goods owner")] | Absent = UNSET
    supplier_name: fields.SupplierName | Absent = UNSET


class InboundShipmentLine(WriteBody, kw_only=True):
    """Units of one article that are expected."""

    sku: fields.Sku
    expected_quantity: fields.ExpectedQuantity


class InboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a warehouse (an ASN)."""

    purchase_order_number: fields.PurchaseOrderNumber
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that receives")]
    supplier: fields.Supplier | Absent = UNSET
    supplier_object: Supplier | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    line_items: Annotated[list[InboundShipmentLine], described("All that is expected")]
    trackstar_tags: Tags | Absent = UNSET


class CreateInboundShipment(InboundShipment, kw_only=True):
    """A new purchase order."""


class UpdateInboundShipment(InboundShipment, kw_only=True):
    """A purchase order as it is to be."""


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    line = {
        "properties": {
            "sku": {"minLength": 1},
            "expected_quantity": {"minimum": 1, "maximum": INT32_MAX},
        }
    }
    return [
        Rule(
            "A shipment has at least one line, and each line at least one unit. Numbers and SKUs are not "
            "empty.",
            {
                "properties": {
                    "purchase_order_number": {"minLength": 1},
                    "line_items": {"minItems": 1, "items": line},
                }
            },
        ),
        Rule(
            "A supplier is named by number or by name.",
            {
                "properties": {
                    "supplier_object": {
                        "oneOf": [{"required": ["supplier_id"]}, {"required": ["supplier_name"]}],
                        "description": "needs either supplier_id or supplier_name",
                    }
                }
            },
        ),
        Rule(
            "supplier is the supplier's name; supplier_object says the same.",
            {
                "not": {"required": ["supplier", "supplier_object"]},
                "description": "at most one of supplier and supplier_object",
            },
        ),
        Rule("Each SKU is an article that Ongoing has."),
        Rule("Ongoing changes a purchase order only as long as the warehouse has not started on it."),
    ]


def create_rules(choices: KnownChoices) -> Sequence[Rule]:
    """Those of every inbound shipment, and what happens to a number that is there."""
    return [
        *rules(choices),
        Rule("A purchase_order_number that Ongoing already has updates that purchase order."),
    ]


def _skus(asked: Asked[Any]) -> list[str]:
    return [line.sku for line in asked.body.line_items]


def reads_of_new(asked: Asked[CreateInboundShipment], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The articles of the lines."""
    return article_reads(asked.account, _skus(asked))


def sample_of_new(asked: Asked[CreateInboundShipment]) -> Reads:
    """An Ongoing that has every article."""
    return Reads(sample_articles(_skus(asked)))


def translate_create(asked: Asked[CreateInboundShipment], reads: Reads) -> VendorRequest:
    """Operation `purchaseOrdersPut`. Raises `Unprocessable` for SKUs that Ongoing does not have."""
    check_articles(reads, _skus(asked), "/line_items")
    return VendorRequest("PUT", "/purchaseOrders", body=_whole(asked, {}))


def reads_of_known(asked: Asked[UpdateInboundShipment], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The purchase order as it is, and the articles of the lines."""
    return {"order": purchase_order_read(asked), **article_reads(asked.account, _skus(asked))}


def sample_of_known(asked: Asked[UpdateInboundShipment]) -> Reads:
    """A purchase order that has nothing yet, in an Ongoing that has every article."""
    return Reads({"order": {"purchaseOrderInfo": {}}, **sample_articles(_skus(asked))})


def translate_update(asked: Asked[UpdateInboundShipment], reads: Reads) -> VendorRequest:
    """Operation `purchaseOrdersPut2`. Raises `NotFound`, and `Unprocessable` for unknown SKUs."""
    there = own_record(asked, reads["order"], "purchase order")
    check_articles(reads, _skus(asked), "/line_items")
    path = vendor_path("purchaseOrders", asked.record_id)
    return VendorRequest("PUT", path, body=_whole(asked, there))


def _whole(asked: Asked[Any], there: Record) -> Record:
    """`PostPurchaseOrderModel` with what the body says, and what it does not say as it is there."""
    body: InboundShipment = asked.body
    info = there.get("purchaseOrderInfo") or {}
    supplier = {key: value for key, value in (there.get("supplierInfo") or {}).items() if value}
    order: Record = {name: info[name] for name in INFO if info.get(name) is not None} | {
        "goodsOwnerId": goods_owner_id(asked.account),
        "purchaseOrderNumber": body.purchase_order_number,
        "warehouseId": int(body.warehouse_id),
        "purchaseOrderLines": _lines(body.line_items, there.get("purchaseOrderLines") or []),
    }
    if body.expected_arrival_date is not UNSET:
        order["inDate"] = body.expected_arrival_date
    elif info.get("inDate"):
        order["inDate"] = utc(info["inDate"])
    if named := _supplier(body) or supplier:
        order["supplierInfo"] = named
    if body.tracking_number is not UNSET:
        order["tracking"] = [{"waybill": body.tracking_number}]
    return order | _kept_beside(there, info)


def _kept_beside(there: Record, info: Record) -> Record:
    """The parts of a purchase order that no field of the contract changes."""
    advanced = {
        name: utc(value) if name.endswith("Date") else value
        for name in ("container", "orderDate", "advisedDate", "purchaseOrderIsReturnType")
        if (value := (info.get("advanced") or {}).get(name))
    }
    free = {
        name.replace("freeBool", "freeBoolean"): value
        for name, value in (info.get("freeValues") or {}).items()
        if value is not None
    }
    classes = [
        {name: one[name] for name in ("code", "name") if one.get(name)} for one in there.get("classes") or []
    ]
    parts = {"advanced": advanced, "freeValues": free, "classes": classes}
    return {name: part for name, part in parts.items() if part}


def _supplier(body: InboundShipment) -> Record:
    if body.supplier is not UNSET:
        return {"supplierName": body.supplier}
    if body.supplier_object is UNSET:
        return {}
    said = {
        "supplierNumber": body.supplier_object.supplier_id,
        "supplierName": body.supplier_object.supplier_name,
    }
    return {name: value for name, value in said.items() if value is not UNSET}


def _lines(items: Sequence[InboundShipmentLine], there: Sequence[Record]) -> list[Record]:
    """A line of an article that is there stays that line, with its remarks; others get new row numbers."""
    left = list(there)
    taken = {line.get("rowNumber") for line in there}
    numbers = (str(number) for number in range(1, len(items) + len(taken) + 1))
    free = [number for number in numbers if number not in taken]
    lines = []
    for item in items:
        earlier = next((x for x in left if (x.get("article") or {}).get("articleNumber") == item.sku), None)
        kept: Record = {"rowNumber": free.pop(0)} if earlier is None else _line_again(earlier)
        if earlier is not None:
            left.remove(earlier)
        lines.append(kept | {"articleNumber": item.sku, "numberOfItems": item.expected_quantity})
    return lines


def _line_again(line: Record) -> Record:
    """The fields of `GetPurchaseOrderLine` that `PostPurchaseOrderLine` has as well."""
    names = ("rowNumber", "comment", "rowPrice", "externalOrderLineId", "lineType")
    again = {name: line[name] for name in names if line.get(name) is not None}
    if line.get("inDate"):
        again["inDate"] = utc(line["inDate"])
    if line.get("freeValues"):
        again["lineFreeValues"] = {k: v for k, v in line["freeValues"].items() if v is not None}
    return again


def find(asked: Asked[CreateInboundShipment]) -> VendorRequest:
    """Operation `purchaseOrdersGetAll`, by the caller's number."""
    owner, number = goods_owner_id(asked.account), asked.body.purchase_order_number
    return VendorRequest("GET", "/purchaseOrders", {"goodsOwnerId": owner, "purchaseOrderNumber": number})


def found(asked: Asked[CreateInboundShipment], answer: Any) -> str | None:
    """The id of the purchase order with this number, warehouse, SKUs and quantities that is not cancelled."""
    body = asked.body
    wanted = sorted((line.sku, line.expected_quantity) for line in body.line_items)
    for order in answer if isinstance(answer, list) else []:
        info = order.get("purchaseOrderInfo") or {}
        lines = sorted(
            ((line.get("article") or {}).get("articleNumber") or "", line.get("advisedNumberOfItems") or 0)
            for line in order.get("purchaseOrderLines") or []
        )
        same_place = str((info.get("warehouse") or {}).get("id")) == body.warehouse_id
        same_number = info.get("purchaseOrderNumber") == body.purchase_order_number
        if same_number and same_place and lines == wanted and inbound_status(order) != "cancelled":
            return str(info["purchaseOrderId"])
    return None


CREATE = WriteOperation(
    action=write_action("wms", "create_inbound_shipment"),
    body=CreateInboundShipment,
    reads=reads_of_new,
    sample_reads=sample_of_new,
    translate=translate_create,
    written_id=number_in("purchaseOrderId"),
    read_back=read_back,
    record=inbound_record,
    look_up=LookUp(find, found),
    refused=named_field,
    rules=create_rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_inbound_shipment"),
    body=UpdateInboundShipment,
    reads=reads_of_known,
    sample_reads=sample_of_known,
    translate=translate_update,
    read_back=read_back,
    record=inbound_record,
    repeatable=True,
    refused=named_field,
    rules=rules,
)
