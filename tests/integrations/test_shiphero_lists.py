"""ShipHero's lists as its double has them, through a sync and out of Crossdock's own doors."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from crossdock.doubles.shiphero import ShipHeroDouble
from crossdock.doubles.shiphero.account import Account
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.credits import Credits
from crossdock.doubles.shiphero.declined import Declined
from crossdock.doubles.shiphero.orders import order_create
from crossdock.doubles.shiphero.products import add_product
from crossdock.doubles.shiphero.purchase_orders import add_purchase_order
from crossdock.doubles.shiphero.returns import return_create
from crossdock.doubles.shiphero.seed import PRIMARY
from crossdock.doubles.shiphero.stand import REFRESH_TOKEN, SHIPPED_ORDER, STAND
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]

EVERY = (
    "get_orders",
    "get_products",
    "get_inventory",
    "get_inbound_shipments",
    "get_returns",
    "get_suppliers",
    "get_warehouses",
    "get_warehouse_locations",
)
LISTS = {
    "orders": "get_orders",
    "products": "get_products",
    "inventory": "get_inventory",
    "inbound-shipments": "get_inbound_shipments",
    "returns": "get_returns",
}
"""The lists of what can be written, by collection."""


@pytest.fixture
def double() -> ShipHeroDouble:
    return ShipHeroDouble(refresh_token=REFRESH_TOKEN)


@pytest.fixture
def played(tmp_path: Path, double: ShipHeroDouble) -> Play:
    return lambda scene: play(tmp_path, "wms/shiphero", double, STAND.credentials, scene)


def asked(double: ShipHeroDouble, field: str) -> list[dict[str, Any]]:
    """The variables of the queries of a list so far, without those that only ask for the cost."""
    bodies = [orjson.loads(request.body) for request in double.requests if request.path == "/graphql"]
    return [
        {name: value for name, value in body["variables"].items() if name != "analyze"}
        for body in bodies
        if f"{{ {field}(" in body["query"] and not body["variables"]["analyze"]
    ]


def filled(account: Account) -> None:
    """Adds as much that most lists have several pages."""
    for number in range(35):
        line = {"sku": "SKU-01", "partner_line_item_id": f"l{number}", "quantity": 1, "price": "1.00"}
        data: dict[str, Any] = {
            "order_number": f"N-{number}",
            "partner_order_id": f"R-{number}",
            "line_items": [line],
        }
        order_create(Asked(account, {"data": data}))
    for number in range(110):
        stocks = [{"warehouse_id": PRIMARY, "on_hand": number}]
        add_product(account, {"sku": f"MANY-{number}", "name": "One of many", "warehouse_products": stocks})
    for number in range(20):
        made = {
            "po_number": f"PO-{number}",
            "subtotal": "1.00",
            "shipping_price": "0.00",
            "total_price": "1.00",
            "warehouse_id": PRIMARY,
            "vendor_id": next(iter(account.vendors)),
            "line_items": [
                {"sku": "SKU-01", "quantity": 1, "expected_weight_in_lbs": "1.00", "price": "1.00"}
            ],
        }
        add_purchase_order(account, made)
    returned(account)


def returned(account: Account) -> str:
    """Adds a return; its id."""
    data = {
        "order_id": SHIPPED_ORDER,
        "warehouse_id": PRIMARY,
        "return_reason": "Wrong size",
        "label_type": "PAID",
        "label_cost": "0.00",
        "shipping_carrier": "ups",
        "shipping_method": "ground",
        "line_items": [{"sku": "SKU-01", "quantity": 1, "return_reason": "Wrong size"}],
    }
    return str(return_create(Asked(account, {"data": data}))["return"]["id"])


def an_answer(field: str, rows: Sequence[Any]) -> str:
    """A page of a list with these nodes."""
    edges = [{"node": row} for row in rows]
    data = {"pageInfo": {"hasNextPage": False, "endCursor": None}, "edges": edges}
    return orjson.dumps({"data": {field: {"complexity": 1, "data": data}}}).decode()


def refusals(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The credits of operations that were refused for the lack of them, from now on."""
    found: list[int] = []
    demand = Credits.demand

    def watched(self: Credits, required: int) -> None:
        try:
            demand(self, required)
        except Declined:
            found.append(required)
            raise

    monkeypatch.setattr(Credits, "demand", watched)
    return found


def test_every_list_is_read_over_its_pages_within_the_credits(
    double: ShipHeroDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(double.account)
    short = refusals(monkeypatch)

    async def scene(world: VendorWorld) -> None:
        await world.sync(*EVERY)
        found = {function: set(await world.listed(function)) for function in EVERY[:-1]}
        account = double.account
        assert found["get_orders"] == set(account.orders)
        assert found["get_products"] == found["get_inventory"] == set(account.products)
        assert found["get_inbound_shipments"] == set(account.purchase_orders)
        assert found["get_returns"] == set(account.returns)
        assert found["get_suppliers"] == set(account.vendors)
        assert found["get_warehouses"] == set(account.warehouses)
        pages = {field: asked(double, field) for field in ("orders", "products", "purchase_orders")}
        assert {field: len(queries) for field, queries in pages.items()} == {
            "orders": 5,
            "products": 4,
            "purchase_orders": 2,
        }
        assert ["after" in query for query in pages["orders"]] == [False, True, True, True, True]
        for bin_id, place in account.locations.items():
            path = f"/wms/warehouses/{place['warehouse_id']}/locations"
            assert [one["id"] for one in await world.get(path)] == [bin_id]
        assert await world.put_aside() == []
        assert await world.errors() == []
        assert short == []

    played(scene)


def changed(record: dict[str, Any], moment: datetime) -> None:
    """Sets when a record was last updated, as ShipHero writes it."""
    record["updated_at"] = moment.strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize(("function", "kept"), [("get_orders", "orders"), ("get_products", "products")])
def test_a_list_is_read_from_the_newest_change_on_and_a_little_before(
    double: ShipHeroDouble, played: Play, function: str, kept: str
) -> None:
    records = list(getattr(double.account, kept).values())
    newest = datetime(2026, 1, 20, 10, tzinfo=UTC)
    name = "order_number" if kept == "orders" else "name"

    async def scene(world: VendorWorld) -> None:
        changed(records[0], newest)
        await world.sync(function)
        double.requests.clear()
        # One change is told late, one is too old to be asked for, one is new.
        changed(records[1], newest - timedelta(minutes=5))
        changed(records[2], newest - timedelta(minutes=5, seconds=1))
        changed(records[3], newest + timedelta(days=1))
        before = records[2][name]
        for record in records[1:4]:
            record[name] = "changed"
        await world.sync(function)
        [query] = asked(double, kept)
        assert query == {"updated_from": "2026-01-20T09:55:00"}
        found = await world.listed(function)
        names = [found[record["id"]][name] for record in records[1:4]]
        assert names == ["changed", before, "changed"]
        assert len(found) == len(records)

    played(scene)


def test_the_ledger_is_off_until_it_is_turned_on_and_goes_on_where_it_was(
    double: ShipHeroDouble, played: Play
) -> None:
    moments = [datetime(2026, 1, 20, 10, minute, tzinfo=UTC) for minute in (0, 30)]
    added, removed = double.account.inventory_changes
    added["cycle_counted"] = True

    async def scene(world: VendorWorld) -> None:
        for change, moment in zip((added, removed), moments, strict=True):
            change["created_at"] = moment.strftime("%Y-%m-%dT%H:%M:%S")
        world.ahead += 1
        await world.run_due()
        assert asked(double, "inventory_changes") == []
        toggled = await world.api.patch("/schedules/get_inventory_ledger/toggle", json={"paused": False})
        assert toggled.status_code == 200, toggled.text
        world.ahead += 1
        await world.run_due()
        [product] = [one["id"] for one in double.account.products.values() if one["sku"] == "SKU-01"]
        first, second = sorted((await world.get("/wms/inventory/ledger")), key=lambda one: one["entry_date"])
        assert (first["quantity"], second["quantity"]) == (5, -5)
        assert (first["event_type"], second["event_type"]) == ("adjustment", "other")
        assert first["inventory_item_id"] == second["inventory_item_id"] == product
        assert (first["sku"], first["reason"]) == ("SKU-01", "Cycle count")
        assert (first["warehouse_id"], first["entry_date"]) == (PRIMARY, "2026-01-20T10:00:00Z")
        double.requests.clear()
        await world.sync("get_inventory_ledger")
        assert asked(double, "inventory_changes") == [{"date_from": "2026-01-20T10:25:00"}]

    played(scene)


def test_the_first_sync_goes_back_thirty_days_and_reads_whole_what_tells_no_change(
    double: ShipHeroDouble, tmp_path: Path
) -> None:
    async def scene(world: VendorWorld) -> None:
        first, second, *_ = double.account.orders.values()
        changed(first, datetime.now(UTC) - timedelta(days=29))
        changed(second, datetime.now(UTC) - timedelta(days=31))
        await world.sync("get_orders", "get_inventory", "get_inbound_shipments")
        assert set(await world.listed("get_orders")) == {first["id"]}
        assert set(await world.listed("get_inventory")) == set(double.account.products)
        assert set(await world.listed("get_inbound_shipments")) == set(double.account.purchase_orders)

    play(tmp_path, "wms/shiphero", double, STAND.credentials, scene, timedelta(days=30))


def test_a_window_is_asked_for_with_both_its_ends(double: ShipHeroDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        first, second, *_ = double.account.orders.values()
        changed(first, datetime(2026, 1, 20, 23, 59, 59, tzinfo=UTC))
        changed(second, datetime(2026, 1, 21, 0, 0, 1, tzinfo=UTC))
        body = {
            "function_name": "get_orders",
            "start_time": "2026-01-20T00:00:00Z",
            "end_time": "2026-01-20T23:59:59Z",
        }
        assert (await world.api.post("/connections/on-demand-syncs", json=body)).is_success
        await world.sync()
        assert set(await world.listed("get_orders")) == {first["id"]}

    played(scene)


def test_a_written_record_is_listed_as_it_was_answered(double: ShipHeroDouble, played: Play) -> None:
    created = ("create_order", "create_product", "create_inbound_shipment", "create_return")

    async def scene(world: VendorWorld) -> None:
        await world.sync(*LISTS.values())
        for actions in (
            created,
            ("create_kit",),
            ("create_order", "update_order"),
            ("create_order", "cancel_order"),
            ("create_product", "update_product"),
            ("create_inbound_shipment", "update_inbound_shipment"),
            ("create_return", "update_return"),
            ("adjust_inventory",),
        ):
            for collection, record in (await world.written(STAND, *actions)).items():
                await world.is_listed(LISTS[collection], record)

    played(scene)


@pytest.mark.parametrize(
    ("function", "field", "wrong"),
    [
        ("get_orders", "orders", {"order_number": 7}),
        ("get_products", "products", {"name": {"text": "no"}}),
        ("get_inventory", "products", {"warehouse_products": [{"warehouse_id": 1, "on_hand": "many"}]}),
        ("get_inbound_shipments", "purchase_orders", {"po_number": 8}),
        ("get_returns", "returns", {"line_items": [{"quantity": "a few"}]}),
        ("get_suppliers", "vendors", {"name": ["a", "list"]}),
        ("get_inventory_ledger", "inventory_changes", {"change_in_on_hand": "some"}),
    ],
)
def test_a_row_that_is_no_record_is_put_aside_and_the_others_stored(
    double: ShipHeroDouble, played: Play, function: str, field: str, wrong: dict[str, Any]
) -> None:
    returned(double.account)

    async def scene(world: VendorWorld) -> None:
        await world.sync(function)
        before, rows = await world.listed(function), list((await world.vendor_rows(function)).values())
        nameless = {name: value for name, value in rows[0].items() if name != "id"}
        strange = [nameless, "no record", {**rows[0], **wrong}, *rows[1:]]
        double.misbehave("POST", field, "status_before", status=200, body=an_answer(field, strange))
        await world.sync(function)
        assert len(await world.put_aside()) == 3
        # What is listed is not gone, also when it cannot be read.
        assert await world.listed(function) == before
        assert await world.errors() == []

    played(scene)


def test_a_status_that_is_none_of_the_contracts_is_other(double: ShipHeroDouble, played: Play) -> None:
    account = double.account
    own = "Waiting for \N{WRAPPED PRESENT}"
    order, purchase = next(iter(account.orders.values())), next(iter(account.purchase_orders.values()))
    come_back = account.returns[returned(account)]
    order["fulfillment_status"] = purchase["fulfillment_status"] = come_back["status"] = own

    async def scene(world: VendorWorld) -> None:
        await world.sync("get_orders", "get_inbound_shipments", "get_returns")
        for function, row in (
            ("get_orders", order),
            ("get_inbound_shipments", purchase),
            ("get_returns", come_back),
        ):
            record = (await world.listed(function))[row["id"]]
            assert (record["status"], record["raw_status"]) == ("other", own)

    played(scene)


def test_credits_that_another_program_spent_are_waited_for(
    double: ShipHeroDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = refusals(monkeypatch)

    async def scene(world: VendorWorld) -> None:
        double.credits.spend(double.credits.remaining - 60)
        await world.sync("get_products")
        assert short == [101]
        assert set(await world.listed("get_products")) == set(double.account.products)
        assert await world.errors() == []

    played(scene)


def test_too_many_requests_are_waited_for_and_no_error(double: ShipHeroDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        double.misbehave("POST", "vendors", "status_before", times=1, status=429, body="", retry_after=90)
        await world.sync("get_suppliers")
        assert await world.errors() == []
        before = len(double.requests)
        await world.run_due()
        assert len(double.requests) == before
        world.ahead += 91
        await world.run_due()
        assert len(await world.listed("get_suppliers")) == 1

    played(scene)


def test_a_page_that_goes_on_nowhere_is_told(double: ShipHeroDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        body = an_answer("vendors", []).replace('"hasNextPage":false', '"hasNextPage":true')
        double.misbehave("POST", "vendors", "status_before", times=2, status=200, body=body)
        await world.sync("get_suppliers")
        [said] = await world.errors()
        assert "goes on" in said

    played(scene)


def test_an_order_with_more_lines_than_an_answer_has_is_put_aside_and_not_shown_as_whole(
    double: ShipHeroDouble, played: Play
) -> None:
    lines = [
        {"sku": "SKU-01", "partner_line_item_id": f"l{number}", "quantity": 1, "price": "1.00"}
        for number in range(101)
    ]
    for name, some in (("LONG", lines), ("JUST", lines[:100])):
        data = {"order_number": name, "partner_order_id": name, "line_items": some}
        order_create(Asked(double.account, {"data": data}))

    async def scene(world: VendorWorld) -> None:
        await world.sync("get_orders")
        stored = await world.listed("get_orders")
        by_number = {record["order_number"]: record for record in stored.values()}
        assert "LONG" not in by_number
        assert len(by_number["JUST"]["line_items"]) == 100
        [reason] = await world.put_aside()
        assert "more lines" in reason

    played(scene)
