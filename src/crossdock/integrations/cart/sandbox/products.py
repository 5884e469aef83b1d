"""The stock of the shop's variants."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.sandbox import records
from crossdock.integrations.sandboxes.requests import MOST_UNITS, TEXT, by_reference, read_back, write
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described


class AdjustInventory(WriteBody, kw_only=True):
    """Units of a variant that are added, taken away or counted."""

    quantity: fields.Quantity
    adjustment_type: fields.AdjustmentType
    warehouse_id: (
        Annotated[str, account_value("warehouses", "id", "Id of the warehouse; the first one without it")]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    units = {"properties": {"quantity": {"minimum": 0, "maximum": MOST_UNITS}}}
    return [
        Rule("The quantity is from 0 to 1000000 units.", units),
        Rule("The product is a variant, and its stock stays between 0 and 1000000 units."),
    ]


class StockLine(WriteBody, kw_only=True):
    """The stock that a variant is to have in a warehouse."""

    product_id: fields.ProductId
    quantity: fields.ExactQuantity
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse")]


class BatchAdjustInventory(WriteBody, kw_only=True):
    """The stock of several variants, all of it or none."""

    line_items: Annotated[list[StockLine], described("The variants")]


def batch_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    units = {"minimum": 0, "maximum": MOST_UNITS}
    line = {"properties": {"quantity": units, "product_id": {**TEXT, "minLength": 1}}}
    lines = {"minItems": 1, "maxItems": 100, "items": line}
    return [
        Rule("From 1 to 100 lines, each of 0 to 1000000 units.", {"properties": {"line_items": lines}}),
        Rule("Each product is a variant and stands once with a warehouse."),
    ]


def adjust_many(asked: Asked[BatchAdjustInventory], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /stock`."""
    return write(asked, "PUT", "stock")


def changed_ids(asked: Asked[BatchAdjustInventory], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The ids of the variants, for `read_changed`."""
    return ",".join(dict.fromkeys(line.product_id for line in asked.body.line_items))


def read_changed(account: Account, written: str) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Each of the variants."""
    return {name: VendorRequest("GET", vendor_path("products", name)) for name in written.split(",")}


def adjust(asked: Asked[AdjustInventory], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /products/{id}/adjust-inventory`."""
    return write(asked, "PUT", "products", asked.record_id, "adjust-inventory")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("cart", "adjust_inventory"),
        body=AdjustInventory,
        translate=adjust,
        read_back=read_back("products"),
        record=records.product,
        look_up=by_reference("products"),
        rules=rules,
    ),
    WriteOperation(
        action=write_action("cart", "batch_adjust_inventory"),
        body=BatchAdjustInventory,
        translate=adjust_many,
        written_id=changed_ids,
        read_back=read_changed,
        each=lambda decoded: list(decoded.values()),
        record=records.product,
        repeatable=True,
        rules=batch_rules,
    ),
)
