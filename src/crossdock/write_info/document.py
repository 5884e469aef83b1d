"""The write-info document: OpenAPI 3.1 over the write operations of one integration.

Everything in `paths` and `components` has the shape of the founding document. What that shape leaves
unsaid is in `info`: `x-body-rules`, each with a JSON Schema where one can say it, and `x-left-out`.
"""

from collections.abc import Sequence
from typing import Any

from crossdock import __version__
from crossdock.connector import Integration, Rule, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.schemas.actions import Action
from crossdock.write_info.schema import REF, components, settle_account_values

NULL_WORDS = ["", "null", "Null", "NULL", "none", "None", "NONE"]

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
    integration: Integration, operations: Sequence[WriteOperation[Any]], choices: KnownChoices
) -> dict[str, Any]:
    """The document for those operations; `choices` holds what the account accepts, empty for no account."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    rules = [_published(rule, "every body") for rule in EVERY_BODY]
    for operation in operations:
        action = operation.action
        name = component_name(action, integration)
        names = {**operation.component_names, operation.body: name}
        settled = settle_account_values(components(operation.body, names), choices)
        if name not in settled:
            continue
        schemas |= _reachable(name, settled)
        paths.setdefault(action.path, {})[action.method.lower()] = _path_item(action, name)
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
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def _published(rule: Rule, applies_to: str) -> dict[str, Any]:
    row: dict[str, Any] = {"applies_to": applies_to, "description": rule.description}
    if rule.schema is not None:
        row["schema"] = rule.schema
    return row


def _path_item(action: Action, name: str) -> dict[str, Any]:
    words = [action.verb, action.integration_type.upper(), *action.name.split("_")[1:]]
    summary = " ".join(word if word.isupper() else word.capitalize() for word in words)
    return {
        "requestBody": {"content": {"application/json": {"schema": {"$ref": REF + name}}}},
        "responses": {"200": {"description": f"{summary} output"}},
    }


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
            target = field.get("$ref") or (field.get("items") or {}).get("$ref")
            if target:
                waiting.append(target.removeprefix(REF))
    return met
