"""`adjust_inventory` becomes `updateProductVariants` with the stock of one location.

Vendure is told what there is, not what is added: units are added to what was read just before. Who
changes the same stock between the reading and the writing is overwritten, and Vendure has nothing to
notice that by. The stock movement that it keeps (`StockAdjustment`) has the difference that really was.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    NotFound,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.cart.vendure import stock_locations
from crossdock.integrations.cart.vendure.graphql import Record, answered, as_answer, graphql
from crossdock.integrations.cart.vendure.product_record import read_variant, variant_record
from crossdock.integrations.cart.vendure.values import NONE_OR_MORE, POSITIVE
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import WriteBody, account_value

UPDATE = (
    "mutation($input: [UpdateProductVariantInput!]!) "
    "{ updateProductVariants(input: $input) { id updatedAt } }"
)
EXACT = "exact"


class AdjustInventory(WriteBody, kw_only=True):
    """Units of a variant that are added, taken away, or counted."""

    quantity: fields.Quantity
    adjustment_type: fields.AdjustmentType
    warehouse_id: Annotated[
        str, account_value("stock_locations", "id", "Id of the stock location that has the units")
    ]


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    counted = {"properties": {"adjustment_type": {"const": EXACT}}, "required": ["adjustment_type"]}
    return [
        Rule(
            "At least one unit is added or taken away; there may be none.",
            {
                "if": counted,
                "then": {"properties": {"quantity": NONE_OR_MORE}},
                "else": {"properties": {"quantity": POSITIVE}},
            },
        ),
        Rule("Only variants have stock, not their products. No more is taken away than there is."),
    ]


def reads(asked: Asked[AdjustInventory], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The variant, and which locations there still are."""
    return {
        "variant": read_variant(asked.account, asked.record_id),
        "locations": stock_locations.request(asked.account),
    }


def translate(asked: Asked[AdjustInventory], reads: Reads) -> VendorRequest:
    """The mutation.

    Raises `NotFound`, or `Unprocessable` when the location is gone or has fewer units than are taken away.
    """
    variant = answered(reads["variant"], "productVariant")
    if not isinstance(variant, dict):
        text = f"Vendure has no product variant {asked.record_id!r}."
        raise NotFound(text, extra={"id": asked.record_id})
    location = asked.body.warehouse_id
    if faults := stock_locations.missing(reads["locations"], {"/warehouse_id": location}):
        raise Unprocessable("The stock location is not there any more.", faults)
    level = {"stockLocationId": location, "stockOnHand": _wanted(asked.body, _on_hand(variant, location))}
    return graphql(asked.account, UPDATE, input=[{"id": asked.record_id, "stockLevels": [level]}])


def _on_hand(variant: Record, location: str) -> int:
    levels = variant.get("stockLevels") or ()
    return next((int(one["stockOnHand"]) for one in levels if str(one["stockLocationId"]) == location), 0)


def _wanted(body: AdjustInventory, on_hand: int) -> int:
    if body.adjustment_type == EXACT:
        return body.quantity
    wanted = on_hand + (body.quantity if body.adjustment_type == "increase" else -body.quantity)
    if 0 <= wanted <= INT32_MAX:
        return wanted
    text = f"there are {on_hand} units, which makes {wanted}; stock is from 0 to {INT32_MAX}"
    raise Unprocessable("The stock cannot be changed by that much.", [FieldFault("/quantity", text)])


def sample_reads(asked: Asked[AdjustInventory]) -> Reads:
    """A variant with some stock."""
    location = asked.body.warehouse_id
    variant = {
        "id": asked.record_id,
        "stockLevels": [{"stockLocationId": location, "stockOnHand": 1_000_000}],
    }
    return Reads(
        {"variant": as_answer("productVariant", variant), "locations": stock_locations.sample(location)}
    )


def says_the_same_twice(asked: Asked[Any]) -> bool:
    """A count can be sent again; units that are added or taken away cannot."""
    return bool(asked.body.adjustment_type == EXACT)


OPERATION = WriteOperation(
    action=write_action("cart", "adjust_inventory"),
    body=AdjustInventory,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_variant,
    record=variant_record,
    repeatable=says_the_same_twice,
    rules=rules,
)
