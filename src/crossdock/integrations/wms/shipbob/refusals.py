"""How ShipBob says no.

Most refusals are messages by field, `{"Products[0].Id": ["..."]}`, or the same under `errors` of problem
details (the specification's 400 and 422 answers). The fields have their .NET names, which are those of the
request in another spelling. An order that could not be cancelled may also be a 200 whose `status` is
`Failure` (model `CanceledOrderViewModel`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crossdock.connector import Blame, VendorAnswer

CANCELLED_SHIPMENTS = "canceled_shipment_results"
RETRY_AFTER = "x-retry-after"
WHOLE_REQUEST = {"existing ReferenceId": "/reference_id"}
"""Words about the request as a whole that name a field nevertheless."""


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """A cancellation that failed is a 422; the pause that ShipBob asks for gets HTTP's name for it."""
    if RETRY_AFTER in answer.headers:
        answer = replace(answer, headers={"retry-after": answer.headers[RETRY_AFTER], **answer.headers})
    if answer.status == 200 and CANCELLED_SHIPMENTS.encode() in answer.content:
        decoded = _decoded(answer)
        if isinstance(decoded, dict) and decoded.get("status") == "Failure":
            return replace(answer, status=422)
    return answer


def words(answer: VendorAnswer) -> str:
    """ShipBob's sentences, each after the field it is about."""
    decoded = _decoded(answer)
    said = [f"{field}: {word}" if field else word for field, word in _messages(decoded)]
    if said:
        return "; ".join(said)
    if isinstance(decoded, dict):
        for name in ("detail", "message", "title"):
            if isinstance(decoded.get(name), str):
                return str(decoded[name])
    return answer.content.decode("utf-8", "replace")


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The places that the messages are about, in the request's spelling."""
    found = []
    for field, word in _messages(_decoded(answer)):
        place = _place(field) if field else _named_by(word)
        if place:
            found.append(Blame(place, word))
    return found


def _decoded(answer: VendorAnswer) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _messages(decoded: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(decoded, Mapping):
        return
    if isinstance(decoded.get(CANCELLED_SHIPMENTS), list):
        for result in decoded[CANCELLED_SHIPMENTS]:
            if isinstance(result, Mapping) and not result.get("is_success") and result.get("reason"):
                yield "", str(result["reason"])
        return
    errors = decoded.get("errors")
    by_field = errors if isinstance(errors, Mapping) else decoded
    for field, said in by_field.items():
        if isinstance(said, list):
            for word in said:
                if isinstance(word, str):
                    yield field, word


def _place(field: str) -> str:
    """`Products[0].ReferenceId`, also `$.products[0].reference_id`, as `/products/0/reference_id`."""
    steps = re.findall(r"[A-Za-z_][A-Za-z0-9_]*|(?<=\[)\d+(?=\])", field)
    return "".join(f"/{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', step).lower()}" for step in steps)


def _named_by(word: str) -> str | None:
    return next((place for text, place in WHOLE_REQUEST.items() if text in word), None)
