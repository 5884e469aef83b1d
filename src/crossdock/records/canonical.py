"""From a vendor's row to the JSON that is stored: checked against the canonical record's types."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import orjson

LONGEST_ID = 255
"""Characters, as the doors take them."""

TAGS = "trackstar_tags"
NUMBERS = ("order_number", "sku", "purchase_order_number")
"""What people call a record by; a record has one of them at most."""

NUL = b"\\u0000"
"""How JSON writes the one character that PostgreSQL's texts and JSON functions refuse."""

_encode = msgspec.json.Encoder(decimal_format="number").encode


class NotCanonical(Exception):
    """A row that is no canonical record; the message says why, `row_id` whose it is as far as can be told."""

    def __init__(self, reason: str, row_id: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.row_id = row_id


@dataclass(frozen=True, slots=True)
class CanonicalRecord:
    """A record as JSON: `data` is the canonical one without the caller's tags, `raw` what the vendor sent.

    The dates are the record's own, in the contract's form. `number` is its order number, SKU or purchase
    order number.
    """

    id: str
    data: bytes
    raw: bytes
    created_date: str
    updated_date: str
    status: str | None = None
    number: str | None = None
    reference: str | None = None
    customer_id: str | None = None


@cache
def _decoder(record: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(record)


def canonical(
    translate: Callable[[Any], msgspec.Struct], raw: Any, text: bytes | None = None
) -> CanonicalRecord:
    """The record that `translate` makes of a decoded row, whose JSON is `text`. Raises `NotCanonical`.

    Translations trust the vendor's shapes. What they make is decoded again into the record's own types, so
    that a number where a text should be is found here and not by whoever reads the record. NUL characters
    are left out of the record; the vendor's own row keeps them.
    """
    try:
        record = translate(raw)
        if hasattr(record, TAGS):
            # Tags are the caller's; msgspec leaves out what is unset.
            setattr(record, TAGS, msgspec.UNSET)
        data = _encode(record)
        if NUL in data:
            data = _encode(_without_nul(msgspec.json.decode(data)))
        checked = _decoder(type(record)).decode(data)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise NotCanonical(_reason(error), _row_id(raw)) from error
    record_id = checked.id
    if not is_id(record_id):
        raise NotCanonical(f"{record_id[:40]!r} cannot be the id of a record", record_id[:LONGEST_ID])
    fields = record.__struct_fields__
    return CanonicalRecord(
        record_id,
        data,
        orjson.dumps(raw) if text is None else text,
        checked.created_date,
        checked.updated_date,
        status=checked.status if "status" in fields else None,
        number=next((getattr(checked, name) for name in NUMBERS if name in fields), None),
        reference=checked.reference_id if "reference_id" in fields else None,
        customer_id=checked.warehouse_customer_id if "warehouse_customer_id" in fields else None,
    )


def is_id(text: str) -> bool:
    """Whether a record can have it as its id: it can stand in a path, and in every database."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable() and bool(text.strip(". "))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    return value


def _reason(error: Exception) -> str:
    text = str(error)
    return f"the row has no {text}" if isinstance(error, KeyError) else text or type(error).__name__


def _row_id(raw: Any) -> str:
    """What a row calls itself, to find it by: only told, never relied on."""
    found = raw.get("id") if isinstance(raw, dict) else None
    return str(found)[:LONGEST_ID].replace("\0", "") if isinstance(found, str | int) else ""
