"""What Shopify says when it does not do what it is asked.

`Declined` is an error of GraphQL with a code in its `extensions` (vendor's reference, status and error
codes). `UserErrors` are what a mutation answers instead of what it makes; `field` is a path in its arguments.
Which mistakes are refused so, and the messages, are ours; the codes are those of the schema.
"""

from collections.abc import Sequence
from typing import Any


class Declined(Exception):
    """An operation that is not carried out; `extensions` beside the code."""

    def __init__(self, message: str, code: str, **extensions: Any) -> None:
        super().__init__(message)
        self.message = message
        self.extensions = {"code": code, **extensions}


class UserErrors(Exception):
    """A mutation that took no effect."""

    def __init__(self, message: str, field: Sequence[str | int], code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = [str(part) for part in field]
        self.code = code
