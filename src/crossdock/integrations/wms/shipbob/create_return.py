"""`create_return` becomes `POST /1.0/return` (model `CreateReturnViewModel`)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shipbob.answers import new_id
from crossdock.integrations.wms.shipbob.return_body import (
    LIMITS,
    LIMITS_IN_WORDS,
    OrderId,
    ReferenceId,
    ReturnLine,
    Warehouse,
    inventory,
    order_request,
    original_shipment,
    sample_order,
)
from crossdock.integrations.wms.shipbob.return_order import read_back, return_record
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields


class CreateReturn(WriteBody, kw_only=True):
    """Goods that come back to a fulfilment center in one parcel."""

    warehouse_id: Warehouse
    reference_id: ReferenceId
    order_id: OrderId | Absent = UNSET
    line_items: Annotated[list[ReturnLine], described("What comes back")]
    tracking_number: fields.TrackingNumber | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """Lengths and numbers, and what needs ShipBob's own data."""
    return [
        Rule(LIMITS_IN_WORDS, LIMITS),
        Rule(
            "An inventory item stands in one line only, and is neither digital nor a bundle. With an "
            "order_id, one shipment that left for that order had all of the items."
        ),
    ]


def reads(asked: Asked[CreateReturn], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The original order, where the body names it."""
    return {} if asked.body.order_id is UNSET else {"order": order_request(asked.body.order_id)}


def sample_reads(asked: Asked[CreateReturn]) -> Reads:
    """An order that has just left."""
    return Reads({} if asked.body.order_id is UNSET else {"order": sample_order(asked.body.order_id)})


def translate(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:
    """`POST /1.0/return`. Raises `Unprocessable` where the order contradicts the body."""
    body = asked.body
    rows = inventory(body.line_items)
    made: dict[str, Any] = {
        "reference_id": body.reference_id,
        "fulfillment_center": {"id": int(body.warehouse_id)},
        "inventory": rows,
    }
    if body.order_id is not UNSET:
        items = [row["id"] for row in rows]
        made["original_shipment_id"] = original_shipment(body.order_id, reads["order"], items)
    if body.tracking_number is not UNSET:
        made["tracking_number"] = body.tracking_number
    return VendorRequest("POST", "/1.0/return", body=made)


def find(asked: Asked[CreateReturn]) -> VendorRequest:
    """`GET /1.0/return` by the reference id, of which a list with commas would be asked for."""
    return VendorRequest("GET", "/1.0/return", {"ReferenceIds": asked.body.reference_id})


def found(asked: Asked[CreateReturn], answer: Any) -> str | None:
    """The id of the return with this reference id, center and quantities that was not cancelled."""
    body = asked.body
    wanted = sorted((line.inventory_item_id, line.quantity) for line in body.line_items)
    for row in answer if isinstance(answer, list) else []:
        lines = sorted((str(item.get("id")), item.get("quantity")) for item in row.get("inventory") or [])
        same_center = str((row.get("fulfillment_center") or {}).get("id")) == body.warehouse_id
        same = row.get("reference_id") == body.reference_id and same_center and lines == wanted
        if same and row.get("status") != "Cancelled":
            return str(row["id"])
    return None


OPERATION = WriteOperation(
    action=write_action("wms", "create_return"),
    body=CreateReturn,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=new_id,
    read_back=read_back,
    record=return_record,
    look_up=LookUp(find, found),
    rules=rules,
)
