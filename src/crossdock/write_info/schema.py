"""From declared bodies to JSON Schema components, in the shape of the founding document.

Pure functions. The shape: closed objects with a title, `required` in alphabetical order, nullable
fields as a list of types, account-specific enums.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from crossdock.connector.operation import KnownChoices
from crossdock.schemas.fields import ACCOUNT_VALUE, WriteBody

REF = "#/components/schemas/"

BINARY = "binary"
"""The format of a file in a form; a JSON string elsewhere would be Base64."""

Schema = dict[str, Any]


def reference(field: Schema) -> str | None:
    """The component that a field, or each item of it, is; as a `$ref`."""
    return field.get("$ref") or (field.get("items") or {}).get("$ref")


@cache
def declared(body: type[WriteBody]) -> Mapping[str, Schema]:
    """What msgspec reads from a declared body, by class name; remembered, since it takes longest."""
    _, raw = msgspec.json.schema_components([body], ref_template=f"{REF}{{name}}")
    return raw


def components(body: type[WriteBody], names: Mapping[type[WriteBody], str]) -> dict[str, Schema]:
    """The schema of a body and of every object in it, by component name, account values still open.

    `names` gives the names that differ from the class names.
    """
    raw = declared(body)
    renamed = {cls.__name__: name for cls, name in names.items()}
    return {renamed.get(name, name): _founding_shape(schema, name, renamed) for name, schema in raw.items()}


def _founding_shape(schema: Schema, name: str, renamed: Mapping[str, str]) -> Schema:
    shaped: Schema = {
        "type": "object",
        "properties": {
            field: _property_shape(value, renamed) for field, value in schema["properties"].items()
        },
    }
    if schema["required"]:
        shaped["required"] = sorted(schema["required"])
    return {**shaped, "additionalProperties": False, "title": renamed.get(name, name)}


def _property_shape(schema: Schema, renamed: Mapping[str, str]) -> Schema:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        return {"$ref": REF + renamed.get(name, name)}
    shaped = dict(schema)
    if variants := shaped.pop("anyOf", None):
        types = [variant["type"] for variant in variants]
        shaped = {**{key: value for variant in variants for key, value in variant.items()}, **shaped}
        shaped["type"] = types
    named = shaped["type"] = shaped.get("type") or _type_of_enum(shaped)
    types = named if isinstance(named, list) else [named]
    if shaped.pop("contentEncoding", None):
        shaped["format"] = BINARY
    if "array" in types:
        shaped["items"] = _property_shape(shaped["items"], renamed) if shaped.get("items") else {}
    return {"type": shaped.pop("type"), **shaped}


def _type_of_enum(schema: Schema) -> str:
    """msgspec leaves the type of a list of literals to the reader."""
    return "string" if all(isinstance(value, str) for value in schema["enum"]) else "integer"


def settle_account_values(
    schemas: Mapping[str, Schema], choices: KnownChoices, *, name_options: bool = False
) -> dict[str, Schema]:
    """Enums for the options that are known, `x-connection-specific` for those that are not.

    `name_options` adds which column of which option each is, as `x-account-option`.

    Where an account offers no value at all, the field cannot be written and is left out; so is an
    object that needs such a field, and every field that would hold that object.
    """
    settled = {name: {**schema, "properties": {}} for name, schema in schemas.items()}
    impossible: set[str] = set()
    while True:
        before = set(impossible)
        for name, schema in schemas.items():
            fields = {
                field: _settled_field(value, choices, name_options)
                for field, value in schema["properties"].items()
                if not _cannot_be_written(value, choices, impossible)
            }
            settled[name]["properties"] = fields
            if not set(schema.get("required", ())) <= set(fields):
                impossible.add(name)
        if impossible == before:
            return {name: schema for name, schema in settled.items() if name not in impossible}


def _cannot_be_written(schema: Schema, choices: KnownChoices, impossible: set[str]) -> bool:
    if ACCOUNT_VALUE in schema:
        option, column = schema[ACCOUNT_VALUE]
        return option in choices and not choices[option].column(column)
    target = reference(schema) or ""
    return target.removeprefix(REF) in impossible


def _settled_field(schema: Schema, choices: KnownChoices, name_options: bool) -> Schema:
    if ACCOUNT_VALUE not in schema:
        return schema
    settled = dict(schema)
    option, column = settled.pop(ACCOUNT_VALUE)
    if name_options:
        settled["x-account-option"] = f"{option}.{column}"
    if option in choices:
        settled["enum"] = choices[option].column(column)
    else:
        settled["x-connection-specific"] = True
    return settled


def options_used(body: type[WriteBody]) -> set[str]:
    """The names of the account options that a body's fields take their values from."""
    return {
        value[ACCOUNT_VALUE][0]
        for schema in components(body, {}).values()
        for value in schema["properties"].values()
        if ACCOUNT_VALUE in value
    }
