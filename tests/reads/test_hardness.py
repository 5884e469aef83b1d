"""What rows, syncs and callers can do to stored records: NUL characters, changes at the same time, tags."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import sqlalchemy as sa

from crossdock.connections.keys import create_api_key
from crossdock.records.announce import announcer
from crossdock.records.canonical import canonical
from crossdock.records.keep import keep
from crossdock.schemas import wms
from crossdock.schemas.lists import list_function
from crossdock.storage import reads, tables
from tests.reads.test_lists import DAY, Play, order, play
from tests.support.postgres import new_database
from tests.support.reading_world import ReadingWorld, staged

__all__ = ["play"]

DATES = {"created_date": DAY.format(1), "updated_date": DAY.format(2)}


async def tag(world: ReadingWorld, record_id: str, tags: Any) -> httpx.Response:
    return await world.api.put(f"/wms/orders/{record_id}/trackstar-tags", json={"trackstar_tags": tags})


def test_a_nul_in_one_row_does_not_break_the_list(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        odd = order(1, trading_partner="a\0b", order_number="SO\0-1", additional_fields={"k\0": ["\0"]})
        literal = order(2, trading_partner="\\u0000", required_ship_date=DAY.format(3))
        await world.put("get_orders", [odd, literal])
        await tag(world, "o00001", ["x"])
        assert await world.ids("/wms/orders", **{"required_ship_date[gte]": DAY.format(1)}) == ["o00002"]
        assert await world.ids("/wms/orders", **{"trackstar_tags[contains]": "x"}) == ["o00001"]
        assert await world.ids("/wms/orders", order_number="SO-1") == ["o00001"]
        shown = (await world.api.get("/wms/orders")).json()["data"]
        assert [record["trading_partner"] for record in shown] == ["ab", "\\u0000"]
        assert shown[0]["additional_fields"] == {"k": [""]}
        raw = (await world.api.get("/wms/orders/o00001/raw")).json()["data"]
        assert raw["trading_partner"] == "a\0b"

    play(scene)


def test_tags_and_a_sync_at_the_same_time_both_stay(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only PostgreSQL lets in two writers at once."""
    url = new_database(request.getfixturevalue("postgres"))

    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(1)])
        database, function = world.service.database, list_function("wms", "get_orders")
        picked = canonical(lambda row: msgspec.convert(row, wms.Order), order(1, status="picked"))
        with database.transaction() as db:
            keep(db, announcer(db, world.connection_id), function, [picked])
            tagging = asyncio.create_task(tag(world, "o00001", ["blue"]))
            while not await database.read(_somebody_waits):
                assert not tagging.done()
        assert (await tagging).status_code == 200
        found = (await world.api.get("/wms/orders/o00001")).json()["data"]
        assert (found["status"], found["trackstar_tags"]) == ("picked", ["blue"])

    with staged(tmp_path, monkeypatch, url) as run:
        run(scene)


def _somebody_waits(db: sa.Connection) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return bool(db.scalar(sa.text(f"{waiting} AND datname = current_database()")))


def test_an_empty_list_below_an_unknown_warehouse_is_404(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_warehouses", [{"id": "w1", "name": "North", **DATES}])
        assert await world.ids("/wms/warehouses/w1/locations") == []
        unknown = await world.api.get("/wms/warehouses/w2/locations")
        assert (unknown.status_code, unknown.json()["id"]) == (404, "w2")

    play(scene)


def test_tags_are_announced_and_refused_to_read_only_keys(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(1), order(2)])
        old = tables.records.update().values(updated_at=1e9)
        await world.service.database.write(lambda db: db.execute(old).rowcount)
        data = (await tag(world, "o00001", [{'a"b': "c\t/"}])).json()["data"]
        assert data["trackstar_updated_date"] > "2020"
        query = {"trackstar_updated_date[gte]": "2020-01-01T00:00:00Z"}
        assert await world.ids("/wms/orders", **query) == ["o00001"]
        assert await world.ids("/wms/orders", **{"trackstar_tags[contains]": 'a"b:c\t/'}) == ["o00001"]

        told = sa.select(tables.events.c.payload).where(tables.events.c.event_type == "order.updated")
        payloads = await world.service.database.read(lambda db: list(db.scalars(told)))
        assert len(payloads) == 1
        event = msgspec.json.decode(payloads[0])
        assert event["previous_attributes"] == {"trackstar_tags": None}
        assert event["data"]["trackstar_tags"] == [{'a"b': "c\t/"}]

        await world.delete("o00002")
        gone = await tag(world, "o00002", [])
        assert (gone.status_code, gone.json()["deleted_date"]) == (404, "2001-09-09T01:46:40Z")
        assert (await tag(world, "o00001", ["none"])).status_code == 422

        reader = create_api_key(world.service.database, "acme", read_only=True).key
        world.api.headers["x-trackstar-api-key"] = reader
        assert (await tag(world, "o00001", [])).status_code == 403
        assert len((await world.api.get("/wms/orders")).json()["data"]) == 1

    play(scene)


def test_ids_come_in_pages_of_bounded_size(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "LARGEST_ANSWER", 3_000)

    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(n, trading_partner="x" * 1_000) for n in range(6)])
        query = {"ids[in]": "o00005,o00000,o00002,o00003"}
        seen: list[str] = []
        pages = 0
        while pages == 0 or "page_token" in query:
            body = (await world.api.get("/wms/orders", params=query)).json()
            seen += [record["id"] for record in body["data"]]
            query.pop("page_token", None)
            if body["next_token"]:
                query["page_token"] = body["next_token"]
            pages += 1
        assert seen == ["o00000", "o00002", "o00003", "o00005"]
        assert pages > 1
        query["limit"] = "3"
        assert len(await world.ids("/wms/orders", **query)) <= 3

    play(scene)


def test_changes_among_many_records_come_in_order_and_once(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite finds few changed records another way than many."""

    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(n) for n in range(40)])
        changes = tables.records.update().where(
            tables.records.c.id.in_([f"o{n:05}" for n in range(0, 40, 3)])
        )
        await world.service.database.write(lambda db: db.execute(changes.values(updated_at=2e9)).rowcount)
        for few in (5, 5_000):
            monkeypatch.setattr(reads, "FEW", few)
            seen: list[str] = []
            query = {"trackstar_updated_date[gte]": "2033-05-18T03:33:20Z", "limit": "4"}
            while True:
                body = (await world.api.get("/wms/orders", params=query)).json()
                seen += [record["id"] for record in body["data"]]
                if body["next_token"] is None:
                    break
                query["page_token"] = body["next_token"]
            assert seen == [f"o{n:05}" for n in range(0, 40, 3)]

    play(scene)
