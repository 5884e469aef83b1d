"""The sandbox's records as canonical ones. Its field names are the contract's, so little is translated.

Each function raises `ValueError` when the answer is not such a record.
"""

from typing import Any

import msgspec

from crossdock.schemas import cart


def order(decoded: Any) -> cart.CartOrder:
    """An order with its shipments; what was paid back is among the additional fields."""
    record = msgspec.convert(decoded, cart.CartOrder)
    record.raw_status = record.status
    for shipment in record.shipments:
        shipment.raw_status = shipment.status
    record.additional_fields = {"refunds": decoded["refunds"]} if decoded.get("refunds") else {}
    return record


def product(decoded: Any) -> cart.CartProduct:
    """A product or a variant."""
    return msgspec.convert(decoded, cart.CartProduct)


def warehouse(decoded: Any) -> cart.CartWarehouse:
    """A place that the shop ships from."""
    return msgspec.convert(decoded, cart.CartWarehouse)
