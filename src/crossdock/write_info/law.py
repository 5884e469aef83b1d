"""The published document as the law: bodies are checked against the very schema and rules it shows."""

import hashlib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import orjson
from jsonschema_rs import Draft202012Validator, ValidationError

from crossdock.errors import FieldFault
from crossdock.schemas.actions import Action
from crossdock.write_info.schema import REF, reference

NO_BODY = {"content": {"": {"schema": {"type": "object", "properties": {}, "additionalProperties": False}}}}
"""What is checked where the document has no body: that there is none."""

NULL_WORDS = ["", "null", "Null", "NULL", "none", "None", "NONE"]
"""Texts that stand for nothing; no body may have one."""

EXAMPLES = {"date-time": "a moment such as 2030-01-31T12:00:00Z"}
"""Formats in words."""

FAULTS_SHOWN = 200
"""A body with more faults than this gets the first ones; fixing those shows the rest."""


def law_of(document: Mapping[str, Any], action: Action) -> dict[str, Any]:
    """The JSON Schema that the document says a body of the action must satisfy, rules and all."""
    operation = document["paths"][action.path][action.method.lower()]
    [content] = operation.get("requestBody", NO_BODY)["content"].values()
    rules = [
        rule["schema"]
        for rule in document["info"]["x-body-rules"]
        if "schema" in rule and rule["applies_to"] in {"every body", action.name}
    ]
    return {"allOf": [content["schema"], *rules], "components": document["components"]}


def schema_hash(document: Mapping[str, Any], action: Action) -> str:
    """Stands for everything that decides whether a body of the action is accepted: 32 hexadecimal digits."""
    law = law_of(document, action)
    reached: dict[str, Any] = {}
    waiting = [law["allOf"][0]]
    while waiting:
        schema = waiting.pop()
        for field in [schema, *schema.get("properties", {}).values()]:
            target = reference(field)
            if target and target not in reached:
                reached[target] = law["components"]["schemas"][target.removeprefix(REF)]
                waiting.append(reached[target])
    text = orjson.dumps([law["allOf"], reached], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:32]


class Law:
    """Checks bodies against a schema that was published.

    `schema` has the body's own schema and what else it must satisfy under `allOf`, and the `components` that
    they refer to. A format is only said, and not checked, without `formats`.
    """

    def __init__(self, schema: dict[str, Any], *, formats: bool = True) -> None:
        self._schema = schema
        self._validator = Draft202012Validator(schema, validate_formats=formats)

    def allows(self, body: Any) -> bool:
        """Whether the body is accepted; the cheap question, asked first."""
        return self._validator.is_valid(body)

    def faults(self, body: Any) -> list[FieldFault]:
        """Every fault of the body, one for each place and cause, in the order of the places."""
        errors = [error for error in self._validator.iter_errors(body) if not _is_echo(error)]
        empty_at = {pointer(error.instance_path) for error in errors if _is_about_emptiness(error)}
        faults: dict[tuple[str, str], FieldFault] = {}
        for error in errors:
            if not _is_about_emptiness(error) and pointer(error.instance_path) in empty_at:
                continue
            for fault in self._explain(error):
                faults.setdefault((fault.pointer, fault.message), fault)
        return sorted(faults.values(), key=lambda fault: fault.pointer)[:FAULTS_SHOWN]

    def _explain(self, error: ValidationError) -> Iterator[FieldFault]:
        kind = error.kind.as_dict()
        at = pointer(error.instance_path)
        match error.kind.name:
            case "additionalProperties" | "unevaluatedProperties":
                known = sorted(self._schema_at(error).get("properties", {}))
                for name in kind["unexpected"]:
                    near = get_close_matches(str(name), known, n=1, cutoff=0.6)
                    hint = f"; did you mean {near[0]!r}?" if near else ""
                    yield FieldFault(f"{at}/{escape(name)}", f"unknown field{hint}", known)
            case "required":
                name = kind["property"]
                wanted = self._schema_at(error).get("properties", {}).get(name, {})
                yield FieldFault(f"{at}/{escape(name)}", "is required", self._shape(wanted))
            case "enum":
                yield FieldFault(at, f"{error.instance!r} is not one of the accepted values", kind["options"])
            case "const":
                expected = kind["expected_value"]
                yield FieldFault(at, f"{error.instance!r} does not belong here", [expected])
            case "format":
                named = kind["format"]
                said = EXAMPLES.get(named, named)
                yield FieldFault(at, f"must be {said}", {"format": named})
            case "type":
                types = kind["types"]
                yield FieldFault(at, f"must be of type {' or '.join(types)}", {"type": types})
            case "not" if _is_about_emptiness(error):
                wanted = self._shape(self._published_at(error.instance_path))
                yield FieldFault(at, _why_refused(error.instance), wanted or None)
            case "falseSchema":
                yield FieldFault(at, "must be left out here")
            case "propertyNames":
                said = self._schema_at(error).get("propertyNames", {}).get("description")
                nul = "has a key with the NUL character"
                yield FieldFault(at, f"has a key that is not {said}" if said else nul)
            case keyword:
                schema = self._schema_at(error)
                said = schema.get("description")
                limit = schema.get(keyword)
                yield FieldFault(
                    at,
                    _as_demand(said) if said else str(error.message),
                    {keyword: limit} if limit is not None else None,
                )

    def _schema_at(self, error: ValidationError) -> Mapping[str, Any]:
        """The schema object whose keyword failed."""
        node: Any = self._schema
        for step in error.schema_path[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return {}
        return node if isinstance(node, Mapping) else {}

    def _published_at(self, path: list[str | int]) -> Mapping[str, Any]:
        """What the component schemas say of a place in the body; empty where they say nothing."""
        node: Any = self._schema["allOf"][0]
        for step in path:
            node = self._resolved(node)
            node = (
                node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
            )
        return node if isinstance(node, Mapping) else {}

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in schema:
            return schema
        resolved: Mapping[str, Any] = self._schema["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return resolved

    def _shape(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What would be right, in short: type, enum and description of a field."""
        schema = self._resolved(schema)
        return {key: schema[key] for key in ("type", "enum", "required") if key in schema}


def _as_demand(said: str) -> str:
    """A rule's description as a message: what a value must be, or what a body needs."""
    return said if said.startswith(("must", "needs")) else f"must be {said}"


def _is_about_emptiness(error: ValidationError) -> bool:
    """Whether the rule for every body refused the value: null, a null word, or a NUL character."""
    value = error.instance
    empty = value is None or (isinstance(value, str) and (value in NULL_WORDS or "\x00" in value))
    return error.kind.name == "not" and empty


def _is_echo(error: ValidationError) -> bool:
    """A combining keyword repeats what its parts already said."""
    return error.kind.name in {"allOf", "if", "then", "$ref"}


def _why_refused(value: Any) -> str:
    if isinstance(value, str) and "\x00" in value:
        return "must not contain the NUL character"
    return 'must not be null, empty, or the word "null" or "none"'


def pointer(path: list[str | int]) -> str:
    """A JSON Pointer (RFC 6901) to a place in the body; the body itself is the empty string."""
    return "".join(f"/{escape(step)}" for step in path)


def escape(step: str | int) -> str:
    """One step of a JSON Pointer."""
    return str(step).replace("~", "~0").replace("/", "~1")
