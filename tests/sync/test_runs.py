"""What a sync stores, tells and reads next time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.storage import tables
from tests.support.list_vendor import at
from tests.support.postgres import new_database
from tests.support.sync_world import Scene, SyncWorld, staged

Play = Callable[[Scene], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def play(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    url = "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres"))
    with staged(tmp_path, monkeypatch, url) as run:
        yield run


def test_the_first_sync_stores_everything_and_tells_only_its_completion(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        for number in range(25):
            world.vendor.order(number, number)
        world.vendor.warehouses += [{"id": f"w{n}", "name": f"W {n}"} for n in range(12)]
        await world.sync()
        orders = await world.records()
        assert len(orders) == 25
        assert orders["o000003"]["status"] == "open"
        assert len(await world.records("warehouses")) == 12
        told = await world.events()
        assert sorted((e["event_type"], e["data"]["resource"]) for e in told) == [
            ("connection.historical-sync-completed", "orders"),
            ("connection.historical-sync-completed", "warehouses"),
        ]
        about_orders = next(e["data"] for e in told if e["data"]["resource"] == "orders")
        assert about_orders["oldest_data_date"] == at(0)
        assert about_orders["newest_data_date"] == at(24)
        since = next(asked["from"] for asked in world.vendor.asked if "from" in asked)
        assert since == at(24 * 60 - 30 * 24 * 60)

    play(scene)


def test_an_unchanged_second_sync_writes_no_record_and_asks_for_what_is_new_only(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        for number in range(25):
            world.vendor.order(number, number)
        await world.first_sync()
        before = await world.rows(tables.records)
        world.vendor.asked.clear()
        await world.sync(after=3601)
        assert await world.rows(tables.records) == before
        assert await world.events() == []
        since = next(asked["from"] for asked in world.vendor.asked if "from" in asked)
        assert since == at(24 - 5)

    play(scene)


def test_changes_become_events_with_what_was_there_before(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        world.vendor.order(2, 2, parcels=["p1"])
        await world.first_sync()
        world.vendor.order(1, 100, state="shipped", parcels=["p9"])
        world.vendor.order(2, 101, parcels=["p1", "p2"])
        world.vendor.order(3, 102, state="mystery", note="\N{DELIVERY TRUCK} " + "x" * 1_000_000)
        await world.sync(after=3601)
        told = {(e["event_type"], e["data"]["id"]): e for e in await world.events()}
        assert set(told) == {
            ("order.updated", "o000001"),
            ("order.shipment.created", "o000001"),
            ("order.updated", "o000002"),
            ("order.shipment.created", "o000002"),
            ("order.created", "o000003"),
        }
        previous = told["order.updated", "o000001"]["previous_attributes"]
        assert previous["status"] == "open"
        assert previous["shipments"] == []
        assert previous["updated_date"] == at(1)
        assert "trackstar_updated_date" not in previous
        gained = told["order.shipment.created", "o000002"]["previous_attributes"]
        assert [shipment["shipment_id"] for shipment in gained["shipments"]] == ["p1"]
        created = told["order.created", "o000003"]
        assert "previous_attributes" not in created
        assert (created["data"]["status"], created["data"]["raw_status"]) == ("other", "mystery")
        assert created["data"]["trading_partner"].startswith("\N{DELIVERY TRUCK}")
        assert created["connection_id"] == world.connection_id
        assert created["integration_name"] == "cool-wms"

    play(scene)


def test_what_a_full_list_does_not_have_any_more_is_marked_deleted(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.warehouses += [{"id": f"w{n:02}", "name": f"W {n}"} for n in range(25)]
        await world.first_sync()
        gone = world.vendor.warehouses.pop(7)
        await world.sync(after=13 * 3600)
        assert gone["id"] not in await world.records("warehouses")
        assert len(await world.records("warehouses")) == 24
        assert len(await world.rows(tables.records)) == 25
        assert await world.events() == []
        world.vendor.warehouses.append(gone)
        await world.sync(after=13 * 3600)
        assert gone["id"] in await world.records("warehouses")
        assert [(e["event_type"], e["data"]["id"]) for e in await world.events()] == [
            ("warehouse.created", "w07")
        ]

    play(scene)


def test_rows_that_are_no_records_are_put_aside_and_the_rest_is_stored(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        for number in range(5):
            world.vendor.order(number, number)
        world.vendor.orders["nameless"] = {"number": "SO-X", "state": "open", "changed": at(3)}
        world.vendor.order(7, 3, number=["not", "a", "text"])
        world.vendor.order(8, 3, id="..")
        await world.sync()
        assert set(await world.records()) == {f"o{n:06}" for n in range(5)}
        answer = await world.api.get(f"/connections/{world.connection_id}/put-aside")
        reasons = {row["row_id"]: row["reason"] for row in answer.json()["data"]}
        assert set(reasons) == {"", "o000007", ".."}
        assert "has no 'id'" in reasons[""]
        assert "Expected `str`" in reasons["o000007"]
        assert "cannot be the id" in reasons[".."]
        runs = (await world.api.get(f"/connections/{world.connection_id}/syncs")).json()["data"]
        counts = next(run for run in runs if run["function_name"] == "get_orders")
        assert (counts["records"], counts["created"], counts["put_aside"]) == (8, 5, 3)
        await world.sync(after=3601)
        assert len((await world.api.get(f"/connections/{world.connection_id}/put-aside")).json()["data"]) == 3

    play(scene)


def test_a_raw_row_that_changes_alone_is_kept_without_an_event(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        await world.first_sync()
        world.vendor.order(1, 1, internal="something that no canonical field has")
        await world.sync(after=3601)
        assert await world.events() == []
        row = (await world.rows(tables.records, tables.records.c.resource == "orders"))[0]
        assert "something that no canonical field has" in row.raw

    play(scene)


@pytest.mark.parametrize("way", ["position", "content"])
def test_a_list_that_does_not_end_is_noticed(play: Play, way: str) -> None:
    async def scene(world: SyncWorld) -> None:
        row = world.vendor.order(1, 1)
        pages = 0

        def endless(path: str, query: dict[str, str]) -> tuple[int, Any] | None:
            nonlocal pages
            if path != "/orders":
                return None
            pages += 1
            return 200, {"rows": [row], "after": "again" if way == "position" else f"page {pages}"}

        world.vendor.before = endless
        await world.sync()
        assert pages <= 6
        schedule = await world.schedule()
        assert "before" in schedule.error
        assert schedule.failures == 1

    play(scene)


def test_a_page_that_was_overtaken_by_a_write_does_not_bring_the_old_state_back(play: Play) -> None:
    async def scene(world: SyncWorld) -> None:
        world.vendor.order(1, 1)
        await world.first_sync()
        old = dict(world.vendor.order(1, 50, state="open"))
        world.vendor.order(1, 60, state="shipped")
        await world.sync(after=3601)
        # The copy is newer than the page that is read now; the page has an older state.
        await world.run(tables.records.update().values(updated_at=world.now + 10))
        world.vendor.orders["o000001"] = old
        await world.sync(after=3601 - 3700)
        assert (await world.records())["o000001"]["status"] == "fulfilled"

    play(scene)
