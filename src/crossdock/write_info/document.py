"""The write-info document: OpenAPI 3.1 over the write operations of one integration.

Everything in `paths` and `components` has the shape of the founding document. What that shape leaves
unsaid is in `info`: `x-body-rules`, each with a JSON Schema where one can say it, and `x-left-out`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock import __version__
from crossdock.connector import Integration, Rule, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.schemas.actions import Action
from crossdock.schemas.fields import NoBody
from crossdock.write_info.law import NULL_WORDS, schema_hash
from crossdock.write_info.schema import REF, Schema, components, reference, settle_account_values
from crossdock.write_info.tracing import Landing, Trace

EXPLANATION = "x-vendor-field"
"""The keyword that says where a field lands."""

COMPUTED = "x-vendor-computed"
"""The keyword that says at which of those places something stands that was made from the value."""

EVERY_BODY = (
    Rule(
        'No value anywhere in a body is null, an empty string, the word "null" or "none", '
        "or a string with the NUL character in it.",
        {
            "$id": "urn:crossdock:rule:no-empty-values",
            "not": {"anyOf": [{"enum": [None, *NULL_WORDS]}, {"type": "string", "pattern": "\\x00"}]},
            "additionalProperties": {"$ref": "#"},
            "items": {"$ref": "#"},
        },
    ),
    Rule(
        "A tag is a string, or an object with one key whose value is a string, a number or a boolean.",
        {
            "properties": {
                "trackstar_tags": {
                    "items": {
                        "type": ["string", "object"],
                        "minProperties": 1,
                        "maxProperties": 1,
                        "propertyNames": {"not": {"pattern": "\\x00"}},
                        "additionalProperties": {"type": ["string", "number", "boolean"]},
                    }
                }
            }
        },
    ),
)


def component_name(action: Action, integration: Integration) -> str:
    """Verb, type, resource and integration, as in the founding document: `CreatewmsReturnOngoingSchema`."""
    name = "".join(part.capitalize() for part in integration.name.split("-"))
    return f"{action.verb}{action.integration_type}{action.resource}{name}Schema"


def build_document(
    integration: Integration,
    operations: Sequence[WriteOperation[Any]],
    choices: KnownChoices,
    traces: Mapping[str, Trace] | None = None,
) -> dict[str, Any]:
    """The document for those operations; `choices` holds what the account accepts, empty for no account.

    With `traces`, by action, every property says where it lands in the vendor's request.
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    rules = [_published(rule, "every body") for rule in EVERY_BODY]
    offered = []
    for operation in operations:
        action = operation.action
        name = component_name(action, integration)
        if operation.body is not NoBody:
            names = {**operation.component_names, operation.body: name}
            declared = components(operation.body, names)
            settled = settle_account_values(declared, choices, name_options=traces is not None)
            if name not in settled:
                continue
            reached = _reachable(name, settled)
            if traces is not None:
                _explain(name, reached, traces.get(action.name, Trace()))
            _merge(schemas, reached, action)
        offered.append(action)
        paths.setdefault(action.path, {})[action.method.lower()] = _path_item(
            action, None if operation.body is NoBody else name
        )
        rules += [_published(rule, action.name) for rule in operation.rules(choices)]
    info: dict[str, Any] = {
        "title": f"{integration.display_name}: write operations",
        "version": __version__,
        "description": "Bodies satisfy their component schema and every rule under x-body-rules.",
        "x-body-rules": rules,
    }
    left_out = {
        name: [{"value": left.value, "reason": left.reason} for left in choice.left_out]
        for name, choice in choices.items()
        if choice.left_out
    }
    if left_out:
        info["x-left-out"] = left_out
    document = {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}
    if traces is None:
        info["x-schema-hashes"] = {action.name: schema_hash(document, action) for action in offered}
    return document


def _merge(schemas: dict[str, Any], further: Mapping[str, Schema], action: Action) -> None:
    """Adds components. Raises `ValueError` when two operations mean different objects by one name."""
    for name, schema in further.items():
        known = schemas.setdefault(name, schema)
        if _unexplained(known) != _unexplained(schema):
            raise ValueError(f"{action.name} has another {name} than an operation before it")
        if known != schema:
            schemas[name] = _explained_by_both(known, schema)


def _unexplained(schema: Schema) -> Schema:
    properties = {
        field: {key: value for key, value in shown.items() if key not in {EXPLANATION, COMPUTED}}
        for field, shown in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _explained_by_both(one: Schema, other: Schema) -> Schema:
    """A component that several operations share lands in the requests of each."""
    properties = {}
    for field, shown in one["properties"].items():
        further = other["properties"][field]
        both = {
            keyword: list(dict.fromkeys([*shown.get(keyword, ()), *further.get(keyword, ())]))
            for keyword in (EXPLANATION, COMPUTED)
            if keyword in shown or keyword in further
        }
        properties[field] = {**shown, **both}
    return {**one, "properties": properties}


def _explain(root: str, schemas: dict[str, Schema], trace: Trace) -> None:
    """Says in each property where it lands, nowhere being an empty list."""
    waiting = [(root, "")]
    while waiting:
        name, at = waiting.pop()
        properties = {}
        for field, schema in schemas[name]["properties"].items():
            here = f"{at}/{field}"
            items = schema.get("items") or {}
            if target := reference(schema):
                waiting.append((target.removeprefix(REF), here if "$ref" in schema else f"{here}/*"))
                properties[field] = schema
                continue
            landings = trace.landings.get(f"{here}/*" if items else here)
            properties[field] = {**schema, **_said_of(landings or ())}
        schemas[name] = {**schemas[name], "properties": properties}


def _said_of(landings: Sequence[Landing]) -> Schema:
    said: Schema = {EXPLANATION: [str(landing) for landing in landings]}
    if computed := [str(landing) for landing in landings if landing.computed]:
        said[COMPUTED] = computed
    return said


def _published(rule: Rule, applies_to: str) -> dict[str, Any]:
    row: dict[str, Any] = {"applies_to": applies_to, "description": rule.description}
    if rule.schema is not None:
        row["schema"] = rule.schema
    return row


def _path_item(action: Action, name: str | None) -> dict[str, Any]:
    words = [action.verb, action.integration_type.upper(), *action.name.split("_")[1:]]
    summary = " ".join(word if word.isupper() else word.capitalize() for word in words)
    item: dict[str, Any] = {}
    if action.parameter:
        schema = {"type": "string", "minLength": 1}
        item["parameters"] = [{"name": action.parameter, "in": "path", "required": True, "schema": schema}]
    if name:
        content_type = "multipart/form-data" if action.takes_file else "application/json"
        item["requestBody"] = {"content": {content_type: {"schema": {"$ref": REF + name}}}}
    return {**item, "responses": {"200": {"description": f"{summary} output"}}}


def _reachable(name: str, schemas: dict[str, Any]) -> dict[str, Any]:
    """The component and those it refers to, in the order they are met."""
    met: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop(0)
        if current in met:
            continue
        met[current] = schemas[current]
        for field in schemas[current]["properties"].values():
            target = reference(field)
            if target:
                waiting.append(target.removeprefix(REF))
    return met
