"""Bodies of a declared type, checked against the very JSON Schema that is published of it."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from crossdock.errors import FieldFault, Unprocessable
from crossdock.write_info.law import Law
from crossdock.write_info.schema import REF
from crossdock.writes.validation import parse

KindT = TypeVar("KindT")

_AT = " - at `$"
_NAMED = re.compile(r"(?:required|unknown) field `([^`]+)`")


class Typed(Generic[KindT]):
    """Bodies of a type.

    `least` is how many members an object has at least, and `description` is said of the body besides what the
    type says of itself. With `exact`, integers of any length stay what they are.
    """

    def __init__(
        self, kind: type[KindT], *, least: int = 0, description: str | None = None, exact: bool = False
    ) -> None:
        self.kind = kind
        self._exact = exact
        self._further: dict[str, Any] = {}
        if least:
            self._further |= {"minProperties": least, "description": f"needs {least} of its members at least"}
        if description is not None:
            self._further["description"] = description

    def decoded(self, content: bytes) -> KindT:
        """The typed value of a JSON text. Raises `Unprocessable` with every fault and its place."""
        sent = parse(content)
        if not self._law.allows(sent):
            faults = self._law.faults(sent)
            count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
            raise Unprocessable(f"The body is not accepted: {count}.", faults)
        try:
            # JSON Schema counts 1.0 among the integers, hence not strict.
            if self._exact:
                return msgspec.json.decode(content, type=self.kind, strict=False)
            return msgspec.convert(sent, self.kind, strict=False)
        except msgspec.ValidationError as error:
            raise Unprocessable("The body is not accepted: one fault.", [_fault(str(error))]) from error
        except RecursionError as error:
            message = "The body is nested too deeply."
            raise Unprocessable(message, [FieldFault("", message)]) from error

    def published(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What is said of the body, where `schema` is what is said of its type."""
        return {**schema, **self._further}

    @cached_property
    def _law(self) -> Law:
        schemas, components = described([self.kind])
        schema = {"allOf": [self.published(schemas[self.kind])], "components": {"schemas": components}}
        # What a date-time is, is for those to say who read it: they take more than RFC 3339 allows.
        return Law(schema, formats=False)


def _fault(said: str) -> FieldFault:
    """What msgspec found, for the little that a schema does not say."""
    message, _, path = said.partition(_AT)
    pointer = re.sub(r"\[(\d+)\]", r"/\1", path.rstrip("`")).replace("[...]", "").replace(".", "/")
    named = _NAMED.search(message)
    return FieldFault(f"{pointer}/{named[1]}" if named else pointer, message)


def given_members(body: msgspec.Struct) -> dict[str, Any]:
    """What a body says; its members that may be left out, and were, are not among it."""
    return {name: value for name, value in msgspec.structs.asdict(body).items() if value is not msgspec.UNSET}


def described(kinds: Sequence[Any]) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    """The JSON Schema of each type, and the components that those refer to."""
    schemas, components = msgspec.json.schema_components(kinds, ref_template=f"{REF}{{name}}")
    shown = {kind: _plain(schema) for kind, schema in zip(kinds, schemas, strict=True)}
    return shown, {name: _plain(schema) for name, schema in components.items()}


def _plain(schema: Any) -> Any:
    """A schema in which `anyOf` stands only where a list of types does not say the same."""
    if isinstance(schema, list | tuple):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _plain(value) for key, value in schema.items() if (key, value) != ("required", [])}
    variants = plain.get("anyOf")
    if not variants or any("type" not in one or {"enum", "const"} & one.keys() for one in variants):
        return plain
    keywords = [key for one in variants for key in one if key != "type"]
    if len(keywords) != len(set(keywords)):
        return plain
    del plain["anyOf"]
    merged = {key: value for one in variants for key, value in one.items()}
    return {**merged, **plain, "type": [one["type"] for one in variants]}
