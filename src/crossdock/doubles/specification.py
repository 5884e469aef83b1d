"""Checks requests and answers against a vendor's OpenAPI description.

Stricter than the description in two ways, so that a mistake cannot hide: objects are closed (a field the
description does not name is a violation) and `int32` is a range.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson
from jsonschema_rs import Draft202012Validator

INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}


class Violation(Exception):
    """A request or an answer that the specification does not allow."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the specification that a request is for, with its path parameters as text."""

    method: str
    path: str
    path_parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Operation:
    path: str
    method: str
    query: Mapping[str, Draft202012Validator]
    required_query: frozenset[str]
    repeated: frozenset[str]
    path_types: Mapping[str, Draft202012Validator]
    body: Draft202012Validator | None
    answer: Draft202012Validator | None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")


class Specification:
    """A vendor's OpenAPI 3 description. `prefix` is cut from its paths.

    An operation is compiled when it is first used: a description has hundreds, and a double few.
    """

    def __init__(self, file: Path, prefix: str = "") -> None:
        document = orjson.loads(file.read_bytes())
        self._components = {"schemas": _strict(document["components"]["schemas"])}
        self._described = {
            (method.upper(), path.removeprefix(prefix)): operation
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }
        self._patterns = [(method, path, _pattern(path)) for method, path in self._described]
        self._compiled: dict[tuple[str, str], _Operation] = {}

    def _compile(self, method: str, path: str, operation: Mapping[str, Any]) -> _Operation:
        parameters = operation.get("parameters", [])
        in_query = {p["name"]: p for p in parameters if p["in"] == "query"}
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        answer = operation["responses"]["200"].get("content", {}).get("application/json")
        return _Operation(
            path=path,
            method=method,
            query={name: self._validator(p["schema"]) for name, p in in_query.items()},
            required_query=frozenset(name for name, p in in_query.items() if p.get("required")),
            repeated=frozenset(name for name, p in in_query.items() if p["schema"].get("type") == "array"),
            path_types={p["name"]: self._validator(p["schema"]) for p in parameters if p["in"] == "path"},
            body=self._validator(content["schema"]) if content else None,
            answer=self._validator(answer["schema"]) if answer else None,
        )

    def _validator(self, schema: Mapping[str, Any]) -> Draft202012Validator:
        if "$ref" in str(schema):
            return Draft202012Validator({**schema, "components": self._components})
        return Draft202012Validator(_strict(schema))

    def operation(self, method: str, path: str) -> Call:
        """The operation of a request; fixed paths win over parameters. Raises `Violation` for none."""
        matches = [
            (known, match)
            for known_method, known, pattern in self._patterns
            if known_method == method and (match := pattern.match(path))
        ]
        if not matches:
            raise Violation(f"the specification has no {method} {path}")
        found, match = min(matches, key=lambda pair: len(pair[1].groupdict()))
        return Call(method, found, {name: unquote(text) for name, text in match.groupdict().items()})

    def check_request(
        self, call: Call, query: Iterable[tuple[str, str]], body: bytes
    ) -> tuple[dict[str, Any], Any]:
        """The typed query and the decoded body. Raises `Violation`."""
        operation = self._find(call)
        for name, text in call.path_parameters.items():
            _check(operation.path_types[name], _typed(text), f"path parameter {name}")
        typed: dict[str, Any] = {}
        for name, text in query:
            if name not in operation.query:
                raise Violation(f"{call.method} {call.path} has no query parameter {name}")
            if name in operation.repeated:
                typed.setdefault(name, []).append(text)
                continue
            value = _typed(text)
            if not operation.query[name].is_valid(value):
                value = text
            typed[name] = value
        for name in operation.required_query - typed.keys():
            raise Violation(f"{call.method} {call.path} needs the query parameter {name}")
        for name, value in typed.items():
            _check(operation.query[name], value, f"query parameter {name}")
        return typed, self._check_body(operation, body)

    @staticmethod
    def _check_body(operation: _Operation, body: bytes) -> Any:
        if operation.body is None:
            if body:
                raise Violation(f"{operation.method} {operation.path} takes no body")
            return None
        try:
            decoded = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Violation(f"the body is not JSON: {error}") from error
        _check(operation.body, decoded, "body")
        return decoded

    def check_answer(self, call: Call, answer: Any) -> None:
        """Raises `Violation` when an answer of status 200 is not what the specification describes."""
        validator = self._find(call).answer
        if validator is not None:
            _check(validator, answer, "answer")

    def _find(self, call: Call) -> _Operation:
        key = (call.method, call.path)
        if key not in self._compiled:
            self._compiled[key] = self._compile(*key, self._described[key])
        return self._compiled[key]


def _check(validator: Draft202012Validator, value: Any, what: str) -> None:
    if validator.is_valid(value):
        return
    faults = [
        f"{'/'.join(map(str, e.instance_path)) or what}: {e.message}" for e in validator.iter_errors(value)
    ]
    raise Violation(f"{what}: {'; '.join(faults[:5])}")


def _typed(text: str) -> Any:
    """A path or query value as JSON would write it: numbers and booleans bare, anything else a string."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(part) for key, part in schema.items()}
    if isinstance(strict.get("properties"), dict) and strict.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    if strict.get("format") == "int32":
        strict = {**INT32, **strict}
    return strict
