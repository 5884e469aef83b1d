"""Every list of a real Tryton."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossdock.catalog import Catalog
from crossdock.connector import Span
from crossdock.doubles.server import running
from crossdock.doubles.tryton.front import TrytonFront
from crossdock.doubles.tryton.process import DATABASE
from crossdock.doubles.tryton.rpc import Rpc
from crossdock.doubles.tryton.stand import CUSTOMER, STAND, WAREHOUSE
from crossdock.integrations.erp.tryton import lists
from tests.support.listing import Listed, crawl

SLUG = "erp/tryton"
FUNCTIONS = [operation.function.name for operation in lists.OPERATIONS]


@pytest.fixture(scope="module")
def front() -> TrytonFront:
    return TrytonFront()


@pytest.fixture(scope="module")
def url(front: TrytonFront) -> Iterator[str]:
    with running(front) as found:
        yield found


@pytest.fixture(scope="module")
def admin(front: TrytonFront) -> Iterator[Rpc]:
    rpc = Rpc(front.process.url, DATABASE)
    rpc.context = {"company": 1}
    yield rpc
    rpc.close()


def read(url: str, function: str, span: Span | None = None) -> Listed:
    return crawl(SLUG, STAND.credentials(url), function, span or Span())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_row_is_a_record_however_small_the_pages(
    url: str, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(url, function)
    monkeypatch.setattr(lists, "PAGE", 2)
    paged = read(url, function)
    assert whole.put_aside == []
    assert paged.records == whole.records
    listing = Catalog.installed().get("erp", "tryton").listing(function)
    assert listing is not None
    if listing.follows_changes:
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        assert read(url, function, Span(since=tomorrow)).records == []


def test_stock_is_told_by_warehouse_and_what_is_assigned_is_committed(url: str, admin: Rpc) -> None:
    before = stock_of(url, "SKU-03")
    zones = {row["code"]: row["id"] for row in admin.search("stock.location", [], "code")}
    (product,) = admin.search("product.product", [["code", "=", "SKU-03"]], "default_uom")
    move = {
        "product": product["id"],
        "unit": product["default_uom"],
        "quantity": 4,
        "from_location": zones["STO"],
        "to_location": zones["OUT"],
        "company": 1,
    }
    places = {"from_location": zones["STO"], "to_location": zones["OUT"], "company": 1}
    made = admin.create("stock.shipment.internal", {**places, "moves": [["create", [move]]]})
    for button in ("wait", "assign_try"):
        admin(f"model.stock.shipment.internal.{button}", made)
    after = stock_of(url, "SKU-03")
    there = after["inventory_by_location_id"][WAREHOUSE]
    assert there["onhand"] == after["onhand"] == before["onhand"]
    assert after["committed"] == before["committed"] + 4
    assert after["available"] == after["onhand"] - after["committed"]


def stock_of(url: str, sku: str) -> dict[str, Any]:
    (found,) = (record for record in read(url, "get_inventory").records if record["sku"] == sku)
    return found


def test_what_is_not_active_any_more_is_still_listed(url: str, admin: Rpc) -> None:
    (made,) = admin.create("party.party", {"name": "Gone Example"})
    admin.write("party.party", made, {"active": False})
    assert read(url, "get_customers").one(str(made))["active"] is False


def test_a_change_below_a_customer_is_a_change_of_the_customer(url: str, admin: Rpc) -> None:
    (address,) = admin.search("party.address", [["party", "=", int(CUSTOMER)]], "city")
    since = datetime.now(UTC).replace(microsecond=0)
    admin.write("party.address", address["id"], {"city": "Shelbyville"})
    (found,) = read(url, "get_customers", Span(since=since)).records
    assert (found["id"], found["billing_address"]["city"]) == (CUSTOMER, "Shelbyville")


def test_a_location_has_the_names_from_the_outermost_one(url: str) -> None:
    paths = {record["full_path"] for record in read(url, "get_locations").records}
    assert "Warehouse / Storage Zone" in paths
