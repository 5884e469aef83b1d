"""What is wrong with a connection is told, blocks what it must, and clears by itself."""

from typing import Any

import pytest

from crossdock.connections.install import connect
from crossdock.errors import Unprocessable
from tests.support.list_vendor import INTEGRATION
from tests.support.sync_world import SyncWorld
from tests.sync.test_runs import Play, play

__all__ = ["play"]


def refusing(paths: dict[str, tuple[int, Any]]) -> Any:
    """Lets the vendor answer so at those paths."""
    return lambda path, query: paths.get(path)


async def shown(world: SyncWorld) -> dict[str, Any]:
    """The connection as the API answers it."""
    found: dict[str, Any] = (await world.api.get(f"/connections/{world.connection_id}")).json()["data"]
    return found


def statuses(connection: dict[str, Any]) -> dict[str, str]:
    return {row["function_name"]: row["sync_status"] for row in connection["sync_schedules"]}


NO = (401, {"message": "The key was revoked."})


def test_credentials_that_were_revoked_block_every_list_until_they_are_good_again(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        await world.first_sync()
        world.vendor.before = refusing(dict.fromkeys(("/orders", "/warehouses", "/me"), NO))
        await world.sync(after=13 * 3600)
        connection = await shown(world)
        assert set(statuses(connection).values()) == {"error"}
        error = connection["errors"][0]
        assert error["error_message"] == "The key was revoked."
        assert error["affected_endpoints"] == [
            {"endpoint": "GET /wms/orders", "preventing_sync": True},
            {"endpoint": "GET /wms/warehouses", "preventing_sync": True},
        ]
        told = await world.events()
        assert [event["event_type"] for event in told] == ["connection-error.created"]
        assert told[0]["data"]["failed_url"].endswith(("/orders", "/warehouses"))
        assert "hush-hush" not in str(told)
        world.vendor.calls.clear()
        await world.sync(after=10)
        assert world.vendor.calls == []
        await world.sync(after=1000)
        assert world.vendor.calls == ["/me"]
        assert len(await world.events()) == 1
        world.vendor.before = refusing({})
        world.vendor.order(2, 2000)
        await world.sync(after=1000)
        assert (await shown(world))["errors"] == []
        assert set(statuses(await shown(world)).values()) == {"enabled"}
        kinds = [event["event_type"] for event in await world.events()]
        assert kinds == ["connection-error.created", "connection-error.deleted", "order.created"]

    play(scene)


def test_a_missing_permission_blocks_its_own_list(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        world.vendor.before = refusing({"/orders": (403, {"message": "No orders for you."})})
        world.vendor.warehouses.append({"id": "w1", "name": "W"})
        await world.sync()
        connection = await shown(world)
        assert statuses(connection) == {"get_orders": "error", "get_warehouses": "enabled"}
        assert connection["historical_sync_completed"] == {"get_orders": False, "get_warehouses": True}
        assert connection["errors"][0]["affected_endpoints"] == [
            {"endpoint": "GET /wms/orders", "preventing_sync": True}
        ]
        world.vendor.before = refusing({"/orders": (403, {"message": "Still none."})})
        await world.sync(after=61)
        updated = (await world.events())[-1]
        assert updated["event_type"] == "connection-error.updated"
        assert updated["previous_attributes"] == {"error_message": "No orders for you."}
        world.vendor.before = refusing({})
        await world.sync(after=121)
        assert (await shown(world))["errors"] == []
        kinds = [event["event_type"] for event in await world.events()]
        assert kinds[-2:] == ["connection-error.deleted", "connection.historical-sync-completed"]

    play(scene)


def test_a_vendor_that_fails_for_a_while_blocks_nothing_and_is_tried_again(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        await world.first_sync()
        world.vendor.before = refusing({"/orders": (500, {"message": "Oh no."})})
        for _ in range(6):
            await world.sync(after=3601)
        connection = await shown(world)
        assert connection["errors"][0]["affected_endpoints"] == [
            {"endpoint": "GET /wms/orders", "preventing_sync": False}
        ]
        kinds = [event["event_type"] for event in await world.events()]
        assert kinds == ["connection-error.created", "connection.schedule-stuck"]
        assert (await world.schedule()).failures == 6
        world.vendor.before = refusing({})
        await world.sync(after=3601)
        assert (await world.schedule()).failures == 0
        assert (await shown(world))["errors"] == []

    play(scene)


def test_a_vendor_that_is_asked_too_often_says_when(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        world.vendor.before = refusing({"/orders": (429, {"message": "Slow down.", "retry-after": 77})})
        await world.sync()
        schedule = await world.schedule()
        assert schedule.next_run_at == world.now + 77
        assert schedule.failures == 0
        assert (await shown(world))["errors"] == []
        world.vendor.before = refusing({})
        await world.sync(after=78)
        assert len(await world.records()) == 1

    play(scene)


@pytest.mark.parametrize(
    ("status", "also_at", "at_once"),
    [(500, [], True), (403, [], True), (401, ["/warehouses", "/me"], True), (429, [], False)],
)
def test_what_failed_is_tried_at_once_by_a_forced_sync(
    play: Play, status: int, also_at: list[str], at_once: bool
) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        answer = (status, {"message": "No.", "retry-after": 700})
        world.vendor.before = refusing(dict.fromkeys(["/orders", *also_at], answer))
        await world.sync()
        assert await world.records() == {}
        world.vendor.before = refusing({})
        await world.sync(after=1)
        assert await world.records() == {}
        await world.api.post("/connections/sync", json={"functions_to_sync": ["get_orders"]})
        await world.sync(after=1)
        assert len(await world.records()) == at_once
        assert (await shown(world))["errors"] == []

    play(scene)


def test_an_account_that_could_not_be_connected_is_told(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        service = world.service
        with pytest.raises(Unprocessable):
            await connect(
                service.database,
                service.vault,
                service.vendors,
                INTEGRATION,
                organisation="acme",
                fields={"url": world.vendor_url, "key": "a-wrong-key"},
            )
        told = (await world.events())[-1]
        assert told["event_type"] == "install.failed"
        assert told["data"]["fields"] == ["key"]
        assert "Who are you?" in told["data"]["error_message"]
        assert "a-wrong-key" not in str(told)

    play(scene)
