"""Strategies for bodies that a document allows, or nearly: the caller drops what the law says no to."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from crossdock.conformance.law import Path, Schema, value_at
from crossdock.write_info.schema import BINARY

Known = Mapping[str, Sequence[Any]]
Changes = Sequence[tuple[Path, Any]]
"""Places and their new values; `LEFT_OUT` for none."""

LEFT_OUT = object()
MOST_ITEMS = 3
MOST_CHANGES = 3
LONG_TEXTS = ("x" * 51, "\u00e9" * 256, "Ada " * 300)
"""Longer than the limits that vendors usually set."""

LARGER = ("minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum")
SMALLER = ("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum")


def drawn_bodies(schema: Schema, rules: Sequence[Schema], known: Known) -> st.SearchStrategy[Any]:
    """Bodies of the schema, drawn so that most rules hold; fields of a known name have known values."""
    return _drawn(with_known(tightened(schema, rules), known))


def _drawn(schema: Schema) -> st.SearchStrategy[Any]:
    """Objects and lists put together here: `hypothesis-jsonschema` would plan them anew for each draw."""
    if "properties" in schema:
        fields = {name: _drawn(field) for name, field in schema["properties"].items()}
        needed = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {name: field for name, field in fields.items() if name in needed},
            optional={name: field for name, field in fields.items() if name not in needed},
        )
    if schema.get("type") == "array" and schema["items"]:
        least, most = schema.get("minItems", 0), schema["maxItems"]
        return st.lists(_drawn(schema["items"]), min_size=least, max_size=most)
    return _of_leaf(orjson.dumps(schema, option=orjson.OPT_SORT_KEYS))


@cache
def _of_leaf(schema: bytes) -> st.SearchStrategy[Any]:
    """Documents have the same few kinds of fields again and again, and each takes long to plan."""
    return from_schema(orjson.loads(schema))


def changed_bodies(
    schema: Schema, rules: Sequence[Schema], known: Known, template: Mapping[str, Any]
) -> st.SearchStrategy[Changes]:
    """Changes of a body: some of its fields drawn anew, left out, or added where there were none."""
    shaped = with_known(tightened(schema, rules), known)
    fields = dict(_fields(shaped, template, ()))
    values = {path: st.tuples(st.just(path), _value(field)) for path, field in fields.items()}
    one = st.sampled_from(sorted(fields, key=str))
    chosen = st.lists(one, min_size=1, max_size=MOST_CHANGES, unique=True)
    return chosen.flatmap(lambda paths: st.tuples(*(values[path] for path in paths)))


def changed(body: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """A copy of the body with the changes; one whose place is gone with another change is skipped."""
    copied = copy.deepcopy(dict(body))
    for path, value in changes:
        try:
            holder = value_at(copied, path[:-1])
            if value is LEFT_OUT:
                holder.pop(path[-1], None)
            else:
                holder[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return copied


def _fields(schema: Schema, value: Any, path: Path) -> Iterator[tuple[Path, Schema]]:
    """Every field that a body has, or could have where it has an object."""
    if isinstance(value, Mapping):
        for name, field in schema.get("properties", {}).items():
            yield (*path, name), field
            if name in value:
                yield from _fields(field, value[name], (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(schema.get("items", {}), item, (*path, index))


def _value(field: Schema) -> st.SearchStrategy[Any]:
    drawn = _drawn(field)
    if field.get("type") == "string" and not field.keys() & {"enum", "pattern", "format", "const"}:
        return drawn | st.sampled_from(LONG_TEXTS) | st.just(LEFT_OUT)
    return drawn | st.just(LEFT_OUT)


def tightened(schema: Schema, rules: Sequence[Schema]) -> Schema:
    """The schema with what rules say of single fields worked in; the rest is left to a filter."""
    for rule in rules:
        if "$id" not in rule:
            schema = _merged(schema, rule)
    return _bounded(schema)


def _merged(schema: Schema, rule: Any) -> Schema:
    if not isinstance(rule, Mapping):
        return schema
    merged = dict(schema)
    for name, said in rule.items():
        if name == "properties":
            properties = dict(schema.get("properties", {}))
            for field, its in said.items():
                if field in properties:
                    properties[field] = _merged(properties[field], its)
            merged["properties"] = properties
        elif name == "items" and isinstance(said, Mapping):
            merged["items"] = _merged(schema.get("items") or {}, said)
        elif name == "required":
            merged["required"] = sorted({*schema.get("required", ()), *said})
        elif name == "allOf":
            for part in said:
                merged = _merged(merged, part)
        elif name in LARGER:
            merged[name] = max(said, schema.get(name, said))
        elif name in SMALLER:
            merged[name] = min(said, schema.get(name, said))
        elif name in {"enum", "const", "pattern", "multipleOf", "format"} and name not in schema:
            merged[name] = said
    return merged


def _bounded(schema: Schema) -> Schema:
    """Lists of a few items, and files of one byte."""
    bounded = dict(schema)
    if "properties" in schema:
        bounded["properties"] = {name: _bounded(field) for name, field in schema["properties"].items()}
    if "array" in _types(schema):
        bounded["items"] = _bounded(schema.get("items") or {})
        bounded["maxItems"] = min(
            schema.get("maxItems", MOST_ITEMS), max(MOST_ITEMS, schema.get("minItems", 0))
        )
    if schema.get("format") == BINARY:
        return {"enum": ["QQ=="]}
    return bounded


def _types(schema: Schema) -> Sequence[str]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else types


def with_known(schema: Schema, known: Known) -> Schema:
    """The schema with known values for the fields of those names, wherever they stand."""
    shaped = dict(schema)
    if "properties" in schema:
        shaped["properties"] = {
            name: {"enum": list(known[name])}
            if name in known and "enum" not in field
            else with_known(field, known)
            for name, field in schema["properties"].items()
        }
    if isinstance(schema.get("items"), Mapping):
        shaped["items"] = with_known(schema["items"], known)
    return shaped
