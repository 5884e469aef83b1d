"""The first sync of a shop: bulk operations, their files, and what happens when either does not come."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.doubles.shopify import inventory
from crossdock.doubles.shopify.stand import STAND
from crossdock.integrations.cart.shopify.bulk import whole
from crossdock.storage import tables
from crossdock.sync import bulk
from tests.support.listing import Listed, crawl
from tests.support.shop_world import DAY, Play, ShopWorld, number, staged
from tests.sync.test_killed import Killed, killing, last_breath

RUN = "POST bulkOperationRunQuery"
SECRET = "secret-of-the-file"


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    monkeypatch.setattr(bulk, "FIRST_PAUSE", 0.01)
    with staged(tmp_path) as found:
        yield found


async def by_pages(world: ShopWorld, function: str) -> dict[str, Any]:
    """The records of a list as its pages have them."""

    def read() -> Listed:
        return crawl("cart/shopify", STAND.credentials(world.url), function)

    listed = await asyncio.to_thread(read)
    assert listed.put_aside == []
    return {record["id"]: record for record in listed.records}


async def same_as_pages(world: ShopWorld) -> None:
    for function, resource in (("get_orders", "orders"), ("get_products", "products")):
        stored, paged = await world.records(resource), await by_pages(world, function)
        assert stored == paged
        assert stored


def test_the_first_sync_reads_by_bulk_operations_and_later_ones_by_pages(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        await world.sync()
        counts = dict(world.double.counts)
        assert counts[RUN] == 2
        assert not counts.keys() & {"POST orders", "POST products", "POST productVariants"}
        assert counts["POST order"] == 2  # the shipments of the two orders that have any
        await same_as_pages(world)
        await world.run(tables.events.delete())

        shop = world.double.shop
        variant = shop.all("ProductVariant")[2]
        inventory.put(shop, variant["inventoryItem"]["inventoryLevels"][0], 3)
        await world.sync(DAY)
        assert world.double.counts[RUN] == 2
        product = number(variant["product"])
        siblings = [number(one) for one in variant["product"]["variants"]]
        assert await world.told() == sorted(("cart-product.updated", one) for one in [product, *siblings])
        assert (await world.records("products"))[number(variant)]["inventory"] == 3 + 20
        await same_as_pages(world)

    play(scene)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_file_is_read_in_pieces_of_any_size(
    play: Play, monkeypatch: pytest.MonkeyPatch, ranges: bool
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 150)
    monkeypatch.setattr(bulk, "ROWS_AT_ONCE", 2)

    async def scene(world: ShopWorld) -> None:
        await world.sync()
        assert world.double.counts["GET /bulk-files/"] > 10
        await same_as_pages(world)

    play(scene, ranges=ranges)


@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_a_run_that_is_killed_goes_on_with_the_operation_that_it_started(
    play: Play, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(bulk, "ROWS_AT_ONCE", 2)

    async def scene(world: ShopWorld) -> None:
        await world.run(
            tables.sync_schedules.update()
            .where(tables.sync_schedules.c.function_name != "get_orders")
            .values(next_run_at=None)
        )
        kills = 0
        for step in range(2, 9):
            killing(world, step, when)  # type: ignore[arg-type]
            try:
                await world.sync()
            except (Killed, BaseExceptionGroup):
                kills += 1
            object.__delattr__(world.service.database, "write")
            await last_breath(world)  # type: ignore[arg-type]
            positions = [row.position for row in await world.rows(tables.sync_schedules)]
            assert SECRET not in repr(positions)
        await world.sync()
        assert kills > 1
        # One more is started when the process dies before it has noted the first.
        assert 1 <= world.double.counts[RUN] <= 1 + (when != "after")
        assert await world.records("orders") == await by_pages(world, "get_orders")
        assert [row.completed_at for row in await world.rows(tables.sync_schedules) if row.completed_at]

    play(scene)


def test_a_bulk_operation_that_fails_is_followed_by_pages(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        world.double.bulk.fails = True
        await world.sync()
        assert world.double.counts[RUN] == 2
        assert world.double.counts["POST orders"] == 1
        await same_as_pages(world)

    play(scene)


def test_a_shop_with_too_many_bulk_operations_is_read_by_pages(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        for _ in range(5):
            world.double.shop.add("BulkOperation", status="RUNNING", _asked=0)
        await world.sync()
        assert world.double.counts["POST products"] == 1
        await same_as_pages(world)

    play(scene)


def test_the_address_of_a_file_is_shown_nowhere(play: Play, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="crossdock")

    async def scene(world: ShopWorld) -> None:
        world.double.misbehave("GET", "/bulk-files/", "status", times=100, status=403)
        await world.sync()
        errors = await world.rows(tables.connection_errors)
        assert "does not give the file" in repr(errors)
        shown = repr(errors) + caplog.text + repr(await world.rows(tables.sync_schedules))
        assert SECRET not in shown
        world.double.faults.clear()
        await world.sync(DAY)
        await same_as_pages(world)

    play(scene)


def test_an_on_demand_job_reads_its_window_by_a_bulk_operation(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        await world.sync()
        started = world.double.counts[RUN]
        first, *_, last = world.double.shop.all("Order")
        window = {
            "function_name": "get_orders",
            "start_time": last["updatedAt"],
            "end_time": "2026-05-02T00:00:00Z",
        }
        answer = await world.api.post("/connections/on-demand-syncs", json=window)
        assert answer.status_code == 200, answer.text
        await world.run(tables.sync_jobs.update().values(next_run_at=world.now))
        await world.sync()
        operation = world.double.shop.all("BulkOperation")[-1]
        assert world.double.counts[RUN] == started + 1
        assert f"updated_at:>='{last['updatedAt']}'" in operation["query"]
        assert operation["rootObjectCount"] == "1"
        assert first["updatedAt"] < last["updatedAt"]

    play(scene)


def test_lines_that_stand_apart_from_their_parent_are_not_put_together() -> None:
    places = {"LineItem": ("Order", "lineItems")}
    order = {"id": "gid://shopify/Order/1"}
    line = {"id": "gid://shopify/LineItem/2", "__parentId": order["id"]}
    assert whole([order, line], places)["lineItems"]["edges"] == [
        {"node": {"id": "gid://shopify/LineItem/2"}}
    ]
    with pytest.raises(ValueError, match="before its parent"):
        whole([order, line | {"__parentId": "gid://shopify/Order/3"}], places)
