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
    get_directive_values,
    get_named_type,
    get_operation_ast,
    parse,
    validate,
)

from crossdock.doubles.shopify.connection import paged
from crossdock.doubles.shopify.cost import requested_cost
from crossdock.doubles.shopify.declined import Declined, UserErrors
from crossdock.doubles.specification import Violation

DOCUMENTS_REMEMBERED = 1000
SCHEMA = Path(__file__).parent / "specification" / "schema.graphql"
IDEMPOTENT = "idempotent"
OWN = "_"
"""What the names of things begin with that a record keeps and the vendor does not show."""

Root = Callable[[str, Mapping[str, Any], str | None], Any]
"""Performs the operation of a root field with its arguments, and the key of its directive `@idempotent`."""


class _Body(msgspec.Struct, rename="camel"):
    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the schema allows: the names of its root fields, and the points it may cost."""

    document: DocumentNode
    operation: OperationDefinitionNode
    variables: dict[str, Any]
    fields: tuple[str, ...]
    cost: int


class Schema:
    """The vendor's schema, and what it says of a request and of an answer."""

    def __init__(self, file: Path = SCHEMA) -> None:
        self.schema = _built(file)
        self._documents: LRUCache[str, DocumentNode] = LRUCache(DOCUMENTS_REMEMBERED)

    def has_operation(self, name: str) -> bool:
        """Whether a query or mutation has this root field."""
        roots = (self.schema.query_type, self.schema.mutation_type)
        return any(root is not None and name in root.fields for root in roots)

    def read(self, body: bytes) -> Request:
        """The request in a body. Raises `Violation`."""
        try:
            asked = msgspec.json.decode(body, type=_Body)
        except msgspec.DecodeError as error:
            raise Violation(f"the body is no GraphQL request: {error}") from error
        return self.request(asked.query, asked.variables or {}, asked.operation_name)

    def request(self, query: str, variables: dict[str, Any], name: str | None = None) -> Request:
        """The request of a document. Raises `Violation`."""
        document = self._valid(query)
        operation = get_operation_ast(document, name)
        if operation is None:
            raise Violation("which operation is meant?")
        selected = operation.selection_set.selections
        fields = tuple(node.name.value for node in selected if isinstance(node, FieldNode))
        if len(fields) != len(selected) or not fields:
            raise Violation("this double takes fields at the root of an operation, no fragments")
        cost = requested_cost(self.schema, operation, variables)
        return Request(document, operation, variables, fields, cost)

    def _valid(self, query: str) -> DocumentNode:
        """The document, parsed and validated once. Raises `Violation`."""
        if query not in self._documents:
            try:
                document = parse(query)
            except GraphQLError as error:
                raise Violation(f"the body is no GraphQL request: {error}") from error
            if faults := validate(self.schema, document):
                raise Violation("; ".join(fault.message for fault in faults))
            self._documents[query] = document
        return self._documents[query]

    def run(
        self, request: Request, perform: Root, *, whole: bool = False
    ) -> tuple[dict[str, Any] | None, list[GraphQLError]]:
        """The data, and the refusals among the errors; with `whole`, connections give all they have.

        Raises `Violation` for variables that the schema does not allow and for an answer that it does not.
        """
        result = execute_sync(
            self.schema,
            request.document,
            variable_values=request.variables,
            field_resolver=_Run(perform, whole).resolve,
            type_resolver=lambda value, info, of: str(value["id"]).split("/")[3],  # noqa: ARG005
        )
        errors = list(result.errors or ())
        for error in errors:
            original = error.original_error
            if isinstance(original, Declined):
                continue
            if original is not None and not isinstance(original, GraphQLError | TypeError):
                raise original
            raise Violation(error.message)
        return result.data, errors


class _Run:
    """One execution: root fields are performed, records are dictionaries by field name."""

    def __init__(self, perform: Root, whole: bool) -> None:
        self._perform = perform
        self._whole = whole

    def resolve(self, source: Any, info: "GraphQLResolveInfo[Any]", **arguments: Any) -> Any:
        """The value of a field. Raises `Violation` or `Declined`."""
        if info.path.prev is None:
            value = self._root(info, arguments)
        else:
            parent = info.parent_type
            strange = {name for name in source if not name.startswith(OWN)} - set(parent.fields)
            if strange:
                raise Violation(f"{parent.name} has no field {min(strange)}")
            value = source.get(info.field_name)
        if callable(value):
            value = value(**arguments)
        if isinstance(value, list):
            of = get_named_type(info.return_type)
            if isinstance(of, GraphQLObjectType) and of.name.endswith("Connection"):
                return paged(value, arguments, whole=self._whole)
            first = arguments.get("first")
            return value if first is None else value[:first]
        return value

    def _root(self, info: "GraphQLResolveInfo[Any]", arguments: Mapping[str, Any]) -> Any:
        try:
            return self._perform(info.field_name, arguments, _key(info))
        except UserErrors as refused:
            of = get_named_type(info.return_type)
            if not isinstance(of, GraphQLObjectType):
                raise
            error: dict[str, Any] = {"field": refused.field, "message": refused.message}
            of_error = get_named_type(of.fields["userErrors"].type)
            if isinstance(of_error, GraphQLObjectType) and "code" in of_error.fields:
                error["code"] = refused.code
            return {"userErrors": [error]}


def _key(info: "GraphQLResolveInfo[Any]") -> str | None:
    """The key of the directive `@idempotent` of a root field."""
    directive = info.schema.get_directive(IDEMPOTENT)
    given = get_directive_values(directive, info.field_nodes[0], info.variable_values) if directive else None
    return None if given is None else str(given["key"])


@cache
def _built(file: Path) -> GraphQLSchema:
    schema = build_schema(file.read_text())
    for name, read in _SCALARS.items():
        scalar = schema.type_map[name]
        if not isinstance(scalar, GraphQLScalarType):
            raise TypeError(f"{name} is no scalar")
        scalar.parse_value = read  # type: ignore[assignment]
        scalar.coerce_input_value = read
    return schema


def _moment(value: Any) -> Any:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise GraphQLError(f"{value!r} is no ISO 8601 time") from error
    return value


def _decimal(value: Any) -> Any:
    try:
        Decimal(str(value))
    except InvalidOperation as error:
        raise GraphQLError(f"{value!r} is no decimal") from error
    return value


def _url(value: Any) -> Any:
    try:
        parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
        good = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        good = False
    if not good:
        raise GraphQLError(f"{value!r} is no URL")
    return value


_SCALARS: Mapping[str, Callable[[Any], Any]] = {
    "DateTime": _moment,
    "Decimal": _decimal,
    "Money": _decimal,
    "URL": _url,
}
