"""How the Vendure connector is tried: against the real server, with examples of every write."""

from collections.abc import Mapping
from functools import lru_cache

import orjson

from crossdock.doubles.faults import Fault
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings
from crossdock.doubles.vendure.app import VendureDouble
from crossdock.doubles.vendure.server import shared_server
from crossdock.doubles.vendure.shop import (
    ADMIN_PATH,
    MAIN_LOCATION,
    PASSWORD,
    SECOND_LOCATION,
    SKUS,
    USER,
    Shop,
)


def credentials(url: str) -> Mapping[str, str]:
    """The administrator that the server begins with."""
    return {"api_url": url + ADMIN_PATH, "username": USER, "password": PASSWORD}


@lru_cache(maxsize=1)
def shop() -> Shop:
    """The shop behind the stand, asked directly: carts have no write that makes an order."""
    return Shop(shared_server().url)


def create_shipment(around: Surroundings) -> Example:
    """All of a new order."""
    body = {
        "tracking_number": f"1Z{around.unique}",
        "carrier_name": "FedEx",
        "shipping_method_name": "Ground",
        "fulfillment_handler": "manual-fulfillment",
    }
    return Example(body, shop().order()["id"])


def refund_order(around: Surroundings) -> Example:
    """One unit of a new order, and what it is to be worth."""
    order = shop().order()
    line = {"line_item_id": order["lines"][0]["id"], "quantity": 1}
    reason = f"Damaged, case {around.unique}"
    return Example({"amount": 10.5, "line_items": [line], "reason": reason}, order["id"])


def adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Three units more."""
    body = {"quantity": 3, "adjustment_type": "increase", "warehouse_id": SECOND_LOCATION}
    return Example(body, shop().variant(SKUS[1])["id"])


def batch_adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Two variants counted in two places."""
    first, second = (shop().variant(sku)["id"] for sku in SKUS[:2])
    lines = [
        {"product_id": first, "quantity": 70_000, "warehouse_id": MAIN_LOCATION},
        {"product_id": second, "quantity": 12, "warehouse_id": SECOND_LOCATION},
    ]
    return Example({"line_items": lines})


def _refused(action: str, field: str, code: str, message: str, pointer: str | None) -> SampleRefusal:
    result = {"__typename": code.title().replace("_", ""), "errorCode": code, "message": message}
    body = orjson.dumps({"data": {field: result}}).decode()
    return SampleRefusal(
        action, Fault("POST", field, "status_before", status=200, body=body), message, pointer
    )


STAND = Stand(
    proof="live",
    source="Vendure 3.7 itself, started by the suite on SQLite",
    double=lambda: VendureDouble(shared_server()),
    credentials=credentials,
    secrets=("password",),
    known={
        "product_id": ("1", "2", "3"),
        "warehouse_id": (MAIN_LOCATION, SECOND_LOCATION),
        "line_item_id": ("1", "2"),
        "payment_id": ("1",),
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
            "addFulfillmentToOrder",
            "INVALID_FULFILLMENT_HANDLER_ERROR",
            "errorResult.INVALID_FULFILLMENT_HANDLER_ERROR",
            "/fulfillment_handler",
        ),
        _refused(
            "refund_order",
            "refundOrder",
            "REFUND_AMOUNT_ERROR",
            "The amount specified exceeds the refundable amount for this payment",
            "/amount",
        ),
    ),
)
