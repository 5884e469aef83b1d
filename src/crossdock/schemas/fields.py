"""How a write body is declared: msgspec structs whose annotations carry what the document shows.

A body is declared once. The write-info document, the validator and the typed value that a
translation receives all come from the struct.
"""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

__all__ = ["UNSET", "Absent", "DateTime", "NoBody", "Tags", "WriteBody", "account_value", "described"]

Absent = UnsetType
"""Annotates a field that may be left out: `field: str | Absent = UNSET`."""

ACCOUNT_VALUE = "x-account-value"
"""The schema keyword, never published, that ties a field to a column of an account option."""


class WriteBody(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A JSON object that a caller sends. Unknown fields are refused; the schema is closed."""


class NoBody(WriteBody):
    """A write that is all said by its path."""


DateTime = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
"""A moment, as RFC 3339 writes it: `2022-10-10T01:02:03Z`, or with another offset."""


def described(description: str, example: Any = UNSET) -> Meta:
    """The description, and the example if there is one, of a field."""
    return Meta(description=description, extra_json_schema=None if example is UNSET else {"example": example})


def account_value(option: str, column: str, description: str) -> Meta:
    """A field whose accepted values are what one account says: `column` of the rows of `option`."""
    return Meta(description=description, extra_json_schema={ACCOUNT_VALUE: [option, column]})


Tags = Annotated[
    list[Any] | None,
    described(
        "A list of custom tags associated with the resource. A tag can be either a string or a dictionary "
        "with one key-value pair.",
        ["tag1", "tag2", {"tag3": "value3"}],
    ),
]
"""The caller's own labels: kept here, never sent to the vendor."""
