"""Checking and translating a 50-line body against checking the same body with the `jsonschema` package."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import jsonschema
import msgspec

from benchmarks.result import Result
from crossdock.catalog import Catalog
from crossdock.connector import Choices
from crossdock.write_info.document import build_document
from crossdock.write_info.law import Law

LINES = 50
CAUSES = [
    {"code": "1", "name": "damaged"},
    {"code": "13", "name": "wrong size"},
    {"code": "3", "name": "other"},
]
ACCOUNT = {"goods_owner_id": "42"}


def a_body() -> dict[str, Any]:
    """A return of 50 SKUs."""
    lines = [
        {
            "sku": f"SKU-{number}",
            "expected_quantity": 2,
            "return_cause": {"code": "13", "return_reason": "wrong size"},
        }
        for number in range(LINES)
    ]
    return {"return_number": "RMA-1", "order_id": "1001", "line_items": lines}


def its_order() -> dict[str, Any]:
    """The order that shipped them."""
    lines = [
        {"id": number + 1, "article": {"articleNumber": f"SKU-{number}"}, "pickedNumberOfItems": 5}
        for number in range(LINES)
    ]
    return {"goodsOwner": {"id": 42}, "orderLines": lines}


def measure(rounds: int) -> list[Result]:
    """Against the same schema and rules, and, as information, against the component schema alone."""
    ongoing = Catalog.installed().get("wms", "ongoing")
    [operation] = ongoing.writes
    document = build_document(ongoing, ongoing.writes, {"return_causes": Choices(CAUSES)})
    law = Law(document, operation.action)
    body, order = a_body(), its_order()

    def ours() -> None:
        assert law.allows(body)
        typed = msgspec.convert(body, operation.body, strict=False)
        operation.translate(ACCOUNT, typed, {"order": order})

    component = document["paths"]["/wms/returns"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    rules = [rule["schema"] for rule in document["info"]["x-body-rules"] if "schema" in rule]
    shared = {"components": document["components"]}
    everything = jsonschema.Draft202012Validator({"allOf": [component, *rules], **shared})
    alone = jsonschema.Draft202012Validator({**component, **shared})
    return [
        _compare("validate + translate 50 lines, against jsonschema", ours, everything, body, rounds, 50),
        _compare("the same, jsonschema without the rules", ours, alone, body, rounds, None),
    ]


def _compare(
    name: str,
    ours: Callable[[], None],
    theirs: jsonschema.Draft202012Validator,
    body: Any,
    rounds: int,
    target: float | None,
) -> Result:
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        times.append((_seconds(ours, 1000), _seconds(lambda: theirs.validate(body), 10)))
    return Result(
        name=name,
        ratios=[b / a for a, b in times],
        ours=f"{median(a for a, _ in times) * 1e6:,.0f} µs",
        reference=f"{median(b for _, b in times) * 1e6:,.0f} µs",
        at_least=target,
    )


def _seconds(call: Callable[[], object], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - started) / times
