"""ShipHero's GraphQL as requests and answers: every operation is a POST with a document and variables.

A mutation takes one input object, `data`; a query gives its records under `data` (schema of the double,
`specification/schema.graphql`). Queries here take `$analyze`, so that what they cost can be asked for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import VendorAnswer, VendorRequest

PATH = "/graphql"

Input = dict[str, Any]
Record = dict[str, Any]


def mutation(name: str, input_type: str, data: Input, selection: str) -> VendorRequest:
    """A mutation with its input, whose values of `None` are left out."""
    document = f"mutation($data: {input_type}!) {{ {name}(data: $data) {{ complexity {selection} }} }}"
    sent = {key: value for key, value in data.items() if value is not None}
    return VendorRequest("POST", PATH, body={"query": document, "variables": {"data": sent}})


def query(name: str, arguments: Mapping[str, tuple[str, Any]], selection: str) -> VendorRequest:
    """A query; `arguments` have the type and the value of each. `selection` is of the answer's `data`."""
    types = {"analyze": "Boolean"} | {key: type_ for key, (type_, _) in arguments.items()}
    declared = ", ".join(f"${key}: {type_}" for key, type_ in types.items())
    passed = ", ".join(f"{key}: ${key}" for key in types)
    document = f"query({declared}) {{ {name}({passed}) {{ complexity data{selection} }} }}"
    variables = {"analyze": False} | {key: value for key, (_, value) in arguments.items()}
    return VendorRequest("POST", PATH, body={"query": document, "variables": variables})


def list_query(
    name: str, arguments: Mapping[str, tuple[str, Any]], selection: str, first: int, after: str | None
) -> VendorRequest:
    """A query of a connection: `first` records behind a cursor, and where it goes on."""
    place = f"(first: {first})" if after is None else f"(first: {first}, after: $after)"
    where = {} if after is None else {"after": ("String", after)}
    types = {key: type_ for key, (type_, _) in {**arguments, **where}.items()} | {"analyze": "Boolean"}
    declared = ", ".join(f"${key}: {type_}" for key, type_ in types.items())
    passed = ", ".join(f"{key}: ${key}" for key in types if key != "after")
    document = (
        f"query({declared}) {{ {name}({passed}) {{ complexity data{place} "
        f"{{ pageInfo {{ hasNextPage endCursor }} edges {{ node{selection} }} }} }} }}"
    )
    variables = {key: value for key, (_, value) in {**arguments, **where}.items()}
    return VendorRequest("POST", PATH, body={"query": document, "variables": {"analyze": False} | variables})


def connection(selection: str, first: int) -> str:
    """The first records of a connection, as a selection of a field, and whether there are more."""
    return f"(first: {first}) {{ pageInfo {{ hasNextPage }} edges {{ node {{ {selection} }} }} }}"


def is_cut_off(record: Any) -> bool:
    """Whether a connection inside of a record has more than was asked for."""
    if isinstance(record, dict):
        info = record.get("pageInfo")
        if isinstance(info, dict) and info.get("hasNextPage"):
            return True
        return any(map(is_cut_off, record.values()))
    return isinstance(record, list) and any(map(is_cut_off, record))


def nodes(value: Any) -> list[Record]:
    """The records of a connection; none where there is no connection."""
    edges = value.get("edges") if isinstance(value, dict) else None
    return [edge["node"] for edge in edges or () if isinstance(edge, dict) and edge.get("node")]


def answered(decoded: Any, name: str) -> Any:
    """What a root field of an answer has; of a query, its `data`. `None` for no answer, or an empty one.

    Raises `ValueError` when the answer is no answer of GraphQL.
    """
    if decoded is None:
        return None
    data = decoded.get("data") if isinstance(decoded, dict) else None
    if not isinstance(data, dict) or name not in data:
        raise ValueError(f"the answer has no {name}")
    value = data[name]
    return value["data"] if isinstance(value, dict) and "data" in value else value


def as_answer(name: str, value: Any) -> Record:
    """A decoded answer to a query, as `answered` reads it."""
    return {"data": {name: {"data": value}}}


def as_connection(records: Sequence[Record]) -> Record:
    """A connection, as `nodes` reads it."""
    return {"edges": [{"node": record} for record in records]}


def written(answer: VendorAnswer, mutation_name: str, field: str) -> str:
    """The id of the record that a mutation gives in a field. Raises `ValueError` when there is none."""
    value = answered(answer.json(), mutation_name)
    record = value.get(field) if isinstance(value, dict) else None
    identifier = record.get("id") if isinstance(record, dict) else None
    if not isinstance(identifier, str) or not identifier:
        raise ValueError(f"the answer to {mutation_name} names no {field}")
    return identifier
