"""Input schemas that fit into a tool's definition: what is large is left out, step by step, and said to be.

An agent pays for every definition with its attention. What is left out can be asked for with the look-up
tools, so that nothing is lost.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

Schema = dict[str, Any]

LARGEST = 4000
"""Bytes of a tool's definition; the promise is 4 kB."""

REF = "#/components/schemas/"
FEW, FEWER = 20, 4
"""How many accepted values may stand in a definition, and how many where room is short."""

SHORT = 60


def inlined(schemas: Mapping[str, Schema], name: str) -> Schema:
    """A component with the components that it refers to in their places. Components never hold themselves."""
    made: Schema = _inlined(schemas[name], schemas)
    return made


def _inlined(value: Any, schemas: Mapping[str, Schema]) -> Any:
    if isinstance(value, list):
        return [_inlined(one, schemas) for one in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        beside = {key: one for key, one in value.items() if key != "$ref"}
        return {**_inlined(schemas[value["$ref"].removeprefix(REF)], schemas), **beside}
    return {key: _inlined(one, schemas) for key, one in value.items()}


def sizes_of(body: Schema, operation: str) -> Iterator[Schema]:
    """Ever smaller schemas of a body; the last one has names and types only."""
    steps: tuple[Callable[[Schema, str], Schema], ...] = (
        lambda schema, at: _without_values(schema, at, operation, FEW),
        lambda schema, at: _without_values(_plain(schema), at, operation, FEW),
        lambda schema, at: _without_values(_brief(_plain(schema)), at, operation, FEWER),
        lambda schema, at: _without_values(_bare(schema), at, operation, FEWER),
    )
    for step in steps:
        yield _mapped(body, step)
    yield _outline(_mapped(body, steps[-1]), operation)


def fitting(build: Callable[[Schema], Mapping[str, Any]], body: Schema, operation: str) -> Mapping[str, Any]:
    """The first of `build`'s definitions that is small enough; the smallest one when none is."""
    definition: Mapping[str, Any] = {}
    for schema in sizes_of(body, operation):
        definition = build(schema)
        if len(orjson.dumps(definition)) <= LARGEST:
            return definition
    return definition


def field_at(body: Schema, path: str) -> Schema | None:
    """The schema of a field by its dotted path; lists are passed through. `None` for what is not there."""
    found = body
    for name in filter(None, path.split(".")):
        found = found.get("items", found)
        inner = found.get("properties", {}).get(name)
        if inner is None:
            return None
        found = inner
    return found


def _mapped(schema: Schema, step: Callable[[Schema, str], Schema], at: str = "") -> Schema:
    """The schema with a step taken for every field in it."""
    made = dict(schema)
    if "properties" in made:
        made["properties"] = {
            name: _mapped(step(field, f"{at}.{name}".strip(".")), step, f"{at}.{name}".strip("."))
            for name, field in made["properties"].items()
        }
    if isinstance(made.get("items"), dict):
        made["items"] = _mapped(step(made["items"], at), step, at)
    return made


def _without_values(field: Schema, at: str, operation: str, most: int) -> Schema:
    """Many accepted values are asked for with the look-up tool."""
    values = field.get("enum")
    if values is None or len(values) <= most:
        return field
    kept = {key: value for key, value in field.items() if key != "enum"}
    kept["description"] = f"One of {len(values)} values: accepted_values({operation}, {at})"
    return kept


def _plain(field: Schema) -> Schema:
    return {key: value for key, value in field.items() if key not in ("example", "title")}


def _brief(field: Schema) -> Schema:
    text = field.get("description", "")
    return {**field, "description": f"{text[:SHORT]}..."} if len(text) > SHORT else field


def _bare(field: Schema) -> Schema:
    kept = ("type", "properties", "required", "items", "enum", "format", "additionalProperties", "anyOf")
    return {key: value for key, value in field.items() if key in kept}


def _outline(body: Schema, operation: str) -> Schema:
    """Objects and lists within the body by their names only."""
    made = dict(body)
    made["properties"] = {
        name: {"type": field.get("type", "object"), "description": f"describe_fields({operation}, {name})"}
        if "properties" in field or "properties" in field.get("items", {})
        else field
        for name, field in body.get("properties", {}).items()
    }
    return made
