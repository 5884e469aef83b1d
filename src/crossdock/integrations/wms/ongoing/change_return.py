"""`update_return` and `cancel_return`.

A return order is updated as it is made, with `PUT /returnOrders` by its number (`PostReturnOrderModel`), so
it is read first. `DELETE /returnOrders/{returnOrderId}` cancels it. Whose a return order is only its
original order tells: model `GetReturnOrderModel` names no goods owner.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec.structs import replace

from crossdock.connector import (
    Asked,
    LookUp,
    NotFound,
    Reads,
    Rule,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.ongoing.answers import Record, is_own, utc
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.integrations.wms.ongoing.return_body import (
    COMPONENT_NAMES,
    LINES,
    ReturnLine,
    code_and_reason,
    line_parts,
    order_that_shipped,
    tracking_part,
)
from crossdock.integrations.wms.ongoing.return_order import read_back, return_read, return_record
from crossdock.schemas import wms
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields


class UpdateReturn(WriteBody, kw_only=True):
    """What is to change of a return."""

    warehouse_id: (
        Annotated[str, account_value("warehouses", "id", "Id of the warehouse that receives")] | Absent
    ) = UNSET
    line_items: Annotated[list[ReturnLine], described("All that comes back")] | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    tracking_url: fields.TrackingUrl | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """What the fields alone leave unsaid."""
    said = [
        Rule(
            "A return has at least one line, and each line at least one unit.",
            {"properties": {"line_items": LINES}},
        ),
        Rule("line_items take the place of those that the return has."),
        Rule(
            "Each SKU stands in the body once and in the original order exactly once, and no more units "
            "are returned than that order line shipped."
        ),
        Rule(
            "Ongoing tells neither the tracking of a return nor the comments of its lines, so an update that "
            "does not say the tracking sends none."
        ),
    ]
    if "return_causes" in choices:
        said.append(code_and_reason(choices["return_causes"].rows))
    return said


def reads(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:
    """The return order, and then its original order."""
    if "return" not in known:
        return {"return": return_read(asked)}
    original = ((known["return"] or {}).get("customerOrderInfo") or {}).get("orderId")
    if "order" in known or original is None:
        return {}
    return {"order": VendorRequest("GET", vendor_path("orders", original))}


def sample_reads(asked: Asked[UpdateReturn]) -> Reads:
    """A return order that has nothing yet, of an order that shipped what the body returns."""
    items = [] if asked.body.line_items is UNSET else asked.body.line_items
    return Reads({"return": SAMPLE_RETURN, "order": order_that_shipped(items)})


SAMPLE_RETURN: Record = {
    "returnOrderInfo": {"returnOrderId": 1, "returnOrderNumber": "R"},
    "customerOrderInfo": {"orderId": 1},
}


def _own_return(asked: Asked[Any], reads: Reads) -> Record:
    """The return order of the path. Raises `NotFound` when it is not there or another goods owner's."""
    if not reads["return"] or not is_own(asked.account, reads.get("order")):
        raise NotFound(f"Ongoing has no return order {asked.record_id}", extra={"id": asked.record_id})
    found: Record = reads["return"]
    return found


def translate(asked: Asked[UpdateReturn], reads: Reads) -> VendorRequest:
    """Operation `returnOrdersPutReturnOrder`. Raises `NotFound`, and `Unprocessable` for wrong lines."""
    there, body = _own_return(asked, reads), asked.body
    info, lines = there["returnOrderInfo"], there.get("returnOrderLines") or []
    kept = {
        "comment": info.get("comment"),
        "inDate": utc(info.get("inDate")),
        "returnOrderHandlingComment": info.get("returnOrderHandlingComment"),
        "freeValues": info.get("freeValues"),
        "warehouseId": (info.get("warehouse") or {}).get("id"),
    }
    order: Record = {name: value for name, value in kept.items() if value is not None} | {
        "goodsOwnerId": goods_owner_id(asked.account),
        "returnOrderNumber": info["returnOrderNumber"],
        "customerOrder": {"orderId": there["customerOrderInfo"]["orderId"]},
        "returnOrderLines": [_line_again(line) for line in lines],
    }
    if body.warehouse_id is not UNSET:
        order["warehouseId"] = int(body.warehouse_id)
    if body.line_items is not UNSET:
        rows = {line["customerOrderLine"]["orderLineId"]: line["returnOrderRowNumber"] for line in lines}
        order["returnOrderLines"] = line_parts(reads["order"], body.line_items, rows)
    order |= tracking_part(body.tracking_number, body.tracking_url)
    return VendorRequest("PUT", "/returnOrders", body=order)


def _line_again(line: Record) -> Record:
    """A `GetReturnOrderLine` as the `PostReturnOrderLine` that makes it again."""
    again: Record = {
        "returnOrderRowNumber": line["returnOrderRowNumber"],
        "customerOrderLine": {"orderLineId": line["customerOrderLine"]["orderLineId"]},
        "toBeReturnedNumberOfItems": line["toBeReturnedNumberOfItems"],
    }
    cause = {name: value for name, value in (line.get("returnCause") or {}).items() if value}
    return again | ({"returnCause": cause} if cause else {})


def sample_of_cancelling(asked: Asked[NoBody]) -> Reads:  # noqa: ARG001
    """A return order and its original order."""
    return Reads({"return": SAMPLE_RETURN, "order": order_that_shipped([])})


def translate_cancelling(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    """Operation `returnOrdersDelete`. Raises `NotFound`."""
    _own_return(asked, reads)
    return VendorRequest("DELETE", vendor_path("returnOrders", asked.record_id))


def cancelled(asked: Asked[NoBody], reads: Reads) -> wms.Return:
    """The return as it was, cancelled: whether Ongoing still has it afterwards is nowhere said."""
    return replace(return_record(_own_return(asked, reads)), status="cancelled")


def find(asked: Asked[NoBody]) -> VendorRequest:
    """The return order."""
    return return_read(asked)


def found(asked: Asked[NoBody], return_order: Any) -> str | None:
    """The id of the return order when it is cancelled."""
    gone = return_order is not None and return_record(return_order).status == "cancelled"
    return asked.record_id if gone else None


UPDATE = WriteOperation(
    action=write_action("wms", "update_return"),
    body=UpdateReturn,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_back,
    record=return_record,
    repeatable=True,
    refused=named_field,
    rules=rules,
    component_names=COMPONENT_NAMES,
)

CANCEL = WriteOperation(
    action=write_action("wms", "cancel_return"),
    body=NoBody,
    reads=reads,
    sample_reads=sample_of_cancelling,
    translate=translate_cancelling,
    record_after=cancelled,
    look_up=LookUp(find, found),
)
