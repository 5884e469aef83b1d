"""Values as Tryton's JSON has them: objects with `__class__` for decimals, days and moments. Times are UTC.

Source: Tryton 8.2, `JSONEncoder` of `trytond/protocols/jsonrpc.py`; the server runs with `TZ=UTC`.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from crossdock.connector import Rule
from crossdock.schemas.fields import UNSET
from crossdock.schemas.times import UNKNOWN, wire_time

QUANTITY = {"exclusiveMinimum": 0, "maximum": 1e9, "description": "must be above 0 and at most 1000000000"}
AMOUNT = {"minimum": 0, "maximum": 1e12, "description": "must be from 0 to 1000000000000"}
TEXT = {"maxLength": 10000, "pattern": "^[^\\u0000]*$"}
NAME = {"minLength": 1, "maxLength": 200, "pattern": "^[^\\u0000]*$"}
DAY = {"pattern": "^[1-8][0-9]{3}-", "description": "must be in a year from 1000 to 8999"}
RECORD_ID = {"pattern": "^[1-9][0-9]{0,8}$", "description": "must be the number of a record"}


def decimal(value: float | None) -> Any:
    """A number that Tryton keeps exactly."""
    return None if value is None else {"__class__": "Decimal", "decimal": format(Decimal(str(value)), "f")}


def amount(value: Any) -> float | None:
    """A decimal or a number as a number."""
    if isinstance(value, dict) and "decimal" in value:
        return float(value["decimal"])
    return float(value) if isinstance(value, int | float) else None


def day(text: Any) -> Any:
    """The day in UTC of a moment of RFC 3339; `None` where none was sent."""
    if text is UNSET:
        return None
    there = datetime.fromisoformat(text.upper().replace(":60", ":59"))
    with suppress(OverflowError):
        there = there.astimezone(UTC)
    return {"__class__": "date", "year": there.year, "month": there.month, "day": there.day}


def moment(at: datetime) -> Any:
    """A moment in UTC."""
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    there = at.astimezone(UTC)
    return {"__class__": "datetime"} | {name: getattr(there, name) for name in names}


def wire(value: Any) -> str | None:
    """A moment, or the beginning of a day, in the contract's form; `None` where there is none."""
    told = _told(value)
    return None if told is None else wire_time(told)


def _told(value: Any) -> datetime | None:
    if not isinstance(value, dict) or value.get("__class__") not in {"datetime", "date"}:
        return None
    day_of = date(value["year"], value["month"], value["day"])
    return datetime(
        day_of.year,
        day_of.month,
        day_of.day,
        value.get("hour", 0),
        value.get("minute", 0),
        value.get("second", 0),
        tzinfo=UTC,
    )


def created(row: dict[str, Any]) -> str:
    """When a record was made."""
    return wire(row.get("create_date")) or UNKNOWN


def updated(row: dict[str, Any]) -> str:
    """The last change of a record and of everything below it that was read with its `write_date`."""
    told = [at for at in _changes(row) if at is not None]
    return wire_time(max(told)) if told else UNKNOWN


def _changes(row: dict[str, Any]) -> Iterator[datetime | None]:
    yield _told(row.get("create_date"))
    yield _told(row.get("write_date"))
    for name, value in row.items():
        if name.endswith("."):
            below = value if isinstance(value, list) else [value]
            for inner in below:
                if isinstance(inner, dict):
                    yield from _changes(inner)


def identifier(value: Any) -> str | None:
    """A number of a record as text."""
    return None if value is None else str(value)


def given(value: Any) -> Any:
    """A field that was sent, or `None`."""
    return None if value is UNSET else value


def sent(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is `None`."""
    return {name: value for name, value in values.items() if value is not None}


def shape(description: str, **properties: Any) -> Rule:
    """A rule on single fields."""
    return Rule(description, {"properties": properties})
