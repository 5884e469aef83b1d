"""Bodies drawn from a published document are accepted and become requests that Ongoing's specification
accepts; bodies that break it in one place are refused at that place.

The double checks every request against the specification, and `world` fails on any violation.
"""

import copy
import itertools
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from tests.support.world import GOODS_OWNER, World, return_number

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)

SAID = {"type", "title", "description", "example", "examples"}
OF_OBJECTS = SAID | {"properties", "required", "additionalProperties"}
OF_LISTS = SAID | {"items", "minItems", "maxItems"}

_orders = itertools.count(1_000_000)


def law_of(document: dict[str, Any]) -> dict[str, Any]:
    """The schema that the document says a body of create_return must satisfy, rules and all."""
    content = document["paths"]["/wms/returns"]["post"]["requestBody"]["content"]
    rules = [rule["schema"] for rule in document["info"]["x-body-rules"] if "schema" in rule]
    published = content["application/json"]["schema"]
    return {"allOf": [published, *rules], "components": document["components"]}


def bodies(document: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies that satisfy the component schema and, by an independent validator, every rule."""
    law = jsonschema.Draft202012Validator(law_of(document))
    schemas = copy.deepcopy(document["components"]["schemas"])
    body = schemas["CreatewmsReturnOngoingSchema"]
    number = {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}
    body["properties"] |= {"order_id": number, "warehouse_id": {"enum": ["1", "2"]}}
    body["properties"]["line_items"] |= {"minItems": 1, "maxItems": 5}
    body["properties"]["trackstar_tags"]["maxItems"] = 2
    lines = schemas["WmsReturnWriteLineItemongoing"]["properties"]
    lines["expected_quantity"] |= {"minimum": 1, "maximum": 2**31 - 1}
    return drawn(body, schemas).filter(law.is_valid)


def drawn(schema: dict[str, Any], schemas: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a schema. Objects and lists are put together here, once: `from_schema` alone plans each of
    their fields anew for each value, which takes most of the time of a test."""
    if "$ref" in schema:
        return drawn(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if schema.get("type") == "object":
        assert schema.keys() <= OF_OBJECTS, schema.keys()
        fields = {name: drawn(field, schemas) for name, field in schema["properties"].items()}
        required = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(required, optional=fields)
    if schema.get("type") == "array":
        assert schema.keys() <= OF_LISTS, schema.keys()
        items = drawn(schema["items"], schemas)
        return st.lists(items, min_size=schema.get("minItems", 0), max_size=schema.get("maxItems"))
    leaf: st.SearchStrategy[Any] = from_schema(schema)
    return leaf


def arranged(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """The body, about an order of its own that shipped exactly what it returns."""
    skus = [line["sku"] for line in body["line_items"]]
    assume(len(set(skus)) == len(skus))
    lines = [(line["sku"], line["expected_quantity"]) for line in body["line_items"]]
    order = world.double.warehouse.add_order(world.double.owner(GOODS_OWNER), lines, order_id=next(_orders))
    return body | {"order_id": str(order)}


@pytest.fixture(scope="session")
def document(worlds_world: World) -> dict[str, Any]:
    found: dict[str, Any] = worlds_world.write_info(operation="create_return").json()
    return found


def test_drawn_bodies_are_accepted_and_land(world: World, document: dict[str, Any]) -> None:
    @SETTINGS
    @given(bodies(document))
    def check(drawn: dict[str, Any]) -> None:
        body = arranged(world, drawn)
        answer = world.post(body)
        assert answer.status_code == 200, answer.text
        there = world.in_warehouse(body["return_number"])
        assert there is not None
        in_warehouse = [
            (
                line["article"]["articleNumber"],
                line["toBeReturnedNumberOfItems"],
                (line["returnCause"] or {}).get("code"),
            )
            for line in there["returnOrderLines"]
        ]
        sent = [
            (line["sku"], line["expected_quantity"], line.get("return_cause", {}).get("code"))
            for line in body["line_items"]
        ]
        assert in_warehouse == sent

    check()


def every_place(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a body."""
    places = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        places += every_place(inner, (*path, key))
    return places


def changed(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy of the body with another value at a place."""
    copied = copy.deepcopy(body)
    holder: Any = copied
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return copied


def pointer(path: tuple[Any, ...]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def test_one_broken_place_is_refused_at_that_place(world: World, document: dict[str, Any]) -> None:
    @SETTINGS
    @given(bodies(document), st.data())
    def check(drawn: dict[str, Any], data: st.DataObject) -> None:
        body = drawn | {"return_number": return_number()}
        place = data.draw(st.sampled_from([path for path in every_place(body) if path]))
        broken = changed(body, place, data.draw(st.sampled_from([None, "", "none", "null", 3.5, [[]]])))
        answer = world.post(broken)
        if jsonschema.Draft202012Validator(law_of(document)).is_valid(broken):
            return
        assert answer.status_code == 422
        pointers = {fault["pointer"] for fault in answer.json()["errors"]}
        assert any(found.startswith(pointer(place)) or pointer(place).startswith(found) for found in pointers)

    check()
    assert world.puts == 0


@pytest.mark.parametrize("field", ["return_number", "order_id", "line_items"])
def test_a_missing_field_is_refused_by_name(world: World, document: dict[str, Any], field: str) -> None:
    @settings(SETTINGS, max_examples=10)
    @given(bodies(document))
    def check(drawn: dict[str, Any]) -> None:
        body = {name: value for name, value in drawn.items() if name != field}
        answer = world.post(body)
        assert answer.status_code == 422
        assert f"/{field}" in {fault["pointer"] for fault in answer.json()["errors"]}

    check()


def test_every_field_lands_somewhere_or_is_reported_unused(world: World, document: dict[str, Any]) -> None:
    """Changing a field's value changes the vendor's request, unless the answer says it was not used."""
    full = {
        "return_number": return_number(),
        "order_id": "1001",
        "warehouse_id": "1",
        "line_items": [
            {
                "sku": "TEST-SKU",
                "expected_quantity": 1,
                "return_cause": {"code": "1", "return_reason": "damaged"},
            }
        ],
        "tracking_number": "A",
        "tracking_url": "B",
    }
    other = world.double.warehouse.add_order(world.double.owner(GOODS_OWNER), [("TEST-SKU", 9), ("MUG", 9)])
    changes: list[tuple[tuple[Any, ...], Any]] = [
        (("return_number",), "other"),
        (("order_id",), str(other)),
        (("warehouse_id",), "2"),
        (("line_items", 0, "sku"), "SHIRT-M"),
        (("line_items", 0, "expected_quantity"), 2),
        (("line_items", 0, "return_cause"), {"code": "3", "return_reason": "no longer needed"}),
        (("tracking_number",), "C"),
        (("tracking_url",), "D"),
    ]
    declared = set(document["components"]["schemas"]["CreatewmsReturnOngoingSchema"]["properties"])
    assert declared == {path[0] for path, _ in changes} | {"trackstar_tags"}
    plain = world.post(full, **{"x-dry-run": "true"}).json()
    assert plain["unused_fields"] == []
    for path, value in changes:
        preview = world.post(changed(full, path, value), **{"x-dry-run": "true"}).json()
        assert preview["vendor_request"]["body"] != plain["vendor_request"]["body"], path
