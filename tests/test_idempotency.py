"""`Idempotency-Key`: one write however often it is asked for, and honest about what is not known."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from crossdock.doubles.faults import Fault
from tests.support.world import World, a_return, change_write, state_of

PATIENCE = 30


def a_key() -> str:
    return str(uuid4())


def with_key(key: str) -> dict[str, str]:
    return {"idempotency-key": key}


def test_the_same_key_and_body_replay_the_first_success(world: World) -> None:
    body, key = a_return(), a_key()
    first = world.post(body, **with_key(key))
    again = world.post(dict(reversed(body.items())), **with_key(key))
    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert world.puts == 1


def test_another_body_with_the_key_is_400(world: World) -> None:
    key = a_key()
    assert world.post(a_return(), **with_key(key)).status_code == 200
    answer = world.post(a_return(), **with_key(key))
    assert answer.status_code == 400
    assert answer.json()["origin"] == "trackstar"
    assert world.puts == 1


def test_the_key_belongs_to_one_connection(world: World) -> None:
    other = world.install.connect(f"{world.double_url}/api/v1/")
    body, key = a_return(), a_key()
    world.post(body, **with_key(key))
    with world.server.client(world.key, other.access_token) as api:
        answer = api.post("/wms/returns", json=body, headers=with_key(key))
    assert answer.status_code == 200
    assert "idempotent-replayed" not in answer.headers


def test_many_at_once_with_one_key_write_once(world: World) -> None:
    body, key = a_return(), a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "delay_before", seconds=1.5))
    gate = threading.Barrier(8)

    def post(_: int) -> int:
        with world.api as api:
            gate.wait(PATIENCE)
            return api.post("/wms/returns", json=body, headers=with_key(key)).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(post, range(8)))
    assert statuses == [200] + [409] * 7
    assert world.puts == 1
    assert world.post(body, **with_key(key)).headers["idempotent-replayed"] == "true"


def test_409_says_when_to_come_back(world: World) -> None:
    body, key = a_return(), a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "delay_before", seconds=1.5))
    with ThreadPoolExecutor(1) as pool, world.api as api:
        first = pool.submit(world.post, body, **with_key(key))
        deadline = time.monotonic() + PATIENCE
        while not world.puts and time.monotonic() < deadline:
            time.sleep(0.01)
        busy = api.post("/wms/returns", json=body, headers=with_key(key))
        assert busy.status_code == 409
        assert int(busy.headers["retry-after"]) >= 1
        assert first.result().status_code == 200


@pytest.mark.parametrize("status", [400, 404, 429])
def test_a_refusal_releases_the_key(world: World, status: int) -> None:
    key = a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "status_before", status=status))
    assert world.post(a_return(), **with_key(key)).status_code == status
    assert world.post(a_return(), **with_key(key)).status_code == 200


def test_a_body_that_does_not_fit_releases_the_key(world: World) -> None:
    key = a_key()
    line = {"sku": "TEST-SKU", "expected_quantity": 1000}
    assert world.post(a_return(line_items=[line]), **with_key(key)).status_code == 422
    assert world.post(a_return(), **with_key(key)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "landed"), [("drop_after", True), ("hang_after", True), ("hang_before", False)]
)
def test_no_answer_after_sending_is_a_504_and_a_retry_looks_first(
    world: World, kind: str, landed: bool
) -> None:
    body, key = a_return(), a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", kind))  # type: ignore[arg-type]
    answer = world.post(body, **with_key(key))
    assert answer.status_code == 504
    assert answer.json()["outcome"] == "unknown"
    assert "unknown" in answer.json()["error"]
    assert (world.in_warehouse(body["return_number"]) is not None) is landed
    assert state_of(world, key) == "unknown"

    world.double.counts.clear()
    retried = world.post(body, **with_key(key))
    assert retried.status_code == 200
    assert world.double.counts["GET /returnOrders"] == 1
    assert world.puts == (0 if landed else 1)
    assert world.post(body, **with_key(key)).headers["idempotent-replayed"] == "true"


def test_an_unknown_outcome_keeps_the_key_for_its_body(world: World) -> None:
    key = a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "drop_after"))
    assert world.post(a_return(), **with_key(key)).status_code == 504
    assert world.post(a_return(), **with_key(key)).status_code == 400


def test_a_retry_that_cannot_look_leaves_the_outcome_unknown(world: World) -> None:
    body, key = a_return(), a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "drop_after"))
    world.post(body, **with_key(key))
    world.double.faults.add(Fault("GET", "/returnOrders", "status_before", status=503, times=9))
    assert world.post(body, **with_key(key)).status_code == 503
    assert state_of(world, key) == "unknown"
    world.double.faults.clear()
    assert world.post(body, **with_key(key)).status_code == 200
    assert world.puts == 1


def test_a_500_may_have_taken_effect_so_a_retry_looks_first(world: World) -> None:
    body, key = a_return(), a_key()
    world.double.faults.add(Fault("PUT", "/returnOrders", "status_after", status=500))
    answer = world.post(body, **with_key(key))
    assert answer.status_code == 500
    assert answer.json()["outcome"] == "unknown"
    assert world.post(body, **with_key(key)).status_code == 200
    assert world.puts == 1


def test_written_but_not_read_back_is_said_and_completed_by_a_retry(world: World) -> None:
    body, key = a_return(), a_key()
    path = "/returnOrders/{returnOrderId}"
    world.double.faults.add(Fault("GET", path, "status_before", status=503, times=9))
    answer = world.post(body, **with_key(key))
    assert answer.status_code == 503
    assert answer.json()["outcome"] == "written"
    assert answer.json()["id"]
    world.double.faults.clear()
    assert world.post(body, **with_key(key)).json()["id"] == answer.json()["id"]
    assert world.puts == 1


def test_a_return_of_that_number_with_other_contents_is_not_taken_for_ours(world: World) -> None:
    body, key = a_return(), a_key()
    world.post(body)
    changed = body | {"line_items": [{"sku": "SHIRT-L", "expected_quantity": 1}]}
    world.double.faults.add(Fault("PUT", "/returnOrders", "drop_before"))
    assert world.post(changed, **with_key(key)).status_code == 504
    retried = world.post(changed, **with_key(key))
    assert retried.status_code == 200
    assert retried.json()["data"]["line_items"][0]["sku"] == "SHIRT-L"


@pytest.mark.parametrize("key", ["", "x" * 256, "x" * 8000])
def test_a_key_that_is_empty_or_too_long_is_422(world: World, key: str) -> None:
    answer = world.post(a_return(), **with_key(key))
    assert answer.status_code == 422
    assert "255" in answer.json()["error"]
    assert world.puts == 0


def test_255_characters_are_a_key(world: World) -> None:
    key = a_key().ljust(255, "x")
    assert world.post(a_return(), **with_key(key)).status_code == 200


def test_a_key_is_forgotten_after_24_hours(world: World) -> None:
    key = a_key()
    assert world.post(a_return(), **with_key(key)).status_code == 200
    change_write(world, key, "created_at = created_at - 86401")
    answer = world.post(a_return(), **with_key(key))
    assert answer.status_code == 200
    assert "idempotent-replayed" not in answer.headers
