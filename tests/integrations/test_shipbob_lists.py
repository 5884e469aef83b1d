"""ShipBob's lists as its double has them, through a sync and out of Crossdock's own doors."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest

from crossdock.connector import pace
from crossdock.doubles.shipbob import ShipBobDouble, returns
from crossdock.doubles.shipbob.asked import page
from crossdock.doubles.shipbob.products import inventory_model, product_model
from crossdock.doubles.shipbob.receiving import version_2
from crossdock.doubles.shipbob.stand import STAND, TOKEN
from crossdock.integrations.wms.shipbob import lists
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]

PAGED = {
    "get_orders": "/1.0/order",
    "get_products": "/1.0/product",
    "get_inventory": "/1.0/inventory",
    "get_inbound_shipments": "/2.0/receiving",
    "get_returns": "/1.0/return",
    "get_shipping_methods": "/1.0/shippingmethod",
}
LISTS = {
    "orders": "get_orders",
    "products": "get_products",
    "inbound-shipments": "get_inbound_shipments",
    "returns": "get_returns",
}
"""The lists of what can be written, by collection."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def double() -> ShipBobDouble:
    return ShipBobDouble(token=TOKEN)


@pytest.fixture(autouse=True)
def _no_spreading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of a minute may be made at once: tests make fewer, and are not to wait for them."""
    monkeypatch.setattr(pace, "BURST", 0.99)


@pytest.fixture
def played(tmp_path: Path, double: ShipBobDouble) -> Play:
    return lambda scene: play(tmp_path, "wms/shipbob", double, STAND.credentials, scene)


def asked(double: ShipBobDouble, path: str) -> list[dict[str, str]]:
    """The queries of a path so far."""
    found = [request for request in double.requests if (request.method, request.path) == ("GET", path)]
    return [{name: values[0] for name, values in parse_qs(request.query).items()} for request in found]


def changed(double: ShipBobDouble, order_id: int, moment: str) -> None:
    """Sets when an order's shipments were last changed."""
    for shipment in double.state.orders[order_id]["shipments"]:
        shipment["last_update_at"] = moment


def test_every_list_is_read_over_its_pages(
    double: ShipBobDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)

    async def scene(world: VendorWorld) -> None:
        double.requests.clear()
        await world.sync(*PAGED, "get_warehouses", "get_order_channels")
        found = {function: await world.listed(function) for function in PAGED}
        state = double.state
        assert set(found["get_orders"]) == {str(number) for number in state.orders}
        assert set(found["get_products"]) == {str(number) for number in state.products}
        assert set(found["get_inventory"]) == {str(number) for number in state.items}
        assert set(found["get_inbound_shipments"]) == {str(number) for number in state.receiving}
        assert set(found["get_returns"]) == {str(number) for number in state.returns}
        assert len(found["get_shipping_methods"]) == len(state.methods)
        for function, path in PAGED.items():
            pages = [int(query["Page"]) for query in asked(double, path)]
            assert pages == list(range(1, len(found[function]) // 2 + 2)), function
        # Bethlehem receives no goods, so that it is no place to send them to.
        assert set(await world.listed("get_warehouses")) >= {"1", "10"}
        assert set(await world.listed("get_order_channels")) == {"101", "102"}
        assert await world.put_aside() == []

    played(scene)


def test_a_new_record_while_a_list_is_read_shifts_no_page(
    double: ShipBobDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)

    def and_one_more(path: str, rows: Any, parameters: Any) -> Any:
        answer, state = page(path, rows, parameters), double.state
        if parameters["Page"] == 1:
            late = {
                "reference_id": "RMA-late",
                "fulfillment_center": {"id": 1},
                "inventory": [{"id": 8001, "quantity": 1}],
            }
            returns.add_return(state, state.channels[101], late)
        return answer

    async def scene(world: VendorWorld) -> None:
        monkeypatch.setattr(returns, "page", and_one_more)
        await world.sync("get_returns")
        assert (await world.counts("get_returns"))["unchanged"] == 0
        assert set(await world.listed("get_returns")) == {str(number) for number in double.state.returns}

    played(scene)


def test_orders_are_read_from_the_newest_change_on_and_a_little_before(
    double: ShipBobDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        newest = "2026-01-20T10:00:00+00:00"
        changed(double, 50002, newest)
        await world.sync("get_orders")
        double.requests.clear()
        # One change came late, one is too old to be told, one is new.
        changed(double, 50003, "2026-01-20T09:55:00+00:00")
        changed(double, 50004, "2026-01-20T09:54:59+00:00")
        double.state.orders[50004]["order_number"] = "not asked for"
        double.state.orders[50003]["order_number"] = "late"
        double.ship_order(50002)
        await world.sync("get_orders")
        [query] = asked(double, "/1.0/order")
        assert query["LastUpdateStartDate"] == "2026-01-20T09:55:00Z"
        assert query["SortOrder"] == "Oldest"
        found = await world.listed("get_orders")
        assert found["50002"]["status"] == "fulfilled"
        assert found["50003"]["order_number"] == "late"
        assert found["50004"]["order_number"] == "SO-1004"
        assert len(found) == 6

    played(scene)


def test_the_first_sync_of_orders_goes_back_thirty_days(double: ShipBobDouble, tmp_path: Path) -> None:
    async def scene(world: VendorWorld) -> None:
        made = double.state.orders[50001]
        double.state.orders = {50001: made, 50002: double.state.orders[50002]}
        double.ship_order(50002)
        await world.sync("get_orders", "get_returns")
        assert set(await world.listed("get_orders")) == {"50002"}
        # Nothing else says when it changed, so it is read whole.
        assert len(await world.listed("get_returns")) == 3

    play(tmp_path, "wms/shipbob", double, STAND.credentials, scene, timedelta(days=30))


def test_a_window_is_asked_for_with_both_its_ends(double: ShipBobDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        changed(double, 50002, "2026-01-20T10:00:00+00:00")
        changed(double, 50003, "2026-01-21T10:00:00+00:00")
        body = {
            "function_name": "get_orders",
            "start_time": "2026-01-20T00:00:00Z",
            "end_time": "2026-01-20T23:59:59Z",
        }
        answer = await world.api.post("/connections/on-demand-syncs", json=body)
        assert answer.status_code in {200, 201, 202}, answer.text
        await world.sync()
        assert set(await world.listed("get_orders")) == {"50002"}

    played(scene)


def test_what_is_gone_is_in_no_list_any_more(double: ShipBobDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_products")
        del double.state.products[3012]
        await world.sync("get_products")
        assert "3012" not in await world.listed("get_products")
        assert (await world.api.get("/wms/products/3012")).status_code == 404

    played(scene)


def test_a_written_record_is_listed_as_it_was_answered(double: ShipBobDouble, played: Play) -> None:
    created = ("create_order", "create_product", "create_inbound_shipment", "create_return")

    async def scene(world: VendorWorld) -> None:
        await world.sync(*LISTS.values())
        for actions in (created, ("create_order", "cancel_order"), ("create_return", "cancel_return")):
            for collection, record in (await world.written(STAND, *actions)).items():
                await world.is_listed(LISTS[collection], record)
                world.ahead += 3600

    played(scene)


def row_of(double: ShipBobDouble, function: str, number: int) -> dict[str, Any]:
    """A record of the double as its list has it."""
    state = double.state
    if function == "get_orders":
        return state.orders[number]
    if function == "get_products":
        return product_model(state, state.products[number])
    if function == "get_inventory":
        return inventory_model(state, state.items[number])
    if function == "get_inbound_shipments":
        return version_2(state, state.receiving[number])
    return state.returns[number]


@pytest.mark.parametrize(
    ("function", "number", "wrong", "reason"),
    [
        ("get_orders", 50002, {"order_number": 7}, "order_number"),
        ("get_products", 3002, {"name": ["a", "list"]}, "name"),
        ("get_inventory", 8002, {"name": 12}, "name"),
        ("get_inbound_shipments", 9001, {"purchase_order_number": {"no": 1}}, "purchase_order_number"),
        ("get_returns", 6001, {"status": 3}, "status"),
    ],
)
def test_a_row_that_is_no_record_is_put_aside_and_the_others_stored(
    double: ShipBobDouble, played: Play, function: str, number: int, wrong: dict[str, Any], reason: str
) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync(function)
        before = await world.listed(function)
        good = [row_of(double, function, int(record)) for record in before]
        id_name = "inventoryId" if function == "get_inventory" else "id"
        strange = [{**row, **wrong} if row[id_name] == number else row for row in good]
        nameless = {name: value for name, value in good[0].items() if name != id_name}
        body = orjson.dumps([nameless, "no record", None, *strange]).decode()
        double.misbehave("GET", PAGED[function], "status_before", status=200, body=body)
        await world.sync(function)
        told = await world.put_aside()
        assert len(told) == 4
        assert any(reason in one for one in told), told
        # What is listed is not gone, also when it cannot be read.
        assert await world.listed(function) == before
        assert await world.errors() == []

    played(scene)


def test_a_status_that_is_none_of_the_contracts_is_other(double: ShipBobDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        for function, number in (
            ("get_orders", 50002),
            ("get_inbound_shipments", 9001),
            ("get_returns", 6001),
        ):
            row = {**row_of(double, function, number), "status": "AtTheHarbour"}
            body = orjson.dumps([row]).decode()
            double.misbehave("GET", PAGED[function], "status_before", status=200, body=body)
            await world.sync(function)
            record = (await world.listed(function))[str(number)]
            assert (record["status"], record["raw_status"]) == ("other", "AtTheHarbour")

    played(scene)


def test_an_answer_that_is_no_list_is_told_and_nothing_is_lost(double: ShipBobDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_products")
        before = await world.listed("get_products")
        double.misbehave("GET", "/1.0/product", "status_before", status=200, body='{"message": "busy"}')
        await world.sync("get_products")
        [said] = await world.errors()
        assert "not a list" in said
        assert await world.listed("get_products") == before
        await world.sync("get_products")
        assert await world.errors() == []

    played(scene)


def test_the_vendors_rate_limit_is_waited_for_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    clock = Clock()
    double = ShipBobDouble(token=TOKEN, calls_per_minute=5, clock=clock)

    async def scene(world: VendorWorld) -> None:
        await world.sync("get_orders")
        assert await world.errors() == []
        assert len(await world.listed("get_orders")) == 4
        refused = [request for request in double.requests if request.status == 429]
        assert len(refused) == 1
        # Not before the vendor said, and from where it was then.
        await world.run_due()
        assert [request.status for request in double.requests].count(429) == 1
        clock.now += 60
        world.ahead += 61
        await world.run_due()
        assert len(await world.listed("get_orders")) == 6
        pages = [int(query["Page"]) for query in asked(double, "/1.0/order") if "Page" in query]
        assert pages == [1, 2, 3, 4, 5, 5, 6, 7]

    play(tmp_path, "wms/shipbob", double, STAND.credentials, scene)
