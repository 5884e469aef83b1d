"""The lines of a return, and how they become lines of an original order: model `PostReturnOrderLine`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import FieldFault, Rule, Unprocessable
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.ongoing.answers import Record
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described


class ReturnCause(WriteBody, kw_only=True):
    """Why a line comes back: one of the account's return causes."""

    code: Annotated[str, account_value("return_causes", "code", "The reason code for this return.")]
    return_reason: (
        Annotated[
            str | None, account_value("return_causes", "name", "The reason description for this return.")
        ]
        | Absent
    ) = UNSET


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU of the order."""

    sku: Annotated[str, described("")]
    expected_quantity: Annotated[int, described("", 0)]
    return_cause: ReturnCause | Absent = UNSET


COMPONENT_NAMES: Mapping[type[WriteBody], str] = {ReturnLine: "WmsReturnWriteLineItemongoing"}
"""As the contract's founding document names the lines."""

LINES: Mapping[str, Any] = {
    "minItems": 1,
    "items": {"properties": {"expected_quantity": {"minimum": 1, "maximum": INT32_MAX}}},
}
"""JSON Schema of what the lines must satisfy beyond their component schema."""


def code_and_reason(causes: Sequence[Mapping[str, str | None]]) -> Rule:
    """The rule that a cause has the name that goes with its code."""
    pairs = [
        {
            "if": {"properties": {"code": {"const": cause["code"]}}, "required": ["code"]},
            "then": {"properties": {"return_reason": {"const": cause["name"]} if cause["name"] else False}},
        }
        for cause in causes
    ]
    return Rule(
        "A return cause's return_reason is the one that its code has in this account.",
        {
            "properties": {
                "line_items": {"items": {"properties": {"return_cause": {"allOf": pairs} if pairs else {}}}}
            }
        },
    )


def order_that_shipped(items: Sequence[ReturnLine]) -> Record:
    """A made-up original order that shipped what comes back."""
    lines = [
        {
            "id": sum(line.sku.encode()),
            "article": {"articleNumber": line.sku},
            "pickedNumberOfItems": line.expected_quantity,
        }
        for line in items
    ]
    return {"orderLines": lines}


def line_parts(
    order: Record, items: Sequence[ReturnLine], rows: Mapping[int, str] | None = None
) -> list[Record]:
    """Lines of `PostReturnOrderLine`; `rows` has the row numbers of order lines that are in the return.

    Raises `Unprocessable` where the original order contradicts a line.
    """
    lines_by_sku = _shipped_lines(order)
    rows = rows or {}
    numbers = (str(number) for number in range(1, len(items) + len(rows) + 1))
    free = [number for number in numbers if number not in rows.values()]
    faults: list[FieldFault] = []
    seen: dict[str, int] = {}
    parts = []
    for index, line in enumerate(items):
        fault = _line_fault(index, line, lines_by_sku, seen)
        seen.setdefault(line.sku, index)
        if fault:
            faults.append(fault)
            continue
        order_line = lines_by_sku[line.sku][0]["id"]
        part: Record = {
            "returnOrderRowNumber": rows.get(order_line) or free.pop(0),
            "customerOrderLine": {"orderLineId": order_line},
            "toBeReturnedNumberOfItems": line.expected_quantity,
        }
        if line.return_cause is not UNSET:
            part["returnCause"] = {"code": line.return_cause.code}
            if line.return_cause.return_reason:
                part["returnCause"]["name"] = line.return_cause.return_reason
        parts.append(part)
    if faults:
        raise Unprocessable("The return does not fit the original order.", faults)
    return parts


def _shipped_lines(order: Record) -> dict[str, list[Record]]:
    """The order's lines by article number: model `GetOrderModel`, `orderLines`."""
    by_sku: dict[str, list[Record]] = {}
    for line in order.get("orderLines") or []:
        article = line.get("article") or {}
        by_sku.setdefault(article.get("articleNumber") or "", []).append(line)
    by_sku.pop("", None)
    return by_sku


def _line_fault(
    index: int, line: ReturnLine, lines_by_sku: dict[str, list[Record]], seen: dict[str, int]
) -> FieldFault | None:
    matches = lines_by_sku.get(line.sku, ())
    if len(matches) == 1 and line.sku not in seen:
        shipped = matches[0].get("pickedNumberOfItems") or 0
        if line.expected_quantity <= shipped:
            return None
    at = f"/line_items/{index}"
    if line.sku in seen:
        return FieldFault(
            f"{at}/sku",
            f"{line.sku} already stands at /line_items/{seen[line.sku]}; "
            "return all units of a SKU in one line, or in a second return",
        )
    matches = lines_by_sku.get(line.sku, [])
    if not matches:
        return FieldFault(f"{at}/sku", f"{line.sku} is not in the order", sorted(lines_by_sku)[:50])
    if len(matches) > 1:
        return FieldFault(
            f"{at}/sku",
            f"{line.sku} is on {len(matches)} lines of the order, so which one is meant cannot be told",
        )
    shipped = matches[0].get("pickedNumberOfItems") or 0
    if line.expected_quantity > shipped:
        return FieldFault(
            f"{at}/expected_quantity",
            f"{line.expected_quantity} cannot come back: the order shipped {shipped:g}",
            {"minimum": 1, "maximum": int(shipped)} if shipped >= 1 else None,
        )
    return None


def tracking_part(number: Any, url: Any) -> Record:
    """`tracking` of `PostReturnOrderModel`, as far as it is given."""
    tracking = {"waybill": number, "trackingUrl": url}
    given = {name: value for name, value in tracking.items() if value is not UNSET}
    return {"tracking": [given]} if given else {}
