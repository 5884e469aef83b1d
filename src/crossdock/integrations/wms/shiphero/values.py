"""Values as ShipHero writes them: amounts, sizes and weights are texts, and times have no zone.

Sizes are in inches and weights in ounces unless the account is configured otherwise (vendor's reference, type
`DimensionsInput`); what is configured cannot be asked, so the default is taken.
"""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any

from crossdock.connector import Rule
from crossdock.connector.patterns import INT32_MAX
from crossdock.schemas import wms
from crossdock.schemas.fields import UNSET, WriteBody
from crossdock.schemas.times import UNKNOWN, wire_time
from crossdock.schemas.wms_writes import fields

INCHES = {"in": Decimal(1), "cm": 1 / Decimal("2.54")}
OUNCES = {"oz": Decimal(1), "lb": Decimal(16), "kg": Decimal("35.27396195")}
PLACES = Decimal("0.0001")
DIGITS = 400
"""As many as any JSON number can have before the point, and more."""

POSITIVE = {"minimum": 1, "maximum": INT32_MAX, "description": f"must be from 1 to {INT32_MAX}"}
NONE_OR_MORE = {"minimum": 0, "maximum": INT32_MAX, "description": f"must be from 0 to {INT32_MAX}"}
NOT_NEGATIVE = {"minimum": 0, "description": "must not be below 0"}


class Measurements(WriteBody, kw_only=True):
    """Size and weight with their units."""

    length: fields.Length
    width: fields.Width
    height: fields.Height
    unit: fields.LengthUnit
    weight: fields.Weight
    weight_unit: fields.WeightUnit


def amount(value: float | Decimal) -> str:
    """A number as ShipHero takes it, without an exponent."""
    return format(Decimal(str(value)), "f")


def dimensions(size: Measurements) -> dict[str, str]:
    """`DimensionsInput`, in inches and ounces."""
    of_length = INCHES[size.unit]
    return {
        "weight": _converted(size.weight, OUNCES[size.weight_unit]),
        "height": _converted(size.height, of_length),
        "width": _converted(size.width, of_length),
        "length": _converted(size.length, of_length),
    }


def pounds(weight: float, unit: str) -> str:
    """`expected_weight_in_lbs`."""
    return _converted(weight, OUNCES[unit] / OUNCES["lb"])


def _converted(value: float, factor: Decimal) -> str:
    with localcontext(prec=DIGITS):
        return format((Decimal(str(value)) * factor).quantize(PLACES).normalize(), "f")


def measured(size: Any) -> wms.Measurements:
    """The canonical size of `Dimensions`."""
    given = size if isinstance(size, dict) else {}
    return wms.Measurements(
        length=number(given.get("length")),
        width=number(given.get("width")),
        height=number(given.get("height")),
        unit="in",
        weight=number(given.get("weight")),
        weight_unit="oz",
    )


def number(value: Any) -> float | None:
    """A number that ShipHero writes as text; `None` where there is none."""
    try:
        return None if value in (None, "") else float(Decimal(str(value)))
    except InvalidOperation:
        return None


def moment(text: str) -> str:
    """An `ISODateTime` of a moment of RFC 3339: UTC, without saying so.

    A leap second counts as the one before it; the first and last hours of the calendar stay as they stand.
    """
    there = datetime.fromisoformat(text.upper().replace(":60", ":59"))
    with suppress(OverflowError):
        there = there.astimezone(UTC)
    return there.replace(tzinfo=None).isoformat(timespec="seconds")


def utc(text: Any) -> str | None:
    """An `ISODateTime` in the contract's form; without an offset it is UTC."""
    if not isinstance(text, str) or not text:
        return None
    there = datetime.fromisoformat(text)
    return wire_time(there.replace(tzinfo=UTC) if there.tzinfo is None else there)


def told_or_unknown(*texts: Any) -> str:
    """The first time that ShipHero tells; a record without any is as old as its first reading."""
    return next((told for text in texts if (told := utc(text))), UNKNOWN)


def given(value: Any) -> Any:
    """A field that was sent, or `None`."""
    return None if value is UNSET else value


def first_given(*values: Any) -> Any:
    """The first of the fields that was sent, or `None`."""
    return next((value for value in values if value is not UNSET), None)


def at_most_one(*names: str) -> Rule:
    """Of these fields, which mean the same, a body has at most one."""
    pairs = [(one, other) for i, one in enumerate(names) for other in names[i + 1 :]]
    said = f"at most one of {', '.join(names)}"
    return Rule(
        f"{said.capitalize()}: they mean the same.",
        {"allOf": [{"not": {"required": list(pair)}, "description": said} for pair in pairs]},
    )
