"""Returns (RMAs): announced, changed and cancelled. They are received in the sandbox itself."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import (
    NUMBER,
    UNITS,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.integrations.wms.sandbox import records
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields

WarehouseId = Annotated[str, account_value("warehouses", "id", "Id of the warehouse that takes the return")]


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU that come back; a kit comes back as its components."""

    sku: fields.Sku
    quantity: fields.Quantity


Lines = Annotated[list[ReturnLine], described("What comes back; all of the order that can, without it")]


class CreateReturn(WriteBody, kw_only=True):
    """Goods that come back."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    order_id: fields.OrderId | Absent = UNSET
    line_items: Lines | Absent = UNSET


class UpdateReturn(WriteBody, kw_only=True):
    """What is to change of a return."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    order_id: fields.OrderId | Absent = UNSET
    line_items: Lines | Absent = UNSET


LINE: dict[str, Any] = {"properties": {"sku": NUMBER, "quantity": UNITS}}
SIZES: dict[str, Any] = {"properties": {"line_items": {"minItems": 1, "items": LINE}}}
SIZES_SAID = "A return has at least one line, each of 1 to 1000000 units."
OF_THE_ORDER = Rule(
    "Of an order no more comes back than it shipped, all its returns taken together. A return is changed and "
    "cancelled until something has come back."
)


def create_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    named = {
        "anyOf": [{"required": ["order_id"]}, {"required": ["line_items"]}],
        "description": "a return that names its order_id, its line_items, or both",
    }
    said = f"{SIZES_SAID} It names its order, its lines, or both."
    return [Rule(said, {**SIZES, **named}), OF_THE_ORDER]


def update_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    return [Rule(SIZES_SAID, SIZES), OF_THE_ORDER]


def create(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /returns`."""
    return write(asked, "POST", "returns")


def update(asked: Asked[UpdateReturn], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /returns/{id}`."""
    return write(asked, "PUT", "returns", asked.record_id)


def cancel(asked: Asked[NoBody], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /returns/{id}/cancel`."""
    return write(asked, "PUT", "returns", asked.record_id, "cancel")


NAMES: dict[type[WriteBody], str] = {ReturnLine: "WmsReturnWriteLineItem"}

OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "create_return"),
        body=CreateReturn,
        translate=create,
        written_id=written_id,
        read_back=read_back("returns"),
        record=records.returned,
        look_up=by_reference("returns"),
        rules=create_rules,
        component_names=NAMES,
    ),
    WriteOperation(
        action=write_action("wms", "update_return"),
        body=UpdateReturn,
        translate=update,
        read_back=read_back("returns"),
        record=records.returned,
        look_up=by_reference("returns"),
        rules=update_rules,
        component_names=NAMES,
    ),
    WriteOperation(
        action=write_action("wms", "cancel_return"),
        body=NoBody,
        translate=cancel,
        read_back=read_back("returns"),
        record=records.returned,
        look_up=by_reference("returns"),
    ),
)
