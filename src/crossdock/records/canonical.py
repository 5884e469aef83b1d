"""From a vendor's row to the JSON that is stored: checked against the canonical record's types."""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
import orjson

from crossdock.storage.records import raw_digest

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


class CanonicalRecord(msgspec.Struct, frozen=True):
    """A record as JSON: `data` is the canonical one without the caller's tags, `raw` what the vendor sent.

    The dates are the record's own, in the contract's form. `number` is its order number, SKU or purchase
    order number. `raw_digest` stands for `raw`.
    """

    id: str
    data: bytes
    raw: bytes
    raw_digest: bytes
    created_date: str
    updated_date: str
    status: str | None = None
    number: str | None = None
    reference: str | None = None
    customer_id: str | None = None


class _Kind(msgspec.Struct, frozen=True):
    """What is to be known of a type of records once: its check, and the names of what is stored beside it."""

    decode: Callable[[bytes], Any]
    has_tags: bool
    status: str | None
    number: str | None
    reference: str | None
    customer_id: str | None


@cache
def _kind(record: type[msgspec.Struct]) -> _Kind:
    fields = record.__struct_fields__

    def first(*names: str) -> str | None:
        return next((name for name in names if name in fields), None)

    return _Kind(
        msgspec.json.Decoder(record).decode,
        hasattr(record, TAGS),
        first("status"),
        first(*NUMBERS),
        first("reference_id"),
        first("warehouse_customer_id"),
    )


def canonical(
    translate: Callable[[Any], msgspec.Struct],
    raw: Any,
    text: bytes | None = None,
    text_digest: bytes | None = None,
) -> CanonicalRecord:
    """The record that `translate` makes of a decoded row. Raises `NotCanonical`.

    `text` is the row's JSON and `text_digest` its `raw_digest`, where they are known already.

    Translations trust the vendor's shapes. What they make is decoded again into the record's own types, so
    that a number where a text should be is found here and not by whoever reads the record. NUL characters
    are left out of the record; the vendor's own row keeps them.
    """
    try:
        record = translate(raw)
        kind = _kind(type(record))
        if kind.has_tags:
            # Tags are the caller's; msgspec leaves out what is unset.
            setattr(record, TAGS, msgspec.UNSET)
        data = _encode(record)
        if b"\\" in data and NUL in data:
            data = _encode(_without_nul(msgspec.json.decode(data)))
        checked = kind.decode(data)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise NotCanonical(_reason(error), _row_id(raw)) from error
    record_id = checked.id
    if not is_id(record_id):
        raise NotCanonical(f"{record_id[:40]!r} cannot be the id of a record", record_id[:LONGEST_ID])
    if text is None:
        text = orjson.dumps(raw)
    return CanonicalRecord(
        record_id,
        data,
        text,
        raw_digest(text) if text_digest is None else text_digest,
        checked.created_date,
        checked.updated_date,
        getattr(checked, kind.status) if kind.status else None,
        getattr(checked, kind.number) if kind.number else None,
        getattr(checked, kind.reference) if kind.reference else None,
        getattr(checked, kind.customer_id) if kind.customer_id else None,
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
