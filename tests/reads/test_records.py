"""Single records, tags, the other collections, and sizes."""

from typing import Any

from crossdock.storage import reads
from tests.reads.test_lists import DAY, Play, order, play
from tests.support.reading_world import ReadingWorld

__all__ = ["play"]

DATES = {"created_date": DAY.format(1), "updated_date": DAY.format(2)}


def test_a_record_its_raw_form_and_a_deleted_one(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(1), order(2)])
        found = (await world.api.get("/wms/orders/o00001")).json()["data"]
        assert found["order_number"] == "SO-1"
        assert found["trackstar_tags"] is None
        raw = (await world.api.get("/wms/orders/o00001/raw")).json()["data"]
        assert raw == order(1)
        await world.delete("o00002")
        gone = await world.api.get("/wms/orders/o00002")
        assert gone.status_code == 404
        assert gone.json()["deleted_date"] == "2001-09-09T01:46:40Z"
        assert (await world.api.get("/wms/orders/o00002/raw")).status_code == 200
        assert await world.ids("/wms/orders") == ["o00001"]
        assert await world.ids("/wms/orders", **{"ids[in]": "o00002"}) == []
        never = await world.api.get("/wms/orders/none")
        assert (never.status_code, never.json()["id"]) == (404, "none")

    play(scene)


def test_what_an_integration_lacks_is_501_by_its_display_name(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        for path in ("/wms/billing", "/wms/billing/b1", "/wms/billing/b1/raw"):
            answer = await world.api.get(path)
            assert answer.status_code == 501
            assert answer.json()["error"] == "Endpoint get_bills is not implemented for Cool WMS"

    play(scene)


def test_static_paths_win_over_ids(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_order_channels", [{"id": "ch1", "name": "Shop", **DATES}])
        await world.put("get_suppliers", [{"id": "s1", "name": "Mill", **DATES}])
        assert await world.ids("/wms/orders/channels") == ["ch1"]
        assert await world.ids("/wms/inbound-shipments/suppliers") == ["s1"]
        assert await world.ids("/wms/inventory/ledger") == []

    play(scene)


def test_locations_are_those_of_the_warehouse_in_the_path(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        rows = [
            {"id": f"l{n}", "warehouse_id": f"w{n % 2}", "type": "bin" if n < 3 else "pallet", **DATES}
            for n in range(6)
        ]
        await world.put("get_warehouse_locations", rows)
        assert await world.ids("/wms/warehouses/w1/locations") == ["l1", "l3", "l5"]
        assert await world.ids("/wms/warehouses/w1/locations", type="bin") == ["l1"]
        assert (await world.api.get("/wms/warehouses/w1/locations/l3")).json()["data"]["id"] == "l3"
        assert (await world.api.get("/wms/warehouses/w0/locations/l3")).status_code == 404
        page = (await world.api.get("/wms/warehouses/w1/locations", params={"limit": "1"})).json()
        foreign = {"page_token": page["next_token"]}
        assert (await world.api.get("/wms/warehouses/w0/locations", params=foreign)).status_code == 422

    play(scene)


def test_sku_and_active(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        counts = dict.fromkeys(
            ("awaiting", "onhand", "committed", "unfulfillable", "fulfillable", "unsellable", "sellable"), 0
        )
        rows = [
            {"id": f"i{n}", "name": "x", "sku": f"SKU-{n}", "active": n % 2 == 0, **counts, **DATES}
            for n in range(4)
        ]
        await world.put("get_inventory", rows)
        assert await world.ids("/wms/inventory", active="true") == ["i0", "i2"]
        assert await world.ids("/wms/inventory", active="false") == ["i1", "i3"]
        assert await world.ids("/wms/inventory", **{"sku[in]": "SKU-1,SKU-2"}) == ["i1", "i2"]
        assert (await world.api.get("/wms/inventory", params={"active": "1"})).status_code == 422

    play(scene)


async def tag(world: ReadingWorld, record_id: str, tags: Any) -> Any:
    return await world.api.put(f"/wms/orders/{record_id}/trackstar-tags", json={"trackstar_tags": tags})


def test_tags_are_kept_found_and_told(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(n) for n in range(4)])
        tags = {
            "o00000": ["blue", {"route": "7"}],
            "o00001": ["blue", "route:7"],
            "o00002": ['a"b', {"\N{PACKAGE}": "ä"}],
        }
        for record_id, wanted in tags.items():
            answer = await tag(world, record_id, wanted)
            assert answer.status_code == 200, answer.text
            assert answer.json()["data"]["trackstar_tags"] == wanted
            assert answer.json()["unused_fields"] == []
        has = "trackstar_tags[contains]"
        assert await world.ids("/wms/orders", **{has: "blue"}) == ["o00000", "o00001"]
        assert await world.ids("/wms/orders", **{has: "blue,route:7"}) == ["o00000", "o00001"]
        assert await world.ids("/wms/orders", **{has: "blue,green"}) == []
        assert await world.ids("/wms/orders", **{has: 'a"b'}) == ["o00002"]
        assert await world.ids("/wms/orders", **{has: "\N{PACKAGE}:ä"}) == ["o00002"]
        assert await world.ids("/wms/orders", **{has: "blu"}) == []
        assert await world.ids("/wms/orders", **{"trackstar_tags[not_contains]": "blue"}) == [
            "o00002",
            "o00003",
        ]
        await world.put("get_orders", [order(0, status="picked")])
        kept = (await world.api.get("/wms/orders/o00000")).json()["data"]
        assert (kept["trackstar_tags"], kept["status"]) == (["blue", {"route": "7"}], "picked")
        assert (await tag(world, "o00000", [])).json()["data"]["trackstar_tags"] == []
        for bad in (None, "blue", [""], [5], ["a,b"], [{"a": "b", "c": "d"}], [{"a": 1}], ["x"] * 101):
            assert (await tag(world, "o00000", bad)).status_code == 422
        assert (await tag(world, "none", [])).status_code == 404

    play(scene)


def test_a_page_is_bounded_by_bytes_too(play: Play, monkeypatch: Any) -> None:
    monkeypatch.setattr(reads, "LARGEST_ANSWER", 3_000_000)

    async def scene(world: ReadingWorld) -> None:
        note = "\N{DELIVERY TRUCK}" * 250_000
        await world.put("get_orders", [order(n, trading_partner=note) for n in range(5)])
        seen: list[str] = []
        token = None
        pages = 0
        while pages == 0 or token:
            answer = await world.api.get("/wms/orders", params={"page_token": token} if token else {})
            assert int(answer.headers["content-length"]) == len(answer.content) < 3_100_000
            body = answer.json()
            assert all(record["trading_partner"] == note for record in body["data"])
            seen += [record["id"] for record in body["data"]]
            token = body["next_token"]
            pages += 1
        assert seen == [f"o{n:05}" for n in range(5)]
        assert pages == 3

    play(scene)


def test_the_boxes_of_an_order(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        line = {"inventory_item_id": "i1", "sku": "A", "quantity": 2}
        package = {
            "package_id": "b1",
            "carrier_name": "Post",
            "shipping_method_name": "Parcel",
            "line_items": [line],
        }
        shipment = {"shipment_id": "s1", "warehouse_id": "w", "status": "shipped", "packages": [package]}
        lines = [{"product_id": "p1", "sku": "A", "quantity": 2}]
        await world.put("get_orders", [order(1, shipments=[shipment], line_items=lines)])
        packs = (await world.api.get("/wms/orders/o00001/packs")).json()["data"]
        assert packs["packs"][0]["pack_id"] == "b1"
        assert packs["packs"][0]["line_items"] == [line]
        assert packs["carrier_name"] == packs["carrier"] == "Post"
        assert packs["order_line_items"] == lines

    play(scene)
