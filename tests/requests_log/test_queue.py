"""The log under pressure: a full queue, a database that fails, and old rows."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from crossdock.connector.calls import Call, Cause
from crossdock.errors import Unavailable
from crossdock.request_log import log as request_log
from crossdock.request_log.log import RequestLog
from crossdock.storage.log_tables import requests
from tests.support.sandbox_world import SandboxWorld, sandbox_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SandboxWorld]:
    with sandbox_world(tmp_path / "home") as made:
        yield made


def _call(at: float = 1.0, content: bytes = b"") -> Call:
    call = Call("api", Cause("r" * 32, "org"), "GET", "/x", at, [])
    call.response.add(content)
    return call


def _rows(world: SandboxWorld, organisation: str = "org") -> int:
    with world.service.database.transaction(writes=False) as db:
        found = sa.select(sa.func.count()).where(requests.c.organisation_id == organisation)
        return db.scalar(found) or 0


def test_a_full_queue_drops_and_counts(world: SandboxWorld) -> None:
    async def scene() -> None:
        log = RequestLog(world.service.database, 7, most_waiting=3)
        for _ in range(5):
            log.add(_call())
        assert log.counts()["queue_full"] == 2
        await log.flush()
        log.add(_call())
        await log.aclose()
        assert log.counts()["queue_full"] == 2

    world.runner.run(scene())
    assert _rows(world) == 4


def test_bodies_that_wait_are_bounded(world: SandboxWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "LARGEST_WAITING", 1000)

    async def scene() -> None:
        log = RequestLog(world.service.database, 7)
        for _ in range(5):
            log.add(_call(content=b"x" * 400))
        assert log.counts()["queue_full"] == 3
        await log.aclose()

    world.runner.run(scene())
    assert _rows(world) == 2


def test_a_database_that_fails_costs_entries_and_nothing_else(
    world: SandboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise Unavailable("The database is locked.")

    async def scene() -> None:
        log = RequestLog(world.service.database, 7)
        log.add(_call())
        with monkeypatch.context() as broken:
            broken.setattr(type(world.service.database), "write", fails)
            await log.flush()
        log.add(_call())
        await log.aclose()
        assert log.counts()["not_written"] == 1

    world.runner.run(scene())
    assert _rows(world) == 1


def test_the_log_writes_by_itself(world: SandboxWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "PAUSE", 0.0)

    async def scene() -> None:
        log = RequestLog(world.service.database, 7)
        log.add(_call())
        assert log._later is not None
        await asyncio.wait_for(log._later, 30)

    world.runner.run(scene())
    assert _rows(world) == 1


def test_a_call_without_an_organisation_is_not_kept(world: SandboxWorld) -> None:
    async def scene() -> None:
        call = _call()
        call.cause.organisation_id = None
        log = RequestLog(world.service.database, 7)
        log.add(call)
        await log.aclose()

    world.runner.run(scene())
    assert _rows(world) == 0


def test_old_rows_are_deleted_in_batches(world: SandboxWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "PRUNED_AT_ONCE", 2)
    organisation = world.runner.run(
        world.service.access.connection_by_id(world.connection_id)
    ).organisation_id

    async def scene() -> None:
        log = RequestLog(world.service.database, 7)
        now = time.time()
        for days in (0, 6.9, 7.1, 8, 9, 10, 11):
            call = _call(now - days * 86_400)
            call.cause.organisation_id = organisation
            log.add(call)
        await log.flush()
        await log.prune()
        await log.aclose()

    before = _rows(world, organisation)
    world.runner.run(scene())
    assert _rows(world, organisation) == before + 2


def test_what_a_sync_asks_is_there_without_a_request(world: SandboxWorld) -> None:
    world.runner.run(world.service.syncs.run_connection(world.connection_id))
    rows = world.call("GET", "/requests", params={"kind": "vendor", "limit": "1000"}).json()["data"]
    of_the_sync = [row for row in rows if row["actor"]["kind"] == "background"]
    assert of_the_sync
    assert {(row["request_id"], row["connection_id"]) for row in of_the_sync} == {(None, world.connection_id)}
    assert world.sandbox.key not in str(rows)
