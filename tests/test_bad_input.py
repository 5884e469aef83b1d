"""Whatever is sent: a clear error in the contract's form, nothing at the vendor, and the server lives."""

import socket
from typing import Any

import pytest

from tests.support.world import World, a_return

JSON = {"content-type": "application/json"}


def raw_post(world: World, content: bytes, headers: dict[str, str] = JSON) -> tuple[int, dict[str, Any]]:
    with world.api as api:
        answer = api.post("/wms/returns", content=content, headers=headers)
    assert answer.headers["x-request-id"]
    body = answer.json()
    assert body["origin"] == "trackstar"
    assert body["error"]
    assert world.puts == 0
    return answer.status_code, body


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"{", "line 1"),
        (b'{"return_number": "a",}', "column"),
        (b"\xff\xfe", "not JSON"),
        (b'"\\ud800"', "surrogate"),
        (b'{"line_items": NaN}', "not JSON"),
        (b'{"line_items": 1e999}', "infinity"),
        (b"[" * 5000, "depth"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "depth"),
    ],
)
def test_what_is_not_json(world: World, content: bytes, words: str) -> None:
    status, body = raw_post(world, content)
    assert status == 422
    assert words in body["error"]


@pytest.mark.parametrize("content", [b"[]", b"null", b'"text"', b"3", b"true"])
def test_what_is_not_an_object(world: World, content: bytes) -> None:
    status, body = raw_post(world, content)
    assert status == 422
    assert body["errors"][0]["pointer"] == ""


def test_a_body_over_1_mb_is_413_whether_declared_or_not(world: World) -> None:
    big = b'{"return_number": "' + b"x" * (1024 * 1024) + b'"}'
    assert raw_post(world, big)[0] == 413
    with world.api as api:
        answer = api.post("/wms/returns", content=iter([big[:700_000], big[700_000:]]), headers=JSON)
    assert answer.status_code == 413


def test_a_body_just_under_1_mb_is_read(world: World) -> None:
    status, body = raw_post(world, b'{"return_number": "' + b"x" * (1024 * 1024 - 100) + b'"}')
    assert status == 422
    assert {fault["pointer"] for fault in body["errors"]} == {"/order_id", "/line_items"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_wrong_content_type_is_415(world: World, content_type: str) -> None:
    assert raw_post(world, b"{}", {"content-type": content_type})[0] == 415


def test_a_content_type_with_a_charset_is_json(world: World) -> None:
    assert raw_post(world, b"{}", {"content-type": "Application/JSON; charset=utf-8"})[0] == 422


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (
            {"line_items": [{"sku": "TEST-SKU", "expected_quantity": 10**30}]},
            "/line_items/0/expected_quantity",
        ),
        ({"line_items": [{"sku": "TEST-SKU", "expected_quantity": -1}]}, "/line_items/0/expected_quantity"),
        ({"line_items": [{"sku": "TEST-SKU", "expected_quantity": 1.5}]}, "/line_items/0/expected_quantity"),
        ({"line_items": [{"sku": "TEST-SKU", "expected_quantity": True}]}, "/line_items/0/expected_quantity"),
        ({"line_items": []}, "/line_items"),
        ({"order_id": "0"}, "/order_id"),
        ({"order_id": "2147483648"}, "/order_id"),
        ({"order_id": "1001 "}, "/order_id"),
        ({"order_id": "1001\n"}, "/order_id"),
        ({"order_id": "\u0661\u0660"}, "/order_id"),
        ({"order_id": "../orders"}, "/order_id"),
        ({"order_id": 1001}, "/order_id"),
        ({"return_number": "a\x00b"}, "/return_number"),
        ({"return_number": "NULL"}, "/return_number"),
        ({"return_number": "None"}, "/return_number"),
        ({"trackstar_tags": [{"a": "b", "c": "d"}]}, "/trackstar_tags/0"),
        ({"trackstar_tags": [{"a": {"deep": "er"}}]}, "/trackstar_tags/0/a"),
        ({"trackstar_tags": ["null"]}, "/trackstar_tags/0"),
        ({"trackstar_tags": [{"a\x00": "b"}]}, "/trackstar_tags/0"),
        ({"a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_values_that_do_not_fit(world: World, change: dict[str, Any], pointer: str) -> None:
    answer = world.post(a_return(**change))
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert world.puts == 0


def test_an_unknown_field_is_told_the_nearest_known_name(world: World) -> None:
    body = a_return(tracking_numbr="1Z")
    body["line_items"][0]["quantity"] = 1
    faults = {f["pointer"]: f["message"] for f in world.post(body).json()["errors"]}
    assert "'tracking_number'" in faults["/tracking_numbr"]
    assert "'expected_quantity'" in faults["/line_items/0/quantity"]


def test_emoji_and_long_texts_go_through(world: World) -> None:
    body = a_return(return_number="RMA-📦-" + "å" * 200, trackstar_tags=["📦"])
    answer = world.post(body)
    assert answer.status_code == 200
    assert world.in_warehouse(body["return_number"]) is not None


@pytest.mark.parametrize("name", ["..", "%2e%2e", "%00", "ongoing%00", "..%2f..%2fetc%2fpasswd", "a" * 4000])
def test_odd_names_in_paths_are_404(world: World, name: str) -> None:
    port = int(world.server.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        request = f"GET /integrations/wms/{name}/write-info HTTP/1.1\r\nHost: localhost\r\n"
        request += f"x-trackstar-api-key: {world.key}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 404")
    assert b'"origin":"trackstar"' in answer


def test_headers_of_8_kb_are_read_and_of_40_kb_are_431(world: World) -> None:
    with world.api as api:
        assert api.get("/healthz", headers={"x-note": "x" * 8192}).status_code == 200
        answer = api.get("/healthz", headers={"x-note": "x" * 40_000})
    assert answer.status_code == 431
    assert answer.json()["origin"] == "trackstar"


def test_x_dry_run_is_true_or_false(world: World) -> None:
    assert world.post(a_return(), **{"x-dry-run": "maybe"}).status_code == 422
    assert world.puts == 0


def test_unknown_paths_and_methods(world: World) -> None:
    with world.api as api:
        assert api.get("/nothing").status_code == 404
        assert api.delete("/wms/returns").status_code == 405
        assert api.get("/wms/returns/").status_code == 404
