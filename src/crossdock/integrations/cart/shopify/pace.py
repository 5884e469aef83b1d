"""What a shop lets one app spend: points that each query costs, in a bucket that is refilled all the time.

Every answer has `extensions.cost`: `requestedQueryCost`, which has to be there before the query runs,
`actualQueryCost`, which is charged, and `throttleStatus` with `maximumAvailable`, `currentlyAvailable` and
`restoreRate` (vendor's "GraphQL Admin API rate limits"). The figures here are those of the smallest plan, 100
points a second and a bucket of 2000; what an answer says of the shop's own takes their place.
"""

from typing import Any, TypeGuard

from crossdock.connector import Credits, VendorAnswer, VendorRequest
from crossdock.connector.pace import Standing
from crossdock.integrations.cart.shopify.refusals import is_throttled

CAPACITY = 2000
PER_SECOND = 100


def _kind(request: VendorRequest) -> str:
    body = request.body
    return str(body.get("query")) if isinstance(body, dict) else request.path


def _cost_of(answer: VendorAnswer) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    extensions = body.get("extensions") if isinstance(body, dict) else None
    cost = extensions.get("cost") if isinstance(extensions, dict) else None
    return cost if isinstance(cost, dict) else {}


def _most(answer: VendorAnswer) -> float | None:
    told = _cost_of(answer).get("requestedQueryCost")
    return float(told) if isinstance(told, int | float) else None


def _cost(answer: VendorAnswer) -> float | None:
    told = _cost_of(answer).get("actualQueryCost")
    return float(told) if isinstance(told, int | float) else None


def standing(answer: VendorAnswer) -> Standing | None:
    """The shop's bucket as an answer tells of it."""
    told = _cost_of(answer).get("throttleStatus")
    if not isinstance(told, dict):
        return None
    most, now, rate = (told.get(name) for name in ("maximumAvailable", "currentlyAvailable", "restoreRate"))
    if not (_is_number(most) and _is_number(now) and _is_number(rate)):
        return None
    return Standing(float(most), float(now), float(rate)) if most > 0 and rate > 0 else None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float)


def shortage(answer: VendorAnswer) -> float | None:
    """Seconds until the points suffice, or `None` when they are not what is lacking."""
    if not is_throttled(answer):
        return None
    shop, wanted = standing(answer), _most(answer)
    if shop is None or wanted is None:
        return 1.0
    return max(0.1, (wanted - shop.available) / shop.per_second)


PACE = Credits(
    capacity=CAPACITY,
    per_second=PER_SECOND,
    kind=_kind,
    appraisal=lambda request: None,  # noqa: ARG005
    most=_most,
    cost=_cost,
    shortage=shortage,
    standing=standing,
)
