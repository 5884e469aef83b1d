"""Checks requests and answers against a vendor's OpenAPI description.

Stricter than the description in two ways, so that a mistake cannot hide: objects are closed (a field the
description does not name is a violation) and `int32` is a range. `date-time` is held to RFC 3339. OpenAPI
3.0's `nullable` is read as what JSON Schema says with `null`, and objects joined by `allOf` as one object,
since each of them closed would refuse the fields of the others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson
from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}
INTEGER = re.compile(r"-?[0-9]{1,18}")
MODELS = "#/components/schemas/"
FAULTS_TOLD = 5


class Violation(Exception):
    """A request or an answer that the specification does not allow."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the specification that a request is for, with its path parameters as text."""

    method: str
    path: str
    path_parameters: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    place: str
    type: str
    repeated: bool
    by_comma: bool
    required: bool
    validator: Draft202012Validator

    def read(self, texts: list[str]) -> Any:
        """The value of a parameter, given once or more. Raises `Violation`."""
        what = f"{self.place} parameter {self.name}"
        if len(texts) > 1 and not self.repeated:
            raise Violation(f"{what} is given {len(texts)} times")
        if self.by_comma:
            texts = [part for text in texts for part in text.split(",")]
        values = [_typed(text, self.type) for text in texts]
        value = values if self.repeated else values[0]
        _check(self.validator, value, what)
        return value


@dataclass(frozen=True, slots=True)
class _Operation:
    query: Mapping[str, _Parameter]
    in_path: Mapping[str, _Parameter]
    headers: Mapping[str, _Parameter]
    body: Draft202012Validator | None
    body_types: frozenset[str]
    body_required: bool
    answers: Mapping[int, Draft202012Validator | None]


def _pattern(path: str) -> re.Pattern[str]:
    """A path with parameters, whose other characters stand for themselves: OData writes `items({id})`."""
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    )


class Specification:
    """A vendor's OpenAPI 3 description. `prefix` is cut from its paths.

    `corrections` take the place of models that are known to be described wrongly, by name. With
    `lists_by_comma`, a list among the parameters is one text with commas, as vendors say in prose only.
    An operation is compiled when it is first used: a description has hundreds, and a double few.
    """

    def __init__(
        self,
        file: Path,
        prefix: str = "",
        *,
        corrections: Mapping[str, Any] | None = None,
        lists_by_comma: bool = False,
    ) -> None:
        document = orjson.loads(file.read_bytes())
        self._models: dict[str, Any] = {**document["components"]["schemas"], **(corrections or {})}
        self._lists_by_comma = lists_by_comma
        self._described = {
            (method.upper(), path.removeprefix(prefix)): operation
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }
        self._fixed = {known for known in self._described if "{" not in known[1]}
        self._patterns = [(*known, _pattern(known[1])) for known in self._described if "{" in known[1]]
        self._compiled: dict[tuple[str, str], _Operation] = {}

    def _compile(self, operation: Mapping[str, Any]) -> _Operation:
        parameters = [self._parameter(parameter) for parameter in operation.get("parameters", [])]
        body = operation.get("requestBody", {})
        return _Operation(
            query={p.name: p for p in parameters if p.place == "query"},
            in_path={p.name: p for p in parameters if p.place == "path"},
            headers={p.name: p for p in parameters if p.place == "header"},
            body=self._of_content(body),
            body_types=frozenset(body.get("content", {})),
            body_required=body.get("required", False),
            answers={
                int(status): self._of_content(described)
                for status, described in operation["responses"].items()
                if status.isdecimal()
            },
        )

    def _parameter(self, described: Mapping[str, Any]) -> _Parameter:
        schema = self._resolved(described["schema"])
        repeated = schema["type"] == "array"
        return _Parameter(
            name=described["name"],
            place=described["in"],
            type=self._resolved(schema["items"])["type"] if repeated else schema["type"],
            repeated=repeated,
            by_comma=repeated and self._lists_by_comma,
            required=described.get("required", False),
            validator=self._validator(schema),
        )

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        resolved: Mapping[str, Any] = (
            self._models[schema["$ref"].removeprefix(MODELS)] if "$ref" in schema else schema
        )
        return resolved

    def _of_content(self, described: Mapping[str, Any]) -> Draft202012Validator | None:
        content = _json_content(described)
        return self._validator(content["schema"]) if content else None

    def _validator(self, schema: Mapping[str, Any]) -> Draft202012Validator:
        """Of the schema and the models it leads to only: all of them take long to read for each validator."""
        reached: dict[str, Any] = {}
        root = _strict(schema, self._models)
        waiting = list(_references(root))
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached[name] = _strict(self._models[name], self._models)
                waiting += _references(reached[name])
        rooted = {**root, "components": {"schemas": reached}}
        return Draft202012Validator(rooted, validate_formats=True)

    def operation(self, method: str, path: str) -> Call:
        """The operation of a request; fixed paths win over parameters. Raises `Violation` for none."""
        if (method, path) in self._fixed:
            return Call(method, path, {})
        matches = [
            (known, match)
            for known_method, known, pattern in self._patterns
            if known_method == method and (match := pattern.fullmatch(path))
        ]
        if not matches:
            raise Violation(f"the specification has no {method} {path}")
        found, match = min(matches, key=lambda pair: len(pair[1].groupdict()))
        return Call(method, found, {name: unquote(text) for name, text in match.groupdict().items()})

    def check_request(
        self, call: Call, query: Iterable[tuple[str, str]], headers: Mapping[str, str], body: bytes
    ) -> tuple[dict[str, Any], Any]:
        """The parameters of path, query and headers with their types, and the decoded body.

        Raises `Violation`. Headers that the specification does not name are nobody's business.
        """
        operation = self._find(call)
        values = {name: operation.in_path[name].read([text]) for name, text in call.path_parameters.items()}
        for name, parameter in operation.headers.items():
            if name in headers:
                values[name] = parameter.read([headers[name]])
            elif parameter.required:
                raise Violation(f"{call} needs the header {name}")
        given: dict[str, list[str]] = {}
        for name, text in query:
            given.setdefault(name, []).append(text)
        for name, texts in given.items():
            if name not in operation.query:
                raise Violation(f"{call} has no query parameter {name}")
            values[name] = operation.query[name].read(texts)
        for name, parameter in operation.query.items():
            if parameter.required and name not in given:
                raise Violation(f"{call} needs the query parameter {name}")
        return values, _read_body(call, operation, headers.get("content-type", ""), body)

    def answer_schema(self, call: Call, status: int) -> Mapping[str, Any] | None:
        """The described body of an answer with that status; `None` for no body or no such status."""
        described = self._described[call.method, call.path]["responses"].get(str(status), {})
        content = _json_content(described)
        return content["schema"] if content else None

    def check_answer(self, call: Call, answer: Any, status: int = 200) -> None:
        """Raises `Violation` when an answer is not one that the specification describes."""
        described = self._find(call).answers
        if status not in described:
            raise Violation(f"{call} does not answer {status}")
        validator = described[status]
        if validator is not None:
            _check(validator, answer, "answer")

    def _find(self, call: Call) -> _Operation:
        key = (call.method, call.path)
        if key not in self._compiled:
            self._compiled[key] = self._compile(self._described[key])
        return self._compiled[key]


@cache
def specification_of(
    file: Path, prefix: str = "", *, corrections: Path | None = None, lists_by_comma: bool = False
) -> Specification:
    """The specification in a file, read once for all doubles of a process, with what was compiled of it.

    `corrections` is a file of models that stand in place of its own.
    """
    models = None if corrections is None else orjson.loads(corrections.read_bytes())
    return Specification(file, prefix, corrections=models, lists_by_comma=lists_by_comma)


def _json_content(described: Mapping[str, Any]) -> Mapping[str, Any] | None:
    contents = described.get("content", {})
    return next((contents[kind] for kind in contents if "json" in kind), None)


def _read_body(call: Call, operation: _Operation, content_type: str, body: bytes) -> Any:
    if operation.body is None:
        if body:
            raise Violation(f"{call} takes no body")
        return None
    if not body and not operation.body_required:
        return None
    if content_type.partition(";")[0].strip().lower() not in operation.body_types:
        wanted = " or ".join(sorted(operation.body_types))
        raise Violation(f"the body's content type is {content_type!r}, not {wanted}")
    try:
        decoded = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Violation(f"the body is not JSON: {error}") from error
    _check(operation.body, decoded, "body")
    return decoded


def _check(validator: Draft202012Validator, value: Any, what: str) -> None:
    if validator.is_valid(value):
        return
    told = [
        f"{'/'.join(map(str, inner.instance_path)) or what}: {inner.message}"
        for error in validator.iter_errors(value)
        for inner in _innermost(error)
    ]
    raise Violation(f"{what}: {'; '.join(told[:FAULTS_TOLD])}")


def _innermost(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that name the field: an `anyOf` that lets a model be null would only say that none fits."""
    if not isinstance(error.kind, ValidationErrorKind.AnyOf):
        yield error
        return
    for branch in error.kind.context:
        for inner in branch:
            yield from _innermost(inner)


def _typed(text: str, kind: str) -> Any:
    """A path or query text as a value of the type its schema asks for; the text itself if it is none."""
    if kind == "integer" and INTEGER.fullmatch(text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)
    elif isinstance(schema, dict):
        for key, part in schema.items():
            if key == "$ref":
                yield part.removeprefix(MODELS)
            else:
                yield from _references(part)


def _strict(schema: Any, models: Mapping[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_strict(part, models) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(part, models) for key, part in _joined(schema, models).items()}
    if isinstance(strict.get("properties"), dict) and strict.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    if strict.get("format") == "int32":
        strict = {**INT32, **strict}
    if strict.pop("nullable", False):
        strict = {"anyOf": [strict, {"type": "null"}]}
    return strict


def _joined(schema: dict[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """One object in the place of an `allOf` of objects; any other schema as it is."""
    if not isinstance(schema.get("allOf"), list):
        return schema
    own = {key: part for key, part in schema.items() if key != "allOf"}
    named = [
        models[part["$ref"].removeprefix(MODELS)] if "$ref" in part else part for part in schema["allOf"]
    ]
    parts = [_joined(part, models) for part in named]
    if not all("properties" in part for part in parts):
        return schema
    whole = [*parts, own]
    properties = {name: kind for part in whole for name, kind in part.get("properties", {}).items()}
    required = sorted({name for part in whole for name in part.get("required", [])})
    return {**own, "type": "object", "properties": properties, "required": required}
