"""Shopify's ids: `gid://shopify/Order/1001` there, `1001` here, where it is part of a path.

The number is what Shopify calls `legacyResourceId`, and what stands in the addresses of its own pages.
"""

from typing import Any

PREFIX = "gid://shopify/"


def gid(type_: str, number: str) -> str:
    """The global id of a record of a type of the schema."""
    return f"{PREFIX}{type_}/{number}"


def number(value: Any) -> str:
    """The number in a global id. Raises `ValueError` when it is none."""
    if not isinstance(value, str) or not value.startswith(PREFIX) or "/" not in value[len(PREFIX) :]:
        raise ValueError(f"{value!r} is no id of Shopify")
    return value[len(PREFIX) :].partition("/")[2].partition("?")[0]


def type_of(value: str) -> str:
    """The type in a global id: `Order`."""
    return value.removeprefix(PREFIX).partition("/")[0]


def number_of(record: Any) -> str | None:
    """The number of a record that may be missing."""
    return number(record["id"]) if isinstance(record, dict) and record.get("id") else None
