"""Ongoing's lists, read from its double."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossdock.connector import Span
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.ongoing.stand import GOODS_OWNER, STAND
from crossdock.doubles.server import running
from crossdock.integrations.wms.ongoing import paging
from tests.support.listing import Listed, crawl

SLUG = "wms/ongoing"


@pytest.fixture
def double() -> OngoingDouble:
    made = STAND.double()  # type: ignore[misc]
    assert isinstance(made, OngoingDouble)
    return made


@pytest.fixture
def url(double: OngoingDouble) -> Iterator[str]:
    with running(double) as found:
        yield found


def read(url: str, function: str, span: Span | None = None) -> Listed:
    return crawl(SLUG, STAND.credentials(url), function, span or Span())


@pytest.mark.parametrize(
    "function",
    [
        "get_orders",
        "get_products",
        "get_inventory",
        "get_inbound_shipments",
        "get_returns",
        "get_shipping_methods",
        "get_warehouses",
    ],
)
def test_every_row_of_every_list_is_a_record(
    url: str, double: OngoingDouble, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(url, function)
    monkeypatch.setattr(paging, "PAGE", 2)
    paged = read(url, function)
    assert whole.put_aside == []
    assert [r["id"] for r in paged.records] == [r["id"] for r in whole.records]
    assert len({r["id"] for r in whole.records}) == len(whole.records)
    assert double.violations == []
    if function not in {"get_returns", "get_inbound_shipments"}:
        assert whole.records


def test_orders_are_read_from_a_moment_on(url: str, double: OngoingDouble) -> None:
    every = read(url, "get_orders").records
    future = datetime.now(UTC) + timedelta(days=1)
    assert read(url, "get_orders", Span(since=future)).records == []
    order: Any = double.owner(GOODS_OWNER).orders[int(every[0]["id"])]
    order["orderInfo"]["advanced"] = {"orderHeaderUpdated": "2040-01-01T10:00:00Z"}
    since = datetime(2040, 1, 1, 10, tzinfo=UTC)
    found = read(url, "get_orders", Span(since=since)).records
    assert [record["id"] for record in found] == [every[0]["id"]]
    assert found[0]["updated_date"] == "2040-01-01T10:00:00Z"
    assert read(url, "get_orders", Span(since=since + timedelta(seconds=1))).records == []


def test_a_status_between_the_standard_ones_counts_as_the_one_that_was_reached(
    url: str, double: OngoingDouble
) -> None:
    order: Any = next(iter(double.owner(GOODS_OWNER).orders.values()))
    order["orderInfo"]["orderStatus"] = {"number": 120, "text": "Waiting for \N{PACKAGE}"}
    record = read(url, "get_orders").one(str(order["orderInfo"]["orderId"]))
    assert (record["status"], record["raw_status"]) == ("other", "Waiting for \N{PACKAGE}")


def test_stock_adds_up_in_each_warehouse(url: str) -> None:
    items = read(url, "get_inventory").records
    assert any(item["onhand"] for item in items)
    for item in items:
        for part in (item, *item["inventory_by_warehouse_id"].values()):
            assert part["onhand"] == part["committed"] + part["unfulfillable"] + part["fulfillable"]
    assert any(item["inventory_by_warehouse_id"] for item in items)
