"""Doors for whoever runs the double in another process: its orders and return causes.

No part of Ongoing's API, and without authentication.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from crossdock.doubles.double import Door
from crossdock.doubles.ongoing.causes import parse_return_cause

if TYPE_CHECKING:
    from crossdock.doubles.ongoing.app import OngoingDouble


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    sku: str
    quantity: int
    ordered: int | None = None


class _Order(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    goods_owner_id: int
    lines: list[_Line]
    order_id: int | None = None


def doors(double: "OngoingDouble") -> Mapping[tuple[str, str], Door]:
    """By method and name."""
    return {
        ("POST", "orders"): partial(_add_order, double),
        ("PUT", "return-causes"): partial(_put_return_causes, double),
    }


def _add_order(double: "OngoingDouble", body: bytes) -> Any:
    order = msgspec.json.decode(body, type=_Order)
    lines = [(line.sku, line.quantity) for line in order.lines]
    ordered = [line.quantity if line.ordered is None else line.ordered for line in order.lines]
    return {"orderId": double.add_order(order.goods_owner_id, lines, order.order_id, ordered)}


def _put_return_causes(double: "OngoingDouble", body: bytes) -> Any:
    texts = msgspec.json.decode(body, type=list[str])
    double.state.return_causes = [parse_return_cause(text) for text in texts]
    return {}
