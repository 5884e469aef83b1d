"""What an account may send: 4004 credits, 60 more each second (API Commons rate limits of ShipHero).

An answer's `complexity` is the most that an operation may cost, and only what it returned is charged (the
same source). So each record of a connection in the answer is counted as one. The rest of a query is one: a
public client's notes have 10101 for 100 purchase orders with 100 lines each. The rest of a mutation is in no
source; ten is counted, or its complexity if that is less.
"""

from typing import Any

from crossdock.connector import Credits, VendorAnswer, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import PATH
from crossdock.integrations.wms.shiphero.refusals import shortage

CAPACITY = 4004
PER_SECOND = 60
BESIDE_RECORDS_OF_QUERY = 1
BESIDE_RECORDS_OF_MUTATION = 10


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


def _told(answer: VendorAnswer) -> list[dict[str, Any]]:
    """The root fields that say their complexity."""
    try:
        body = answer.json()
    except ValueError:
        return []
    data = body.get("data") if isinstance(body, dict) else None
    return [value for value in (data or {}).values() if isinstance(value, dict) and value.get("complexity")]


def _most(answer: VendorAnswer) -> float | None:
    told = _told(answer)
    return float(max(value["complexity"] for value in told)) if told else None


def _cost(answer: VendorAnswer) -> float | None:
    told = _told(answer)
    if not told:
        return None
    is_query = all("data" in value for value in told)
    beside = BESIDE_RECORDS_OF_QUERY if is_query else BESIDE_RECORDS_OF_MUTATION
    return float(min(_most(answer) or 0, beside + sum(map(_records, told))))


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
    most=_most,
    cost=_cost,
    shortage=shortage,
)
