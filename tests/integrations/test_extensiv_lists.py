"""Extensiv's lists as its double has them, through a sync and out of Crossdock's own doors."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest

from crossdock.doubles.extensiv import ExtensivDouble
from crossdock.doubles.extensiv.seed import CUSTOMER, FACILITY, OTHER_CUSTOMER, OTHER_FACILITY
from crossdock.doubles.extensiv.stand import CLIENT, SECRET, STAND
from crossdock.doubles.extensiv.warehouse import REL, Record, written
from crossdock.integrations.wms.extensiv import lists, locations
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]

EVERY = (
    "get_orders",
    "get_products",
    "get_inventory",
    "get_inbound_shipments",
    "get_returns",
    "get_shipping_methods",
    "get_warehouses",
    "get_warehouse_locations",
    "get_warehouse_customers",
)
LISTS = {
    "orders": "get_orders",
    "products": "get_products",
    "inbound-shipments": "get_inbound_shipments",
    "returns": "get_returns",
}
"""The lists of what can be written, by collection."""

MOMENT = datetime(2026, 1, 20, 10, tzinfo=UTC)
ITEMS = f"/customers/{CUSTOMER}/items"


@pytest.fixture
def double() -> ExtensivDouble:
    return ExtensivDouble(client_id=CLIENT, client_secret=SECRET)


@pytest.fixture
def played(tmp_path: Path, double: ExtensivDouble) -> Play:
    return lambda scene: play(tmp_path, "wms/extensiv", double, STAND.credentials, scene)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages of two, where Extensiv has pages of hundreds."""
    collections = (lists.ORDERS, lists.ITEMS, lists.RECEIVERS)
    before = [collection.most for collection in collections]
    for collection in collections:
        object.__setattr__(collection, "most", 2)
    monkeypatch.setattr(locations, "MOST", 2)
    yield
    for collection, most in zip(collections, before, strict=True):
        object.__setattr__(collection, "most", most)


def asked(double: ExtensivDouble, path: str) -> list[dict[str, str]]:
    """The queries of a path so far."""
    found = [request for request in double.requests if (request.method, request.path) == ("GET", path)]
    return [{name: values[0] for name, values in parse_qs(request.query).items()} for request in found]


def changed(record: Record, moment: datetime) -> None:
    """Sets when a record was last changed."""
    record.model["readOnly"]["lastModifiedDate"] = written(moment)


def more_orders(double: ExtensivDouble, *moments: datetime) -> list[int]:
    """Adds orders that were changed at these moments; their ids."""
    made = []
    for number, moment in enumerate(moments, start=2001):
        model = deepcopy(double.warehouse.orders[901].model)
        model["readOnly"]["orderId"] = number
        model["referenceNum"] = f"SO-{number}"
        double.warehouse.orders[number] = Record(model)
        changed(double.warehouse.orders[number], moment)
        made.append(number)
    return made


def own(records: dict[int, Record]) -> set[str]:
    """The ids of the records of the account's customer."""
    return {
        str(number)
        for number, record in records.items()
        if record.model["readOnly"]["customerIdentifier"]["id"] == CUSTOMER
    }


@pytest.mark.usefixtures("small_pages")
def test_every_list_is_read_over_its_pages(double: ExtensivDouble, played: Play) -> None:
    warehouse = double.warehouse
    # Seven that were changed in the same second, as an import does, and one a second later.
    more_orders(double, *[MOMENT] * 7, MOMENT + timedelta(seconds=1))
    theirs = deepcopy(warehouse.orders[901].model)
    theirs["readOnly"] |= {"orderId": 3001, "customerIdentifier": {"id": OTHER_CUSTOMER, "name": "x"}}
    warehouse.orders[3001] = Record(theirs)

    async def scene(world: VendorWorld) -> None:
        await world.sync(*EVERY)
        found = {name: set(await world.listed(name)) for name in EVERY if name != "get_warehouse_locations"}
        assert found["get_orders"] == own(warehouse.orders)
        items = {f"{CUSTOMER}-{number}" for number in own(warehouse.items)}
        assert found["get_products"] == found["get_inventory"] == items
        assert found["get_inbound_shipments"] == {"801", "802"}
        assert found["get_returns"] == set()
        assert found["get_warehouses"] == {str(FACILITY), str(OTHER_FACILITY)}
        assert found["get_warehouse_customers"] == {str(CUSTOMER), str(OTHER_CUSTOMER)}
        assert found["get_shipping_methods"] == {"UPS/GND", "UPS/2DA", "FedEx/FDXG"}
        for facility, ids in ((FACILITY, ["301", "302", "303"]), (OTHER_FACILITY, ["304"])):
            places = await world.get(f"/wms/warehouses/{facility}/locations")
            assert [place["id"] for place in places] == ids
        assert len(asked(double, "/orders")) > 5
        assert {query["pgnum"] for query in asked(double, "/orders")} == {"1"}
        assert len(asked(double, f"/properties/facilities/{FACILITY}/locations")) == 2
        assert await world.put_aside() == []
        assert await world.errors() == []

    played(scene)


@pytest.mark.usefixtures("small_pages")
def test_what_changes_while_a_list_is_read_is_neither_lost_nor_in_the_way(
    double: ExtensivDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = more_orders(double, *[MOMENT + timedelta(seconds=place) for place in range(6)])
    perform = double.perform
    late = iter(range(1, 4))

    def and_one_is_changed(call: Any, received: Any, headers: Any) -> Any:
        answer = perform(call, received, headers)
        if received.path == "/orders" and (place := next(late, None)):
            record = double.warehouse.orders[numbers[place]]
            record.model["notes"] = "changed meanwhile"
            changed(record, MOMENT + timedelta(minutes=place))
        return answer

    async def scene(world: VendorWorld) -> None:
        monkeypatch.setattr(double, "perform", and_one_is_changed)
        await world.sync("get_orders")
        found = await world.listed("get_orders")
        assert set(found) == own(double.warehouse.orders)
        for number in numbers[1:4]:
            assert found[str(number)]["additional_fields"]["notes"] == "changed meanwhile"

    played(scene)


@pytest.mark.parametrize(
    ("function", "path", "kept", "number"),
    [
        ("get_orders", "/orders", "orders", 901),
        ("get_inbound_shipments", "/inventory/receivers", "receivers", 801),
    ],
)
def test_a_list_is_read_from_the_newest_change_on_and_a_little_before(
    double: ExtensivDouble, played: Play, function: str, path: str, kept: str, number: int
) -> None:
    records = getattr(double.warehouse, kept)

    async def scene(world: VendorWorld) -> None:
        changed(records[number], MOMENT)
        await world.sync(function)
        double.requests.clear()
        # One change is told late, and was made a little before the newest.
        late = records[number + 1]
        changed(late, MOMENT - timedelta(minutes=5))
        late.model["poNum"] = "late"
        records[number].model["poNum"] = "not told as a change"
        changed(records[number], MOMENT - timedelta(minutes=5, seconds=1))
        await world.sync(function)
        [query] = asked(double, path)
        assert "readOnly.lastModifiedDate=ge=2026-01-20T09:55:00" in query["rql"]
        assert f"readOnly.customerIdentifier.id=={CUSTOMER}" in query["rql"]
        found = await world.vendor_rows(function)
        assert found[str(number + 1)]["poNum"] == "late"
        assert found[str(number)].get("poNum") is None

    played(scene)


def test_the_first_sync_goes_back_thirty_days_but_for_what_is_sold(
    double: ExtensivDouble, tmp_path: Path
) -> None:
    today = datetime.now(UTC)

    async def scene(world: VendorWorld) -> None:
        changed(double.warehouse.orders[901], today - timedelta(days=29))
        changed(double.warehouse.orders[902], today - timedelta(days=31))
        await world.sync("get_orders", "get_products", "get_inventory")
        assert set(await world.listed("get_orders")) == {"901"}
        assert len(await world.listed("get_products")) == len(await world.listed("get_inventory")) == 12
        # Once they are there, what changed lately is enough.
        changed(double.warehouse.items[501], today - timedelta(hours=1))
        await world.sync("get_products")
        double.requests.clear()
        await world.sync("get_products")
        [query] = asked(double, ITEMS)
        assert "lastModifiedDate=ge=" in query["rql"]

    play(tmp_path, "wms/extensiv", double, STAND.credentials, scene, timedelta(days=30))


def test_a_window_is_asked_for_with_both_its_ends(double: ExtensivDouble, played: Play) -> None:
    midnight = datetime(2026, 1, 21, tzinfo=UTC)

    async def scene(world: VendorWorld) -> None:
        changed(double.warehouse.orders[901], midnight - timedelta(seconds=1))
        changed(double.warehouse.orders[902], midnight)
        body = {
            "function_name": "get_orders",
            "start_time": "2026-01-20T00:00:00Z",
            "end_time": "2026-01-20T23:59:59Z",
        }
        assert (await world.api.post("/connections/on-demand-syncs", json=body)).is_success
        await world.sync()
        assert set(await world.listed("get_orders")) == {"901"}

    played(scene)


def test_a_written_record_is_listed_as_it_was_answered(double: ExtensivDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync(*LISTS.values())
        for actions in (
            ("create_order", "create_product", "create_inbound_shipment", "create_return"),
            ("create_kit",),
            ("create_order", "update_order"),
            ("create_order", "create_shipment"),
            ("create_product", "update_product"),
            ("create_inbound_shipment", "update_inbound_shipment"),
            ("create_inbound_shipment", "receive_inbound_shipment"),
            ("create_return", "cancel_return"),
        ):
            for collection, record in (await world.written(STAND, *actions)).items():
                await world.is_listed(LISTS[collection], record)

    played(scene)


def an_answer(rel: str, rows: Sequence[Any]) -> str:
    """A list with these rows, as Extensiv answers it."""
    return orjson.dumps({"totalResults": len(rows), "_embedded": {rel: rows}}).decode()


@pytest.mark.parametrize(
    ("function", "path", "rel", "wrong"),
    [
        ("get_orders", "/orders", "orders/order", {"referenceNum": 7}),
        ("get_products", ITEMS, "customers/item", {"description": ["a", "list"]}),
        ("get_inventory", ITEMS, "customers/item", {"description": 12}),
        ("get_inbound_shipments", "/inventory/receivers", "inventory/receiver", {"poNum": {"no": 1}}),
        ("get_warehouses", "/properties/facilities", "properties/facility", {"name": 3}),
        ("get_warehouse_customers", "/customers", "customers/customer", {"companyInfo": "a name"}),
    ],
)
def test_a_row_that_is_no_record_is_put_aside_and_the_others_stored(
    double: ExtensivDouble, played: Play, function: str, path: str, rel: str, wrong: dict[str, Any]
) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync(function)
        before, rows = await world.listed(function), list((await world.vendor_rows(function)).values())
        if function == "get_inventory":
            rows = [row["item"] for row in rows]
        ids = {"readOnly", "itemId", "facilityId"}
        nameless = {name: value for name, value in rows[0].items() if name not in ids}
        strange = [nameless, "no record", None, {**rows[0], **wrong}, *rows[1:]]
        double.misbehave("GET", path, "status_before", status=200, body=an_answer(REL + rel, strange))
        await world.sync(function)
        assert len(await world.put_aside()) == 4
        # What is listed is not gone, also when it cannot be read.
        assert await world.listed(function) == before
        assert await world.errors() == []

    played(scene)


def test_a_status_that_is_none_of_the_contracts_is_other(double: ExtensivDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        for function, path, rel, number in (
            ("get_orders", "/orders", "orders/order", "901"),
            ("get_inbound_shipments", "/inventory/receivers", "inventory/receiver", "801"),
        ):
            await world.sync(function)
            row = (await world.vendor_rows(function))[number]
            row["readOnly"]["status"] = 7
            double.misbehave("GET", path, "status_before", status=200, body=an_answer(REL + rel, [row]))
            await world.sync(function)
            record = (await world.listed(function))[number]
            assert (record["status"], record["raw_status"]) == ("other", "7")

    played(scene)


def test_an_order_says_how_far_it_is_and_what_is_in_which_package(
    double: ExtensivDouble, played: Play
) -> None:
    read_only = double.warehouse.orders[901].model["readOnly"]
    packed = {
        "packageId": 77,
        "trackingNumber": "1Z77",
        "packageContents": [{"packageContentId": 1, "orderItemId": 9020, "qty": 2, "lotNumber": "L1"}],
    }
    double.warehouse.orders[902].model["readOnly"]["packages"] = [packed]

    async def scene(world: VendorWorld) -> None:
        statuses = []
        for step in (None, "pickDoneDate", "packDoneDate"):
            if step:
                read_only[step] = written(MOMENT)
            await world.sync("get_orders")
            statuses.append((await world.get("/wms/orders/901"))["status"])
        assert statuses == ["open", "picked", "packed"]
        [shipment] = (await world.get("/wms/orders/902"))["shipments"]
        [package] = shipment["packages"]
        assert (package["package_id"], package["tracking_number"]) == ("77", "1Z77")
        assert [(line["sku"], line["quantity"], line["lot_id"]) for line in package["line_items"]] == [
            ("SKU-01", 2, "L1")
        ]

    played(scene)


def test_too_many_requests_are_waited_for_and_no_error(double: ExtensivDouble, played: Play) -> None:
    """The reference names no limit: what is obeyed is HTTP's own word for one."""

    async def scene(world: VendorWorld) -> None:
        double.misbehave("GET", "/orders", "status_before", status=429, body="{}", retry_after=90)
        await world.sync("get_orders")
        assert await world.errors() == []
        before = len(double.requests)
        await world.run_due()
        assert len(double.requests) == before
        world.ahead += 91
        await world.run_due()
        assert len(await world.listed("get_orders")) == 2

    played(scene)


def test_rows_that_are_not_in_the_order_of_their_changes_are_no_list(
    double: ExtensivDouble, played: Play
) -> None:
    """To go on from the last of them would leave records out."""

    async def scene(world: VendorWorld) -> None:
        more_orders(double, MOMENT)
        await world.sync("get_orders")
        rows = list((await world.vendor_rows("get_orders")).values())
        body = an_answer(REL + "orders/order", sorted(rows, key=lambda row: -row["readOnly"]["orderId"]))
        double.misbehave("GET", "/orders", "status_before", status=200, body=body)
        await world.sync("get_orders")
        [said] = await world.errors()
        assert "not in the order" in said

    played(scene)
