"""Business Central's lists as its double has them, through a sync and out of Crossdock's own doors."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest

from crossdock.doubles.business_central import BusinessCentralDouble
from crossdock.doubles.business_central.postings import post_order
from crossdock.doubles.business_central.stand import CLIENT_ID, CLIENT_SECRET, STAND
from crossdock.integrations.erp.business_central import lists, odata
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]

EVERY = {
    "get_items": "items",
    "get_inventory": "items",
    "get_locations": "locations",
    "get_customers": "customers",
    "get_vendors": "vendors",
    "get_employees": "employees",
    "get_sales_orders": "salesOrders",
    "get_sales_order_shipments": "salesShipments",
    "get_purchase_orders": "purchaseOrders",
    "get_purchase_order_receipts": "purchaseReceipts",
}
COMPANY = "/companies({company_id})"


@pytest.fixture
def double() -> BusinessCentralDouble:
    return BusinessCentralDouble(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)


@pytest.fixture
def played(tmp_path: Path, double: BusinessCentralDouble) -> Play:
    return lambda scene: play(tmp_path, "erp/business_central", double, STAND.credentials, scene)


def asked(double: BusinessCentralDouble, collection: str) -> list[dict[str, str]]:
    """The queries of a collection so far."""
    found = [request for request in double.requests if request.path.endswith(f"/{collection}")]
    return [{name: values[0] for name, values in parse_qs(request.query).items()} for request in found]


def test_every_list_is_read_over_its_pages(
    double: BusinessCentralDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(odata, "PAGE", 2)

    async def scene(world: VendorWorld) -> None:
        await world.sync(*EVERY)
        for function, collection in EVERY.items():
            assert set(await world.listed(function)) == set(double.company.records[collection]), function
        assert len(asked(double, "salesOrders")) == 2
        assert await world.put_aside() == []

    played(scene)


def test_what_the_records_say(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync(*EVERY)
        orders = {one["reference_id"]: one for one in (await world.listed("get_sales_orders")).values()}
        statuses = {name: (one["status"], one["raw_status"]) for name, one in orders.items()}
        assert statuses == {
            "SEED-0": ("pending_approval", "Draft"),
            "SEED-1": ("open", "Open"),
            "SEED-2": ("partially_fulfilled", "Open"),
            "SEED-4": ("pending_approval", "In Review"),
        }
        draft = orders["SEED-0"]
        assert draft["required_ship_date"] is None
        assert (draft["total_price"], draft["total_tax"]) == (5714.72, 519.52)
        assert draft["line_items"][0]["tax"] == 64.94
        assert draft["line_items"][0]["location_id"] is None
        shipments = (await world.listed("get_sales_order_shipments")).values()
        of_order = {one["additional_fields"]["order_number"]: one for one in shipments}
        part = of_order[orders["SEED-2"]["order_number"]]
        assert [line["quantity"] for line in part["line_items"]] == [1, 6]
        customers = {one["customer_number"]: one for one in (await world.listed("get_customers")).values()}
        assert [one["active"] for one in customers.values()].count(False) == 1
        assert not customers["C30000"]["active"]
        assert customers["C10000"]["additional_fields"]["blocked"] is None

    played(scene)


def test_only_what_changed_is_asked_for_again(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_items", "get_inventory")
        double.requests.clear()
        item = next(iter(double.company.records["items"].values()))
        item["displayName"] = "Taller desk"
        double.company.touch("items", item)
        await world.sync("get_items")
        assert (await world.listed("get_items"))[item["id"]]["name"] == "Taller desk"
        (query,) = asked(double, "items")
        assert query["$filter"].startswith("lastModifiedDateTime ge 2026-01-05T07:55:00.000Z")

    played(scene)


def test_stock_is_followed_though_the_item_did_not_change(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_inventory")
        item = next(iter(double.company.records["items"].values()))
        item["inventory"] = 7.5
        await world.sync("get_inventory")
        stock = (await world.listed("get_inventory"))[item["id"]]
        assert (stock["onhand"], stock["available"], stock["committed"]) == (7.5, 7.5, 0)

    played(scene)


def test_an_order_that_is_all_posted_is_gone_and_its_shipment_tells_of_it(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_sales_orders", "get_sales_order_shipments")
        order = next(iter(double.company.records["salesOrders"].values()))
        post_order(double.company, "salesOrders", order)
        await world.sync("get_sales_orders", "get_sales_order_shipments")
        assert order["id"] not in await world.listed("get_sales_orders")
        answer = await world.api.get(f"/erp/sales-orders/{order['id']}")
        assert answer.status_code == 404
        assert "deleted_date" in answer.json()
        shipments = (await world.listed("get_sales_order_shipments")).values()
        numbers = [one["additional_fields"]["order_number"] for one in shipments]
        assert numbers.count(order["number"]) == 1

    played(scene)


def test_a_busy_or_failing_server_is_asked_again(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        path = f"{COMPANY}/customers"
        double.misbehave("GET", path, "status", status=429, retry_after=0)
        double.misbehave("GET", path, "status", status=503)
        double.end_tokens()
        await world.sync("get_customers")
        assert len(await world.listed("get_customers")) == 3
        assert await world.errors() == []

    played(scene)


def test_a_list_that_leads_back_to_itself_is_broken_off(
    double: BusinessCentralDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = double.perform

    def going_round(call: Any, received: Any, headers: Any) -> Any:
        answer = perform(call, received, headers)
        if call.path == f"{COMPANY}/vendors":
            page = orjson.loads(answer.body)
            ends = next(iter(double.company.records["vendors"]))
            page["@odata.nextLink"] = f"https://example.com/x?$skiptoken={ends}"
            answer.body = orjson.dumps(page)
        return answer

    async def scene(world: VendorWorld) -> None:
        monkeypatch.setattr(double, "perform", going_round)
        await world.sync("get_vendors")
        assert len(asked(double, "vendors")) < 20
        assert await world.errors()

    played(scene)


@pytest.mark.parametrize("decoded", [[], {}, {"value": None}, {"value": [], "@odata.nextLink": "https://x/"}])
def test_an_answer_that_is_no_page_is_not_an_empty_one(decoded: Any) -> None:
    for operation in lists.OPERATIONS:
        with pytest.raises(ValueError, match="page"):
            operation.page(None, decoded)
