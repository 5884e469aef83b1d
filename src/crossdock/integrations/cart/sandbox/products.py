"""The stock of the shop's variants."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.sandbox import records
from crossdock.integrations.sandboxes.requests import MOST_UNITS, by_reference, read_back, write
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value


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
)
