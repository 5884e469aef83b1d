"""What all answers of Flexport have in common: a response around the data, pages, times with an offset.

Sources: the specification, for reads; for refusals the vendor's reference of errors, as the public client
`distributeaid/flexport-sdk-js` has it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from crossdock.connector import VendorAnswer, VendorRequest
from crossdock.schemas.times import wire_time

RESPONSE = "/api/response"
PAGE = 100
"""The most that one answer has."""


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """The data that a response is about, without what is around it; an error with the status that it names.

    The specification describes the answer to a write without a response around it: both are understood.
    """
    response = _decoded(answer)
    if not isinstance(response, dict) or response.get("_object") != RESPONSE:
        return answer
    error = response.get("error")
    if isinstance(error, dict):
        status = error.get("status")
        said = answer.status if answer.status >= 400 else status if isinstance(status, int) else 502
        return replace(answer, status=said, content=orjson.dumps(error))
    return replace(answer, content=orjson.dumps(response.get("data")))


def words(answer: VendorAnswer) -> str:
    """Flexport's own sentence."""
    error = _decoded(answer)
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return str(error["message"])
    return answer.content.decode("utf-8", "replace")


def _decoded(answer: VendorAnswer) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def rows_of(decoded: Any) -> list[Any]:
    """The records of a page. Raises `ValueError` when the answer is not one."""
    rows = decoded.get("data") if isinstance(decoded, dict) else None
    if not isinstance(rows, list):
        raise ValueError("the answer is not a page of records")  # noqa: TRY004
    return rows


def next_page(decoded: Mapping[str, Any]) -> int | None:
    """The number of the page behind this one, out of the link to it; `None` behind the last."""
    link = decoded.get("next")
    if not isinstance(link, str) or not decoded.get("data"):
        return None
    numbers = parse_qs(urlsplit(link).query).get("page", [])
    return int(numbers[0]) if numbers and numbers[0].isdecimal() else None


def numbered_pages(path: str, number: int | None, **more: str) -> VendorRequest:
    """The request for a page of a list."""
    return VendorRequest("GET", path, {"page": number or 1, "per": PAGE, **more})


def numbered(record: Any, kind: str) -> dict[str, Any]:
    """The record itself. Raises `ValueError` when it has no id, and so is not one."""
    if not isinstance(record, dict) or not isinstance(record.get("id"), int):
        raise ValueError(f"the answer is not a {kind}")  # noqa: TRY004
    return record


def utc(text: str | None) -> str | None:
    """A time of Flexport's in the contract's form, `YYYY-MM-DDTHH:MM:SSZ`. A day is its midnight in UTC.

    Raises `ValueError` for a text that is no time, or one that UTC cannot say.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    try:
        return wire_time(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
    except OverflowError as error:
        raise ValueError(f"{text} is out of range") from error
