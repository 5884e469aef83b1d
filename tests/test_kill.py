"""kill -9 of the server at each step of a write: nothing is lost and nothing is written twice."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from cryptography.fernet import Fernet

from crossdock.doubles.faults import Fault
from tests.support.install import Install, Server
from tests.support.postgres import new_database
from tests.support.world import World, a_return, change_write, connected_world

PATIENCE = 30
LAUNCHER = (str(Path(__file__).parent / "support" / "killable.py"),)

STEPS = [
    "before:claim",
    "after:claim",
    "before:read orders",
    "after:read orders",
    "before:write",
    "after:write",
    "before:read returnOrders",
    "after:read returnOrders",
    "before:succeed",
    "after:succeed",
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def mortal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world whose lease is so long that only seeing the dead server gone lets a retry in."""
    install = Install(tmp_path_factory.mktemp("home"), settings={"CROSSDOCK_WRITE_LEASE": "3000"})
    if request.param == "postgresql":
        install.database_url = new_database(request.getfixturevalue("postgres"))
        install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    with connected_world(install) as world:
        yield world
        assert world.double.violations == []


def eventually(ask: Callable[[], httpx.Response], done: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Asks until the answer is the one waited for, no longer than `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if done(answer) or time.monotonic() > deadline:
            return answer
        time.sleep(0.05)


@pytest.mark.parametrize("step", STEPS)
def test_a_retry_after_kill_9_writes_exactly_once(mortal: World, step: str) -> None:
    body, key = a_return(), {"idempotency-key": str(uuid4())}
    mortal.double.counts.clear()
    victim = Server(mortal.install, LAUNCHER).start({"KILL_AT": step})
    with victim.client(mortal.key, mortal.token) as api, pytest.raises(httpx.TransportError):
        api.post("/wms/returns", json=body, headers=key)
    victim.wait()

    answer = mortal.post(body, **key)
    assert answer.status_code == 200, answer.text
    assert mortal.puts == 1
    there = mortal.in_warehouse(body["return_number"])
    assert there is not None
    assert answer.json()["id"] == str(there["returnOrderInfo"]["returnOrderId"])
    with mortal.api as api:
        assert api.get(f"/wms/returns/{answer.json()['id']}").status_code == 200
    assert mortal.post(body, **key).headers["idempotent-replayed"] == "true"


def test_the_write_of_a_server_elsewhere_is_taken_over_when_its_lease_ends(mortal: World) -> None:
    body, key = a_return(), {"idempotency-key": str(uuid4())}
    victim = Server(mortal.install, LAUNCHER).start({"KILL_AT": "after:write"})
    with victim.client(mortal.key, mortal.token) as api, pytest.raises(httpx.TransportError):
        api.post("/wms/returns", json=body, headers=key)
    victim.wait()
    change_write(mortal, key["idempotency-key"], "owner = 'another-machine 1 1'")
    busy = mortal.post(body, **key)
    assert busy.status_code == 409
    assert int(busy.headers["retry-after"]) > 2000
    change_write(mortal, key["idempotency-key"], "lease_until = 0")
    assert mortal.post(body, **key).status_code == 200


@pytest.mark.parametrize("kind", ["hang_before", "hang_after"])
def test_killed_while_the_vendor_works(mortal: World, kind: str) -> None:
    body, key = a_return(), {"idempotency-key": str(uuid4())}
    mortal.double.counts.clear()
    mortal.double.faults.add(Fault("PUT", "/returnOrders", kind))  # type: ignore[arg-type]
    hanging = mortal.double.faults.hanging
    victim = Server(mortal.install).start()

    def post() -> None:
        with victim.client(mortal.key, mortal.token) as api, pytest.raises(httpx.TransportError):
            api.post("/wms/returns", json=body, headers=key)

    caller = threading.Thread(target=post)
    caller.start()
    deadline = time.monotonic() + PATIENCE
    while mortal.double.faults.hanging == hanging and time.monotonic() < deadline:
        time.sleep(0.01)
    victim.kill()
    caller.join(PATIENCE)
    mortal.double.faults.clear()

    answer = eventually(lambda: mortal.post(body, **key), lambda answer: answer.status_code != 409)
    assert answer.status_code == 200, answer.text
    assert mortal.puts == (1 if kind == "hang_after" else 2)
    assert len([n for n in mortal.double.owner(42).return_orders if n == body["return_number"]]) == 1


@pytest.mark.parametrize("step", ["after:write", "before:succeed"])
def test_what_landed_is_stored_even_if_nobody_retries(mortal: World, step: str) -> None:
    body = a_return()
    mortal.double.counts.clear()
    victim = Server(mortal.install, LAUNCHER).start({"KILL_AT": step})
    with victim.client(mortal.key, mortal.token) as api, pytest.raises(httpx.TransportError):
        api.post("/wms/returns", json=body)
    victim.wait()
    there = mortal.in_warehouse(body["return_number"])
    assert there is not None
    path = f"/wms/returns/{there['returnOrderInfo']['returnOrderId']}"
    mortal.server.stop()
    mortal.server.start()
    with mortal.api as api:
        stored = eventually(lambda: api.get(path), lambda answer: answer.status_code == 200)
    assert stored.status_code == 200
    assert mortal.puts == 1
