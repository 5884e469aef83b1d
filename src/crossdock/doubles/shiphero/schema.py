"""Parses, validates and runs GraphQL requests against the vendor's schema; what it forbids is a `Violation`.

Stricter than the schema in three ways, so that a mistake cannot hide: times are ISO 8601, a URL is one, and a
record that is answered has no field that its type does not have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    get_named_type,
    get_operation_ast,
    parse,
    validate,
)

from crossdock.doubles.shiphero.connection import paged
from crossdock.doubles.shiphero.credits import base_cost, most_records
from crossdock.doubles.shiphero.declined import Declined
from crossdock.doubles.specification import Violation

DOCUMENTS_REMEMBERED = 1000
SCHEMA = Path(__file__).parent / "specification" / "schema.graphql"

Root = Callable[[str, Mapping[str, Any]], Any]
"""Performs the operation of a root field with its arguments."""


class _Body(msgspec.Struct, rename="camel"):
    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the schema allows.

    `fields` are the names of its root fields, `cost` the credits it may cost and `base_cost` those it costs
    when no connection gives a record.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    variables: dict[str, Any]
    fields: tuple[str, ...]
    cost: int
    base_cost: int


class Schema:
    """The vendor's schema, and what it says of a request and of an answer."""

    def __init__(self, file: Path = SCHEMA) -> None:
        self._schema = _built(file)
        self._documents: LRUCache[str, DocumentNode] = LRUCache(DOCUMENTS_REMEMBERED)

    def has_operation(self, name: str) -> bool:
        """Whether a query or mutation has this root field."""
        roots = (self._schema.query_type, self._schema.mutation_type)
        return any(root is not None and name in root.fields for root in roots)

    def read(self, body: bytes) -> Request:
        """The request in a body. Raises `Violation`."""
        try:
            asked = msgspec.json.decode(body, type=_Body)
        except msgspec.DecodeError as error:
            raise Violation(f"the body is no GraphQL request: {error}") from error
        document = self._valid(asked.query)
        operation = get_operation_ast(document, asked.operation_name)
        if operation is None:
            raise Violation("which operation is meant?")
        selected = operation.selection_set.selections
        fields = tuple(node.name.value for node in selected if isinstance(node, FieldNode))
        if len(fields) != len(selected) or not fields:
            raise Violation("this double takes fields at the root of an operation, no fragments")
        variables = asked.variables or {}
        base = base_cost(operation)
        records = most_records(self._schema, document, operation, variables)
        return Request(document, operation, variables, fields, base + records, base)

    def _valid(self, query: str) -> DocumentNode:
        """The document, parsed and validated once. Raises `Violation`."""
        if query not in self._documents:
            try:
                document = parse(query)
            except GraphQLError as error:
                raise Violation(f"the body is no GraphQL request: {error}") from error
            if faults := validate(self._schema, document):
                raise Violation("; ".join(fault.message for fault in faults))
            self._documents[query] = document
        return self._documents[query]

    def run(self, request: Request, perform: Root) -> tuple[dict[str, Any] | None, list[GraphQLError], int]:
        """The data, the refusals among the errors, and how many records connections gave.

        Raises `Violation` for variables that the schema does not allow and for an answer that it does not.
        """
        run = _Run(perform)
        result = execute_sync(
            self._schema,
            request.document,
            variable_values=request.variables,
            operation_name=request.operation.name.value if request.operation.name else None,
            field_resolver=run.resolve,
        )
        errors = list(result.errors or ())
        for error in errors:
            if isinstance(error.original_error, Declined):
                continue
            if error.original_error is not None and not isinstance(
                error.original_error, GraphQLError | TypeError
            ):
                raise error.original_error
            raise Violation(error.message)
        return result.data, errors, run.given


class _Run:
    """One execution: root fields are performed, records are dictionaries by field name."""

    def __init__(self, perform: Root) -> None:
        self._perform = perform
        self.given = 0

    def resolve(self, source: Any, info: "GraphQLResolveInfo[Any]", **arguments: Any) -> Any:
        """The value of a field. Raises `Violation` or `Declined`."""
        if info.path.prev is None:
            return self._perform(info.field_name, arguments)
        parent = info.parent_type
        strange = set(source) - set(parent.fields)
        if strange:
            raise Violation(f"{parent.name} has no field {min(strange)}")
        value = source.get(info.field_name)
        of = get_named_type(info.return_type)
        if isinstance(of, GraphQLObjectType) and of.name.endswith("Connection") and value is not None:
            value = paged(value, arguments)
            self.given += len(value["edges"])
            value = {name: value[name] for name in value if name in of.fields}
        return value


@cache
def _built(file: Path) -> GraphQLSchema:
    schema = build_schema(file.read_text())
    for name, read in _SCALARS.items():
        _reads(schema, name, read)
    return schema


def _reads(schema: GraphQLSchema, name: str, read: Callable[[Any], Any]) -> None:
    scalar = schema.type_map[name]
    if not isinstance(scalar, GraphQLScalarType):
        raise TypeError(f"{name} is no scalar")
    scalar.parse_value = read  # type: ignore[assignment]
    scalar.coerce_input_value = read


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        raise GraphQLError(f"{value!r} is no ISO 8601 time")
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise GraphQLError(f"{value!r} is no ISO 8601 time") from error
    return value


def _decimal(value: Any) -> Any:
    try:
        Decimal(str(value))
    except InvalidOperation as error:
        raise GraphQLError(f"{value!r} is no decimal") from error
    return value


def _url(value: Any) -> Any:
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise GraphQLError(f"{value!r} is no URL")
    return value


_SCALARS: Mapping[str, Callable[[Any], Any]] = {
    "ISODateTime": _moment,
    "DateTime": _moment,
    "Decimal": _decimal,
    "URL": _url,
}
