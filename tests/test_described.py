"""What `GET /openapi.json` says of a body is what its door takes: bodies are sent to the doors they are of.

That the document names every door, and is valid, is in `test_documented.py`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema
from jsonschema import Draft202012Validator

from crossdock.schemas.actions import WRITE_ACTIONS
from crossdock.schemas.base_bodies import BASE_BODIES
from crossdock.schemas.fields import NoBody
from tests.support.described import (
    DOCUMENT,
    JSON,
    OPERATIONS,
    PASSWORD,
    SCHEMAS,
    Doors,
    Operation,
    Schema,
    every_door,
    resolved,
)

WITH_BODY: Mapping[Operation, Mapping[str, Any]] = {
    at: operation["requestBody"] for at, operation in OPERATIONS.items() if "requestBody" in operation
}
WRITES = {(action.method, action.path) for action in WRITE_ACTIONS if BASE_BODIES[action] is not NoBody}
BODIES: Mapping[Operation, Schema] = {
    at: told["content"][JSON]["schema"]
    for at, told in WITH_BODY.items()
    if JSON in told["content"] and at not in WRITES
}
ONE_OF_EACH = list({repr(schema): at for at, schema in BODIES.items()}.values())
"""A door for each body: the doors of tags share one."""

SAMPLES: Mapping[str, Any] = {
    "null": None,
    "boolean": True,
    "integer": 1,
    "number": 7.5,
    "string": "x",
    "array": [],
    "object": {},
}
OF_THE_SCHEMA = re.compile(
    r"The body is not accepted|unknown field|is required|must be of type|is not one of the accepted values"
)
SETTINGS = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with every_door(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
def fresh_doors(tmp_path: Path) -> Iterator[Doors]:
    """Doors at which nobody tried wrong passwords yet."""
    with every_door(tmp_path) as opened:
        yield opened


def shown(at: Operation) -> str:
    return " ".join(at)


def least(schema: Schema) -> Any:
    """The smallest value that a schema of the document allows."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "object":
        properties = schema.get("properties", {})
        names = schema.get("required", []) or list(properties)[: schema.get("minProperties", 0)]
        return {name: least(properties[name]) for name in names}
    if kind == "array":
        return [least(schema["items"])] * schema.get("minItems", 0)
    if kind == "string":
        return "x" * schema.get("minLength", 1)
    return schema.get("minimum", SAMPLES[kind])


def of_another_type(schema: Schema) -> Any:
    """A value of a type that the schema does not allow."""
    schema = resolved(schema)
    named = schema.get("type", "string")
    types = {named} if isinstance(named, str) else set(named)
    if "number" in types:
        types.add("integer")
    return next(value for kind, value in SAMPLES.items() if kind not in types)


def pointers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return sorted({fault["pointer"] for fault in answer.json()["errors"]})


def check_is_not_of_the_schema(answer: httpx.Response) -> None:
    """It may be refused for what it says, such as the name of nothing, and not for how it is made."""
    assert answer.status_code < 500, answer.text
    assert answer.status_code not in {413, 415}, answer.text
    if answer.status_code == 422:
        said = answer.json()
        words = [said["error"], *(fault["message"] for fault in said.get("errors", []))]
        assert [one for one in words if OF_THE_SCHEMA.search(one)] == []


def test_only_writes_are_left_to_write_info() -> None:
    left = {at for at, told in WITH_BODY.items() if "See write-info" in str(told)}
    assert left == WRITES
    assert len(BODIES) > 40


def test_components_have_plain_names_and_say_what_they_are() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    objects = [schema for name, schema in SCHEMAS.items() if name != "Error"]
    assert len(objects) > 25
    assert [schema["title"] for schema in objects if not schema.get("description")] == []


@pytest.mark.parametrize("at", list(BODIES), ids=shown)
def test_a_body_is_refused_where_it_is_not_what_is_said(doors: Doors, at: Operation) -> None:
    schema = resolved(BODIES[at])
    body = least(schema)
    check_is_not_of_the_schema(doors.send(at, body))
    assert pointers(doors.send(at, [])) == [""]
    for name in schema.get("required", []):
        without = {key: value for key, value in body.items() if key != name}
        assert pointers(doors.send(at, without)) == [f"/{name}"]
    if schema.get("additionalProperties") is False:
        assert pointers(doors.send(at, {**body, "no_such_member": 1})) == ["/no_such_member"]
    for name, member in schema.get("properties", {}).items():
        wrong = {**body, name: of_another_type(member)}
        assert pointers(doors.send(at, wrong)) == [f"/{name}"], wrong
    if least_members := schema.get("minProperties"):
        assert len(body) == least_members
        assert pointers(doors.send(at, {})) == [""]


@pytest.mark.parametrize("at", list(BODIES), ids=shown)
def test_a_body_may_be_left_out_where_it_is_not_required(doors: Doors, at: Operation) -> None:
    answer = doors.ask(at, None)
    if WITH_BODY[at]["required"]:
        assert answer.status_code == 415
    else:
        check_is_not_of_the_schema(answer)


@pytest.mark.parametrize("at", list(BODIES), ids=shown)
def test_every_media_type_that_is_named_is_taken_and_no_other(doors: Doors, at: Operation) -> None:
    body = least(BODIES[at])
    for media_type in WITH_BODY[at]["content"]:
        check_is_not_of_the_schema(doors.send(at, body, media_type))
    assert doors.send(at, body, "text/json").status_code == 415


def test_every_filter_that_a_door_takes_is_named(doors: Doors) -> None:
    asked = 0
    for at, operation in OPERATIONS.items():
        if at[0] != "GET":
            continue
        answer = doors.ask(at, query="?no_such_filter=1")
        if answer.status_code != 422:
            continue
        [fault] = answer.json()["errors"]
        assert fault["pointer"] == "/no_such_filter", at
        taken = set(fault["accepted"])
        named = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        # The filters of stored records are taken by their names and by any of their operators.
        fields = {name: name.partition("[")[0] for name in named}
        assert taken <= named | set(fields.values()), at
        assert [name for name in named if not {name, fields[name]} & taken] == [], at
        asked += 1
    assert asked > 40


@pytest.mark.parametrize("at", ONE_OF_EACH, ids=shown)
def test_bodies_as_they_are_said_to_be_are_not_refused_for_how_they_are_made(
    doors: Doors, at: Operation
) -> None:
    drawn: st.SearchStrategy[Any] = from_schema({**BODIES[at], "components": DOCUMENT["components"]})

    @SETTINGS
    @given(body=drawn)
    def tried(body: Any) -> None:
        check_is_not_of_the_schema(doors.send(at, body))

    tried()


def test_merge_patches_are_taken_by_both_of_their_names() -> None:
    content = WITH_BODY["PATCH", "/sandbox/records/{integration_type}/{resource}/{record_id}"]["content"]
    assert content.keys() == {JSON, "application/merge-patch+json"}


def test_a_file_is_asked_for_as_a_form(doors: Doors) -> None:
    at = "POST", "/carrier/files"
    [(media_type, told)] = WITH_BODY[at]["content"].items()
    assert (media_type, told["schema"]["required"]) == ("multipart/form-data", ["file"])
    form = b'--b\r\ncontent-disposition: form-data; name="file_name"\r\n\r\na.csv\r\n--b--\r\n'
    assert pointers(doors.ask(at, form, f"{media_type}; boundary=b")) == ["/file"]
    assert doors.send(at, {}).status_code == 415


def check_is_what_is_said(at: Operation, answer: httpx.Response) -> None:
    """An answer of success has what the document says of it, and nothing besides."""
    assert answer.is_success, answer.text
    schema = {**answer_schema(at), "components": DOCUMENT["components"]}
    assert list(Draft202012Validator(schema).iter_errors(answer.json())) == []
    shapes = [resolved(one) for one in schema.get("anyOf", [schema])]
    assert any(answer.json().keys() <= shape["properties"].keys() for shape in shapes)


def answer_schema(at: Operation) -> dict[str, Any]:
    [success] = [told for status, told in OPERATIONS[at]["responses"].items() if status in {"200", "201"}]
    schema: dict[str, Any] = success.get("content", {}).get(JSON, {}).get("schema", {})
    return schema


def test_answers_are_what_they_are_said_to_be(fresh_doors: Doors) -> None:
    doors = fresh_doors
    described = {at for at in OPERATIONS if answer_schema(at)}

    def answer(method: str, path: str, body: Any = None, **in_path: str) -> Any:
        """The answer of a door, which has to be what is said of it."""
        at = method, path
        doors.in_path = {**doors.in_path, **in_path}
        given = doors.ask(at) if body is None else doors.send(at, body)
        check_is_what_is_said(at, given)
        described.discard(at)
        return given.json()

    link = answer("POST", "/link/token", {})["link_token"]
    doors.opened_by = {**doors.opened_by, "link": {"authorization": f"Bearer {link}"}}
    sandbox = {"integration_type": "cart", "integration_name": "sandbox", "fields": {}}
    code = answer("POST", "/link/connect", sandbox)["auth_code"]
    assert answer("POST", "/link/exchange", {"auth_code": code})["integration_name"] == "sandbox"
    answer("POST", "/sandbox/generate-sandbox/{integration_type}", integration_type="freight")
    made = answer("POST", "/magic-links", {"customer_id": "c"})["magic_link"]
    shown_again = answer("GET", "/magic-links/{magic_link_id}", magic_link_id=made["id"])["magic_link"]
    assert made == shown_again | {"url": made["url"]}
    assert shown_again in answer("GET", "/magic-links")["magic_links"]
    answer("POST", "/link/magic", {"secret": made["url"].partition("#")[2]})
    answer("GET", "/session")
    answer("POST", "/session", {"email": "ada@example.com", "password": PASSWORD})
    key = answer("POST", "/api-keys", {"name": "K"})
    assert key["id"] in {one["id"] for one in answer("GET", "/api-keys")["data"]}
    product = {"sku": "DESCRIBED", "name": "Described"}
    rehearsed = doors.world.call("POST", "/wms/products", product, headers={"x-dry-run": "true"})
    assert rehearsed.json()["dry_run"] is True
    check_is_what_is_said(("POST", "/wms/products"), rehearsed)
    assert answer("POST", "/wms/products", product)["data"]["sku"] == "DESCRIBED"
    by_another_way = {("POST", "/first-start"), ("POST", "/invitation")}
    of_a_write = {(action.method, action.path) for action in WRITE_ACTIONS}
    assert described - of_a_write - by_another_way == set()
