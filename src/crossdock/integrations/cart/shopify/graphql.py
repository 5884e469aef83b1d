"""Shopify's Admin GraphQL as requests and answers: every operation is a POST with a document and variables.

Facts come from the schema of version 2026-07 (`doubles/shopify/specification`) and from the vendor's
reference pages, which are named where they are used.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import VendorRequest

VERSION = "2026-07"
PATH = "/graphql.json"

Record = dict[str, Any]


def asked(document: str, **variables: Any) -> VendorRequest:
    """A request of an operation."""
    return VendorRequest("POST", PATH, body={"query": document, "variables": variables})


def mutation(name: str, argument: str, input_type: str, given: Record, selection: str) -> VendorRequest:
    """A mutation with one input; its answer has `userErrors`."""
    return asked(
        f"mutation(${argument}: {input_type}!) {{ {name}({argument}: ${argument}) "
        f"{{ {selection} userErrors {{ field message }} }} }}",
        **{argument: given},
    )


def idempotent_mutation(name: str, input_type: str, given: Record, key: str, selection: str) -> VendorRequest:
    """A mutation that has an effect once for each key.

    As of 2026-04 Shopify wants the directive for refunds and inventory (descriptions of these mutations); the
    same key with other parameters is an error (`IDEMPOTENCY_KEY_PARAMETER_MISMATCH` of the schema).
    """
    return asked(
        f"mutation($input: {input_type}!, $key: String!) {{ {name}(input: $input) @idempotent(key: $key) "
        f"{{ {selection} userErrors {{ field message }} }} }}",
        input=given,
        key=key,
    )


def connection(selection: str, first: int | None) -> str:
    """A connection as a selection of a field; `None` for all of it, as bulk operations read it.

    Those ignore `first` and `pageInfo` (vendor's guide "Perform bulk operations").
    """
    nodes_ = f"edges {{ node {{ {selection} }} }}"
    return (
        f" {{ {nodes_} }}"
        if first is None
        else f"(first: {first}) {{ pageInfo {{ hasNextPage endCursor }} {nodes_} }}"
    )


def nodes(value: Any) -> list[Record]:
    """The records of a connection; none where there is no connection."""
    edges = value.get("edges") if isinstance(value, dict) else None
    return [edge["node"] for edge in edges or () if isinstance(edge, dict) and edge.get("node")]


def as_connection(records: Sequence[Mapping[str, Any]]) -> Record:
    """A connection, as `nodes` reads it."""
    return {"edges": [{"node": record} for record in records]}


def end_cursor(value: Any) -> str | None:
    """Where a connection goes on; `None` at its end."""
    info = value.get("pageInfo") if isinstance(value, dict) else None
    return info.get("endCursor") if isinstance(info, dict) and info.get("hasNextPage") else None


def answered(decoded: Any, name: str) -> Any:
    """What a root field of an answer has; `None` for no answer, or an empty one.

    Raises `ValueError` when the answer is no answer of GraphQL.
    """
    if decoded is None:
        return None
    data = decoded.get("data") if isinstance(decoded, dict) else None
    if not isinstance(data, dict) or name not in data:
        raise ValueError(f"the answer has no {name}")
    return data[name]


def as_answer(**values: Any) -> Record:
    """A decoded answer, as `answered` reads it."""
    return {"data": values}
