"""On-demand syncs, forced syncs and schedules that are paused."""

from typing import Any

import httpx

from tests.support.list_vendor import at
from tests.support.sync_world import START, SyncWorld
from tests.sync.test_runs import Play, play

__all__ = ["play"]


async def begin(world: SyncWorld, **body: Any) -> httpx.Response:
    """Asks for an on-demand sync, by default of orders in the first hour."""
    wanted = {"function_name": "get_orders", "start_time": at(0), "end_time": at(60)} | body
    return await world.api.post("/connections/on-demand-syncs", json=wanted)


def in_the_past(world: SyncWorld) -> dict[str, str]:
    """A window that is over by the real clock too."""
    return {"start_time": "2020-01-01T00:00:00Z", "end_time": "2020-01-01T01:00:00Z"}


def test_a_job_reads_its_window_and_says_when_it_is_done(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        for minute in (0, 30, 60, 61):
            row = world.vendor.order(minute, minute)
            row["changed"] = f"2020-01-01T0{minute // 60}:{minute % 60:02}:00Z"
        answer = await begin(world, **in_the_past(world))
        assert answer.status_code == 200, answer.text
        job = answer.json()
        assert job["status"] == "open"
        assert job["requested_end_time"] == "2020-01-01T01:00:00Z"
        await world.sync()
        assert set(await world.records()) == {"o000000", "o000030", "o000060"}
        done = (await world.api.get(f"/connections/on-demand-syncs/{job['id']}")).json()
        assert done["status"] == "completed"
        kinds = [event["event_type"] for event in await world.events()]
        assert kinds == ["order.created"] * 3 + ["connection.sync-job-completed"]
        assert (await world.events())[-1]["data"]["id"] == job["id"]

    play(scene)


def test_a_schedule_waits_for_a_job_and_goes_on_where_it_was(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        for number in range(35):
            world.vendor.order(number, number)
        world.vendor.warehouses += [{"id": f"w{n:02}", "name": f"W {n}"} for n in range(35)]
        jobs: list[str] = []
        order_pages: list[dict[str, str]] = []
        warehouse_pages: list[dict[str, str]] = []

        def watch(path: str, query: dict[str, str]) -> tuple[int, Any] | None:
            (order_pages if path == "/orders" else warehouse_pages).append(query)
            return None

        world.vendor.before = watch
        original = world.service.database.write

        async def after_the_second_page(change: Any, *given: Any, **named: Any) -> Any:
            done = await original(change, *given, **named)
            if len(order_pages) >= 2 and len(warehouse_pages) >= 2 and not jobs:
                jobs.append("")
                jobs[0] = (await begin(world, **in_the_past(world))).json()["id"]
            return done

        object.__setattr__(world.service.database, "write", after_the_second_page)
        await world.sync()
        assert jobs
        assert len(await world.records()) == 35
        assert len(await world.records("warehouses")) == 35
        windows = [page for page in order_pages if "until" in page]
        assert windows
        at_window = order_pages.index(windows[0])
        assert all("until" not in page for page in order_pages[:at_window])
        scheduled = [page.get("after") for page in order_pages if "until" not in page]
        # The page behind the one that is stored is asked for early, and again when the run goes on.
        assert list(dict.fromkeys(scheduled)) == sorted(set(scheduled), key=lambda after: after or "")
        assert len(set(scheduled)) == 4
        assert len(scheduled) <= 5
        assert {page["page"] for page in warehouse_pages} == {"0", "1", "2", "3"}
        assert len(warehouse_pages) <= 5

    play(scene)


def test_a_job_can_be_cancelled_while_it_runs(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        for number in range(45):
            row = world.vendor.order(number, number)
            row["changed"] = f"2020-01-01T00:{number:02}:00Z"
        job = (await begin(world, **in_the_past(world))).json()["id"]
        pages = 0
        original = world.service.database.write

        async def cancelled_meanwhile(change: Any, *given: Any, **named: Any) -> Any:
            nonlocal pages
            done = await original(change, *given, **named)
            pages += len(await world.records()) == 20
            if pages == 1:
                pages += 1
                answer = await world.api.post(f"/connections/on-demand-syncs/{job}/cancel")
                assert answer.json()["status"] == "cancelled"
            return done

        object.__setattr__(world.service.database, "write", cancelled_meanwhile)
        await world.sync()
        assert len(await world.records()) == 20
        again = await world.api.post(f"/connections/on-demand-syncs/{job}/cancel")
        assert again.status_code == 409
        assert "connection.sync-job-completed" not in [e["event_type"] for e in await world.events()]

    play(scene)


def test_a_job_that_fails_again_and_again_is_stuck_and_lets_the_schedules_go_on(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        job = (await begin(world, **in_the_past(world))).json()["id"]
        world.vendor.order(1, 100)
        world.vendor.before = lambda path, query: (500, {"message": "no"}) if "until" in query else None
        await world.sync(after=3601)
        assert await world.records() == {}
        for _ in range(5):
            await world.sync(after=3601)
        assert (await world.api.get(f"/connections/on-demand-syncs/{job}")).json()["status"] == "stuck"
        kinds = [event["event_type"] for event in await world.events()]
        assert "connection.sync-job-stuck" in kinds
        assert len(await world.records()) == 1

    play(scene)


def test_bad_windows_are_refused_with_the_field(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        past = in_the_past(world)
        for body, status, pointer in (
            ({"end_time": "2019-01-01T00:00:00Z"}, 422, "/end_time"),
            ({"start_time": "yesterday"}, 422, "/start_time"),
            ({"start_time": "2020-01-01T00:00:00"}, 422, "/start_time"),
            ({"start_time": 5}, 422, "/start_time"),
            ({"function_name": "get_everything"}, 422, "/function_name"),
            ({"function_name": "get_warehouses"}, 400, None),
            ({"function_name": "get_returns"}, 400, None),
            ({"more": 1}, 422, "/more"),
            ({"start_time": "2199-01-01T00:00:00Z", "end_time": "2199-01-02T00:00:00Z"}, 422, "/start_time"),
        ):
            answer = await begin(world, **{**past, **body})
            assert answer.status_code == status, answer.text
            if pointer is not None:
                assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        answer = await begin(world, **{**past, "function_name": "get_returns"})
        assert answer.json()["error"] == "On-demand sync is not enabled for cool-wms get_returns"
        missing = await world.api.post("/connections/on-demand-syncs", json={})
        assert len(missing.json()["errors"]) == 3
        assert (await world.api.get("/connections/on-demand-syncs/none")).status_code == 404

    play(scene)


def test_a_window_may_name_another_time_zone(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        window = {"start_time": "2020-01-01T02:00:00+02:00", "end_time": "2020-01-01T10:30:00+09:30"}
        job = (await begin(world, **window)).json()
        assert job["requested_start_time"] == "2020-01-01T00:00:00Z"
        assert job["requested_end_time"] == "2020-01-01T01:00:00Z"

    play(scene)


def test_a_forced_sync_runs_now_and_says_when_it_is_done(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        world.vendor.order(1, 100)
        await world.sync(after=1)
        assert await world.records() == {}
        answer = await world.api.post("/connections/sync")
        expected = {"id": world.connection_id, "syncing": True, "functions_to_sync": []}
        assert answer.json() == expected
        world.now = max(world.now, (await world.schedule()).next_run_at)
        await world.sync()
        assert len(await world.records()) == 1
        told = await world.events()
        assert [e["event_type"] for e in told] == ["order.created", "connection.force-sync-completed"]
        assert told[-1]["data"]["functions_to_sync"] == ["get_orders", "get_warehouses"]
        named = await world.api.post("/connections/sync", json={"functions_to_sync": ["get_orders"]})
        assert named.json()["functions_to_sync"] == ["get_orders"]
        unknown = await world.api.post("/connections/sync", json={"functions_to_sync": ["get_bills"]})
        assert unknown.status_code == 422
        assert unknown.json()["errors"][0]["pointer"] == "/functions_to_sync/0"

    play(scene)


def test_a_paused_schedule_does_not_run_until_it_is_resumed(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        answer = await world.api.patch("/schedules/get_orders/toggle", json={"paused": True})
        assert answer.json() == {"id": world.connection_id, "object": "connection", "updated": True}
        world.vendor.order(1, 100)
        world.vendor.calls.clear()
        await world.sync(after=13 * 3600)
        assert world.vendor.calls == ["/warehouses"]
        connection = (await world.api.get(f"/connections/{world.connection_id}")).json()["data"]
        assert {row["sync_status"] for row in connection["sync_schedules"]} == {"disabled", "enabled"}
        await world.api.patch("/schedules/toggle-all", json={"paused": False})
        await world.sync()
        assert len(await world.records()) == 1
        assert (
            await world.api.patch("/schedules/get_bills/toggle", json={"paused": True})
        ).status_code == 404
        bad = await world.api.patch("/schedules/get_orders/toggle", json={"paused": "yes"})
        assert bad.status_code == 422

    play(scene)


def test_clocks_that_run_back_skip_nothing(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        await world.first_sync()
        world.now += 400 * 86_400
        world.vendor.order(1, 100)
        await world.sync()
        # The clock had been wrong and is set right; what changes from now on is old by the wrong clock.
        world.now = START + 7200
        world.vendor.order(2, 101)
        await world.sync()
        assert len(await world.records()) == 2
        world.now -= 3600
        world.vendor.order(3, 102)
        await world.sync(after=3 * 3600)
        assert len(await world.records()) == 3

    play(scene)
