"""Values as Vendure writes them: money in whole hundredths, moments with milliseconds."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from crossdock.connector.patterns import INT32_MAX
from crossdock.schemas.fields import UNSET
from crossdock.schemas.times import UNKNOWN, wire_time

MINOR_UNITS = 100
"""In a unit of any currency: `DefaultMoneyStrategy.precision` is 2, also for currencies without cents."""

POSITIVE = {"minimum": 1, "maximum": INT32_MAX, "description": f"must be from 1 to {INT32_MAX}"}
NONE_OR_MORE = {"minimum": 0, "maximum": INT32_MAX, "description": f"must be from 0 to {INT32_MAX}"}


def amount(minor: Any) -> float | None:
    """An amount of money in the units of its currency; `None` where there is none."""
    return None if minor is None else float(Decimal(str(minor)) / MINOR_UNITS)


def minor_units(value: float | Decimal) -> int | None:
    """An amount in hundredths; `None` when it is finer than that."""
    hundredths = Decimal(str(value)) * MINOR_UNITS
    return int(hundredths) if hundredths == hundredths.to_integral_value() else None


def moment(text: Any) -> datetime | None:
    """A `DateTime` of the schema."""
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def utc(text: Any) -> str:
    """A `DateTime` in the contract's form, or that it is not known."""
    there = moment(text)
    return UNKNOWN if there is None else wire_time(there)


def given(value: Any) -> Any:
    """A field that was sent, or `None`."""
    return None if value is UNSET else value


def address(row: Any) -> Mapping[str, str | None]:
    """The fields of an `OrderAddress`, by the names of the contract; empty texts are none."""
    found = row if isinstance(row, dict) else {}
    names = {
        "full_name": "fullName",
        "address1": "streetLine1",
        "address2": "streetLine2",
        "city": "city",
        "state": "province",
        "postal_code": "postalCode",
        "country": "countryCode",
    }
    return {ours: found.get(theirs) or None for ours, theirs in names.items()}
