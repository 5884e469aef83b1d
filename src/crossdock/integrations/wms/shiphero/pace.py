"""What an account may send: 4004 credits, 60 more each second (API Commons rate limits of ShipHero).

An answer's `complexity` is the most that an operation may cost, and only what it returned is charged (the
same source). So each record of a connection in the answer is counted as one, and ten for the rest.
"""

from typing import Any

from crossdock.connector import Credits, VendorAnswer, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import PATH
from crossdock.integrations.wms.shiphero.refusals import shortage

CAPACITY = 4004
PER_SECOND = 60
BESIDE_RECORDS = 10


def _kind(request: VendorRequest) -> str:
    body = request.body
    return str(body.get("query")) if isinstance(body, dict) else request.path


def _appraisal(request: VendorRequest) -> VendorRequest | None:
    """Only queries can be analyzed, and only those of this connector say so."""
    body = request.body if isinstance(request.body, dict) else {}
    variables = body.get("variables")
    if not isinstance(variables, dict) or "analyze" not in variables:
        return None
    return VendorRequest("POST", PATH, body=body | {"variables": variables | {"analyze": True}})


def _cost(answer: VendorAnswer) -> float | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    data = body.get("data") if isinstance(body, dict) else None
    told = [value for value in (data or {}).values() if isinstance(value, dict) and value.get("complexity")]
    if not told:
        return None
    most = max(value["complexity"] for value in told)
    analyzed = all(value.get("data", value) is None for value in told)
    return float(most if analyzed else min(most, BESIDE_RECORDS + _records(data)))


def _records(value: Any) -> int:
    if isinstance(value, dict):
        here = len(value["edges"]) if isinstance(value.get("edges"), list) else 0
        return here + sum(_records(inner) for inner in value.values())
    return sum(_records(inner) for inner in value) if isinstance(value, list) else 0


PACE = Credits(
    capacity=CAPACITY,
    per_second=PER_SECOND,
    kind=_kind,
    appraisal=_appraisal,
    cost=_cost,
    shortage=shortage,
)
