"""Examples of every write that the shop sandbox takes. They name nothing that depends on its filling."""

from crossdock.doubles.sandbox.stand import credentials
from crossdock.doubles.stand import Example, Stand, Surroundings

VARIANT = "product_000004"
"""The first variant of the first product, whatever the seed."""


def create_shipment(around: Surroundings) -> Example:
    """All of an order."""
    body = {
        "tracking_number": f"T{around.unique}",
        "tracking_url": "https://example.com/t",
        "carrier_name": "Parcel One",
        "requested_shipping_method": "Standard",
    }
    return Example(body, _order(around))


def refund_order(around: Surroundings) -> Example:
    """Some money."""
    return Example({"amount": 0.01, "reason": "Late"}, _order(around))


def adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Units that were found."""
    return Example({"quantity": 1, "adjustment_type": "increase", "warehouse_id": "place_000001"}, VARIANT)


def batch_adjust_inventory(around: Surroundings) -> Example:  # noqa: ARG001
    """Two variants that were counted."""
    lines = [
        {"product_id": product, "quantity": 12, "warehouse_id": "place_000001"}
        for product in (VARIANT, "product_000005")
    ]
    return Example({"line_items": lines})


def _order(around: Surroundings) -> str:
    """An order that was just placed: the contract has no write for it, the sandbox a simulation."""
    return str(around.step("/sandbox/simulate/cart/orders")["data"]["id"])


STAND = Stand(
    proof="live",
    source="the sandbox itself",
    double=None,
    credentials=credentials,
    secrets=("key",),
    known={"product_id": (VARIANT,)},
    examples={
        "create_shipment": create_shipment,
        "refund_order": refund_order,
        "adjust_inventory": adjust_inventory,
        "batch_adjust_inventory": batch_adjust_inventory,
    },
)
