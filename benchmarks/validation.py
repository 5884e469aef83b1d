"""Checking and translating a body against checking the same body with the `jsonschema` package."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import jsonschema
import msgspec

from benchmarks.result import Result
from crossdock.catalog import Catalog
from crossdock.connector import Asked, Choices, Integration, Reads, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.write_info.document import build_document
from crossdock.write_info.law import Law, law_of

RETURN_LINES = 50
ORDER_LINES = 200
TARGET = 50
REFERENCE = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class _Write:
    """A write, and all that its check and its translation take."""

    name: str
    integration: Integration
    action_name: str
    body: dict[str, Any]
    choices: KnownChoices
    account: dict[str, str]
    reads: Reads
    times: int

    @property
    def operation(self) -> WriteOperation[Any]:
        [operation] = [w for w in self.integration.writes if w.action.name == self.action_name]
        return operation


def a_return() -> _Write:
    """A return of 50 SKUs, and the order that shipped them."""
    lines = [
        {
            "sku": f"SKU-{number}",
            "expected_quantity": 2,
            "return_cause": {"code": "13", "return_reason": "wrong size"},
        }
        for number in range(RETURN_LINES)
    ]
    shipped = [
        {"id": number + 1, "article": {"articleNumber": f"SKU-{number}"}, "pickedNumberOfItems": 5}
        for number in range(RETURN_LINES)
    ]
    causes = [
        {"code": "1", "name": "damaged"},
        {"code": "13", "name": "wrong size"},
        {"code": "3", "name": "other"},
    ]
    return _Write(
        name=f"validate + translate {RETURN_LINES} lines",
        integration=Catalog.installed().get("wms", "ongoing"),
        action_name="create_return",
        body={"return_number": "RMA-1", "order_id": "1001", "line_items": lines},
        choices={"return_causes": Choices(causes)},
        account={"goods_owner_id": "42"},
        reads=Reads({"order": {"goodsOwner": {"id": 42}, "orderLines": shipped}}),
        times=1000,
    )


def an_order() -> _Write:
    """An order of 200 lines with every field that the sandbox has for one."""
    lines = [
        {
            "product_id": f"product-{number}",
            "sku": f"SKU-{number}",
            "quantity": 2,
            "unit_price": 9.5,
            "discount_amount": 0.5,
        }
        for number in range(ORDER_LINES)
    ]
    address = {
        "full_name": "Ada Example",
        "company": "Example Supplies",
        "address1": "1 Sample Street",
        "address2": "Floor 2",
        "city": "Springfield",
        "state": "IL",
        "postal_code": "62701",
        "country": "US",
    }
    body = {
        "trackstar_tags": ["wholesale", {"season": "spring"}],
        "reference_id": "R-1",
        "order_number": "N-1",
        "channel": "channel-1",
        "trading_partner": "Example Retail",
        "shipping_method_id": "method-1",
        "shipping_method": "method-1",
        "service_level": "standard",
        "invoice_currency_code": "USD",
        "total_price": 1800.0,
        "total_tax": 90.0,
        "total_discount": 100.0,
        "total_shipping": 12.5,
        "ship_to_address": address,
        "line_items": lines,
    }
    methods = [{"id": f"method-{number}", "name": f"Method {number}"} for number in range(1, 6)]
    return _Write(
        name=f"validate + translate an order of {ORDER_LINES} lines with every field",
        integration=Catalog.installed().get("wms", "sandbox"),
        action_name="create_order",
        body=body,
        choices={
            "channels": Choices([{"id": "channel-1", "name": "Shop"}]),
            "shipping_methods": Choices(methods),
        },
        account={},
        reads=Reads(),
        times=200,
    )


def measure(rounds: int) -> list[Result]:
    """Against the same schema and rules, and, as information, against the component schema alone."""
    return [result for write in (a_return(), an_order()) for result in _measured(write, rounds)]


def _measured(write: _Write, rounds: int) -> list[Result]:
    operation = write.operation
    document = build_document(write.integration, [operation], write.choices)
    law = Law(law_of(document, operation.action))

    def ours() -> None:
        assert law.allows(write.body)
        typed = msgspec.convert(write.body, operation.body, strict=False)
        operation.translate(Asked(write.account, typed, "", REFERENCE), write.reads)

    described = document["paths"][operation.action.path]["post"]["requestBody"]["content"]
    component = described["application/json"]["schema"]
    rules = [rule["schema"] for rule in document["info"]["x-body-rules"] if "schema" in rule]
    shared = {"components": document["components"]}
    everything = jsonschema.Draft202012Validator({"allOf": [component, *rules], **shared})
    alone = jsonschema.Draft202012Validator({**component, **shared})
    return [
        _compare(f"{write.name}, against jsonschema", ours, everything, write, rounds, TARGET),
        _compare("the same, jsonschema without the rules", ours, alone, write, rounds, None),
    ]


def _compare(
    name: str,
    ours: Callable[[], None],
    theirs: jsonschema.Draft202012Validator,
    write: _Write,
    rounds: int,
    target: float | None,
) -> Result:
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        times.append((_seconds(ours, write.times), _seconds(lambda: theirs.validate(write.body), 5)))
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
