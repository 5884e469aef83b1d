"""Two people change one record: the second is told what it is now, and writes nothing."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.world import World, return_number


@pytest.fixture
def sandbox(world: World) -> Iterator[httpx.Client]:
    with world.server.client(world.install.create_key("if-match")) as key:
        token = key.post("/sandbox/generate-sandbox/wms").json()["access_token"]
        key.headers["x-trackstar-access-token"] = token
        yield key


@pytest.fixture
def order(sandbox: httpx.Client) -> dict[str, Any]:
    made = sandbox.post("/wms/products", json={"name": "A mug", "sku": f"IF-MATCH-{return_number()}"})
    assert made.status_code == 200, made.text
    found: dict[str, Any] = made.json()["data"]
    return found


def test_the_second_of_two_is_told_what_the_record_is_now(
    sandbox: httpx.Client, order: dict[str, Any]
) -> None:
    path = f"/wms/products/{order['id']}"
    etag = sandbox.get(path).headers["etag"]
    first = sandbox.put(path, json={"name": "A red mug"}, headers={"if-match": etag})
    assert first.status_code == 200, first.text
    second = sandbox.put(path, json={"name": "A blue mug"}, headers={"if-match": etag})
    assert second.status_code == 412
    assert second.json()["current"]["name"] == "A red mug"
    assert sandbox.get(path).json()["data"]["name"] == "A red mug"
    now = sandbox.get(path).headers["etag"]
    again = sandbox.put(path, json={"name": "A blue mug"}, headers={"if-match": now})
    assert again.status_code == 200
    assert sandbox.get(path).json()["data"]["name"] == "A blue mug"


def test_a_repeat_gets_the_first_success_although_the_record_changed(
    sandbox: httpx.Client, order: dict[str, Any]
) -> None:
    path = f"/wms/products/{order['id']}"
    headers = {"if-match": sandbox.get(path).headers["etag"], "idempotency-key": f"one {order['id']}"}
    first = sandbox.put(path, json={"name": "Once"}, headers=headers)
    second = sandbox.put(path, json={"name": "Once"}, headers=headers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["idempotent-replayed"] == "true"
    assert second.json() == first.json()


def test_a_refusal_leaves_the_idempotency_key_free(sandbox: httpx.Client, order: dict[str, Any]) -> None:
    path = f"/wms/products/{order['id']}"
    key = {"idempotency-key": f"free {order['id']}"}
    refused = sandbox.put(path, json={"name": "Twice"}, headers={"if-match": '"0"', **key})
    assert refused.status_code == 412
    assert sandbox.put(path, json={"name": "Twice"}, headers=key).status_code == 200


@pytest.mark.parametrize("tag", ["", '"a", "b"', '"' + "x" * 300 + '"'])
def test_what_is_no_tag_is_refused(sandbox: httpx.Client, order: dict[str, Any], tag: str) -> None:
    answer = sandbox.put(f"/wms/products/{order['id']}", json={"name": "x"}, headers={"if-match": tag})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/If-Match")
    created = sandbox.post("/wms/products", json={"name": "x", "sku": "y"}, headers={"if-match": '"0"'})
    assert created.status_code == 422
