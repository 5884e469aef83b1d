"""Ongoing's lists while things change: since when, what is added meanwhile, and what a write answers."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest

from crossdock.connector import Span
from crossdock.doubles.double import Received
from crossdock.doubles.ongoing import OngoingDouble, work
from crossdock.doubles.ongoing.articles import put_article
from crossdock.doubles.ongoing.models import Model
from crossdock.doubles.ongoing.stand import STAND
from crossdock.doubles.ongoing.warehouse import GoodsOwner
from crossdock.doubles.server import running
from crossdock.errors import VendorError
from crossdock.integrations.wms.ongoing import paging
from crossdock.integrations.wms.ongoing.stock import inventory_item
from crossdock.schemas.times import UNKNOWN, wire_time
from tests.support.install import Install
from tests.support.listing import Listed, crawl
from tests.support.ongoing_site import a_shipment, an_order, unique
from tests.support.world import GOODS_OWNER, World, a_return, connected_world

LONG_AGO = timedelta(days=20)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with connected_world(Install(tmp_path_factory.mktemp("home"))) as made:
        yield made


@pytest.fixture
def double(world: World) -> Iterator[OngoingDouble]:
    """The double as it is after its seed; no violation may happen."""
    owner, state = world.double.owner(GOODS_OWNER), world.double.state
    orders = deepcopy(owner.orders)
    world.double.requests.clear()
    yield world.double
    world.double.faults.clear()
    owner.orders = orders
    state.orders = {order_id: (owner, order) for order_id, order in orders.items()}
    assert world.double.violations == []


def listed(world: World, function: str, since: datetime | None = None) -> Listed:
    fields = {"username": "u", "password": "p", "goods_owner_id": str(GOODS_OWNER)}
    fields["api_url"] = f"{world.double_url}/demo/api/v1/"
    return crawl("wms/ongoing", fields, function, Span(since=since))


def ids(found: Listed) -> list[str]:
    return [record["id"] for record in found.records]


def owner_of(double: OngoingDouble) -> GoodsOwner:
    return double.owner(GOODS_OWNER)


def ago(**span: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(**span)


def changed(double: OngoingDouble, order_id: int, moment: datetime) -> Model:
    """Sets when an order was last changed."""
    found = owner_of(double).orders[order_id]
    found["orderInfo"]["advanced"]["orderHeaderUpdated"] = wire_time(moment)
    return found


def test_what_changed_at_a_moment_comes_and_what_changed_before_it_does_not(
    world: World, double: OngoingDouble
) -> None:
    moment = ago(hours=30)
    for order_id in owner_of(double).orders:
        changed(double, order_id, moment - timedelta(seconds=1))
    changed(double, 1002, moment)
    changed(double, 1005, moment + timedelta(hours=1))
    found = listed(world, "get_orders", moment)
    assert ids(found) == ["1005", "1002"]
    assert found.one("1002")["updated_date"] == wire_time(moment)


def test_of_orders_long_ago_the_open_ones_come_and_those_finished_since(
    world: World, double: OngoingDouble
) -> None:
    for order_id in owner_of(double).orders:
        changed(double, order_id, ago(days=40))
    changed(double, 1003, ago(days=19))
    assert ids(listed(world, "get_orders", datetime.now(UTC) - LONG_AGO)) == ["1005", "1003"]
    assert sorted(ids(listed(world, "get_orders"))) == [f"100{n}" for n in range(1, 7)]


def test_what_the_vendor_would_refuse_is_not_asked_for(world: World, double: OngoingDouble) -> None:
    with httpx.Client(base_url=f"{world.double_url}/demo/api/v1", auth=("u", "p"), trust_env=False) as api:
        asked = {"goodsOwnerId": str(GOODS_OWNER), "orderUpdatedTimeFrom": wire_time(ago(hours=49))}
        assert api.get("/orders", params=asked).status_code == 400
    double.requests.clear()
    for hours in (46, 47, 48, 49, 24 * 30):
        listed(world, "get_orders", ago(hours=hours))
    assert {request.status for request in double.requests} == {200}


def test_writes_move_the_time_of_change(world: World, double: OngoingDouble) -> None:
    for order_id in owner_of(double).orders:
        changed(double, order_id, ago(hours=5))
    with world.api as api:
        body = an_order()
        made = api.post("/wms/orders", json=body).json()["id"]
        gone = api.post("/wms/orders", json=an_order()).json()["id"]
        for order_id in (made, gone):
            changed(double, int(order_id), ago(hours=5))
        since = ago(hours=1)
        assert ids(listed(world, "get_orders", since)) == []
        changes = {"order_number": body["order_number"], "line_items": [{"sku": "LAMP", "quantity": 2}]}
        assert api.put(f"/wms/orders/{made}", json=changes).status_code == 200
        assert api.put(f"/wms/orders/{gone}/cancel").status_code == 200
    found = listed(world, "get_orders", since)
    assert ids(found) == [made, gone]
    assert found.one(gone)["status"] == "cancelled"
    work.ship_order(double.state, owner_of(double).orders[1005], "1Z9")
    assert ids(listed(world, "get_orders", since)) == [made, "1005", gone]


def test_an_order_that_is_added_meanwhile_shifts_no_page(
    world: World, double: OngoingDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        double.add_order(GOODS_OWNER, [("LAMP", 0)], ordered=[1])
    before = set(map(str, owner_of(double).orders))
    monkeypatch.setattr(paging, "PAGE", 2)
    perform = double.perform

    def and_one_is_added(*call: Any) -> Any:
        if len(owner_of(double).orders) < 16:
            double.add_order(GOODS_OWNER, [("LAMP", 0)], ordered=[1])
        return perform(*call)

    monkeypatch.setattr(double, "perform", and_one_is_added)
    found = ids(listed(world, "get_orders"))
    assert len(found) == len(set(found))
    assert before <= set(found)
    under_way = [int(number) for number in found if int(number) == 1005 or int(number) > 1006]
    assert under_way == sorted(under_way)
    assert len(under_way) == 11


def test_an_answer_shorter_than_was_asked_for_is_not_the_end(
    world: World, double: OngoingDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {function: ids(listed(world, function)) for function in ("get_orders", "get_products")}
    perform = double.perform

    def at_most_two(call: Any, received: Received, headers: Any) -> Any:
        query = received.query.replace(f"ToGet={paging.PAGE}", "ToGet=2")
        return perform(call, replace(received, query=query), headers)

    monkeypatch.setattr(double, "perform", at_most_two)
    double.counts.clear()
    for function, expected in whole.items():
        assert ids(listed(world, function)) == expected
    assert double.counts["GET /orders"] == 6
    assert double.counts["GET /articles"] == (len(whole["get_products"]) + 1) // 2 + 1


def test_rows_that_are_no_records_are_put_aside_and_the_others_come(
    world: World, double: OngoingDouble
) -> None:
    good = owner_of(double).orders[1005]
    nameless = {**good, "orderInfo": {**good["orderInfo"], "orderId": None}}
    strange = {**good, "orderInfo": {**good["orderInfo"], "orderId": 9, "orderNumber": 7}}
    body = orjson.dumps([nameless, "no order", None, strange, good]).decode()
    double.misbehave("GET", "/orders", "status_before", status=200, body=body)
    found = listed(world, "get_orders")
    assert "1005" in ids(found)
    assert len(found.put_aside) == 4
    double.misbehave("GET", "/orders", "status_before", status=200, body='{"message": "busy"}')
    with pytest.raises(VendorError, match="not a list"):
        listed(world, "get_orders")
    double.misbehave("GET", "/articles", "status_before", status=200, body='[{"articleNumber": "A"}]')
    with pytest.raises(VendorError, match="no row of the answer has an id"):
        listed(world, "get_inventory")


def test_what_a_write_answers_is_what_the_list_has(world: World, double: OngoingDouble) -> None:
    long_text = "Handle with care \N{PACKAGE} " * 40_000
    kit = {
        "sku": unique("SET"),
        "name": "Gift set",
        "gtin": "4006381333948",
        "inventory_items": [{"sku": "SHIRT-M", "unit_quantity": 2}, {"sku": "LAMP", "unit_quantity": 1}],
    }
    scarf = {"sku": unique("SCARF"), "name": "Scarf \N{SCARF}", "gtin": "4006381333931"}
    writes: list[tuple[str, str, dict[str, Any]]] = [
        ("/wms/orders", "get_orders", an_order(order_number=unique("\N{PACKAGE}"))),
        ("/wms/products", "get_products", scarf),
        ("/wms/kits", "get_products", kit),
        ("/wms/inbound-shipments", "get_inbound_shipments", a_shipment()),
        ("/wms/returns", "get_returns", a_return()),
    ]
    with world.api as api:
        for path, function, body in writes:
            answer = api.post(path, json=body)
            assert answer.status_code == 200, answer.text
            written = answer.json()["data"]
            there = listed(world, function).one(written["id"])
            assert there == {name: written[name] for name in there}, function
    article = owner_of(double).articles[scarf["sku"]]
    article["description"] = long_text
    found = listed(world, "get_products").one(str(article["articleSystemId"]))
    assert found["additional_fields"]["description"] == long_text


def test_the_kits_of_a_page_are_read_together(world: World, double: OngoingDouble) -> None:
    owner = owner_of(double)
    kits: list[int] = []
    for number in range(60):
        rows = [{"articleNumber": "LAMP", "numberOfItems": number + 1}]
        body = {
            "goodsOwnerId": owner.id,
            "articleNumber": f"KIT-{number}",
            "articleName": "Lamps",
            "structureDefinition": {"articleKind": "Structure", "rows": rows},
        }
        kits.append(put_article(double.warehouse, owner, body))
    double.counts.clear()
    found = listed(world, "get_products", ago(hours=1))
    units = [found.one(str(kit))["inventory_items"][0]["unit_quantity"] for kit in kits]
    assert units == list(range(1, 61))
    assert double.counts["GET /articles/structureDefinitions"] == 2


def test_every_product_comes_when_long_ago_is_asked_for(world: World, double: OngoingDouble) -> None:
    moment = ago(hours=3)
    owner_of(double).articles["CANDLE"]["articleDataLastUpdated"] = wire_time(moment)
    owner_of(double).articles["TEAPOT"].pop("articleDataLastUpdated", None)
    found = listed(world, "get_products", datetime.now(UTC) - LONG_AGO)
    assert {"CANDLE", "TEAPOT"} <= {record["sku"] for record in found.records}
    assert next(r for r in found.records if r["sku"] == "TEAPOT")["updated_date"] == UNKNOWN
    late = listed(world, "get_products", moment)
    assert "CANDLE" in {record["sku"] for record in late.records}
    later = listed(world, "get_products", moment + timedelta(seconds=1))
    assert "CANDLE" not in {record["sku"] for record in later.records}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"numberOfItems": 10, "numberOfLockedItems": 2, "sellableNumberOfItems": 5}, (10, 3, 2, 5, 5)),
        ({"numberOfItems": 10, "sellableNumberOfItems": -4}, (10, 10, 0, 0, -4)),
        ({"numberOfItems": 0, "sellableNumberOfItems": 7}, (0, 0, 0, 0, 7)),
        ({"numberOfItems": 3}, (3, 0, 0, 3, 3)),
    ],
    ids=["some of each", "sold short", "a kit", "not told"],
)
def test_stock_is_split_into_parts(told: dict[str, int], expected: tuple[int, ...]) -> None:
    item = inventory_item({"article": {"articleSystemId": 1, "inventoryInfo": told}})
    parts = (item.onhand, item.committed, item.unfulfillable, item.fulfillable, item.sellable)
    assert parts == expected


def test_every_status_has_a_meaning() -> None:
    double = STAND.double()  # type: ignore[misc]
    with running(double) as url:
        fields = STAND.credentials(url)
        orders = crawl("wms/ongoing", fields, "get_orders").records
        inbound = crawl("wms/ongoing", fields, "get_inbound_shipments").records
        returns = crawl("wms/ongoing", fields, "get_returns").records
    assert {order["status"] for order in orders} == {
        "open", "confirmed", "processing", "packed", "partially_fulfilled", "fulfilled", "exception",
        "cancelled", "other",
    }  # fmt: skip
    [own] = [order for order in orders if order["status"] == "other"]
    assert own["raw_status"] == "At customs \N{PACKAGE}"
    assert {one["status"] for one in inbound} == {"open", "receiving", "received", "cancelled", "other"}
    assert [one["status"] for one in returns] == ["open", "receiving", "received"]
