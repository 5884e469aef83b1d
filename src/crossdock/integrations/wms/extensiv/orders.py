"""`create_order` and `update_order`: `POST /orders` and `PUT /orders/{id}` (rels/orders/orders, order)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    LookUp,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.fields import (
    CarrierName,
    CustomField,
    Facility,
    Service,
    saved_elements,
)
from crossdock.integrations.wms.extensiv.hal import ORDER_ITEMS, REL, Model, embedded, if_match, numbered, rql
from crossdock.integrations.wms.extensiv.order_body import (
    LINES,
    BillTo,
    OrderLine,
    ShipTo,
    contact,
    order_items,
    same_lines,
)
from crossdock.integrations.wms.extensiv.order_record import DETAIL, order_record
from crossdock.integrations.wms.extensiv.resources import own, settable
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, DateTime, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

BillingCode = Annotated[str, account_value("carriers", "billing", "Who pays the freight")]
EarliestShipDate = Annotated[DateTime, described("Not to be shipped before")]
ShipCancelDate = Annotated[DateTime, described("To be cancelled when it has not shipped by then")]
Notes = Annotated[str, described("Notes for the warehouse")]
GiftMessage = Annotated[str, described("Message to go with the goods; a shipping note at Extensiv")]
Carrier = Annotated[str, described("Carrier; use `carrier_id`")]
ShippingMethod = Annotated[str, described("Service; use `shipping_method_id`")]


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber
    warehouse_id: Facility
    ship_to_address: ShipTo
    billing_code: BillingCode | Absent = UNSET
    carrier_id: CarrierName | Absent = UNSET
    carrier: Carrier | Absent = UNSET
    shipping_method_id: Service | Absent = UNSET
    shipping_method: ShippingMethod | Absent = UNSET
    line_items: Annotated[list[OrderLine], described("What is ordered")]
    custom_fields: list[CustomField] | Absent = UNSET
    gift_message: GiftMessage | Absent = UNSET
    earliest_ship_date: EarliestShipDate | Absent = UNSET
    ship_cancel_date: ShipCancelDate | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    bill_to_address: BillTo | Absent = UNSET
    notes: Notes | Absent = UNSET


class UpdateOrder(WriteBody, kw_only=True):
    """What is to change of an order that the warehouse has not confirmed."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    ship_to_address: ShipTo | Absent = UNSET
    billing_code: BillingCode | Absent = UNSET
    carrier_id: CarrierName | Absent = UNSET
    carrier: Carrier | Absent = UNSET
    shipping_method_id: Service | Absent = UNSET
    shipping_method: ShippingMethod | Absent = UNSET
    line_items: Annotated[list[OrderLine], described("All lines, in the place of those it has")] | Absent = (
        UNSET
    )
    custom_fields: list[CustomField] | Absent = UNSET
    gift_message: GiftMessage | Absent = UNSET
    earliest_ship_date: EarliestShipDate | Absent = UNSET
    ship_cancel_date: ShipCancelDate | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    bill_to_address: BillTo | Absent = UNSET
    notes: Notes | Absent = UNSET


PLAIN = {
    "order_number": "referenceNum",
    "reference_id": "externalId",
    "purchase_order_number": "poNum",
    "billing_code": "billingCode",
    "earliest_ship_date": "earliestShipDate",
    "ship_cancel_date": "shipCancelDate",
    "notes": "notes",
    "gift_message": "shippingNotes",
}
"""Fields that are one property of the API's order each."""


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        Rule(
            "An order has at least one line. Each names its item by sku or product_id, and has units.",
            {"properties": {"line_items": LINES}},
        ),
        Rule(
            "carrier_id and carrier are one thing, and so are shipping_method_id and shipping_method: at "
            "most one of each is given.",
            {
                "allOf": [
                    {"if": {"required": [one]}, "then": {"properties": {other: False}}}
                    for one, other in (("carrier_id", "carrier"), ("shipping_method_id", "shipping_method"))
                ]
            },
        ),
        Rule("An order_number is Extensiv's referenceNum, which no other order of the customer has."),
    ]


def _changes(body: CreateOrder | UpdateOrder) -> Model:
    """The properties that a body speaks of."""
    given = {name: getattr(body, own) for own, name in PLAIN.items()}
    order = {name: value for name, value in given.items() if value is not UNSET}
    if body.ship_to_address is not UNSET:
        order["shipTo"] = contact(body.ship_to_address)
    if body.bill_to_address is not UNSET:
        order["billTo"] = contact(body.bill_to_address)
    if body.custom_fields is not UNSET:
        order["savedElements"] = saved_elements(body.custom_fields)
    if body.line_items is not UNSET:
        order["orderItems"] = order_items(body.line_items)
    return order


def _routing(body: CreateOrder | UpdateOrder) -> Model:
    carrier = body.carrier if body.carrier_id is UNSET else body.carrier_id
    mode = body.shipping_method if body.shipping_method_id is UNSET else body.shipping_method_id
    return {name: value for name, value in {"carrier": carrier, "mode": mode}.items() if value is not UNSET}


def create(asked: Asked[CreateOrder], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders`."""
    order = {
        "customerIdentifier": {"id": customer_id(asked.account)},
        "facilityIdentifier": {"id": int(asked.body.warehouse_id)},
        **_changes(asked.body),
    }
    if routing := _routing(asked.body):
        order["routingInfo"] = routing
    return VendorRequest("POST", "/orders", body=order)


def order_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """`readOnly.orderId`. Raises `ValueError` when it is missing."""
    try:
        return str(int(answers[0].json()["readOnly"]["orderId"]))
    except (KeyError, TypeError) as error:
        raise ValueError("the answer names no orderId") from error


def read_order(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /orders/{id}`, with its items and packages."""
    return VendorRequest("GET", vendor_path("orders", record_id), {"detail": DETAIL})


def find(asked: Asked[CreateOrder]) -> VendorRequest:
    """`GET /orders` by the caller's number."""
    query = rql(
        referenceNum=asked.body.order_number, readOnly__customerIdentifier__id=customer_id(asked.account)
    )
    return VendorRequest("GET", "/orders", {"rql": query, "detail": DETAIL})


def found(asked: Asked[CreateOrder], answer: Any) -> str | None:
    """The id of the order that has this number and these lines."""
    for order in embedded(answer or {}, REL + "orders/order"):
        same = same_lines(asked.body.line_items, embedded(order, ORDER_ITEMS))
        if order.get("referenceNum") == asked.body.order_number and same:
            return str(order["readOnly"]["orderId"])
    return None


def current(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order as it is, for its ETag and what does not change. Raises `NotFound`."""
    return {"order": read_order(asked.account, numbered(asked.record_id))}


def a_current_order(asked: Asked[Any]) -> Reads:
    """An open order of one line, the account's customer's."""
    line = {"itemIdentifier": {"id": 1, "sku": "A"}, "qty": 1}
    order = {
        "readOnly": {"orderId": 1, "customerIdentifier": {"id": customer_id(asked.account)}},
        "referenceNum": asked.reference,
        "_embedded": {ORDER_ITEMS: [line]},
    }
    return Reads({"order": order}, {"order": {"etag": '"1"'}})


def update(asked: Asked[UpdateOrder], reads: Reads) -> VendorRequest:
    """`PUT /orders/{id}` with `If-Match`: the order as it is, with the changes. Raises `NotFound`."""
    order = own(asked, reads, "order")
    changed = {**settable(order), **_changes(asked.body)}
    if routing := _routing(asked.body):
        changed["routingInfo"] = {**(order.get("routingInfo") or {}), **routing}
    path = vendor_path("orders", asked.record_id)
    return VendorRequest("PUT", path, body=changed, headers=if_match(reads, "order"))


CREATE = WriteOperation(
    action=write_action("wms", "create_order"),
    body=CreateOrder,
    translate=create,
    written_id=order_id,
    read_back=read_order,
    record=order_record,
    look_up=LookUp(find, found),
    rules=rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_order"),
    body=UpdateOrder,
    reads=current,
    sample_reads=a_current_order,
    translate=update,
    read_back=read_order,
    record=order_record,
    repeatable=True,
    rules=rules,
)
