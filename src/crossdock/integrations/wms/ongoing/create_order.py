"""`create_order` becomes `PUT /orders` (model `PostOrderModel`): Ongoing creates or updates by the number."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.ongoing.answers import number_in
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.known_articles import article_reads, check_articles, sample_articles
from crossdock.integrations.wms.ongoing.order import order_record, order_status, read_back
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


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    order_number: fields.OrderNumber
    reference_id: Annotated[str, described("The caller's own reference", "Ref-1")] | Absent = UNSET
    warehouse_id: WarehouseId
    delivery_date: DeliveryDate
    order_type: OrderType | Absent = UNSET
    shipping_method_id: ShippingMethodId | Absent = UNSET
    way_of_delivery: WayOfDelivery | Absent = UNSET
    ship_to_address: OrderAddress
    line_items: Annotated[list[OrderLine], described("What is ordered")]
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """Those of every order, and what happens to a number that is there."""
    return [
        *order_rules(choices),
        Rule(
            "An order_number that Ongoing already has updates that order, as long as the warehouse has not "
            "started on it."
        ),
    ]


def _skus(asked: Asked[CreateOrder]) -> list[str]:
    return [line.sku for line in asked.body.line_items]


def reads(asked: Asked[CreateOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The articles of the lines."""
    return article_reads(asked.account, _skus(asked))


def sample_reads(asked: Asked[CreateOrder]) -> Reads:
    """An Ongoing that has every article."""
    return Reads(sample_articles(_skus(asked)))


def translate(asked: Asked[CreateOrder], reads: Reads) -> VendorRequest:
    """Operation `ordersPut`. Raises `Unprocessable` for SKUs that Ongoing does not have."""
    check_articles(reads, _skus(asked), "/line_items")
    body = asked.body
    order = {
        "goodsOwnerId": goods_owner_id(asked.account),
        "orderNumber": body.order_number,
        "deliveryDate": body.delivery_date,
        "warehouseId": int(body.warehouse_id),
        **address_part(body.ship_to_address),
        **transport_part(body.shipping_method_id, body.way_of_delivery, body.order_type),
        "orderLines": line_parts(body.line_items),
    }
    if body.reference_id is not UNSET:
        order["referenceNumber"] = body.reference_id
    return VendorRequest("PUT", "/orders", body=order)


def find(asked: Asked[CreateOrder]) -> VendorRequest:
    """Operation `ordersGetAll`, by the caller's order number."""
    owner, number = goods_owner_id(asked.account), asked.body.order_number
    return VendorRequest("GET", "/orders", {"goodsOwnerId": owner, "orderNumber": number})


def found(asked: Asked[CreateOrder], answer: Any) -> str | None:
    """The id of the order with this number, recipient, SKUs and quantities that is not cancelled."""
    body = asked.body
    wanted = sorted((line.sku, line.quantity) for line in body.line_items)
    for order in answer if isinstance(answer, list) else []:
        info = order.get("orderInfo") or {}
        lines = sorted(
            ((line.get("article") or {}).get("articleNumber") or "", line.get("orderedNumberOfItems") or 0)
            for line in order.get("orderLines") or []
        )
        same = info.get("orderNumber") == body.order_number and lines == wanted
        to = (order.get("consignee") or {}).get("name")
        if same and to == body.ship_to_address.full_name and order_status(order) != "cancelled":
            return str(info["orderId"])
    return None


OPERATION = WriteOperation(
    action=write_action("wms", "create_order"),
    body=CreateOrder,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=number_in("orderId"),
    read_back=read_back,
    record=order_record,
    look_up=LookUp(find, found),
    refused=named_field,
    rules=rules,
)
