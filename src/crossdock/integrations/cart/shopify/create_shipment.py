"""`create_shipment` becomes the mutation `fulfillmentCreate`: what leaves of an order's fulfilment orders.

All of them have to be of one order and at one location (description of the mutation). The lines are those of
the shipping groups, `FulfillmentOrderLineItem` of the schema.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    NotFound,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.shopify.graphql import Record, as_answer, as_connection, mutation, nodes
from crossdock.integrations.cart.shopify.ids import gid, number
from crossdock.integrations.cart.shopify.order_record import order_of, read_back, read_order
from crossdock.integrations.cart.shopify.values import POSITIVE, given
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described

GROUP, GROUP_LINE = "FulfillmentOrder", "FulfillmentOrderLineItem"


class ShippingGroupLine(WriteBody, kw_only=True):
    """Units of a line of a shipping group."""

    line_item_id: Annotated[str, described("Id of the line in the shipping group", "1044")]
    quantity: fields.Quantity


class ShippingGroup(WriteBody, kw_only=True):
    """What leaves of a shipping group; without lines, all that is left of it."""

    shipping_group_id: fields.ShippingGroupId
    line_items: Annotated[list[ShippingGroupLine], described("What leaves of it, if not all")] | Absent = (
        UNSET
    )


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    tracking_number: fields.TrackingNumber
    tracking_url: fields.TrackingUrl
    carrier_name: fields.CarrierName | Absent = UNSET
    shipping_groups: Annotated[list[ShippingGroup], described("The shipping groups that left together")]


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"quantity": POSITIVE}}
    group = {"properties": {"line_items": {"minItems": 1, "items": line}}}
    return [
        Rule(
            "At least one shipping group leaves, and of each line at least one unit.",
            {"properties": {"shipping_groups": {"minItems": 1, "items": group}}},
        ),
        Rule(
            "The URL is one of the web.",
            {
                "properties": {
                    "tracking_url": {
                        "pattern": r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?$",
                        "description": "must be a URL such as https://www.example.com/tracking",
                    }
                }
            },
        ),
        Rule("The shipping groups are of the order, and at one warehouse."),
    ]


def reads(asked: Asked[CreateShipment], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order with its fulfilment orders."""
    return {"order": read_order(asked.account, asked.record_id)}


def sample_reads(asked: Asked[CreateShipment]) -> Reads:
    """An order that has every group and line of the body."""
    groups = [
        {
            "id": gid(GROUP, group.shipping_group_id),
            "status": "OPEN",
            "assignedLocation": {"location": {"id": gid("Location", "1")}},
            "lineItems": as_connection(
                [
                    {"id": gid(GROUP_LINE, line.line_item_id), "remainingQuantity": line.quantity}
                    for line in given(group.line_items) or ()
                ]
            ),
        }
        for group in asked.body.shipping_groups
    ]
    order = {"id": gid("Order", asked.record_id), "fulfillmentOrders": as_connection(groups)}
    return Reads({"order": as_answer(order=order)})


def translate(asked: Asked[CreateShipment], reads: Reads) -> VendorRequest:
    """The mutation. Raises `NotFound`, or `Unprocessable` for what the order's groups contradict."""
    order = order_of(reads["order"])
    if order is None:
        raise NotFound("The shop has no such order.", extra={"id": asked.record_id})
    groups = {number(group["id"]): group for group in nodes(order.get("fulfillmentOrders"))}
    _check(asked.body, groups)
    body = asked.body
    tracking = {"number": body.tracking_number, "url": body.tracking_url}
    if body.carrier_name is not UNSET:
        tracking["company"] = body.carrier_name
    fulfillment = {
        "lineItemsByFulfillmentOrder": [_leaving(group) for group in body.shipping_groups],
        "trackingInfo": tracking,
    }
    return mutation("fulfillmentCreate", "fulfillment", "FulfillmentInput", fulfillment, "fulfillment { id }")


def _leaving(group: ShippingGroup) -> Record:
    sent: Record = {"fulfillmentOrderId": gid(GROUP, group.shipping_group_id)}
    if group.line_items is not UNSET:
        sent["fulfillmentOrderLineItems"] = [
            {"id": gid(GROUP_LINE, line.line_item_id), "quantity": line.quantity} for line in group.line_items
        ]
    return sent


def _check(body: CreateShipment, groups: Mapping[str, Record]) -> None:
    faults = []
    for index, group in enumerate(body.shipping_groups):
        at = f"/shipping_groups/{index}"
        known = groups.get(group.shipping_group_id)
        if known is None:
            faults.append(FieldFault(f"{at}/shipping_group_id", "is not of this order", list(groups)))
            continue
        lines = [number(line["id"]) for line in nodes(known.get("lineItems"))]
        faults += [
            FieldFault(f"{at}/line_items/{place}/line_item_id", "is not in this shipping group", lines)
            for place, line in enumerate(given(group.line_items) or ())
            if line.line_item_id not in lines
        ]
    if not faults and len({_location(groups[group.shipping_group_id]) for group in body.shipping_groups}) > 1:
        faults.append(
            FieldFault("/shipping_groups", "are at different warehouses: send one shipment for each")
        )
    if faults:
        raise Unprocessable("The order's shipping groups are others.", faults)


def _location(group: Record) -> str:
    return str(((group.get("assignedLocation") or {}).get("location") or {}).get("id"))


def find(asked: Asked[CreateShipment]) -> VendorRequest:
    """The order with its shipments."""
    return read_order(asked.account, asked.record_id)


def found(asked: Asked[CreateShipment], decoded: Any) -> str | None:
    """The order's id when it has a shipment with this tracking number, of these groups and with these units.

    The mutation takes no key of its own, so a shipment is known by what the caller chose.
    """
    body, order = asked.body, order_of(decoded)
    wanted = {group.shipping_group_id for group in body.shipping_groups}
    units = [
        sum(line.quantity for line in group.line_items)
        for group in body.shipping_groups
        if group.line_items is not UNSET
    ]
    for shipment in (order or {}).get("fulfillments") or ():
        tracking: Record = next(iter(shipment.get("trackingInfo") or ()), {})
        of = {number(one["id"]) for one in nodes(shipment.get("fulfillmentOrders"))}
        left = sum(line.get("quantity") or 0 for line in nodes(shipment.get("fulfillmentLineItems")))
        counts = len(units) < len(body.shipping_groups) or left == sum(units)
        same = tracking.get("number") == body.tracking_number and of == wanted and counts
        if same and shipment.get("status") == "SUCCESS":
            return asked.record_id
    return None


OPERATION = WriteOperation(
    action=write_action("cart", "create_shipment"),
    body=CreateShipment,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_order,
    record=read_back,
    look_up=LookUp(find, found),
    rules=rules,
)
