"""The sandbox's API over a real database; callers at the same time never oversell."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from crossdock.sandbox.app import create_sandbox_app
from crossdock.sandbox.storage import NewSandbox, change, create_sandbox, delete_sandbox, reset_sandbox
from crossdock.sandbox.wms.generate import generator
from crossdock.sandbox.wms.simulate import fulfil_order
from crossdock.storage.database import Database
from tests.support.postgres import new_database

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILL = generator(7, MOMENT)
ADDRESS = {
    "address1": "1 Sample Street",
    "city": "Austin",
    "state": "TX",
    "postal_code": "78701",
    "country": "United States",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sandbox')}/test.db"
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture(scope="module")
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sandbox(database: Database) -> NewSandbox:
    with database.transaction() as db:
        return create_sandbox(db, FILL)


@asynccontextmanager
async def opened(database: Database, sandbox: NewSandbox) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_sandbox_app(database))
    async with httpx.AsyncClient(
        transport=transport,
        base_url=f"http://sandbox.crossdock.invalid/wms/{sandbox.id}",
        headers={"authorization": f"Bearer {sandbox.key}"},
    ) as client:
        yield client


Scenario = Callable[[httpx.AsyncClient], Awaitable[Any]]


@pytest.fixture
def play(database: Database, sandbox: NewSandbox) -> Callable[[Scenario], Any]:
    def run(scenario: Scenario) -> Any:
        async def whole() -> Any:
            async with opened(database, sandbox) as client:
                return await scenario(client)

        return asyncio.run(whole())

    return run


Play = Callable[[Scenario], Any]


def order_of(number: str, sku: str, quantity: int = 1, **more: Any) -> dict[str, Any]:
    lines = [{"sku": sku, "quantity": quantity}]
    return {"order_number": number, "ship_to_address": ADDRESS, "line_items": lines, **more}


async def stocked(client: httpx.AsyncClient, units: int) -> str:
    """A new product with so many units in stock; its inventory item."""
    made = await client.post("/products", json={"sku": "NEW", "name": "New"})
    item_id = made.json()["inventory_items"][0]["inventory_item_id"]
    warehouse = (await client.get("/warehouses")).json()["items"][0]["id"]
    body = {"quantity": units, "adjustment_type": "increase", "warehouse_id": warehouse}
    assert (await client.put(f"/inventory/{item_id}/adjust", json=body)).status_code == 200
    return str(item_id)


def test_orders_at_the_same_time_never_oversell(url: str, database: Database, sandbox: NewSandbox) -> None:
    """Two processes' worth of databases, twenty orders each, stock for fifteen."""
    other = Database(url)

    async def place(client: httpx.AsyncClient, number: int) -> str:
        answer = await client.post("/orders", json=order_of(f"C-{number}", "NEW"))
        return str(answer.json()["status"])

    async def scenario() -> None:
        async with opened(database, sandbox) as here, opened(other, sandbox) as there:
            item_id = await stocked(here, 15)
            places = (place((here, there)[number % 2], number) for number in range(40))
            statuses = await asyncio.gather(*places)
            assert (statuses.count("open"), statuses.count("backordered")) == (15, 25)
            item = (await here.get(f"/inventory/{item_id}")).json()
            assert (item["onhand"], item["committed"], item["fulfillable"]) == (15, 15, 0)

    try:
        asyncio.run(scenario())
    finally:
        other.close()


def test_an_order_lives_through_the_api(play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        item_id = await stocked(client, 5)
        made = await client.post("/orders", json=order_of("N-1", "NEW", 5))
        assert made.status_code == 201
        order = made.json()
        shipment = {
            "shipped_date": "2026-03-02T10:00:00+02:00",
            "tracking_number": "T",
            "shipping_cost": 1,
            "measurements": {"length": 1, "width": None},
            "warehouse_id": order["warehouse_id"],
            "line_items": [{"sku": "NEW", "quantity": 2}],
        }
        shipped = await client.post(f"/orders/{order['id']}/shipments", json=shipment)
        assert shipped.status_code == 200
        assert shipped.json()["status"] == "partially_fulfilled"
        assert shipped.json()["shipments"][0]["shipped_date"] == "2026-03-02T08:00:00Z"
        content = base64.b64encode(b"abc").decode()
        filed = await client.post(f"/orders/{order['id']}/files", json={"content": content})
        assert filed.json()["files"][0]["size"] == 3
        assert (await client.get(f"/inventory/{item_id}")).json()["onhand"] == 3
        assert (await client.get(f"/orders/{order['id']}")).json() == filed.json()

    play(scenario)


def test_a_request_sent_again_with_its_client_key_changes_nothing(play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        item_id = await stocked(client, 5)
        warehouse = (await client.get("/warehouses")).json()["items"][0]["id"]
        body = {
            "client_key": "k1",
            "quantity": 2,
            "adjustment_type": "decrease",
            "warehouse_id": warehouse,
        }
        for _ in range(3):
            answer = await client.put(f"/inventory/{item_id}/adjust", json=body)
            assert (answer.status_code, answer.json()["onhand"]) == (200, 3)
        other = await client.put(f"/inventory/{item_id}/adjust", json=body | {"quantity": 1})
        assert (other.status_code, other.json()["field"]) == (409, "/client_key")
        found = (await client.get("/inventory", params={"client_key": "k1"})).json()["items"]
        assert [(item["id"], item["onhand"]) for item in found] == [(item_id, 3)]
        assert (await client.get("/orders", params={"client_key": "k1"})).json()["items"] == []

    play(scenario)


def test_records_are_found_by_the_callers_own_number(play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        for path, number in (
            ("/orders", {"order_number": "SO-1003"}),
            ("/products", {"sku": "MUG-1"}),
            ("/kits", {"sku": "KIT-TEA"}),
            ("/inventory", {"sku": "MUG-1"}),
            ("/inbound-shipments", {"purchase_order_number": "PO-1002"}),
        ):
            ((name, value),) = number.items()
            items = (await client.get(path, params=number)).json()["items"]
            assert [item[name] for item in items] == [value]
            assert (await client.get(path, params={name: "no\0such"})).status_code == 404
            assert (await client.get(path, params={name: "none"})).json() == {"items": [], "next": None}
        returned = (await client.get("/returns")).json()["items"][0]
        found = await client.get("/returns", params={"order_id": returned["order_id"]})
        assert found.json()["items"] == [returned]
        assert (await client.get("/kits", params={"sku": "MUG-1"})).json()["items"] == []

    play(scenario)


def test_lists_come_in_pages_and_by_date(play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        whole = (await client.get("/orders")).json()
        assert (len(whole["items"]), whole["next"]) == (25, None)
        gathered: list[Any] = []
        after = "0"
        while after:
            page = (await client.get("/orders", params={"limit": 10, "after": after})).json()
            gathered += page["items"]
            after = page["next"]
        assert gathered == whole["items"]
        since = sorted(order["updated_date"] for order in gathered)[-3]
        late = (await client.get("/orders", params={"updated_since": since})).json()["items"]
        assert {order["updated_date"] >= since for order in late} == {True}
        assert len(late) >= 3
        for wrong in ({"limit": "0"}, {"limit": "1001"}, {"after": "x"}):
            assert (await client.get("/orders", params=wrong)).status_code == 422

    play(scenario)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (order_of("", "MUG-1"), "/order_number"),
        (order_of("1", "MUG-1", 0), "/line_items/0/quantity"),
        (order_of("1", "no such"), "/line_items/0/sku"),
        (order_of("1", "MUG-1", channel="none"), "/channel"),
        (order_of("1\0", "MUG-1"), "/order_number"),
        (order_of("1", "MUG-1", surprise=1), ""),
        ({"order_number": "1"}, ""),
        ([], ""),
    ],
)
def test_a_refusal_says_where(play: Play, body: Any, field: str) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        answer = await client.post("/orders", json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert answer.json()["message"]

    play(scenario)


def test_what_is_refused_leaves_no_trace(play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        before = (await client.get("/inventory")).json()
        lines = [{"sku": "MUG-1", "expected_quantity": 3}]
        delivery = (await client.get("/inbound-shipments")).json()["items"][-1]
        location = next(
            place
            for place in (await client.get("/locations")).json()["items"]
            if place["warehouse_id"] == delivery["warehouse_id"]
        )
        good = delivery["line_items"][0]["sku"]
        lines = [{"sku": good, "quantity": 1}, {"sku": "no such", "quantity": 1}]
        body = {"line_items": lines, "warehouse_location_id": location["id"]}
        answer = await client.put(f"/inbound-shipments/{delivery['id']}/receive", json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, "/line_items/1/sku")
        assert (await client.get("/inventory")).json() == before

    play(scenario)


def test_only_its_own_key_opens_a_sandbox(database: Database, sandbox: NewSandbox, play: Play) -> None:
    with database.transaction() as db:
        other = create_sandbox(db, FILL)

    async def scenario(client: httpx.AsyncClient) -> None:
        for headers in ({"authorization": f"Bearer {other.key}"}, {"authorization": "Basic x"}):
            for path in ("/orders", "/orders/ord_000001"):
                assert (await client.get(path, headers=headers)).status_code == 401
            refused = await client.post("/orders", json=order_of("X", "MUG-1"), headers=headers)
            assert refused.status_code == 401
        assert (await client.get("/nothing")).status_code == 404
        assert (await client.get("/orders/none")).status_code == 404
        assert (await client.get("/orders/%00")).status_code == 404
        assert (await client.post("/orders", content=b"{")).status_code == 422

    play(scenario)
    assert sandbox.key not in repr(sandbox)


def test_a_reset_gives_the_same_records_under_the_same_id(
    database: Database, sandbox: NewSandbox, play: Play
) -> None:
    async def everything(client: httpx.AsyncClient) -> list[Any]:
        paths = (
            "/orders",
            "/inventory",
            "/products",
            "/kits",
            "/inbound-shipments",
            "/returns",
            "/locations",
        )
        return [(await client.get(path)).json() for path in paths]

    async def placed(client: httpx.AsyncClient) -> Any:
        return (await client.post("/orders", json=order_of("R-1", "MUG-1", client_key="r"))).status_code

    before = play(everything)
    assert play(placed) == 201
    assert play(everything) != before
    with database.transaction() as db:
        reset_sandbox(db, sandbox.id, FILL)
    assert play(everything) == before
    assert play(placed) == 201


def test_a_simulation_changes_the_sandbox(database: Database, sandbox: NewSandbox, play: Play) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        await stocked(client, 2)
        order = (await client.post("/orders", json=order_of("S-1", "NEW", 2))).json()
        given = await database.write(change, sandbox.id, fulfil_order, order["id"], partial=True)
        assert given["status"] == "partially_fulfilled"
        assert (await client.get(f"/orders/{order['id']}")).json() == given

    play(scenario)
    with database.transaction() as db:
        delete_sandbox(db, sandbox.id)

    async def gone(client: httpx.AsyncClient) -> int:
        return (await client.get("/orders")).status_code

    assert play(gone) == 401
