"""How the Ongoing double misbehaves when it is told to, and that it is well again afterwards."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from crossdock.doubles.faults import Fault
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.doubles.conftest import Account

PUT = ("PUT", "/returnOrders")


def eventually(true: Callable[[], bool]) -> None:
    """Waits until it is true, and fails when it has not become so for long."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def put_that_hangs(account: Account, pool: ThreadPoolExecutor) -> Future[httpx.Response]:
    """A put in the background; returns once the double has it."""
    hung_before = account.double.faults.hanging
    answer = pool.submit(account.put, account.body())
    eventually(lambda: account.double.faults.hanging > hung_before)
    return answer


@pytest.mark.parametrize(
    ("kind", "landed"), [("status", False), ("status_before", False), ("status_after", True)]
)
def test_a_status_with_a_body_and_retry_after(account: Account, kind: Any, landed: bool) -> None:
    account.double.misbehave(*PUT, kind, status=429, retry_after=3, body="slow down")
    answer = account.put(account.body())
    assert (answer.status_code, answer.headers["retry-after"], answer.text) == (429, "3", "slow down")
    assert bool(account.stored) is landed
    assert account.double.requests[-1].status == 429
    assert account.put(account.body()).status_code == 200


@pytest.mark.parametrize(("kind", "landed"), [("drop_before", False), ("drop_after", True)])
def test_a_dropped_connection(
    account: Account, caplog: pytest.LogCaptureFixture, kind: Any, landed: bool
) -> None:
    account.double.misbehave(*PUT, kind)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        account.put(account.body())
    assert bool(account.stored) is landed
    assert account.double.requests[-1].status is None
    assert account.put(account.body()).status_code == 200
    assert caplog.records == []


@pytest.mark.parametrize(("kind", "landed"), [("hang_before", False), ("hang_after", True)])
def test_a_hanging_call_is_let_go_when_faults_are_cleared(account: Account, kind: Any, landed: bool) -> None:
    account.double.misbehave(*PUT, kind)
    with ThreadPoolExecutor(1) as pool:
        answer = put_that_hangs(account, pool)
        assert bool(account.stored) is landed
        assert not answer.done()
        account.client.delete("/_double/faults")
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            answer.result(10)
    assert bool(account.stored) is landed
    assert account.put(account.body()).status_code == 200


def test_a_hanging_call_ends_when_the_caller_gives_up(account: Account) -> None:
    account.double.misbehave(*PUT, "hang_before")
    with pytest.raises(httpx.ReadTimeout):
        account.client.put("/api/v1/returnOrders", json=account.body(), timeout=0.3)
    eventually(lambda: not account.double.faults._hung)
    assert account.stored == {}
    assert account.put(account.body()).status_code == 200


def test_stopping_does_not_wait_for_what_hangs(caplog: pytest.LogCaptureFixture) -> None:
    double = OngoingDouble()
    with ThreadPoolExecutor(1) as pool:
        with running(double) as url:
            double.misbehave("GET", "/warehouses", "hang_before")
            answer = pool.submit(
                httpx.get, f"{url}/api/v1/warehouses", auth=("u", "p"), trust_env=False, timeout=30
            )
            eventually(lambda: double.faults.hanging == 1)
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            answer.result(10)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("kind", "landed"), [("delay", False), ("delay_before", False), ("delay_after", True)]
)
def test_a_delay_is_before_or_after_the_effect(account: Account, kind: Any, landed: bool) -> None:
    account.double.misbehave(*PUT, kind, seconds=0.5)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(account.put, account.body())
        eventually(lambda: bool(account.stored if landed else account.double.counts))
        assert bool(account.stored) is landed
        assert not answer.done()
        assert answer.result(10).status_code == 200
    assert account.stored


def test_garbage_and_truncated_answers_after_the_effect(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.double.misbehave(*PUT, "garbage")
    garbage = account.put(account.body())
    assert garbage.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        garbage.json()
    account.double.misbehave(*PUT, "truncated")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        account.put(account.body("R-2"))
    assert list(account.stored) == ["R-1", "R-2"]
    assert caplog.records == []


def test_faults_are_counted_down_in_the_order_they_were_told(account: Account) -> None:
    account.double.misbehave("GET", "/warehouses", "status", times=2, status=503)
    account.double.misbehave("GET", "/warehouses", "status", status=502)
    account.double.misbehave("GET", "/returnOrders/statuses", "status", status=418)
    statuses = [account.read("/warehouses").status_code for _ in range(4)]
    assert statuses == [503, 503, 502, 200]
    assert account.double.counts["GET /warehouses"] == 4


def test_a_fault_may_be_about_one_record_or_any(account: Account) -> None:
    first, second, *_ = account.orders
    account.double.misbehave("GET", f"/orders/{second}", "status", status=503)
    assert account.read(f"/orders/{first}").status_code == 200
    assert account.read(f"/orders/{second}").status_code == 503
    account.double.misbehave("GET", "/orders/{orderId}", "status", status=503)
    assert account.read(f"/orders/{first}").status_code == 503


def test_a_refused_write_leaves_the_fault_after_the_effect_for_the_next(account: Account) -> None:
    account.double.misbehave(*PUT, "status_after", status=500)
    assert account.put(account.body(toBeReturnedNumberOfItems=0)).status_code == 400
    assert account.put(account.body()).status_code == 500


def test_faults_that_could_never_happen_are_refused(account: Account) -> None:
    told: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("PUT", "/returnOrder", "drop_before", {}),
        ("PATCH", "/returnOrders", "drop_before", {}),
        ("PUT", "/returnOrders", "sulk", {}),
        ("PUT", "/returnOrders", "delay", {}),
        ("PUT", "/returnOrders", "drop_before", {"times": 0}),
        ("PUT", "/returnOrders", "status", {"status": 99}),
    ]
    for method, path, kind, details in told:
        with pytest.raises(ValueError, match=r"\w"):
            account.double.misbehave(method, path, kind, **details)
    assert account.put(account.body()).status_code == 200


def test_latency_is_added_to_every_call_of_the_api_and_not_to_the_doors() -> None:
    double = OngoingDouble(latency=0.3)
    with running(double) as url, httpx.Client(base_url=url, auth=("u", "p"), trust_env=False) as client:

        def seconds(path: str) -> float:
            started = time.monotonic()
            assert client.get(path).status_code == 200
            return time.monotonic() - started

        assert seconds("/_double/state") < 0.3
        assert seconds("/api/v1/warehouses") >= 0.3
        double.latency = 0.0
        assert seconds("/api/v1/warehouses") < 0.3


def test_faults_told_from_many_threads_each_happen_once(account: Account) -> None:
    fault_count = 8
    gate = threading.Barrier(fault_count)

    def tell(_: int) -> None:
        gate.wait(10)
        account.double.faults.add(Fault("GET", "/warehouses", "status_before", status=503))

    with ThreadPoolExecutor(fault_count) as pool:
        list(pool.map(tell, range(fault_count)))
    statuses = [account.read("/warehouses").status_code for _ in range(fault_count + 1)]
    assert statuses == [503] * fault_count + [200]
