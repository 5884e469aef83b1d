"""`update_order` becomes `PUT /orders/{orderId}` (model `PostOrderModel`).

The model is that of a whole order, and the specification does not say what becomes of fields that are left
out. So the order is read first, and what the body does not change is sent as it was.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.ongoing.answers import Record, own_record, utc
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.known_articles import article_reads, check_articles, sample_articles
from crossdock.integrations.wms.ongoing.order import order_read, order_record, read_back
from crossdock.integrations.wms.ongoing.order_body import (
    DeliveryDate,
    OrderAddress,
    OrderLine,
    OrderType,
    ShippingMethodId,
    WarehouseId,
    WayOfDelivery,
    address_part,
    line_parts,
    transport_part,
)
from crossdock.integrations.wms.ongoing.order_body import rules as order_rules
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

INFO = (
    "orderNumber", "referenceNumber", "goodsOwnerOrderId", "salesCode", "orderRemark",
    "deliveryInstruction", "servicePointCode", "freeText1", "freeText2", "freeText3",
    "orderType", "wayOfDelivery", "emailNotification", "smsNotification", "telephoneNotification",
    "customsInfo", "preparedTransportDocumentId", "freightPrice", "termsOfDeliveryType", "customerPrice",
    "consigneeOrderNumber", "warehouseInstruction", "marketPlace", "pickingPriority", "productionCode",
    "invoiceUrl",
)  # fmt: skip
"""Fields of `GetOrderModelOrderInfo` that `PostOrderModel` has under the same names."""

LINE = (
    "rowNumber", "comment", "shouldBePicked", "serialNumber", "lineTotalCustomsValue", "batchNumber",
    "lineType", "prices", "customerArticleNumber", "warehouseInstruction", "externalId", "vat",
    "minDaysToExpiryDate", "maxDaysToExpiryDate",
)  # fmt: skip
"""Fields of `GetOrderLine` that `PostOrderLine` has under the same names."""

CONSIGNEE = (
    "customerNumber", "name", "address1", "address2", "address3", "postCode", "city", "countryCode",
    "countryStateCode", "remark", "doorCode", "advanced", "invoiceAddress",
)  # fmt: skip


class UpdateOrder(WriteBody, kw_only=True):
    """What is to change of an order."""

    order_number: fields.OrderNumber
    reference_id: Annotated[str, described("The caller's own reference", "Ref-1")] | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    delivery_date: DeliveryDate | Absent = UNSET
    order_type: OrderType | Absent = UNSET
    shipping_method_id: ShippingMethodId | Absent = UNSET
    way_of_delivery: WayOfDelivery | Absent = UNSET
    ship_to_address: OrderAddress | Absent = UNSET
    line_items: Annotated[list[OrderLine], described("All lines of the order")] | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """Those of every order, and how much an update replaces."""
    return [
        *order_rules(choices),
        Rule("line_items and ship_to_address take the place of those that the order has."),
        Rule("Ongoing changes an order only as long as the warehouse has not started on it."),
    ]


def _skus(asked: Asked[UpdateOrder]) -> list[str]:
    return [] if asked.body.line_items is UNSET else [line.sku for line in asked.body.line_items]


def reads(asked: Asked[UpdateOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order as it is, and the articles of new lines."""
    return {"order": order_read(asked), **article_reads(asked.account, _skus(asked))}


def sample_reads(asked: Asked[UpdateOrder]) -> Reads:
    """An order that has nothing yet, in an Ongoing that has every article."""
    return Reads({"order": {"orderInfo": {"orderNumber": "SO"}}, **sample_articles(_skus(asked))})


def translate(asked: Asked[UpdateOrder], reads: Reads) -> VendorRequest:
    """Operation `ordersPut2`. Raises `NotFound`, and `Unprocessable` for SKUs that Ongoing does not have."""
    there = own_record(asked, reads["order"], "order")
    check_articles(reads, _skus(asked), "/line_items")
    body = asked.body
    order = as_written(there) | {
        "goodsOwnerId": goods_owner_id(asked.account),
        "orderNumber": body.order_number,
    }
    if body.warehouse_id is not UNSET:
        order["warehouseId"] = int(body.warehouse_id)
    if body.delivery_date is not UNSET:
        order["deliveryDate"] = body.delivery_date
    if body.reference_id is not UNSET:
        order["referenceNumber"] = body.reference_id
    if body.shipping_method_id is not UNSET:
        order.pop("wayOfDelivery", None)
    elif body.way_of_delivery is not UNSET:
        order.pop("transporter", None)
    order |= transport_part(body.shipping_method_id, body.way_of_delivery, body.order_type)
    if body.ship_to_address is not UNSET:
        for kind in ("email", "sms", "telephone"):
            order.pop(f"{kind}Notification", None)
        order |= address_part(body.ship_to_address)
    if body.line_items is not UNSET:
        order["orderLines"] = line_parts(body.line_items, order["orderLines"])
    return VendorRequest("PUT", vendor_path("orders", asked.record_id), body=order)


def as_written(order: Record) -> Record:
    """A `GetOrderModel` as the `PostOrderModel` that makes it again, as far as the models have the same.

    What only the vendor's answer has, and what only its request has, is missing: of the latter that is
    `transporterBulkId`, `languageCode` and the texts under `advanced`.
    """
    info = order.get("orderInfo") or {}
    exact = (info.get("advanced") or {}).get("deliveryDateWithTime")
    consignee = order.get("consignee") or {}
    whole = {
        **_given(info, INFO),
        "deliveryDate": utc(exact or info.get("deliveryDate")),
        "orderFreeDateTime1": utc(info.get("orderFreeDateTime1")),
        "consignee": _given(consignee, CONSIGNEE),
        "orderLines": [_line(line) for line in order.get("orderLines") or []],
        "classes": [_given(one, ("code", "name")) for one in order.get("classes") or []] or None,
        "transporter": _transporter(order.get("transporter")),
        "returnTransporter": _transporter(order.get("returnTransporter")),
        "warehouseId": (info.get("warehouse") or {}).get("id"),
        "advanced": _texts(order, info),
    }
    return {key: value for key, value in whole.items() if value is not None}


def _given(part: Record, names: Sequence[str]) -> Record:
    return {name: part[name] for name in names if part.get(name) is not None}


def _texts(order: Record, info: Record) -> Record | None:
    given = info.get("advanced") or {}
    arrival = {"arrivalDate": utc(given["arrivalDate"])} if given.get("arrivalDate") else {}
    header = _given(given, ("invoiceNumber",)) | arrival
    lines = [
        _given(line, ("rowNumber", "comment", "numberOfItems"))
        for line in (order.get("advanced") or {}).get("orderTextLines") or []
        if line.get("rowNumber")
    ]
    return (header | ({"orderTextLines": lines} if lines else {})) or None


def _line(line: Record) -> Record:
    written = _given(line, LINE) | {
        "articleNumber": (line.get("article") or {}).get("articleNumber"),
        "numberOfItems": line.get("orderedNumberOfItems"),
    }
    if line.get("deliveryDate"):
        written["deliveryDate"] = utc(line["deliveryDate"])
    if line.get("freeValues"):
        written["lineFreeValues"] = _given(line["freeValues"], ("freeText1", "freeDecimal1"))
    return written


def _transporter(there: Any) -> Record | None:
    if not there or not there.get("code"):
        return None
    service = there.get("serviceCode")
    return {"transporterCode": there["code"]} | ({"transporterServiceCode": service} if service else {})


OPERATION = WriteOperation(
    action=write_action("wms", "update_order"),
    body=UpdateOrder,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_back,
    record=order_record,
    repeatable=True,
    refused=named_field,
    rules=rules,
)
