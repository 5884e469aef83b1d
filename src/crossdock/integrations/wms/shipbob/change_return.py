"""`update_return` and `cancel_return`: a return can be changed and cancelled as long as it awaits arrival.

`PUT /1.0/return/{id}` says the whole return, so what the body leaves out is read first and sent as it was. A
`status` of `cancelled` is `POST /1.0/return/{id}/cancel`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shipbob.answers import missing, path_id
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
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

KIND = "return"


class UpdateReturn(WriteBody, kw_only=True):
    """That a return is cancelled, or what is to change of it."""

    status: Annotated[Literal["cancelled"], described("The new status", "cancelled")] | Absent = UNSET
    warehouse_id: Warehouse | Absent = UNSET
    reference_id: ReferenceId | Absent = UNSET
    order_id: OrderId | Absent = UNSET
    line_items: Annotated[list[ReturnLine], described("All that comes back")] | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


CHANGES = ("warehouse_id", "reference_id", "order_id", "line_items", "tracking_number")


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """Lengths and numbers, and that a return is either cancelled or changed."""
    return [
        Rule(LIMITS_IN_WORDS, LIMITS),
        Rule(
            "A return is either cancelled or changed: status stands alone; without it something is changed.",
            {
                "if": {"required": ["status"]},
                "then": {"properties": dict.fromkeys(CHANGES, False)},
                "else": {
                    "anyOf": [{"required": [name]} for name in (*CHANGES, "trackstar_tags")],
                    "description": "an object with a status, or with at least one field to change",
                },
            },
        ),
        Rule("line_items take the place of all lines. order_id is understood as in create_return."),
    ]


def _cancellation(asked: Asked[Any]) -> VendorRequest:
    return VendorRequest("POST", vendor_path("1.0", "return", path_id(asked, KIND), "cancel"))


def reads(asked: Asked[UpdateReturn], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The return as it is, and the order where the body names another."""
    if asked.body.status is not UNSET:
        return {}
    wanted = {"return": read_back(asked.account, path_id(asked, KIND))}
    if asked.body.order_id is not UNSET:
        wanted["order"] = order_request(asked.body.order_id)
    return wanted


def sample_reads(asked: Asked[UpdateReturn]) -> Reads:
    """A return of one item, and an order that has just left."""
    row = {"reference_id": "R", "fulfillment_center": {"id": 1}, "inventory": [{"id": 1, "quantity": 1}]}
    named = asked.body.order_id
    return Reads({"return": row, **({} if named is UNSET else {"order": sample_order(named)})})


def translate(asked: Asked[UpdateReturn], reads: Reads) -> VendorRequest:
    """Raises `NotFound`, and `Unprocessable` where the order contradicts the body."""
    body = asked.body
    if body.status is not UNSET:
        return _cancellation(asked)
    if reads["return"] is None:
        raise missing(asked, KIND)
    made = _as_it_was(reads["return"])
    if body.warehouse_id is not UNSET:
        made["fulfillment_center"] = {"id": int(body.warehouse_id)}
    if body.reference_id is not UNSET:
        made["reference_id"] = body.reference_id
    if body.line_items is not UNSET:
        made["inventory"] = inventory(body.line_items)
    if body.order_id is not UNSET:
        items = [row["id"] for row in made["inventory"]]
        made["original_shipment_id"] = original_shipment(body.order_id, reads["order"], items)
    if body.tracking_number is not UNSET:
        made["tracking_number"] = body.tracking_number
    return VendorRequest("PUT", vendor_path("1.0", "return", path_id(asked, KIND)), body=made)


def _as_it_was(row: Mapping[str, Any]) -> dict[str, Any]:
    """A `ReturnOrderViewModel` as the `CreateReturnViewModel` that says the same."""
    made: dict[str, Any] = {
        "reference_id": row.get("reference_id"),
        "fulfillment_center": {"id": (row.get("fulfillment_center") or {}).get("id")},
        "inventory": [_line_as_it_was(item) for item in row.get("inventory") or []],
    }
    for name in ("original_shipment_id", "tracking_number"):
        if row.get(name) is not None:
            made[name] = row[name]
    return made


def _line_as_it_was(item: Mapping[str, Any]) -> dict[str, Any]:
    line = {"id": item["id"], "quantity": item["quantity"]}
    wanted = item.get("action_requested") or {}
    if wanted.get("action_type") == "Override":
        line["requested_action"] = wanted["action"]
    return line


def find(asked: Asked[Any]) -> VendorRequest:
    """The return itself."""
    return read_back(asked.account, path_id(asked, KIND))


def found_cancelled(asked: Asked[Any], answer: Any) -> str | None:
    """Its id when it is cancelled."""
    cancelled = isinstance(answer, dict) and answer.get("status") == "Cancelled"
    return asked.record_id if cancelled else None


def found_updated(asked: Asked[UpdateReturn], answer: Any) -> str | None:
    """The same for a cancellation; a change is sent again, since saying it twice does no harm."""
    return None if asked.body.status is UNSET else found_cancelled(asked, answer)


def translate_cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /1.0/return/{id}/cancel`. Raises `NotFound` for an id that ShipBob cannot have."""
    return _cancellation(asked)


UPDATE = WriteOperation(
    action=write_action("wms", "update_return"),
    body=UpdateReturn,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_back,
    record=return_record,
    look_up=LookUp(find, found_updated),
    rules=rules,
)

CANCEL = WriteOperation(
    action=write_action("wms", "cancel_return"),
    body=NoBody,
    translate=translate_cancel,
    read_back=read_back,
    record=return_record,
    look_up=LookUp(find, found_cancelled),
)
