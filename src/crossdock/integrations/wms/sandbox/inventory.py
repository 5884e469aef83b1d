"""Inventory adjustments: units that are found or lost."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import UNITS, by_reference, read_back, write
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.choices import location_in_warehouse
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value
from crossdock.schemas.wms_writes import fields


class AdjustInventory(WriteBody, kw_only=True):
    """Units that are added to stock or taken from it."""

    quantity: fields.Quantity
    adjustment_type: fields.AdjustmentType
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse")]
    location_id: (
        Annotated[str, account_value("locations", "id", "Id of the location in the warehouse")] | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """What the fields alone leave unsaid."""
    said = [
        Rule("An adjustment is of 1 to 1000000 units.", {"properties": {"quantity": UNITS}}),
        Rule("Stock is not decreased below zero, nor below what is committed to orders."),
    ]
    if "locations" in choices:
        said.append(location_in_warehouse(choices["locations"].rows))
    return said


def adjust(asked: Asked[AdjustInventory], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /inventory/{id}/adjust`."""
    return write(asked, "PUT", "inventory", asked.record_id, "adjust")


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "adjust_inventory"),
        body=AdjustInventory,
        translate=adjust,
        read_back=read_back("inventory"),
        record=records.inventory_item,
        look_up=by_reference("inventory"),
        rules=rules,
    ),
)
