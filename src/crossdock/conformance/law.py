"""A write-info document as somebody else reads it: with `jsonschema`, and nothing of Crossdock's own."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

from crossdock.schemas.actions import Action

Schema = dict[str, Any]
REF = "#/components/schemas/"
Path = tuple[str | int, ...]


def body_schema(document: Mapping[str, Any], action: Action) -> Schema | None:
    """The component schema of an action's body, every reference filled in; `None` for a write without one."""
    operation = document["paths"][action.path][action.method.lower()]
    if "requestBody" not in operation:
        return None
    [content] = operation["requestBody"]["content"].values()
    filled: Schema = _filled(content["schema"], document["components"]["schemas"])
    return filled


def rules(document: Mapping[str, Any], action: Action) -> list[Schema]:
    """The schemas of the rules that hold for an action's bodies."""
    return [
        rule["schema"]
        for rule in document["info"]["x-body-rules"]
        if "schema" in rule and rule["applies_to"] in {"every body", action.name}
    ]


def validator(document: Mapping[str, Any], action: Action) -> jsonschema.Draft202012Validator:
    """Checks a body against the component schema and every rule."""
    schema = body_schema(document, action) or {"type": "object", "maxProperties": 0}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    law = {"allOf": [schema, *rules(document, action)]}
    return jsonschema.Draft202012Validator(law, format_checker=checker)


def _filled(schema: Any, components: Mapping[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_filled(item, components) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return _filled(components[schema["$ref"].removeprefix(REF)], components)
    return {
        name: value if name in {"enum", "const", "example"} else _filled(value, components)
        for name, value in schema.items()
    }


def schema_at(schema: Schema, path: Path) -> Schema:
    """What the component schema says of a place in the body."""
    for step in path:
        schema = schema["items"] if isinstance(step, int) else schema["properties"][step]
    return schema


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all values in a body, the body's own first."""
    yield path
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from places(held, (*path, name))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from places(held, (*path, index))


def value_at(body: Any, path: Path) -> Any:
    """The value at a place."""
    for step in path:
        body = body[step]
    return body


def pointer(path: Path) -> str:
    """A JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
