"""What all answers of ShipBob have in common: numbers as ids, and times with an offset."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from crossdock.connector import Asked, NotFound, VendorAnswer
from crossdock.connector.patterns import INT32_PATTERN
from crossdock.schemas.times import wire_time


def utc(text: str | None) -> str | None:
    """A time of ShipBob's in the contract's form, `YYYY-MM-DDTHH:MM:SSZ`. Without an offset it is UTC.

    Raises `ValueError` for a text that is no time, or one that UTC cannot say.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    try:
        return wire_time(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
    except OverflowError as error:
        raise ValueError(f"{text} is out of range") from error


def known_time(*texts: str | None) -> str:
    """The first of the times that is there. Raises `ValueError` when none is."""
    for text in texts:
        if moment := utc(text):
            return moment
    raise ValueError("the answer has no time of creation")


def numbered(record: Any, kind: str) -> dict[str, Any]:
    """The record itself. Raises `ValueError` when it has no id, and so is not one."""
    if not isinstance(record, dict) or not isinstance(record.get("id"), int):
        raise ValueError(f"the answer is not a {kind}")  # noqa: TRY004
    return record


def new_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the record that was made. Raises `ValueError` when the answer has none."""
    return str(numbered(answers[0].json(), "new record")["id"])


def path_id(asked: Asked[Any], kind: str) -> str:
    """The id in the path. Raises `NotFound` for one that ShipBob, whose ids are numbers, cannot have."""
    if not re.match(INT32_PATTERN, asked.record_id):
        raise missing(asked, kind)
    return asked.record_id


def missing(asked: Asked[Any], kind: str) -> NotFound:
    """The error for a record that ShipBob does not have."""
    return NotFound(
        f"ShipBob has no {kind} {asked.record_id} in this channel.", extra={"id": asked.record_id}
    )
