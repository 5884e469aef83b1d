"""Lists of stored records: pages, filters, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import new_database
from tests.support.reading_world import ReadingWorld, Scene, staged

Play = Callable[[Scene], None]
DAY = "2026-01-{:02}T00:00:00Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def play(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    url = "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres"))
    with staged(tmp_path, monkeypatch, url) as run:
        yield run


def order(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"o{number:05}",
        "created_date": DAY.format(number % 28 + 1),
        "updated_date": DAY.format(number % 28 + 1),
        "reference_id": f"REF-{number}",
        "order_number": f"SO-{number}",
        "status": "open",
        **more,
    }


def test_pages_are_stable_while_rows_come_change_and_go(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(number) for number in range(0, 2500, 2)])
        stays = {f"o{number:05}" for number in range(0, 2500, 2) if number % 10}
        seen: list[str] = []
        token: str | None = None
        step = 0
        while step == 0 or token is not None:
            query = {"limit": "100"} | ({"page_token": token} if token else {})
            answer = await world.api.get("/wms/orders", params=query)
            body = answer.json()
            assert int(answer.headers["content-length"]) == len(answer.content)
            seen += [record["id"] for record in body["data"]]
            token = body["next_token"]
            step += 1
            await world.put("get_orders", [order(2 * step + 1), order(2498 - 10 * step - 2, status="picked")])
            await world.delete(f"o{10 * step * 7 % 2500:05}")
        assert len(seen) == len(set(seen))
        assert stays <= set(seen)
        assert seen == sorted(seen)

    play(scene)


ORDERS = [
    order(1, status="open", channel="web", type="d2c", warehouse_customer_id="c1"),
    order(2, status="fulfilled", channel="Web", type="b2b", warehouse_customer_id="c2"),
    order(3, status="cancelled", channel="a%b_c", warehouse_customer_id="c1"),
    order(4, status="open", order_number="so-4x", required_ship_date=DAY.format(9)),
    order(5, reference_id="\N{PACKAGE} ÄPFEL", required_ship_date=DAY.format(20)),
    order(6, order_number="SO-60", channel=None, type="transfer"),
]


def holds(value: Any, operator: str, values: list[str]) -> bool:
    """What a filter means, said once more."""
    if operator.endswith("-insensitive"):

        def lower(text: str) -> str:
            return "".join(c.lower() if c.isascii() else c for c in text)

        return holds(
            None if value is None else lower(value),
            operator.removesuffix("-insensitive"),
            [lower(one) for one in values],
        )
    if value is None:
        return operator in {"neq", "nin", "not_contains"}
    first = values[0]
    meant: dict[str, bool] = {
        "eq": value == first,
        "neq": value != first,
        "in": value in values,
        "nin": value not in values,
        "contains": first in value,
        "not_contains": first not in value,
        "gt": value > first,
        "gte": value >= first,
        "lt": value < first,
        "lte": value <= first,
    }
    return meant[operator]


def test_every_operator_of_every_filter_means_what_it_says(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        from crossdock.schemas.lists import list_function

        await world.put("get_orders", ORDERS)
        tried = 0
        values = {
            "status": ["open", "fulfilled", "pen"],
            "type": ["b2b", "d2c", "2"],
            "channel": ["web", "%b_", "e"],
            "warehouse_customer_id": ["c1", "c2", "c"],
            "order_number": ["SO-1", "so-4X", "SO-6"],
            "reference_id": ["REF-1", "\N{PACKAGE} ÄPFEL", "pfel"],
            "required_ship_date": [DAY.format(9), DAY.format(10)],
            "created_date": [DAY.format(3), DAY.format(5)],
            "updated_date": [DAY.format(2), DAY.format(6)],
        }
        for field, operators in list_function("wms", "get_orders").filters.items():
            if field not in values:
                continue
            for operator in operators:
                for given in values[field]:
                    several = operator.split("-")[0] in {"in", "nin"}
                    wanted = [given, values[field][0]] if several else [given]
                    found = await world.ids("/wms/orders", **{f"{field}[{operator}]": ",".join(wanted)})
                    expected = [o["id"] for o in ORDERS if holds(o.get(field), operator, wanted)]
                    assert found == expected, (field, operator, wanted)
                    tried += 1
        assert tried > 120
        assert await world.ids("/wms/orders", status="open", channel="web") == ["o00001"]

    play(scene)


def test_the_dates_of_the_copy_stand_for_whole_seconds(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", [order(1)])
        record = (await world.api.get("/wms/orders/o00001")).json()["data"]
        moment = record["trackstar_updated_date"]
        for operator, expected in (
            ("eq", 1),
            ("gte", 1),
            ("lte", 1),
            ("gt", 0),
            ("lt", 0),
            ("neq", 0),
            ("in", 1),
        ):
            found = await world.ids("/wms/orders", **{f"trackstar_updated_date[{operator}]": moment})
            assert len(found) == expected, operator
        offset = moment.replace("Z", "+00:00")
        assert await world.ids("/wms/orders", **{"trackstar_created_date[eq]": offset}) == ["o00001"]

    play(scene)


def test_ids_are_fetched_whatever_else_is_asked(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", ORDERS)
        query = {"ids[in]": "o00002,o00005,none", "status": "open"}
        assert await world.ids("/wms/orders", **query) == ["o00002", "o00005"]
        too_many = await world.api.get("/wms/orders", params={"ids[in]": ",".join(["x"] * 101)})
        assert too_many.status_code == 422
        assert "101 values; 100 are the most" in too_many.text
        assert len(await world.ids("/wms/orders", **{"ids[in]": ",".join(["o00001"] * 100)})) == 1

    play(scene)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("statsu=open", "Did you mean status?"),
        ("status[gt]=open", "not one of this filter's"),
        ("status[=open", "no such filter"),
        ("status=", "is empty"),
        (f"status={'x' * 1001}", "1001 characters"),
        ("created_date[gte]=yesterday", "must be a date"),
        ("created_date[in]=2026-01-01T00:00:00Z,", "is empty"),
        ("limit=0", "from 1 to 1000"),
        ("limit=1001", "from 1 to 1000"),
        ("limit=ten", "from 1 to 1000"),
        ("limit=%D9%A3", "from 1 to 1000"),
        ("limit=1&limit=2", "more than once"),
        ("page_token=forged", "not one that this list"),
        ("page_token=", "is empty"),
        ("status[eq-insensitive]=open", "not one of this filter's"),
        ("channel=%00", "NUL"),
    ],
)
def test_what_is_refused_says_where_and_why(
    query: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(world: ReadingWorld) -> None:
        answer = await world.api.get(f"/wms/orders?{query}")
        assert answer.status_code == 422, answer.text
        body = answer.json()
        assert told in body["error"]
        assert body["origin"] == "trackstar"
        assert body["errors"][0]["pointer"].startswith("/")
        assert set(body["detail"]) == {"query"}

    with staged(tmp_path, monkeypatch) as run:
        run(scene)


def test_a_token_of_another_list_or_connection_is_refused(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", ORDERS)
        body = (await world.api.get("/wms/orders", params={"limit": "2"})).json()
        token = body["next_token"]
        assert await world.ids("/wms/orders", limit="2", page_token=token) == ["o00003", "o00004"]
        for client, path in (
            (world.api, "/wms/products"),
            (world.other, "/wms/orders"),
            (world.stranger, "/wms/orders"),
            (world.api, "/connections"),
        ):
            assert (await client.get(path, params={"page_token": token})).status_code == 422
        # Not the last character of the signature, some bits of which stand for nothing.
        said, _, signature = token.rpartition(".")
        bent = f"{said}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
        assert (await world.api.get("/wms/orders", params={"page_token": bent})).status_code == 422

    play(scene)


def test_connections_do_not_see_each_others_records(play: Play) -> None:
    async def scene(world: ReadingWorld) -> None:
        await world.put("get_orders", ORDERS)
        for client in (world.other, world.stranger):
            assert (await client.get("/wms/orders")).json()["data"] == []
            assert (await client.get("/wms/orders/o00001")).status_code == 404
            assert (await client.get("/wms/orders/o00001/raw")).status_code == 404
            tags = await client.put("/wms/orders/o00001/trackstar-tags", json={"trackstar_tags": ["x"]})
            assert tags.status_code == 404

    play(scene)
