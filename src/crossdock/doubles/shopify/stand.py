"""What the Shopify connector is tried out on."""

from collections.abc import Mapping
from typing import Any

import orjson

from crossdock.doubles.faults import Fault
from crossdock.doubles.shopify.app import ShopifyDouble
from crossdock.doubles.shopify.seed import seeded
from crossdock.doubles.shopify.shop import Record
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

ACCESS_TOKEN = "shpat_sample_token_of_a_double"  # noqa: S105  (accepted by a double only)


def _number(record: Record) -> str:
    return str(record["id"]).rpartition("/")[2]


SEED = seeded()
EAST, WEST, _CLOSED = map(_number, SEED.all("Location"))
VARIANTS = tuple(map(_number, SEED.all("ProductVariant")))
_ORDERS = SEED.all("Order")
OPEN, PAID = _ORDERS[2], _ORDERS[3]
GROUP = OPEN["fulfillmentOrders"][0]
LINE = PAID["lineItems"][0]


def credentials(url: str) -> Mapping[str, str]:
    """The one access token."""
    return {"shop": "example.myshopify.com", "access_token": ACCESS_TOKEN, "api_url": url}


def create_shipment(around: Surroundings) -> Example:
    """One unit of a line of a shipping group of the seed."""
    line = {"line_item_id": _number(GROUP["lineItems"][0]), "quantity": 1}
    body = {
        "tracking_number": f"1Z{around.unique}",
        "tracking_url": f"https://track.example/1Z{around.unique}",
        "carrier_name": "UPS",
        "shipping_groups": [{"shipping_group_id": _number(GROUP), "line_items": [line]}],
    }
    return Example(body, _number(OPEN))


def refund_order(around: Surroundings) -> Example:  # noqa: ARG001
    """One unit of a line of an order of the seed, which goes back into stock."""
    body = {
        "line_items": [{"line_item_id": _number(LINE), "quantity": 1}],
        "reason": "Damaged",
        "restock": True,
        "warehouse_id": EAST,
    }
    return Example(body, _number(PAID))


def adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Five units more of a variant of the seed."""
    body = {"quantity": 5, "adjustment_type": "increase", "warehouse_id": EAST, "reason": "received"}
    return Example(body, VARIANTS[0])


def batch_adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """A count of two variants of the seed."""
    lines = [
        {"product_id": VARIANTS[0], "quantity": 7, "warehouse_id": EAST},
        {"product_id": VARIANTS[1], "quantity": 8, "warehouse_id": WEST},
    ]
    return Example({"line_items": lines, "reason": "cycle_count_available"})


def _refused(action: str, operation: str, message: str, field: list[str], pointer: str) -> SampleRefusal:
    answer: Any = {"data": {operation: {"userErrors": [{"field": field, "message": message}]}}}
    fault = Fault("POST", operation, "status_before", status=200, body=orjson.dumps(answer).decode())
    return SampleRefusal(action, fault, message, pointer)


STAND = Stand(
    proof="spec",
    source="Shopify's Admin GraphQL schema 2026-07, as its own tools for developers ship it",
    double=lambda: ShopifyDouble(access_token=ACCESS_TOKEN),
    credentials=credentials,
    secrets=("access_token",),
    known={
        "shipping_group_id": (_number(GROUP),),
        "product_id": VARIANTS,
        "line_item_id": (_number(GROUP["lineItems"][0]), _number(LINE)),
    },
    examples={
        "create_shipment": create_shipment,
        "refund_order": refund_order,
        "adjust_inventory": adjust_inventory,
        "batch_adjust_inventory": batch_adjust_inventory,
    },
    refusals=(
        _refused(
            "create_shipment",
            "fulfillmentCreate",
            "Invalid fulfillment order line item quantity requested.",
            ["fulfillment", "lineItemsByFulfillmentOrder", "0", "fulfillmentOrderLineItems", "0", "quantity"],
            "/shipping_groups/0/line_items/0/quantity",
        ),
        _refused(
            "adjust_inventory",
            "inventoryAdjustQuantities",
            "The specified reason is invalid.",
            ["input", "reason"],
            "/reason",
        ),
    ),
)
