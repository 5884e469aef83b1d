"""ShipHero's refusals: errors in an answer of status 200.

Each has `message`, `code`, `operation` and `request_id` (vendor's "Error Glossary"); code 5 is "not found",
in its example and in public clients, and code 30 is a lack of credits, with `time_remaining` in words (public
clients). The vendor names no field of an input, but its messages may.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from crossdock.connector import Asked, Blame, FieldFault, VendorAnswer
from crossdock.connector.vendor import vendor_words
from crossdock.schemas.fields import UNSET

NOT_FOUND = 5
NOT_ENOUGH_CREDITS = 30

UNIT_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """404 where the operation's own record was not found, 429 for a lack of credits, else 400."""
    found = list(_errors(answer)) if answer.status == 200 else []
    if not found:
        return answer
    if any(error.get("code") == NOT_ENOUGH_CREDITS for error in found):
        return replace(answer, status=429)
    return replace(answer, status=404 if all(map(_misses_its_own_record, found)) else 400)


def words(answer: VendorAnswer) -> str:
    """The vendor's message, or messages."""
    messages = [str(error["message"]) for error in _errors(answer) if error.get("message")]
    return "; ".join(messages) or vendor_words(answer)


def operation_refused(answer: VendorAnswer) -> str | None:
    """The name of the mutation or query that was refused first."""
    return next((str(error.get("operation")) for error in _errors(answer)), None)


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The fields of the input that a message names, or the record that it misses."""
    found = []
    for error in _errors(answer):
        message = str(error.get("message") or "")
        names = re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", message)
        missing = re.match(r"([A-Z][a-z]+)\b.* not found", message)
        if missing and not _misses_its_own_record(error):
            noun = missing.group(1).lower()
            names.append("sku" if noun == "product" else f"{noun}_id")
        found += [Blame(f"/{name}", message) for name in names]
    return found


def lines_blamed(lines: str, quantity: str) -> Callable[[Asked[Any], VendorAnswer], Sequence[FieldFault]]:
    """For an operation whose body has lines with a `sku`: blames the line whose SKU a message names.

    `lines` and `quantity` are the names of the list and of its quantities, which are blamed when the message
    speaks of a quantity.
    """

    def refused(asked: Asked[Any], answer: VendorAnswer) -> Sequence[FieldFault]:
        message = words(answer)
        named = set(re.findall(r"[^\s,;:'\"()]+", message))
        field = quantity if "quantity" in message.lower() else "sku"
        sent = getattr(asked.body, lines)
        return [
            FieldFault(f"/{lines}/{index}/{field}", message)
            for index, line in enumerate(() if sent is UNSET else sent)
            if line.sku in named
        ]

    return refused


def shortage(answer: VendorAnswer) -> float | None:
    """Seconds until there are enough credits, or `None` when they are not what is lacking."""
    for error in _errors(answer):
        if error.get("code") == NOT_ENOUGH_CREDITS:
            told = re.match(r"([0-9.]+) *(second|minute|hour)", str(error.get("time_remaining") or ""))
            return float(told.group(1)) * UNIT_SECONDS[told.group(2)] if told else 1.0
    return None


def _errors(answer: VendorAnswer) -> Iterator[dict[str, Any]]:
    try:
        body = answer.json()
    except ValueError:
        return
    errors = body.get("errors") if isinstance(body, dict) else None
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            yield error


def _misses_its_own_record(error: dict[str, Any]) -> bool:
    """Whether `order_update` says "Order not found", and not that something else is missing."""
    subject = str(error.get("message") or "").lower().partition(" not found")[0].replace(" ", "_")
    operation = str(error.get("operation") or "")
    by_path = not operation.endswith("_create") and not operation.startswith("shipment")
    return error.get("code") == NOT_FOUND and bool(subject) and by_path and operation.startswith(subject)
