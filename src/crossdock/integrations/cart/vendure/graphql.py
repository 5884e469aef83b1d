"""Vendure's GraphQL as requests and answers: every operation is a POST with a document and variables."""

from collections.abc import Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest

Record = dict[str, Any]

ERROR = "... on ErrorResult { errorCode message }"
"""What a union of results has for a refusal."""

FILTERED_AT_ONCE = 1000
"""Records that one list query gives at most, unless the server is configured otherwise
(`adminListQueryLimit`)."""


def graphql(account: Account, document: str, **variables: Any) -> VendorRequest:
    """A query or mutation. The path is the last part of the account's API URL."""
    path = "/" + account["api_url"].rstrip("/").rpartition("/")[2]
    return VendorRequest("POST", path, body={"query": document, "variables": variables})


def answered(decoded: Any, name: str) -> Any:
    """What a root field of an answer has; `None` where there is no such record.

    Raises `ValueError` when the answer is no answer of GraphQL, or has errors beside its data.
    """
    if decoded is None:
        return None
    data = decoded.get("data") if isinstance(decoded, dict) else None
    if not isinstance(data, dict) or name not in data or decoded.get("errors"):
        raise ValueError(f"the answer has no {name}")
    return data[name]


def items(decoded: Any, name: str) -> Sequence[Record]:
    """The records of a list query. Raises `ValueError` when the answer is of another shape."""
    found = answered(decoded, name)
    rows = found.get("items") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise ValueError(f"the answer has no list of {name}")  # noqa: TRY004
    return rows


def as_answer(name: str, value: Any) -> Record:
    """A decoded answer, as `answered` reads it."""
    return {"data": {name: value}}


def as_items(name: str, rows: Sequence[Record]) -> Record:
    """A decoded answer, as `items` reads it."""
    return as_answer(name, {"items": list(rows)})
