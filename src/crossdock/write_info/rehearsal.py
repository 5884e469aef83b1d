"""Sample bodies of a write, for rehearsing its translation: every field has two values to be told apart by.

Places in a body are patterns of JSON Pointers in which `*` stands for any list index: `/line_items/*/sku`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.write_info.schema import BINARY, REF, Schema

NUMBERS: Mapping[str, tuple[Any, Any]] = {
    "boolean": (True, False),
    "integer": (11, 12),
    "number": (1.25, 2.5),
}
FORMATTED: Mapping[str, tuple[str, str]] = {
    "date-time": ("2030-01-02T03:04:05Z", "2031-02-03T04:05:06Z"),
    BINARY: ("QQ==", "Qg=="),
}
TEXTS = (("11", "12"), ("AB", "CD"))
"""Digits first: they are good where a vendor's own numbers are wanted, and where any text is."""


class Sampler:
    """Makes bodies of one component schema. `texts` are the two values of a field that takes any text."""

    def __init__(self, schemas: Mapping[str, Schema], root: str, texts: tuple[str, str]) -> None:
        self._schemas = schemas
        self._root = schemas[root]
        self._texts = texts

    def leaves(self) -> list[str]:
        """The places of all fields that hold no further object."""
        return [place for place, _ in self._leaves(self._root, "")]

    def _leaves(self, schema: Schema, at: str) -> Iterator[tuple[str, Schema]]:
        for name, field in schema["properties"].items():
            yield from self._leaves_of_field(field, f"{at}/{name}")

    def _leaves_of_field(self, field: Schema, at: str) -> Iterator[tuple[str, Schema]]:
        if inner := self._object(field):
            yield from self._leaves(inner, at)
        elif items := field.get("items"):
            yield from self._leaves_of_field(items, f"{at}/*")
        else:
            yield at, field

    def full(self, changed: str | None = None) -> dict[str, Any]:
        """A body with every field; the one at `changed` has its second value."""
        return self._body(self._root, "", changed, wanted=None)

    def sparse(self, place: str, changed: str | None = None) -> dict[str, Any]:
        """A body with the required fields and the one at `place`."""
        return self._body(self._root, "", changed, wanted=place)

    def _body(self, schema: Schema, at: str, changed: str | None, wanted: str | None) -> dict[str, Any]:
        body = {}
        for name, field in schema["properties"].items():
            here = f"{at}/{name}"
            on_the_way = wanted is None or wanted == here or wanted.startswith(f"{here}/")
            if on_the_way or name in schema.get("required", ()):
                body[name] = self._value(field, here, changed, wanted)
        return body

    def _value(self, field: Schema, at: str, changed: str | None, wanted: str | None) -> Any:
        if inner := self._object(field):
            return self._body(inner, at, changed, wanted)
        types = field.get("type", "string")
        if "array" in types:
            return [self._value(field["items"], f"{at}/*", changed, wanted)] if field.get("items") else []
        first, second = self._two_values(field, types)
        return second if at == changed else first

    def _two_values(self, field: Schema, types: str | Sequence[str]) -> tuple[Any, Any]:
        if "enum" in field:
            return field["enum"][0], field["enum"][-1]
        for kind, pair in NUMBERS.items():
            if kind in types:
                return pair
        return FORMATTED.get(field.get("format", ""), self._texts)

    def _object(self, field: Schema) -> Schema | None:
        return self._schemas[field["$ref"].removeprefix(REF)] if "$ref" in field else None


def without(body: Any, place: str) -> Any:
    """A copy of a body without what is at a place."""
    name, _, rest = place.removeprefix("/").partition("/")
    if name == "*":
        return [without(item, f"/{rest}") for item in body]
    if not rest:
        return {key: value for key, value in body.items() if key != name}
    return {key: without(value, f"/{rest}") if key == name else value for key, value in body.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which two JSON values differ, list indexes as `*`, and what is there; `None` for nothing."""

    place: str
    before: Any
    after: Any


def differences(before: Any, after: Any, at: str = "") -> Iterator[Difference]:
    """Where two JSON values differ; also where one has more."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            if name not in before or name not in after:
                yield Difference(f"{at}/{name}", before.get(name), after.get(name))
            else:
                yield from differences(before[name], after[name], f"{at}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from differences(one, other, f"{at}/*")
    elif before != after:
        yield Difference(at, before, after)


def value_at(body: Any, place: str) -> Any:
    """What a body has at a place, in the first item of each list; `None` for nothing."""
    for step in place.split("/")[1:]:
        if step == "*":
            body = body[0] if body else None
        else:
            body = body.get(step) if isinstance(body, Mapping) else None
    return body
