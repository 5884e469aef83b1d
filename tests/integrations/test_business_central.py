"""Writes to Business Central through Crossdock's own doors: what they become there, and what comes back."""

import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from crossdock.doubles.business_central import BusinessCentralDouble
from crossdock.doubles.business_central.stand import (
    CLIENT_ID,
    CLIENT_SECRET,
    CUSTOMERS,
    ITEMS,
    STAND,
    VENDORS,
)
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]

SALES, PURCHASES = "/erp/sales-orders", "/erp/purchase-orders"
SHIPMENTS, RECEIPTS = "/erp/sales-order-shipments", "/erp/purchase-order-receipts"
COMPANY = "/companies({company_id})"

_numbers = itertools.count(1)


@pytest.fixture
def double() -> BusinessCentralDouble:
    return BusinessCentralDouble(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)


@pytest.fixture
def played(tmp_path: Path, double: BusinessCentralDouble) -> Play:
    return lambda scene: play(tmp_path, "erp/business_central", double, STAND.credentials, scene)


def desks(quantity: float, **more: Any) -> dict[str, Any]:
    return {"sku": ITEMS[0]["number"], "quantity": quantity, **more}


def sale(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"customer_id": CUSTOMERS[0], "line_items": list(lines) or [desks(3)], **more}


async def sent(
    world: VendorWorld, method: str, path: str, body: Any = None, key: str | None = None
) -> httpx.Response:
    headers = {"idempotency-key": key or f"key-{next(_numbers)}"}
    return await world.api.request(method, path, json=body, headers=headers)


async def accepted(world: VendorWorld, method: str, path: str, body: Any = None) -> dict[str, Any]:
    answer = await sent(world, method, path, body)
    assert answer.status_code == 200, answer.text
    record: dict[str, Any] = answer.json()["data"]
    return record


def pointers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [fault["pointer"] for fault in answer.json()["errors"]]


def bodies(double: BusinessCentralDouble, method: str) -> list[Any]:
    """What was sent to the company with that method, apart from tokens."""
    found = [
        request for request in double.requests if request.method == method and "oauth2" not in request.path
    ]
    return [orjson.loads(request.body) if request.body else None for request in found]


def test_a_sales_order_is_made_with_its_lines(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        body = sale(desks(2, unit_price=10), {"item_id": ITEMS[1]["id"], "quantity": 1}, reference_id="po-1")
        record = await accepted(world, "POST", SALES, body | {"order_date": "2030-05-01T23:30:00-02:00"})
        (made,) = bodies(double, "POST")
        assert made["orderDate"] == "2030-05-02"
        assert made["salesOrderLines"][0] == {
            "lineType": "Item",
            "itemId": ITEMS[0]["id"],
            "quantity": 2,
            "unitPrice": 10,
        }
        assert record["reference_id"] == "PO-1"
        assert record["status"] == "pending_approval"
        assert [line["unit_price"] for line in record["line_items"]] == [10, 649.4]
        await world.is_listed("get_sales_orders", record)

    played(scene)


def test_items_that_cannot_be_had_are_named_by_their_lines(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        lines = [
            desks(1),
            {"sku": "MISSING", "quantity": 1},
            {"sku": "blocked", "quantity": 1},
            {"item_id": ITEMS[0]["id"], "sku": ITEMS[1]["number"], "quantity": 1},
        ]
        answer = await sent(world, "POST", SALES, sale(*lines))
        assert pointers(answer) == ["/line_items/1/sku", "/line_items/2/sku", "/line_items/3/item_id"]
        assert bodies(double, "POST") == []

    played(scene)


def test_a_reference_stands_for_one_order(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await accepted(world, "POST", SALES, sale(reference_id="it's one"))
        assert pointers(await sent(world, "POST", SALES, sale(reference_id="IT'S ONE"))) == ["/reference_id"]
        other = {**sale(reference_id="it's one"), "customer_id": CUSTOMERS[1]}
        await accepted(world, "POST", SALES, other)
        assert len(bodies(double, "POST")) == 2

    played(scene)


@pytest.mark.parametrize("reference", [{}, {"reference_id": "found again"}])
def test_a_sales_order_whose_answer_was_lost_is_found_again(
    double: BusinessCentralDouble, played: Play, reference: dict[str, str]
) -> None:
    async def scene(world: VendorWorld) -> None:
        known = len(double.company.records["salesOrders"])
        double.misbehave("POST", f"{COMPANY}/salesOrders", "drop_after")
        assert (await sent(world, "POST", SALES, sale(**reference), key="lost")).status_code >= 500
        answer = await sent(world, "POST", SALES, sale(**reference), key="lost")
        assert answer.status_code == 200, answer.text
        assert len(double.company.records["salesOrders"]) == known + 1

    played(scene)


def test_a_purchase_order_whose_answer_was_lost_is_not_sent_again(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        body = {"vendor_id": VENDORS[0], "line_items": [desks(3)]}
        double.misbehave("POST", f"{COMPANY}/purchaseOrders", "drop_after")
        for _ in range(2):
            answer = await sent(world, "POST", PURCHASES, body, key="lost")
            assert answer.status_code >= 500, answer.text
        assert len(bodies(double, "POST")) == 1

    played(scene)


def test_a_change_that_somebody_was_faster_with_is_made_anew(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        order = await accepted(world, "POST", SALES, sale())
        kept = double.company.records["salesOrders"][order["id"]]
        faster = [kept]
        perform = double.perform

        def and_somebody_changes(call: Any, received: Any, headers: Any) -> Any:
            if call.method == "PATCH" and faster:
                changed = faster.pop()
                changed["salesperson"] = "JO"
                double.company.touch("salesOrders", changed)
            return perform(call, received, headers)

        double.perform = and_somebody_changes  # type: ignore[method-assign]
        body = {"required_ship_date": "2030-05-19T00:00:00Z", "line_items": [desks(1), desks(2)]}
        record = await accepted(world, "PUT", f"{SALES}/{order['id']}", body)
        assert record["required_ship_date"] == "2030-05-19T00:00:00Z"
        assert [line["quantity"] for line in record["line_items"]] == [1, 2]
        assert record["additional_fields"]["salesperson"] == "JO"
        statuses = [request.status for request in double.requests if request.method == "PATCH"]
        assert statuses == [409, 200]

    played(scene)


def test_part_of_an_order_is_shipped_then_the_rest(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        order = await accepted(
            world, "POST", SALES, sale(desks(3), {"sku": ITEMS[1]["number"], "quantity": 1})
        )
        desk = order["line_items"][0]["line_item_id"]
        part = {
            "sales_order_id": order["id"],
            "shipped_date": "2030-05-02T00:00:00Z",
            "line_items": [{"line_item_id": desk, "quantity": 1.5}],
        }
        shipment = await accepted(world, "POST", SHIPMENTS, part)
        assert [(line["sku"], line["quantity"]) for line in shipment["line_items"]] == [
            (ITEMS[0]["number"], 1.5)
        ]
        assert shipment["shipped_date"] == "2030-05-02T00:00:00Z"
        assert shipment["additional_fields"]["order_number"] == order["order_number"]
        await world.is_listed("get_sales_order_shipments", shipment)
        await world.sync("get_sales_orders")
        listed = (await world.listed("get_sales_orders"))[order["id"]]
        assert listed["status"] == "partially_fulfilled"
        too_much = {**part, "line_items": [{"line_item_id": desk, "quantity": 2}]}
        assert pointers(await sent(world, "POST", SHIPMENTS, too_much)) == ["/line_items/0/quantity"]
        unchangeable = await sent(world, "PUT", f"{SALES}/{order['id']}", {"line_items": [desks(1)]})
        assert pointers(unchangeable) == ["/line_items"]
        assert (await sent(world, "PUT", f"{SALES}/{order['id']}/cancel")).status_code == 422
        rest = await accepted(world, "POST", SHIPMENTS, {"sales_order_id": order["id"]})
        assert rest["id"] != shipment["id"]
        assert [line["quantity"] for line in rest["line_items"]] == [1.5, 1]
        gone = await sent(world, "POST", SHIPMENTS, {"sales_order_id": order["id"]})
        assert pointers(gone) == ["/sales_order_id"]

    played(scene)


def test_a_shipment_whose_answer_was_lost_is_not_posted_twice(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        order = await accepted(world, "POST", SALES, sale(desks(4)))
        line = order["line_items"][0]["line_item_id"]
        body = {"sales_order_id": order["id"], "line_items": [{"line_item_id": line, "quantity": 1}]}
        action = f"{COMPANY}/salesOrders({{id}})/Microsoft.NAV.shipAndInvoice"
        double.misbehave("POST", action, "drop_after")
        for _ in range(2):
            assert (await sent(world, "POST", SHIPMENTS, body, key="lost")).status_code >= 500
        assert double.counts[f"POST {action}"] == 1

    played(scene)


def test_too_little_stock_is_refused_in_the_vendors_words(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        order = await accepted(world, "POST", SALES, sale(desks(3)))
        double.company.records["items"][ITEMS[0]["id"]]["inventory"] = 1
        answer = await sent(world, "POST", SHIPMENTS, {"sales_order_id": order["id"]})
        assert answer.status_code == 400, answer.text
        assert "insufficient quantity of Item 1896-S" in answer.text

    played(scene)


def test_what_is_received_raises_the_stock(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        body = {"vendor_id": VENDORS[0], "line_items": [desks(3, unit_cost=5)]}
        order = await accepted(world, "POST", PURCHASES, body)
        await world.is_listed("get_purchase_orders", order)
        before = double.company.records["items"][ITEMS[0]["id"]]["inventory"]
        receipt = await accepted(world, "POST", RECEIPTS, {"purchase_order_id": order["id"]})
        assert receipt["status"] == "received"
        assert double.company.records["items"][ITEMS[0]["id"]]["inventory"] == before + 3
        await world.is_listed("get_purchase_order_receipts", receipt)

    played(scene)


def test_a_cancelled_order_is_deleted_there_and_by_the_next_sync_here(
    double: BusinessCentralDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        order = await accepted(world, "POST", SALES, sale())
        record = await accepted(world, "PUT", f"{SALES}/{order['id']}/cancel")
        assert (record["id"], record["status"]) == (order["id"], "cancelled")
        assert order["id"] not in double.company.records["salesOrders"]
        await world.sync("get_sales_orders")
        assert order["id"] not in await world.listed("get_sales_orders")
        for unknown in (order["id"], "no-id"):
            assert (await sent(world, "PUT", f"{SALES}/{unknown}/cancel")).status_code == 404

    played(scene)


def test_a_token_that_ended_is_replaced_before_a_write(double: BusinessCentralDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        double.end_tokens()
        await accepted(world, "POST", SALES, sale())
        assert double.counts["POST /oauth2/v2.0/token"] == 2

    played(scene)
