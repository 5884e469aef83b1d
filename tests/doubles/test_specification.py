"""Whatever breaks the vendor's specification is loud: 500, a log line, an entry, and words that name it."""

import logging
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from crossdock.doubles import ongoing
from crossdock.doubles.specification import Specification, Violation
from tests.doubles.conftest import Account

FILE = Path(ongoing.__file__).parent / "specification" / "openapi.json"


def assert_violated(account: Account, answer: httpx.Response, words: str) -> None:
    assert answer.status_code == 500
    assert answer.json()["message"].startswith("specification violation: ")
    assert words in answer.json()["message"]
    assert len(account.double.violations) == 1
    assert words in account.double.violations[0]
    assert account.stored == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"quantity": 1}, "returnOrderLines/0: Additional properties are not allowed ('quantity'"),
        ({"returnCause": {"cod": "1"}}, "returnOrderLines/0/returnCause: Additional properties"),
        ({"returnOrderRowNumber": 1}, "returnOrderLines/0/returnOrderRowNumber"),
        ({"toBeReturnedNumberOfItems": "2"}, "returnOrderLines/0/toBeReturnedNumberOfItems"),
        ({"customerOrderLine": {"orderLineId": 2**31}}, "returnOrderLines/0/customerOrderLine/orderLineId"),
    ],
)
def test_a_line_that_breaks_it_is_named(account: Account, line: dict[str, Any], words: str) -> None:
    assert_violated(account, account.put(account.body(**line)), words)


@pytest.mark.parametrize("name", ["goodsOwnerId", "returnOrderNumber", "customerOrder", "returnOrderLines"])
def test_a_missing_field_is_named(account: Account, name: str) -> None:
    body = account.body()
    del body[name]
    assert_violated(account, account.put(body), f'"{name}" is a required property')


@pytest.mark.parametrize("moment", ["yesterday", "2026-02-03", "2026-02-03T00:00:00"])
def test_a_time_is_rfc_3339(account: Account, moment: str) -> None:
    assert_violated(account, account.put(account.body() | {"inDate": moment}), "inDate")


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 1.5, True])
def test_int32_is_a_range(account: Account, number: Any) -> None:
    assert_violated(account, account.put(account.body() | {"warehouseId": number}), "warehouseId")


@pytest.mark.parametrize(
    ("content", "content_type", "words"),
    [
        (b"{", "application/json", "not JSON"),
        (b"", "application/json", "not JSON"),
        (b"{}", "text/plain", "content type"),
    ],
)
def test_a_body_is_json_and_says_so(account: Account, content: bytes, content_type: str, words: str) -> None:
    headers = {"content-type": content_type}
    answer = account.client.put("/api/v1/returnOrders", content=content, headers=headers)
    assert_violated(account, answer, words)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/v1/orders", "needs the query parameter goodsOwnerId"),
        ("/api/v1/orders?goodsOwnerId=1&limit=5", "has no query parameter limit"),
        ("/api/v1/orders?goodsOwnerId=one", "query parameter goodsOwnerId"),
        ("/api/v1/orders?goodsOwnerId=1.0", "query parameter goodsOwnerId"),
        ("/api/v1/orders?goodsOwnerId=1&goodsOwnerId=2", "given 2 times"),
        ("/api/v1/orders?goodsOwnerId=1&onlyIfTransportPrinted=yes", "onlyIfTransportPrinted"),
        ("/api/v1/orders?goodsOwnerId=1&shippedTimeFrom=today", "shippedTimeFrom"),
        ("/api/v1/articles?goodsOwnerId=1&articleClassIds=1&articleClassIds=x", "articleClassIds"),
        ("/api/v1/warehouses?goodsOwnerId=1", "has no query parameter goodsOwnerId"),
        ("/api/v1/orders/one", "path parameter orderId"),
        ("/api/v1/orders/%7BorderId%7D", "path parameter orderId"),
        ("/api/v1/order", "has no GET /order"),
        ("/api/v1/warehouses/", "has no GET /warehouses/"),
        ("/warehouses", "is not under /api/v1/"),
        ("/api/v2/warehouses", "is not under /api/v1/"),
    ],
)
def test_paths_and_queries_are_checked(account: Account, path: str, words: str) -> None:
    assert_violated(account, account.client.get(path), words)


def test_a_method_it_does_not_have_and_a_body_it_does_not_take(account: Account) -> None:
    assert_violated(account, account.client.post("/api/v1/returnOrders", json={}), "no POST /returnOrders")
    account.double.violations.clear()
    answer = account.client.request("GET", "/api/v1/warehouses", json={})
    assert_violated(account, answer, "takes no body")


@pytest.mark.parametrize("text", ["true", "false"])
def test_types_of_query_parameters_are_read(account: Account, text: str) -> None:
    answer = account.get("/orders", onlyIfTransportPrinted=text, orderNumbers=["1", "true"])
    assert answer.status_code == 501
    assert account.double.violations == []


def test_a_violation_is_logged_as_an_error(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    account.read("/nothing")
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "specification violation: the specification has no GET /nothing" in record.getMessage()


def test_what_is_in_it_and_not_in_the_double_is_501_and_logged(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    answer = account.client.delete("/api/v1/articles/classes/1")
    assert answer.status_code == 501
    assert "DELETE /articles/classes/{articleClassId}" in answer.json()["message"]
    assert "DELETE /articles/classes" in caplog.text
    assert account.double.violations == []


@pytest.mark.parametrize("path", ["/orders/{}", "/orders"])
def test_an_answer_that_breaks_it_is_loud_too(account: Account, path: str) -> None:
    order = account.double.owner(account.goods_owner).orders[account.orders[0]]
    order["orderInfo"]["colour"] = "red"
    answer = account.get("/orders") if path == "/orders" else account.read(path.format(account.orders[0]))
    assert_violated(account, answer, "colour")


def test_every_operation_of_the_file_can_be_compiled_and_checked() -> None:
    specification = Specification(FILE, prefix="/api/v1")
    document = orjson.loads(FILE.read_bytes())
    operations = [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in document["paths"].items()
        for method in methods
    ]
    assert len(operations) == 120
    for method, path in operations:
        call = specification.operation(method, path)
        assert (call.method, call.path) == (method, path)
        specification._find(call)


def test_checking_is_cheap(account: Account) -> None:
    specification = Specification(FILE, prefix="/api/v1")
    body = orjson.dumps(account.body(returnCause={"code": "1"}))
    [stored] = [account.double.state.orders[account.orders[0]][1]]

    def check() -> float:
        started = time.perf_counter()
        call = specification.operation("PUT", "/returnOrders")
        specification.check_request(call, [], {"content-type": "application/json"}, body)
        specification.check_answer(call, {"returnOrderId": 1, "message": "OK"})
        read = specification.operation("GET", "/orders/1001")
        specification.check_request(read, [], {}, b"")
        specification.check_answer(read, stored)
        return time.perf_counter() - started

    check()
    assert min(check() for _ in range(50)) < 0.0003


def test_models_joined_by_all_of_are_one_closed_object(tmp_path: Path) -> None:
    known = a_specification(tmp_path)
    call = known.operation("GET", "/boxes")
    known.check_answer(call, {"id": 1, "name": None, "colour": "red"})
    for answer in ({"id": 1, "weight": 2}, {"name": "n", "colour": "red"}):
        with pytest.raises(Violation, match="answer"):
            known.check_answer(call, answer)
    with pytest.raises(Violation, match="does not answer 409"):
        known.check_answer(call, {}, 409)
    known.check_answer(call, ["wrong"], 422)
    assert known.answer_schema(call, 404) is None


def test_lists_by_comma_and_corrected_models(tmp_path: Path) -> None:
    call = a_specification(tmp_path).operation("GET", "/boxes")
    query = [("ids", "1,2"), ("ids", "3")]
    known = a_specification(tmp_path, lists_by_comma=True, corrections={"Colour": {"type": "integer"}})
    assert known.check_request(call, query, {}, b"")[0] == {"ids": [1, 2, 3]}
    known.check_answer(call, {"id": 1, "colour": 5})
    with pytest.raises(Violation, match="ids"):
        a_specification(tmp_path).check_request(call, query, {}, b"")


def a_specification(folder: Path, **settings: Any) -> Specification:
    """Of one operation whose answer is made of two models."""
    box = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    named = {"properties": {"name": {"type": "string", "nullable": True}}, "additionalProperties": False}
    models = {
        "Box": {**box, "additionalProperties": False},
        "Colour": {"type": "string"},
        "ColouredBox": {
            "allOf": [{"$ref": "#/components/schemas/Box"}, {"type": "object", **named}],
            "properties": {"colour": {"$ref": "#/components/schemas/Colour"}},
        },
    }
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ColouredBox"}}}}
    refusal = {"content": {"application/json": {"schema": {"type": "array"}}}}
    numbers = {"type": "array", "items": {"type": "integer"}}
    operation = {
        "parameters": [{"name": "ids", "in": "query", "schema": numbers}],
        "responses": {"200": answer, "404": {}, "422": refusal},
    }
    file = folder / "openapi.json"
    file.write_bytes(
        orjson.dumps({"paths": {"/boxes": {"get": operation}}, "components": {"schemas": models}})
    )
    return Specification(file, **settings)
