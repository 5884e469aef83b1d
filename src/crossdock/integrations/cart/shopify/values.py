"""Values as Shopify writes them: `Decimal` and `Money` are texts, `DateTime` is ISO 8601 with an offset."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from crossdock.connector.patterns import INT32_MAX
from crossdock.schemas.addresses import Measurements
from crossdock.schemas.fields import UNSET
from crossdock.schemas.times import wire_time

POSITIVE = {"minimum": 1, "maximum": INT32_MAX, "description": f"must be from 1 to {INT32_MAX}"}
NONE_OR_MORE = {"minimum": 0, "maximum": INT32_MAX, "description": f"must be from 0 to {INT32_MAX}"}
MOST_STOCK = 1_000_000_000
"""Shopify refuses more (`INVALID_QUANTITY_TOO_HIGH`; the number is that of public clients)."""

PRESENTMENT = "{ presentmentMoney { amount } }"
"""Of a `MoneyBag`, the amount in the currency that the buyer sees and pays in."""

GRAMS_IN_KILOGRAM = 1000


def amount(text: Any) -> float | None:
    """A `Decimal`; `None` where there is none."""
    return None if text is None else float(Decimal(str(text)))


def presentment(bag: Any) -> Decimal:
    """The amount of a `MoneyBag` in the buyer's currency; zero where there is none."""
    return Decimal(str(bag["presentmentMoney"]["amount"])) if isinstance(bag, dict) else Decimal(0)


def told(text: Any) -> str | None:
    """A `DateTime` in the contract's form."""
    return wire_time(datetime.fromisoformat(text)) if isinstance(text, str) and text else None


def required(text: Any) -> str:
    """A `DateTime` that Shopify always tells. Raises `ValueError`."""
    found = told(text)
    if found is None:
        raise ValueError("a time is missing")
    return found


def weight(measurement: Any) -> Measurements:
    """The canonical weight of an `InventoryItemMeasurement`."""
    given = (measurement or {}).get("weight") or {}
    value, unit = given.get("value"), given.get("unit")
    if value is None:
        return Measurements()
    if unit == "GRAMS":
        return Measurements(weight=value / GRAMS_IN_KILOGRAM, weight_unit="kg")
    units = {"KILOGRAMS": "kg", "OUNCES": "oz", "POUNDS": "lb"}
    return Measurements(weight=value, weight_unit=units.get(unit))  # type: ignore[arg-type]


def given(value: Any) -> Any:
    """A field that was sent, or `None`."""
    return None if value is UNSET else value
