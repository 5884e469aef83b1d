"""Bulk operations: a query runs over everything, and its records are written into a JSONL file.

Source: the vendor's guide "Perform bulk operations with the GraphQL Admin API" and the descriptions of
`bulkOperationRunQuery` and `BulkOperation`: five operations at a time, at most five connections, two levels
of nesting, no connection within a list; a line for each record of a connection, with `__parentId` for one of
a nested connection; with `groupObjects` behind its parent. Without it, records of nested connections stand at
the end here. How often an operation has to be asked about until it has ended is ours, and so are the
messages.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
)

from crossdock.doubles.shopify.declined import UserErrors
from crossdock.doubles.shopify.schema import Request, Schema
from crossdock.doubles.shopify.shop import Record, Shop
from crossdock.doubles.specification import Violation

MOST_AT_ONCE = 5
MOST_CONNECTIONS = 5
DEEPEST = 2
UNDER_WAY = ("CREATED", "RUNNING")
FILES = "/bulk-files/"
PARENT = "__parentId"

Execute = Callable[[Request], Any]


class BulkOperations:
    """The operations of a shop. `questions` is how often one is asked about until it has ended; one that
    `fails` ends as `FAILED`."""

    def __init__(self, shop: Shop, schema: Schema) -> None:
        self.questions = 2
        self.fails = False
        self.files: dict[str, bytes] = {}
        self._shop = shop
        self._schema = schema

    def run(self, arguments: Mapping[str, Any], execute: Execute, address: str) -> Record:
        """Mutation `bulkOperationRunQuery`; `address` is where the double is."""
        under_way = [one for one in self._shop.all("BulkOperation") if one["status"] in UNDER_WAY]
        if len(under_way) >= MOST_AT_ONCE:
            raise UserErrors(
                "Bulk operations limit reached. Please try again later.", ["query"], "LIMIT_REACHED"
            )
        try:
            request = self._schema.request(arguments["query"], {})
        except Violation as violation:
            raise UserErrors(f"Invalid bulk query: {violation}", ["query"], "INVALID") from violation
        _Allowed(self._schema).check(request)
        operation: Record = self._shop.add(
            "BulkOperation",
            type="QUERY",
            status="CREATED",
            errorCode=None,
            createdAt=self._shop.now,
            completedAt=None,
            query=arguments["query"],
            url=None,
            partialDataUrl=None,
            fileSize=None,
            objectCount="0",
            rootObjectCount="0",
            _asked=0,
            _make=lambda: self._write(operation, request, execute, address, bool(arguments["groupObjects"])),
        )
        return {"bulkOperation": operation, "userErrors": []}

    def ask(self, identifier: str) -> Record | None:
        """Query `bulkOperation`, which moves the operation on."""
        operation = self._shop.find("BulkOperation", identifier)
        if operation is not None and operation["status"] in UNDER_WAY:
            operation["_asked"] += 1
            operation["status"] = "RUNNING"
            if operation["_asked"] >= self.questions:
                self._end(operation)
        return operation

    def _end(self, operation: Record) -> None:
        if self.fails:
            operation.update(status="FAILED", errorCode="INTERNAL_SERVER_ERROR")
        else:
            operation["_make"]()
            operation.update(status="COMPLETED", completedAt=self._shop.now)

    def _write(
        self, operation: Record, request: Request, execute: Execute, address: str, grouped: bool
    ) -> None:
        [found] = execute(request).values()
        lines = list(_lines(found, None, 0))
        if not grouped:
            lines.sort(key=lambda line: line[0])
        content = b"".join(orjson.dumps(line) + b"\n" for _, line in lines)
        operation["objectCount"] = str(len(lines))
        operation["rootObjectCount"] = str(sum(depth == 0 for depth, _ in lines))
        if content:
            name = f"bulk-{operation['id'].rpartition('/')[2]}.jsonl"
            self.files[name] = content
            operation["fileSize"] = str(len(content))
            operation["url"] = f"{address}{FILES}{name}?signature=secret-of-the-file"


class _Allowed:
    """What a query of a bulk operation may ask for."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema.schema
        self._connections = 0

    def check(self, request: Request) -> None:
        """Raises `UserErrors`."""
        if len(request.fields) != 1:
            raise UserErrors("Bulk queries can have one top-level field only.", ["query"], "INVALID")
        self._walk(request.operation.selection_set, self._schema.query_type, -1, in_list=False)
        if not self._connections:
            raise UserErrors("Bulk queries must contain at least one connection.", ["query"], "INVALID")
        if self._connections > MOST_CONNECTIONS:
            raise UserErrors("Bulk queries cannot contain more than 5 connections.", ["query"], "INVALID")

    def _walk(
        self, selected: SelectionSetNode | None, parent: GraphQLNamedType | None, depth: int, *, in_list: bool
    ) -> None:
        for node in selected.selections if selected else ():
            if not isinstance(node, FieldNode) or not isinstance(parent, GraphQLObjectType):
                continue
            field = parent.fields.get(node.name.value)
            if field is None or node.selection_set is None:
                continue
            of = get_named_type(field.type)
            is_connection = of.name.endswith("Connection")
            if is_connection:
                self._connections += 1
                if in_list:
                    said = "Queries that contain a connection field within a list field are not supported."
                    raise UserErrors(said, ["query"], "INVALID")
                if depth + 1 > DEEPEST:
                    raise UserErrors("Bulk queries cannot be nested that deep.", ["query"], "INVALID")
            is_list = isinstance(get_nullable_type(field.type), GraphQLList) and not of.name.endswith("Edge")
            self._walk(node.selection_set, of, depth + is_connection, in_list=in_list or is_list)


def _lines(found: Record, parent: str | None, depth: int) -> Iterator[tuple[int, Record]]:
    """The records of a connection with their depth, each with those of its own connections behind it."""
    for edge in found["edges"]:
        nested: list[Record] = []
        record = _without_connections(edge["node"], nested)
        yield depth, record if parent is None else record | {PARENT: parent}
        for one in nested:
            yield from _lines(one, record["id"], depth + 1)


def _without_connections(value: Any, nested: list[Record]) -> Any:
    if isinstance(value, list):
        return [_without_connections(one, nested) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, one in value.items():
        if isinstance(one, dict) and "edges" in one:
            nested.append(one)
        else:
            kept[name] = _without_connections(one, nested)
    return kept
