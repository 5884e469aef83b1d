"""Shopify's refusals: `errors` of GraphQL, or `userErrors` in what a mutation answers, both with status 200.

An error's code is in its `extensions`; `THROTTLED`, `ACCESS_DENIED`, `MAX_COST_EXCEEDED` and
`INTERNAL_SERVER_ERROR` are those of the vendor's reference ("GraphQL Admin API reference", status and error
codes). A user error names the place in the arguments by its path. What is refused before GraphQL has another
status and one text under `errors`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crossdock.connector import Blame, VendorAnswer
from crossdock.connector.vendor import vendor_words

THROTTLED = "THROTTLED"
STATUSES = {THROTTLED: 429, "ACCESS_DENIED": 403, "INTERNAL_SERVER_ERROR": 502}


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """429 when throttled, 403 without the right, 422 for user errors, 400 for other errors."""
    if answer.status != 200:
        return answer
    body = _body(answer)
    codes = [_code(error) for error in _errors(body)]
    if codes:
        return replace(answer, status=next((STATUSES[code] for code in codes if code in STATUSES), 400))
    return replace(answer, status=422) if any(_user_errors(body)) else answer


def words(answer: VendorAnswer) -> str:
    """The vendor's message, or messages."""
    body = _body(answer)
    if isinstance(body.get("errors"), str):
        return str(body["errors"])
    found = [*_errors(body), *_user_errors(body)]
    messages = [str(error["message"]) for error in found if error.get("message")]
    return "; ".join(messages) or vendor_words(answer)


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The places in the arguments that user errors name; the variables have the arguments' names."""
    return [
        Blame("/variables/" + "/".join(map(str, error["field"])), str(error.get("message") or ""))
        for error in _user_errors(_body(answer))
        if isinstance(error.get("field"), list) and error["field"]
    ]


def is_throttled(answer: VendorAnswer) -> bool:
    """Whether the request was refused because the shop's points did not suffice."""
    return any(_code(error) == THROTTLED for error in _errors(_body(answer)))


def _body(answer: VendorAnswer) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _errors(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    errors = body.get("errors")
    yield from (error for error in (errors if isinstance(errors, list) else ()) if isinstance(error, dict))


def _user_errors(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = body.get("data")
    for value in data.values() if isinstance(data, dict) else ():
        found = value.get("userErrors") if isinstance(value, dict) else None
        yield from (error for error in found or () if isinstance(error, dict))


def _code(error: dict[str, Any]) -> str:
    extensions = error.get("extensions")
    return str(extensions.get("code") or "") if isinstance(extensions, dict) else ""
