"""`batch_adjust_inventory` becomes one `inventorySetQuantities`: all of the quantities are set, or none.

Shopify takes at most 250 elements in an argument (vendor's "Shopify API limits", input limits). Where a
variant is not stocked, Shopify says so itself.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    FieldFault,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.cart.shopify import product_record
from crossdock.integrations.cart.shopify.adjust_inventory import Reason, set_quantities
from crossdock.integrations.cart.shopify.graphql import Record, answered, as_answer
from crossdock.integrations.cart.shopify.graphql import asked as asking
from crossdock.integrations.cart.shopify.ids import gid, number
from crossdock.integrations.cart.shopify.values import MOST_STOCK
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described

MOST = 250
READ_AT_ONCE = 10
"""Variants that are read back by one query, each with all of its locations."""

CORRECTION = "correction"
ITEMS = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on ProductVariant { id inventoryItem { id } } } }"
VARIANTS = (
    "query($ids: [ID!]!) { nodes(ids: $ids) { ... on ProductVariant "
    f"{{ {product_record.variant_selection(product_record.ALL_LEVELS)} "
    f"product {{ {product_record.PRODUCT} }} }} }} }}"
)


class ExactStock(WriteBody, kw_only=True):
    """The units of a variant that there are to be at a location."""

    product_id: fields.ProductId
    quantity: fields.ExactQuantity
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the location that has the units")]


class BatchAdjustInventory(WriteBody, kw_only=True):
    """The stock of many variants."""

    line_items: Annotated[list[ExactStock], described("The stock of each variant at a location")]
    reason: Reason | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    quantity = {"minimum": 0, "maximum": MOST_STOCK, "description": f"must be from 0 to {MOST_STOCK}"}
    # What is no number cannot be the id of anything in a shop.
    line = {"properties": {"quantity": quantity, "product_id": {"pattern": "^[0-9]{1,20}$"}}}
    lines = {"minItems": 1, "maxItems": MOST, "items": line, "description": f"must be from 1 to {MOST} lines"}
    return [
        Rule(f"From 1 to {MOST} lines.", {"properties": {"line_items": lines}}),
        Rule("A variant stands at most once with a location."),
        Rule(f"Without a reason it is {CORRECTION}."),
    ]


def _ids(body: BatchAdjustInventory) -> list[str]:
    return list(dict.fromkeys(line.product_id for line in body.line_items))


def reads(asked: Asked[BatchAdjustInventory], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The inventory items of the variants."""
    return {"items": asking(ITEMS, ids=[gid("ProductVariant", one) for one in _ids(asked.body)])}


def sample_reads(asked: Asked[BatchAdjustInventory]) -> Reads:
    """Every variant, with an item of the same number."""
    rows = [
        {"id": gid("ProductVariant", one), "inventoryItem": {"id": gid("InventoryItem", one)}}
        for one in _ids(asked.body)
    ]
    return Reads({"items": as_answer(nodes=rows)})


def translate(asked: Asked[BatchAdjustInventory], reads: Reads) -> VendorRequest:
    """The mutation. Raises `Unprocessable` for variants that there are not, and for repeated lines."""
    items = {number(one["id"]): one["inventoryItem"]["id"] for one in _found(reads["items"])}
    body = asked.body
    faults: list[FieldFault] = []
    pairs: set[tuple[str, str]] = set()
    quantities: list[Record] = []
    for index, line in enumerate(body.line_items):
        item, at = items.get(line.product_id), f"/line_items/{index}"
        if item is None:
            faults.append(FieldFault(f"{at}/product_id", "is no variant of the shop"))
            continue
        if (line.product_id, line.warehouse_id) in pairs:
            faults.append(FieldFault(at, "names a variant and location a second time"))
        pairs.add((line.product_id, line.warehouse_id))
        location = gid("Location", line.warehouse_id)
        quantities.append({"inventoryItemId": item, "locationId": location, "quantity": line.quantity})
    if faults:
        raise Unprocessable("The stock cannot be set like that.", faults)
    reason = CORRECTION if body.reason is UNSET else body.reason
    return set_quantities(quantities, reason, asked.reference)


def _found(decoded: Any) -> list[Record]:
    """The records that there are of those that were asked for."""
    return [one for one in answered(decoded, "nodes") or () if isinstance(one, dict) and one.get("id")]


def written_id(asked: Asked[BatchAdjustInventory], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The ids of the variants, for `read_back`."""
    return ",".join(_ids(asked.body))


def read_back(account: Account, written: str) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The variants, some at a time."""
    ids = [gid("ProductVariant", one) for one in written.split(",")]
    starts = range(0, len(ids), READ_AT_ONCE)
    return {ids[at]: asking(VARIANTS, ids=ids[at : at + READ_AT_ONCE]) for at in starts}


def each(decoded: Any) -> Sequence[Any]:
    """The variants of the answers. Raises `ValueError` when one is of another shape."""
    return [product_record.as_row(one, one["product"]) for part in decoded.values() for one in _found(part)]


OPERATION = WriteOperation(
    action=write_action("cart", "batch_adjust_inventory"),
    body=BatchAdjustInventory,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=written_id,
    read_back=read_back,
    each=each,
    record=product_record.product_record,
    repeatable=True,
    rules=rules,
)
