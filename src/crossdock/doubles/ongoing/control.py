"""Doors for whoever runs the double in another process: its state, orders, return causes and faults.

They stand under `/_double/`, ask for no authentication, and are no part of Ongoing's API.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
import orjson

from crossdock.doubles.faults import Answer, Fault
from crossdock.doubles.ongoing.causes import parse_return_cause
from crossdock.doubles.ongoing.models import Model
from crossdock.doubles.ongoing.warehouse import Refused

if TYPE_CHECKING:
    from crossdock.doubles.ongoing.app import OngoingDouble

CONTROL = "/_double/"


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    sku: str
    quantity: int
    ordered: int | None = None


class _Order(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    goods_owner_id: int
    lines: list[_Line]
    order_id: int | None = None


def control(double: "OngoingDouble", method: str, door: str, body: bytes) -> Answer:
    """The answer of a door; 400 says what is wrong with the body, 404 that there is no such door."""
    known = DOORS.get((method, door))
    if known is None:
        return _json({"message": f"the double has no door {method} {CONTROL}{door}"}, 404)
    try:
        return _json(known(double, body))
    except (ValueError, Refused) as error:
        return _json({"message": str(error)}, 400)


def _state(double: "OngoingDouble", body: bytes) -> Model:  # noqa: ARG001
    """Return orders by goods owner and number, calls by operation, calls that ever hung, and violations."""
    return {
        "return_orders": {str(owner.id): owner.return_orders for owner in double.state.goods_owners.values()},
        "counts": dict(double.counts),
        "hanging": double.faults.hanging,
        "violations": double.violations,
    }


def _add_order(double: "OngoingDouble", body: bytes) -> Model:
    order = msgspec.json.decode(body, type=_Order)
    lines = [(line.sku, line.quantity) for line in order.lines]
    ordered = [line.quantity if line.ordered is None else line.ordered for line in order.lines]
    return {"orderId": double.add_order(order.goods_owner_id, lines, order.order_id, ordered)}


def _put_return_causes(double: "OngoingDouble", body: bytes) -> Model:
    texts = msgspec.json.decode(body, type=list[str])
    double.state.return_causes = [parse_return_cause(text) for text in texts]
    return {}


def _tell_fault(double: "OngoingDouble", body: bytes) -> Model:
    double.tell(msgspec.json.decode(body, type=Fault))
    return {}


def _clear_faults(double: "OngoingDouble", body: bytes) -> Model:  # noqa: ARG001
    double.faults.clear()
    return {}


DOORS: Mapping[tuple[str, str], Callable[["OngoingDouble", bytes], Model]] = {
    ("GET", "state"): _state,
    ("POST", "orders"): _add_order,
    ("PUT", "return-causes"): _put_return_causes,
    ("POST", "faults"): _tell_fault,
    ("DELETE", "faults"): _clear_faults,
}


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(status, orjson.dumps(value))
