"""What ShipHero says when it does not do what it is asked: a GraphQL error in an answer of status 200.

The form is that of the vendor's "Error Glossary": `message`, `code`, `operation`, `field` and `request_id`,
with the operation's value null in `data`. Code 5, not found, is the one in its example; code 3 for what is
not valid is what public clients say. The messages beside "Order not found" are ours.
"""

from typing import Any

NOT_VALID = 3
NOT_FOUND = 5


class Declined(Exception):
    """An operation that the vendor refuses; `more` are further fields of the error."""

    def __init__(self, message: str, code: int = NOT_VALID, **more: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.more = more


def not_found(what: str) -> Declined:
    """There is no such record in the account."""
    return Declined(f"{what} not found", NOT_FOUND)
