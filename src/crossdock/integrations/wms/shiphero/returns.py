"""`create_return` and `update_return` become the mutations `return_create` and `return_update_status`."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorAnswer, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.addresses import ShipFromAddress, return_address
from crossdock.integrations.wms.shiphero.graphql import (
    Record,
    answered,
    connection,
    mutation,
    nodes,
    query,
    written,
)
from crossdock.integrations.wms.shiphero.refusals import lines_blamed
from crossdock.integrations.wms.shiphero.return_record import (
    PENDING,
    WAREHOUSE_COMPLETE,
    read_return,
    return_record,
)
from crossdock.integrations.wms.shiphero.values import (
    NOT_NEGATIVE,
    POSITIVE,
    Measurements,
    amount,
    at_most_one,
    dimensions,
    first_given,
    given,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

STATUSES = {"open": PENDING, "received": WAREHOUSE_COMPLETE}
RETURNS_OF_AN_ORDER = 100


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU of the order that come back."""

    sku: fields.Sku
    quantity: fields.Quantity
    return_reason: Annotated[str, described("Why these units come back", "Too small")]


class CreateReturn(WriteBody, kw_only=True):
    """Goods that come back from an order (an RMA)."""

    order_id: fields.OrderId
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that receives")]
    return_reason: Annotated[str, described("Why the goods come back", "Too small")]
    label_type: Annotated[
        Literal["FREE", "PAID", "SELF_RETURN", "FLAT_RATE", "RETURN_TO_SENDER"],
        described("Who pays for the label, and how", "FREE"),
    ]
    label_cost: Annotated[float, described("What the label costs", 4.5)]
    shipping_method: Annotated[str, described("Method by which the goods come back", "ground")]
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    ship_from_address: ShipFromAddress
    line_items: Annotated[list[ReturnLine], described("What comes back")]
    measurements: Measurements
    tracking_number: fields.TrackingNumber | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


class UpdateReturn(WriteBody, kw_only=True):
    """The status of a return, in the contract's words or in the account's own."""

    status: Annotated[Literal["open", "received"], described("Status of the return", "received")] | Absent = (
        UNSET
    )
    raw_status: Annotated[str, described("Name of one of the account's own statuses")] | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def create_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"quantity": POSITIVE}}
    return [
        Rule(
            "A return has at least one line, each line at least one unit, and no cost is below 0.",
            {"properties": {"line_items": {"minItems": 1, "items": line}, "label_cost": NOT_NEGATIVE}},
        ),
        Rule(
            "ShipHero wants the carrier.",
            {
                "anyOf": [{"required": ["carrier_id"]}, {"required": ["carrier"]}],
                "description": "needs carrier_id or carrier",
            },
        ),
        at_most_one("carrier_id", "carrier"),
        Rule("Each SKU is in the order, which shipped at least as many units of it."),
    ]


def update_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        Rule(
            "A return gets one status.",
            {
                "oneOf": [{"required": ["status"]}, {"required": ["raw_status"]}],
                "description": "needs either status or raw_status",
            },
        )
    ]


def translate_create(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `return_create`; `partner_id` tells which write it came with."""
    body = asked.body
    lines: list[Record] = [
        {"sku": line.sku, "quantity": line.quantity, "return_reason": line.return_reason}
        for line in body.line_items
    ]
    data = {
        "order_id": body.order_id,
        "warehouse_id": body.warehouse_id,
        "return_reason": body.return_reason,
        "label_type": body.label_type,
        "label_cost": amount(body.label_cost),
        "address": return_address(body.ship_from_address),
        "dimensions": dimensions(body.measurements),
        "shipping_carrier": first_given(body.carrier_id, body.carrier),
        "shipping_method": body.shipping_method,
        "line_items": lines,
        "tracking_number": given(body.tracking_number),
        "partner_id": asked.reference,
    }
    return mutation("return_create", "CreateReturnInput", data, "return { id }")


def translate_update(asked: Asked[UpdateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `return_update_status`."""
    body = asked.body
    status = body.raw_status if body.status is UNSET else STATUSES[body.status]
    data = {"return_id": asked.record_id, "status": status}
    return mutation("return_update_status", "UpdateReturnStatusInput", data, "return { id }")


def written_id(asked: Asked[CreateReturn], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the return. Raises `ValueError` when it is missing."""
    return written(answers[0], "return_create", "return")


def find(asked: Asked[CreateReturn]) -> VendorRequest:
    """Query `returns`, by the order."""
    return query(
        "returns",
        {"order_id": ("String", asked.body.order_id)},
        connection("id partner_id", RETURNS_OF_AN_ORDER),
    )


def found(asked: Asked[CreateReturn], decoded: Any) -> str | None:
    """The id of the return that came with this write."""
    for one in nodes(answered(decoded, "returns")):
        if one.get("partner_id") == asked.reference:
            return str(one["id"])
    return None


CREATE = WriteOperation(
    action=write_action("wms", "create_return"),
    body=CreateReturn,
    translate=translate_create,
    written_id=written_id,
    read_back=read_return,
    record=return_record,
    look_up=LookUp(find, found),
    refused=lines_blamed("line_items", "quantity"),
    rules=create_rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_return"),
    body=UpdateReturn,
    translate=translate_update,
    read_back=read_return,
    record=return_record,
    repeatable=True,
    rules=update_rules,
)
