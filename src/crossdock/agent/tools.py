"""The tools of one connection, from what Crossdock says of it: write-info, the catalog, and its own doors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.agent.shrink import REF, Schema, field_at, fitting, inlined

JSON = "application/json"
SOME = 20
"""Records or values that are given when nobody says how many."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is told, and the request of the contract that it makes.

    `path` has `{name}` for the parameters that are arguments too; `item` is the path of a single record where
    the list has one. `media` is the content type of the body of a write, `None` for one without.
    """

    name: str
    definition: Mapping[str, Any]
    method: str
    path: str
    item: str | None = None
    media: str | None = None

    @property
    def writes(self) -> bool:
        """Whether something is changed by it."""
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Connection:
    """What is known of a connection: its write-info, its row of the catalog, and the service's OpenAPI."""

    document: Mapping[str, Any]
    info: Mapping[str, Any]
    openapi: Mapping[str, Any]

    def body_of(self, action: str) -> Schema | None:
        """The whole schema of an action's body; `None` for one without. Raises `LookupError`."""
        for row in self.info["write_operations"]:
            if row["action"] == action:
                return self._body(row["url"])[0]
        raise LookupError(f"{action} is not a write of this connection")

    def rules_of(self, action: str) -> Sequence[Mapping[str, Any]]:
        """The rules for bodies of an action, beside its schema."""
        url = next((row["url"] for row in self.info["write_operations"] if row["action"] == action), "")
        rules: Sequence[Mapping[str, Any]] = self.document["info"].get("x-body-rules", [])
        return [rule for rule in rules if rule["applies_to"] in (url, action)]

    def _body(self, url: str) -> tuple[Schema | None, str | None]:
        method, path = url.split(" ", 1)
        operation = self.document["paths"].get(path, {}).get(method.lower(), {})
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            name = content["schema"]["$ref"].removeprefix(REF)
            return inlined(self.document["components"]["schemas"], name), media
        return None, None

    def tools(self) -> Sequence[Tool]:
        """Every write and every list of the connection."""
        return [*self._writes(), *self._reads()]

    def _writes(self) -> Iterator[Tool]:
        for row in self.info["write_operations"]:
            method, path = row["url"].split(" ", 1)
            if method.lower() not in self.document["paths"].get(path, {}):
                continue
            body, media = self._body(row["url"])
            action = row["action"]
            told = f"{action.replace('_', ' ').capitalize()}: {row['url']}."
            if self.rules_of(action):
                told += f" describe_fields({action}) has the rules for its body."
            yield Tool(action, _write_definition(action, told, path, body), method, path, media=media)

    def _reads(self) -> Iterator[Tool]:
        for row in self.info["list_operations"]:
            path = row["url"].split(" ", 1)[1]
            described = self.openapi["paths"].get(path, {}).get("get")
            if described is None:
                continue
            items = [
                other
                for other in self.openapi["paths"]
                if other.startswith(f"{path}/{{") and other.count("/") == path.count("/") + 1
            ]
            filters = dict.fromkeys(
                parameter["name"].partition("[")[0]
                for parameter in described["parameters"]
                if "[" in parameter["name"]
            )
            name = row["action"]
            definition = _read_definition(name, path, described["summary"], list(filters), items)
            yield Tool(name, definition, "GET", path, item=items[0] if items else None)


def _parameters(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _write_definition(action: str, told: str, path: str, body: Schema | None) -> Mapping[str, Any]:
    names = _parameters(path)
    outer: dict[str, Any] = {name: {"type": "string"} for name in names}
    outer["idempotency_key"] = {"type": "string", "description": "The same for a repeat, new for a new write"}

    def build(schema: Schema) -> Mapping[str, Any]:
        properties = {**outer, "body": schema} if body is not None else outer
        required = [*names, *(["body"] if body is not None else [])]
        return {
            "name": action,
            "description": told,
            "inputSchema": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": False,
            },
        }

    return fitting(build, body or {}, action)


def _read_definition(
    name: str, path: str, told: str, filters: Sequence[str], items: Sequence[str]
) -> Mapping[str, Any]:
    names = _parameters(path)
    known = ", ".join(filters)
    properties: dict[str, Any] = {
        **{parameter: {"type": "string"} for parameter in names},
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": SOME},
        "page_token": {"type": "string", "description": "next_token of the page before"},
        "filters": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": f"By field and operator, such as {filters[0]}[eq]. Fields: {known}",
        },
    }
    if items:
        properties["id"] = {"type": "string", "description": "Only the record of that id"}
    return {
        "name": name,
        "description": f"{told}.",
        "inputSchema": {
            "type": "object",
            "properties": properties,
            "required": names,
            "additionalProperties": False,
        },
    }


LOOK_UPS: Sequence[Mapping[str, Any]] = (
    {
        "name": "accepted_values",
        "description": "The values that this account accepts for a field of a write.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "operation": {"type": "string", "description": "The write, such as create_return"},
                "field": {"type": "string", "description": "Dotted path: line_items.return_cause"},
                "contains": {"type": "string", "description": "Only values with this in them"},
                "limit": {"type": "integer", "minimum": 1, "maximum": 500, "default": SOME},
            },
            "required": ["operation", "field"],
            "additionalProperties": False,
        },
    },
    {
        "name": "describe_fields",
        "description": "The whole JSON Schema of a write's body, or of one field, and the rules for it.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "operation": {"type": "string", "description": "The write, such as create_return"},
                "field": {"type": "string", "description": "Dotted path; the whole body without it"},
            },
            "required": ["operation"],
            "additionalProperties": False,
        },
    },
)
"""What is left out of the other definitions is asked for with these."""


def accepted_values(
    connection: Connection, operation: str, field: str, contains: str = "", limit: int = SOME
) -> Mapping[str, Any]:
    """The values of a field, and how many there are. Raises `LookupError`."""
    found = _described(connection, operation, field)
    values = found.get("enum", found.get("items", {}).get("enum"))
    if values is None:
        return {"values": None, "schema": found}
    wanted = [value for value in values if contains.casefold() in str(value).casefold()]
    return {"values": wanted[:limit], "matching": len(wanted), "all": len(values)}


def describe_fields(connection: Connection, operation: str, field: str = "") -> Mapping[str, Any]:
    """The schema of a body or of one field of it. Raises `LookupError`."""
    found = _described(connection, operation, field)
    return {"schema": found} if field else {"schema": found, "rules": connection.rules_of(operation)}


def _described(connection: Connection, operation: str, field: str) -> Schema:
    body = connection.body_of(operation)
    if body is None:
        raise LookupError(f"{operation} has no body")
    found = field_at(body, field)
    if found is None:
        raise LookupError(f"{operation} has no field {field}")
    return found
