"""`adjust_inventory` becomes `inventoryAdjustQuantities`, or `inventorySetQuantities` for an exact number.

What changes is the quantity `available`. Only a variant has stock; its inventory item is read first. Both
mutations take a key, the write's own, so that sending one again changes nothing more.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

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
from crossdock.integrations.cart.shopify import product_record
from crossdock.integrations.cart.shopify.graphql import (
    Record,
    answered,
    as_answer,
    as_connection,
    idempotent_mutation,
    nodes,
)
from crossdock.integrations.cart.shopify.graphql import (
    asked as asking,
)
from crossdock.integrations.cart.shopify.ids import gid, number
from crossdock.integrations.cart.shopify.values import MOST_STOCK, NONE_OR_MORE, POSITIVE
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import WriteBody, account_value, described

Reason = Annotated[
    Literal[
        "correction",
        "cycle_count_available",
        "damaged",
        "movement_created",
        "movement_updated",
        "movement_received",
        "movement_canceled",
        "other",
        "promotion",
        "quality_control",
        "received",
        "reservation_created",
        "reservation_updated",
        "reservation_deleted",
        "restock",
        "safety_stock",
        "shrinkage",
    ],
    described("Why the stock changes, as Shopify's inventory history shows it", "correction"),
]
"""The vendor's list (guide "Manage inventory quantities and states", as public clients have it)."""

ITEM = "id inventoryItem { id inventoryLevels(first: 200) { edges { node { id location { id } } } } }"
READ = (
    f"query($variant: ID!, $product: ID!) {{ productVariant(id: $variant) {{ {ITEM} }} "
    "product(id: $product) { id } }"
)


class AdjustInventory(WriteBody, kw_only=True):
    """Units that are added to the stock of a variant, taken from it, or counted."""

    quantity: fields.Quantity
    adjustment_type: fields.AdjustmentType
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the location that has the stock")]
    reason: Reason


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    exact = {"properties": {"adjustment_type": {"const": "exact"}}}
    return [
        Rule(
            "At least one unit is added or taken; an exact number may be 0.",
            {
                "if": exact,
                "then": {"properties": {"quantity": NONE_OR_MORE}},
                "else": {"properties": {"quantity": POSITIVE}},
            },
        ),
        Rule(
            f"No stock is above {MOST_STOCK}.",
            {"properties": {"quantity": {"minimum": 0, "maximum": MOST_STOCK}}},
        ),
        Rule("Only variants have stock, and the location has to stock the variant."),
    ]


def reads(asked: Asked[AdjustInventory], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The variant of that id, and whether it is the id of a product."""
    variant, product = gid("ProductVariant", asked.record_id), gid("Product", asked.record_id)
    return {"stock": asking(READ, variant=variant, product=product)}


def sample_reads(asked: Asked[AdjustInventory]) -> Reads:
    """A variant that the location stocks."""
    level = {"id": gid("InventoryLevel", "1"), "location": {"id": gid("Location", asked.body.warehouse_id)}}
    item = {"id": gid("InventoryItem", "1"), "inventoryLevels": as_connection([level])}
    variant = {"id": gid("ProductVariant", asked.record_id), "inventoryItem": item}
    return Reads({"stock": as_answer(productVariant=variant, product=None)})


def translate(asked: Asked[AdjustInventory], reads: Reads) -> VendorRequest:
    """The mutation. Raises `NotFound`, or `Unprocessable` for a location that does not stock the variant."""
    item, body = _item(asked, reads), asked.body
    location = gid("Location", body.warehouse_id)
    stocked = [number(level["location"]["id"]) for level in nodes(item["inventoryLevels"])]
    if body.warehouse_id not in stocked:
        fault = FieldFault("/warehouse_id", "does not stock this variant", stocked)
        raise Unprocessable("The variant is not stocked at that location.", [fault])
    where = {"inventoryItemId": item["id"], "locationId": location}
    if body.adjustment_type == "exact":
        return set_quantities([where | {"quantity": body.quantity}], body.reason, asked.reference)
    delta = body.quantity if body.adjustment_type == "increase" else -body.quantity
    data = {
        "name": "available",
        "reason": body.reason,
        "referenceDocumentUri": _document(asked.reference),
        # Left out is an error; null says that whatever is there is to change (description of the field).
        "changes": [where | {"delta": delta, "changeFromQuantity": None}],
    }
    return idempotent_mutation(
        "inventoryAdjustQuantities",
        "InventoryAdjustQuantitiesInput",
        data,
        asked.reference,
        "inventoryAdjustmentGroup { id }",
    )


def set_quantities(quantities: Sequence[Record], reason: str, reference: str) -> VendorRequest:
    """The mutation `inventorySetQuantities`, whatever the quantities were before."""
    data = {
        "name": "available",
        "reason": reason,
        "referenceDocumentUri": _document(reference),
        "quantities": [{**one, "changeFromQuantity": None} for one in quantities],
    }
    return idempotent_mutation(
        "inventorySetQuantities",
        "InventorySetQuantitiesInput",
        data,
        reference,
        "inventoryAdjustmentGroup { id }",
    )


def _document(reference: str) -> str:
    """What Shopify's inventory history shows as the cause."""
    return f"gid://crossdock/Write/{reference or 'preview'}"


def _item(asked: Asked[AdjustInventory], reads: Reads) -> Record:
    variant = answered(reads["stock"], "productVariant")
    if variant is None:
        is_product = answered(reads["stock"], "product") is not None
        said = (
            "That is a product; stock is kept of its variants."
            if is_product
            else "The shop has no such variant."
        )
        raise NotFound(said, extra={"id": asked.record_id})
    item: Record = variant["inventoryItem"]
    return item


OPERATION = WriteOperation(
    action=write_action("cart", "adjust_inventory"),
    body=AdjustInventory,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    read_back=product_record.read_variant,
    record=product_record.read_back,
    repeatable=True,
    rules=rules,
)
