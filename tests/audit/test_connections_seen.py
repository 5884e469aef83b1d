"""The history of a record, the summary, and finding one connection among many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crossdock.storage import accounts
from crossdock.storage.connection_errors import ConnectionErrorRow, put_error
from crossdock.storage.schedules import pause
from tests.support.sandbox_world import SandboxWorld, sandbox_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxWorld]:
    home: Path = tmp_path_factory.mktemp("home")
    with sandbox_world(home) as made:
        yield made


def _ids(world: SandboxWorld, **query: str) -> list[str]:
    answer = world.call("GET", "/connections", params=query)
    assert answer.status_code == 200, answer.text
    return [row["connection_id"] for row in answer.json()["data"]]


def test_a_record_that_changed_has_a_history(world: SandboxWorld) -> None:
    order = world.order((world.new_product(stock=5), 2))
    path = f"/wms/orders/{order['id']}"
    world.write("PUT", f"{path}/cancel")
    page = world.call("GET", f"{path}/history").json()
    assert [row["event_type"] for row in page["data"]] == ["order.updated", "order.created"]
    changed, made = page["data"]
    assert changed["previous_attributes"]["status"] == "open"
    assert made["previous_attributes"] is None
    assert changed["event_id"].startswith("evt_")
    assert changed["at"] >= made["at"]
    first = world.call("GET", f"{path}/history", params={"limit": "1"}).json()
    assert [row["event_id"] for row in first["data"]] == [changed["event_id"]]
    rest = {"limit": "1", "page_token": first["next_token"]}
    second = world.call("GET", f"{path}/history", params=rest).json()
    assert ([row["event_id"] for row in second["data"]], second["next_token"]) == ([made["event_id"]], None)


def test_histories_that_are_refused(world: SandboxWorld) -> None:
    assert world.call("GET", "/wms/orders/none/history").status_code == 404
    order = world.order((world.new_product(stock=5), 2))
    path = f"/wms/orders/{order['id']}/history"
    assert world.call("GET", path, params={"colour": "red"}).status_code == 422
    assert world.call("GET", path, params={"since": "soon"}).status_code == 422
    token = world.call("GET", "/requests", params={"limit": "1"}).json()["next_token"]
    assert world.call("GET", path, params={"page_token": token}).status_code == 422
    assert world.call("GET", f"/wms/products/{order['id']}/history").status_code == 404


@pytest.fixture(scope="module")
def many(world: SandboxWorld) -> list[str]:
    """Forty more connections: every fourth one has an error, every fifth is paused."""
    own = world.runner.run(world.service.access.connection_by_id(world.connection_id))

    def make(db: sa.Connection) -> list[str]:
        made = []
        for n in range(40):
            made.append(
                accounts.add_connection(
                    db,
                    organisation_id=own.organisation_id,
                    integration_type="cart" if n % 2 else "wms",
                    integration_name="vendure" if n % 2 else "sandbox",
                    credentials=b"",
                    token_digest=f"digest {n}".encode(),
                    allowed_actions=None,
                )
            )
            accounts.change_connection(db, made[-1], {"customer_id": f"Customer_{n}%"})
            if n % 4 == 0:
                put_error(db, _error(made[-1]))
        return made

    with world.service.database.transaction() as db:
        return make(db)


def _error(connection_id: str) -> ConnectionErrorRow:
    return ConnectionErrorRow(
        connection_id, "sync_failed", "get_orders", "no", "http://x", "[]", 1.0, 1.0, 1.0
    )


def _summary(world: SandboxWorld) -> dict[str, Any]:
    answer = world.call("GET", "/summary")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def test_connections_are_found(world: SandboxWorld, many: list[str]) -> None:
    assert _ids(world, search="customer_7%") == [many[7]]
    assert _ids(world, search=many[3][:13]) == [many[3]]
    assert set(_ids(world, search="VENDURE")) == set(many[1::2])
    assert set(_ids(world, integration_type="cart", integration_name="vendure")) == set(many[1::2])
    assert _ids(world, integration_type="erp") == []
    assert set(_ids(world, health="failing")) == set(many[::4])
    assert set(_ids(world, health="healthy")) == {world.connection_id, *many} - set(many[::4])
    page = world.call("GET", "/connections", params={"health": "failing", "limit": "4"}).json()
    rest = {"health": "failing", "page_token": page["next_token"]}
    ids = [row["connection_id"] for row in page["data"]] + _ids(world, **rest)
    assert ids == sorted(many[::4])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"health": "poor"}, "/health"),
        ({"helth": "failing"}, "/helth"),
        ({"search": ""}, "/search"),
        ({"integration_type": "\0"}, "/integration_type"),
    ],
)
def test_filters_that_are_refused(world: SandboxWorld, query: dict[str, str], pointer: str) -> None:
    answer = world.call("GET", "/connections", params=query)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_the_summary_counts(world: SandboxWorld, many: list[str]) -> None:
    counts = _summary(world)
    assert counts["connections"] == {"total": 41, "healthy": 31, "failing": 10, "syncing": 0, "paused": 0}
    assert counts["deliveries"] == {"failing_endpoints": 0}
    assert counts["integrations"] == len(world.service.catalog.all())
    with world.service.database.transaction() as db:
        pause(db, world.connection_id, None, True, 1.0)
    assert _summary(world)["connections"]["paused"] == 1
