"""`batch_adjust_inventory` becomes one `updateProductVariants` with counts: all of them are taken, or none.

The mutation is one transaction in Vendure (`@Transaction` of its resolver).
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
from crossdock.integrations.cart.vendure import stock_locations
from crossdock.integrations.cart.vendure.adjust_inventory import UPDATE
from crossdock.integrations.cart.vendure.graphql import FILTERED_AT_ONCE, as_items, graphql, items
from crossdock.integrations.cart.vendure.product_record import VARIANT, product_of_row
from crossdock.integrations.cart.vendure.values import NONE_OR_MORE
from crossdock.schemas.actions import write_action
from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import WriteBody, account_value, described

MOST = 500
"""Lines of one request: their variants are read at once, and Vendure lists no more than
`FILTERED_AT_ONCE`."""

DOCUMENT = (
    "query($options: ProductVariantListOptions) { productVariants(options: $options) "
    f"{{ items {{ {VARIANT} }} }} }}"
)


class ExactStock(WriteBody, kw_only=True):
    """The units of a variant that there are in a stock location."""

    product_id: fields.ProductId
    quantity: fields.ExactQuantity
    warehouse_id: Annotated[
        str, account_value("stock_locations", "id", "Id of the stock location that has the units")
    ]


class BatchAdjustInventory(WriteBody, kw_only=True):
    """The stock of many variants."""

    line_items: Annotated[list[ExactStock], described("The stock of each variant in a location")]


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    line = {"properties": {"quantity": NONE_OR_MORE}}
    lines = {
        "minItems": 1,
        "maxItems": MOST,
        "items": line,
        "description": f"must be from 1 to {MOST} lines",
    }
    return [
        Rule(f"From 1 to {MOST} lines.", {"properties": {"line_items": lines}}),
        Rule("A variant stands at most once with a location."),
    ]


def variants(account: Account, ids: Sequence[str]) -> VendorRequest:
    """The variants of those ids that there are."""
    found = {"take": FILTERED_AT_ONCE, "filter": {"id": {"in": list(ids)}}}
    return graphql(account, DOCUMENT, options=found)


def reads(asked: Asked[BatchAdjustInventory], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Which of the variants and locations there are."""
    ids = dict.fromkeys(line.product_id for line in asked.body.line_items)
    return {
        "variants": variants(asked.account, list(ids)),
        "locations": stock_locations.request(asked.account),
    }


def translate(asked: Asked[BatchAdjustInventory], reads: Reads) -> VendorRequest:
    """The mutation. Raises `Unprocessable` for variants and locations that there are not, and for
    repeated ones."""
    lines = asked.body.line_items
    there = {str(row["id"]) for row in items(reads["variants"], "productVariants")}
    faults = [
        FieldFault(f"/line_items/{index}/product_id", "is no product variant of the shop")
        for index, line in enumerate(lines)
        if line.product_id not in there
    ]
    places = {f"/line_items/{index}/warehouse_id": line.warehouse_id for index, line in enumerate(lines)}
    faults += stock_locations.missing(reads["locations"], places)
    levels: dict[str, dict[str, int]] = {}
    for index, line in enumerate(lines):
        of_variant = levels.setdefault(line.product_id, {})
        if line.warehouse_id in of_variant:
            faults.append(FieldFault(f"/line_items/{index}", "names a variant and location a second time"))
        of_variant[line.warehouse_id] = line.quantity
    if faults:
        raise Unprocessable("The stock cannot be set like that.", faults)
    given = [
        {
            "id": variant,
            "stockLevels": [
                {"stockLocationId": location, "stockOnHand": units} for location, units in of_variant.items()
            ],
        }
        for variant, of_variant in levels.items()
    ]
    return graphql(asked.account, UPDATE, input=given)


def sample_reads(asked: Asked[BatchAdjustInventory]) -> Reads:
    """Variants and locations as the body names them."""
    lines = asked.body.line_items
    rows = [{"id": line.product_id} for line in lines]
    locations = [line.warehouse_id for line in lines]
    return Reads(
        {
            "variants": as_items("productVariants", rows),
            "locations": stock_locations.sample(*locations),
        }
    )


def written_id(asked: Asked[BatchAdjustInventory], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The ids of the variants, for `read_back`."""
    return ",".join(dict.fromkeys(line.product_id for line in asked.body.line_items))


def read_back(account: Account, written: str) -> VendorRequest:
    """All variants at once."""
    return variants(account, written.split(","))


def each(decoded: Any) -> Sequence[Any]:
    """The variants of an answer. Raises `ValueError` when it is of another shape."""
    return items(decoded, "productVariants")


OPERATION = WriteOperation(
    action=write_action("cart", "batch_adjust_inventory"),
    body=BatchAdjustInventory,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=written_id,
    read_back=read_back,
    each=each,
    record=product_of_row,
    repeatable=True,
    rules=rules,
)
