"""Amounts and dates as carriers write them."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from crossdock.carrier_invoices.faults import BadRow

ZERO = Decimal(0)
LONGEST = 40
"""Characters; no carrier writes an amount longer than that, and turning digits into numbers takes time."""

_GROUPED = re.compile(r"\d{1,3}([.,' \u00a0\u202f])\d{3}(\1\d{3})*").fullmatch
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d").fullmatch
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def amount(text: str, column: str, decimal_comma: bool = False) -> Decimal | None:
    """The exact amount in a cell, `None` for an empty one. Raises `BadRow`, naming the column.

    Takes `1234.50`, `1,234.50`, `1.234,50`, `1234,50`, a minus in front or behind, and parentheses for a
    minus. Where both separators occur the last is the decimal one. A single comma before three digits
    (`1,234`) is a decimal comma only with `decimal_comma`, which files separated by semicolons have.
    """
    if not text:
        return None
    if text.isascii() and len(text) <= LONGEST and text.replace(".", "", 1).isdigit():
        return Decimal(text)
    return _unusual(text.strip(), column, decimal_comma)


def _unusual(text: str, column: str, decimal_comma: bool) -> Decimal | None:
    if not text:
        return None
    digits, negative = text, False
    if digits.startswith("(") and digits.endswith(")"):
        digits, negative = digits[1:-1], True
    elif digits.endswith("-"):
        digits, negative = digits[:-1].rstrip(), True
    elif digits[0] in "+-\u2212":
        digits, negative = digits[1:].lstrip(), digits[0] != "+"
    whole, fraction = _split(digits, decimal_comma)
    if len(text) > LONGEST or not (whole + fraction).isascii() or not (whole + fraction).isdigit():
        raise BadRow(f"{column!r} holds {text[:LONGEST]!r}, which is no amount")
    found = Decimal(f"{whole or '0'}.{fraction or '0'}") if fraction else Decimal(whole)
    return -found if negative else found


def _split(digits: str, decimal_comma: bool) -> tuple[str, str]:
    """The digits before and behind the decimal separator; what is neither digit nor separator stays in."""
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        separator = "." if dot > comma else ","
    elif comma >= 0:
        thousands = _GROUPED(digits) and (digits.count(",") > 1 or not decimal_comma)
        separator = "" if thousands else ","
    else:
        separator = "" if digits.count(".") > 1 else "."
    whole, _, fraction = (
        digits.rpartition(separator) if separator and separator in digits else (digits, "", "")
    )
    if _GROUPED(whole):
        whole = re.sub(r"\D", "", whole)
    return whole, fraction


@lru_cache(maxsize=4096)
def day(text: str, column: str) -> str | None:
    """The date in a cell in the contract's form, `None` for an empty one. Raises `BadRow`.

    Takes `2026-03-31`, `2026-03-31 14:05:00`, `20260331`, `31.03.2026`, `31-Mar-2026` (English months) and,
    as FedEx writes it, `3/31/2026`. Carriers tell no time zone; a time is taken as it stands.
    """
    text = text.strip()
    if not text:
        return None
    head, _, clock = text.replace("T", " ", 1).partition(" ") if text[:4].isdigit() else (text, "", "")
    hours = clock.removesuffix("Z") or "00:00:00"
    try:
        found = _date(head) if _CLOCK(hours) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRow(f"{column!r} holds {text[:LONGEST]!r}, which is no date known here")
    return f"{found.isoformat()}T{hours}Z"


def _date(text: str) -> date:
    if len(text) == 8 and text.isdigit():
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if "." in text:
        days, month, year = text.split(".")
        return date(int(year), int(month), int(days))
    if "/" in text:
        month, days, year = text.split("/")
        return date(int(year), int(month), int(days))
    first, second, third = text.split("-")
    if second.isdigit():
        return date(int(first), int(second), int(third))
    return date(int(third), _MONTHS.index(second[:3].lower()) + 1, int(first))
