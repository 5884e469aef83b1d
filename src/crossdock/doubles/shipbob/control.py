"""Doors for whoever runs the double in another process: what the warehouse does by itself.

No part of ShipBob's API, and without authentication. An unknown id is a 400.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec

from crossdock.doubles.double import Door
from crossdock.doubles.shipbob.merchant import Merchant
from crossdock.doubles.shipbob.receiving import receive
from crossdock.doubles.shipbob.returns import move
from crossdock.doubles.shipbob.shipments import ship


class _Record(msgspec.Struct, forbid_unknown_fields=True):
    id: int


class _Receipt(msgspec.Struct, forbid_unknown_fields=True):
    id: int
    share: float = 1.0


def ship_order(merchant: Merchant, order_id: int) -> None:
    """What is open of an order leaves its fulfilment center. Raises `ValueError` for no such order."""
    if order_id not in merchant.orders:
        raise ValueError(f"there is no order {order_id}")
    order = merchant.orders[order_id]
    for shipment in order["shipments"]:
        if shipment["status"] == "Processing":
            ship(merchant, order, shipment)


def doors(merchant: Merchant) -> Mapping[tuple[str, str], Door]:
    """By method and name."""
    return {
        ("POST", "ship-order"): partial(_ship, merchant),
        ("POST", "receive"): partial(_receive, merchant),
        ("POST", "complete-return"): partial(_complete_return, merchant),
    }


def _ship(merchant: Merchant, body: bytes) -> Any:
    ship_order(merchant, msgspec.json.decode(body, type=_Record).id)
    return {}


def _receive(merchant: Merchant, body: bytes) -> Any:
    receipt = msgspec.json.decode(body, type=_Receipt)
    if receipt.id not in merchant.receiving:
        raise ValueError(f"there is no receiving order {receipt.id}")
    receive(merchant, receipt.id, receipt.share)
    return {}


def _complete_return(merchant: Merchant, body: bytes) -> Any:
    number = msgspec.json.decode(body, type=_Record).id
    if number not in merchant.returns:
        raise ValueError(f"there is no return {number}")
    move(merchant, number, "Completed")
    return {}
