"""Shopify through Crossdock's own doors: what a body becomes there, and what comes back."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.catalog import Catalog
from crossdock.connections.install import checked_fields, connect
from crossdock.doubles.shopify.inventory import quantity
from crossdock.doubles.shopify.shop import Record
from crossdock.doubles.shopify.stand import ACCESS_TOKEN, STAND
from crossdock.errors import Unprocessable
from tests.support.shop_world import Play, ShopWorld, number, staged

TRACKING = {"tracking_number": "1Z999", "tracking_url": "https://track.example/1Z999"}


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with staged(tmp_path) as found:
        yield found


def an_order(world: ShopWorld, place: int = 2) -> Record:
    """An order of the seed with a shipping group in each of two warehouses; by default with 100 units."""
    found: Record = world.double.shop.all("Order")[place]
    return found


def stocked(world: ShopWorld) -> tuple[Record, str]:
    """The first variant's stock at the first location, and the path that adjusts it."""
    variant = world.double.shop.all("ProductVariant")[0]
    level = variant["inventoryItem"]["inventoryLevels"][0]
    return level, f"/cart/products/{number(variant)}/adjust-inventory"


def pointers(refusal: dict[str, Any]) -> list[str]:
    return [fault["pointer"] for fault in refusal["errors"]]


def test_a_shipping_group_is_fulfilled_with_its_tracking(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world)
        group, other = order["fulfillmentOrders"]
        body = TRACKING | {"carrier_name": "UPS", "shipping_groups": [{"shipping_group_id": number(group)}]}
        record = await world.written("POST", f"/cart/orders/{number(order)}/shipments", body)
        assert record["status"] == "partially_fulfilled"
        [shipment] = record["shipments"]
        assert shipment["tracking_number"] == "1Z999"
        assert shipment["carrier_name"] == "UPS"
        assert shipment["shipping_groups"] == [number(group)]
        assert [line["quantity"] for line in shipment["line_items"]] == [100]
        assert [one["status"] for one in record["shipping_groups"]] == ["shipped", "open"]

        line = {"line_item_id": number(other["lineItems"][0]), "quantity": 40}
        body["shipping_groups"] = [{"shipping_group_id": number(other), "line_items": [line]}]
        record = await world.written("POST", f"/cart/orders/{number(order)}/shipments", body)
        assert record["status"] == "partially_fulfilled"
        assert other["lineItems"][0]["remainingQuantity"] == 60

    play(scene)


def test_shipments_that_the_orders_groups_contradict_are_refused_unsent(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world)
        path = f"/cart/orders/{number(order)}/shipments"
        first, second = (number(group) for group in order["fulfillmentOrders"])

        async def refused(*groups: Any) -> dict[str, Any]:
            return await world.refused("POST", path, TRACKING | {"shipping_groups": list(groups)})

        elsewhere = await refused({"shipping_group_id": "1"})
        assert pointers(elsewhere) == ["/shipping_groups/0/shipping_group_id"]
        assert elsewhere["errors"][0]["accepted"] == [first, second]
        line = {"line_item_id": "1", "quantity": 1}
        strange = await refused({"shipping_group_id": first, "line_items": [line]})
        assert pointers(strange) == ["/shipping_groups/0/line_items/0/line_item_id"]
        apart = await refused({"shipping_group_id": first}, {"shipping_group_id": second})
        assert pointers(apart) == ["/shipping_groups"]
        assert not world.double.counts["POST fulfillmentCreate"]

        line = {"line_item_id": number(order["fulfillmentOrders"][0]["lineItems"][0]), "quantity": 101}
        too_many = await refused({"shipping_group_id": first, "line_items": [line]})
        assert too_many["origin"] == "integration"
        assert too_many["error"] == "Invalid fulfillment order line item quantity requested."
        assert pointers(too_many) == ["/shipping_groups/0/line_items/0/quantity"]

        body = TRACKING | {"shipping_groups": [{"shipping_group_id": first}]}
        for unknown, status in (("4711", 404), ("no-number", 400)):
            said = await world.refused("POST", f"/cart/orders/{unknown}/shipments", body)
            assert said["status"] == status, said

    play(scene)


@pytest.mark.parametrize("fault", ["drop_after", "truncated_after"])
def test_a_shipment_whose_answer_was_lost_is_found_and_not_sent_again(play: Play, fault: Any) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world)
        group = order["fulfillmentOrders"][0]
        line = {"line_item_id": number(group["lineItems"][0]), "quantity": 3}
        body = TRACKING | {"shipping_groups": [{"shipping_group_id": number(group), "line_items": [line]}]}
        path, key = f"/cart/orders/{number(order)}/shipments", {"idempotency-key": "k"}
        world.double.misbehave("POST", "fulfillmentCreate", fault)
        answer = await world.api.post(path, json=body, headers=key)
        assert answer.status_code == 504
        await world.written("POST", path, body, **key)
        assert world.double.counts["POST fulfillmentCreate"] == 1
        assert group["lineItems"][0]["remainingQuantity"] == 97

    play(scene)


def test_a_refund_pays_back_what_the_units_cost_and_puts_them_back(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world)
        line = order["lineItems"][0]
        level = line["variant"]["inventoryItem"]["inventoryLevels"][1]
        there = quantity(level)
        body = {
            "line_items": [{"line_item_id": number(line), "quantity": 2}],
            "reason": "Damaged",
            "restock": True,
            "warehouse_id": number(level["location"]),
        }
        record = await world.written("POST", f"/cart/orders/{number(order)}/refund", body)
        assert record["additional_fields"]["financial_status"] == "PARTIALLY_REFUNDED"
        [refund] = order["refunds"]
        # Two units at 18.90 after the discount, with a fiftieth of the line's tax of 2.00.
        assert refund["totalRefundedSet"]["presentmentMoney"]["amount"] == "37.84"
        assert refund["note"].startswith("Damaged (Crossdock ")
        assert refund["refundLineItems"][0]["restockType"] == "CANCEL"
        assert quantity(level) == there + 2

    play(scene)


def test_an_amount_is_paid_back_as_far_as_there_is_that_much(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world, 0)
        path = f"/cart/orders/{number(order)}/refund"
        await world.written("POST", path, {"amount": 10.5})
        assert order["refunds"][0]["totalRefundedSet"]["presentmentMoney"]["amount"] == "10.50"
        paid = float(order["totalPriceSet"]["presentmentMoney"]["amount"])
        refused = await world.refused("POST", path, {"amount": paid})
        assert pointers(refused) == ["/amount"]
        assert refused["errors"][0]["message"] == f"can be at most {paid - 10.5:.2f}"
        line = {"line_item_id": number(order["lineItems"][0]), "quantity": 3}
        refused = await world.refused("POST", path, {"line_items": [line]})
        assert pointers(refused) == ["/line_items/0/quantity"]
        for unsaid in ({}, {"amount": 0}, {"amount": 1, "restock": True}):
            assert (await world.refused("POST", path, unsaid))["status"] == 422
        assert world.double.counts["POST refundCreate"] == 1

    play(scene)


def test_a_refund_whose_answer_was_lost_is_found_by_its_note(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        order = an_order(world)
        path, body = f"/cart/orders/{number(order)}/refund", {"amount": 1.25}
        world.double.misbehave("POST", "refundCreate", "drop_after")
        answer = await world.api.post(path, json=body, headers={"idempotency-key": "k"})
        assert answer.status_code == 504
        await world.written("POST", path, body, **{"idempotency-key": "k"})
        await world.written("POST", path, body, **{"idempotency-key": "another"})
        assert len(order["refunds"]) == 2

    play(scene)


def test_stock_goes_up_and_down_and_to_a_number(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        level, path = stocked(world)
        body = {"warehouse_id": number(level["location"]), "reason": "correction"}
        for kind, units, wanted in (
            ("increase", 5, 15),
            ("decrease", 20, -5),
            ("exact", 0, 0),
            ("exact", 7, 7),
        ):
            record = await world.written("PUT", path, body | {"adjustment_type": kind, "quantity": units})
            assert quantity(level) == wanted
            assert record["inventory_by_warehouse_id"][number(level["location"])] == wanted
            assert record["inventory"] == wanted + 10
        for kind in ("increase", "decrease"):
            said = await world.refused("PUT", path, body | {"adjustment_type": kind, "quantity": 0})
            assert pointers(said) == ["/quantity"]

    play(scene)


def test_stock_is_kept_of_variants_at_locations_that_stock_them(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        shop = world.double.shop
        variant = shop.all("ProductVariant")[0]
        east, west, closed = map(number, shop.all("Location"))
        body = {"quantity": 1, "adjustment_type": "increase", "warehouse_id": west, "reason": "received"}
        product = number(variant["product"])
        said = await world.refused("PUT", f"/cart/products/{product}/adjust-inventory", body)
        assert (said["status"], said["id"]) == (404, product)
        assert "stock is kept of its variants" in said["error"]
        path = f"/cart/products/{number(variant)}/adjust-inventory"
        said = await world.refused("PUT", path, body | {"warehouse_id": closed})
        assert pointers(said) == ["/warehouse_id"]
        assert said["errors"][0]["accepted"] == [east, west]
        variant["inventoryItem"]["inventoryLevels"].pop()
        said = await world.refused("PUT", path, body)
        assert pointers(said) == ["/warehouse_id"]
        assert said["errors"][0]["accepted"] == [east]
        assert not world.double.counts["POST inventoryAdjustQuantities"]

    play(scene)


def test_stock_whose_answer_was_lost_is_sent_again_with_its_key_and_changes_once(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        level, path = stocked(world)
        body = {"quantity": 5, "adjustment_type": "increase", "reason": "received"}
        body |= {"warehouse_id": number(level["location"])}
        world.double.misbehave("POST", "inventoryAdjustQuantities", "drop_after")
        answer = await world.api.put(path, json=body, headers={"idempotency-key": "k"})
        assert answer.status_code == 504
        record = await world.written("PUT", path, body, **{"idempotency-key": "k"})
        assert world.double.counts["POST inventoryAdjustQuantities"] == 2
        assert quantity(level) == 15
        assert record["inventory_by_warehouse_id"][number(level["location"])] == 15

    play(scene)


def test_many_quantities_are_set_at_once_or_none(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        shop, path = world.double.shop, "/cart/products/batch-adjust-inventory"
        variants = shop.all("ProductVariant")
        east, west, _ = map(number, shop.all("Location"))
        lines = [{"product_id": number(one), "quantity": 40, "warehouse_id": east} for one in variants]
        records = await world.written("PUT", path, {"line_items": lines})
        assert [one["id"] for one in records] == [number(one) for one in variants]
        assert {one["inventory_by_warehouse_id"][east] for one in records} == {40}
        assert world.double.counts["POST inventorySetQuantities"] == 1

        def line(product: str, units: int, place: str = west) -> dict[str, Any]:
            return {"product_id": product, "quantity": units, "warehouse_id": place}

        first, second = number(variants[0]), number(variants[1])
        twice = await world.refused("PUT", path, {"line_items": [line(first, 1), line(first, 2)]})
        assert pointers(twice) == ["/line_items/1"]
        unknown = await world.refused("PUT", path, {"line_items": [line(first, 1), line("4711", 2)]})
        assert pointers(unknown) == ["/line_items/1/product_id"]
        variants[1]["inventoryItem"]["inventoryLevels"].pop()
        unstocked = await world.refused("PUT", path, {"line_items": [line(first, 1), line(second, 2)]})
        assert unstocked["error"] == "The specified inventory item is not stocked at the location."
        assert pointers(unstocked) == ["/line_items/1/warehouse_id"]
        assert quantity(variants[0]["inventoryItem"]["inventoryLevels"][1]) == 10

    play(scene)


def test_write_info_has_the_shops_own_locations(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        answer = await world.api.get("/integrations/cart/shopify/write-info")
        document = answer.json()
        field = document["components"]["schemas"]["AdjustcartInventoryShopifySchema"]["properties"]
        east, west, _ = map(number, world.double.shop.all("Location"))
        assert field["warehouse_id"]["enum"] == [east, west]
        assert "Closed" in str(document["info"]["x-left-out"])

    play(scene)


def test_points_that_are_lacking_are_waited_for(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        world.double.points.restore_rate = 400.0
        world.double.points.spend(world.double.points.maximum)
        level, path = stocked(world)
        body = {"quantity": 1, "adjustment_type": "increase", "reason": "received"}
        body |= {"warehouse_id": number(level["location"])}
        await world.written("PUT", path, body)
        throttled = [one for one in world.double.requests if one.status == 200]
        assert len(throttled) > sum(world.double.counts.values()) - 1
        assert quantity(level) == 11

    play(scene)


def test_a_caller_may_ask_the_shop_itself(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        document = "query($id: ID!) { order(id: $id) { name } }"
        order = an_order(world)
        asked = {"query": document, "variables": {"id": order["id"]}}
        body = {"method": "POST", "path": "/graphql.json", "data": asked}
        said = (await world.api.post("/cart/passthrough", json=body)).json()
        assert said["status_code"] == 200
        assert said["body"]["data"] == {"order": {"name": order["name"]}}

    play(scene)


def test_credentials_are_tried_and_the_token_goes_to_the_shop_only(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        service, shopify = world.service, Catalog.installed().get("cart", "shopify")
        fields = STAND.credentials(world.url)
        for wrong, name in (
            ({"access_token": "another"}, "access_token"),
            ({"access_token": "two words"}, "access_token"),
            ({"shop": "evil.example"}, "shop"),
            ({"shop": "acme.myshopify.com.evil.example"}, "shop"),
            ({"shop": "acme.myshopify.com/x"}, "shop"),
            ({"api_url": "https://user:pass@x.example"}, "api_url"),
        ):
            with pytest.raises(Unprocessable) as refusal:
                await connect(
                    service.database,
                    service.vault,
                    service.vendors,
                    shopify,
                    organisation="acme",
                    fields={**fields, **wrong},
                )
            assert f"/credential/{name}" in [fault.pointer for fault in refusal.value.faults]
        plain = checked_fields(shopify, {"shop": "Acme.myshopify.com", "access_token": ACCESS_TOKEN})
        access = shopify.access(plain)
        assert access.base_url == "https://acme.myshopify.com/admin/api/2026-07"
        assert ACCESS_TOKEN not in repr(access)
        assert access.redacted_headers() == {"X-Shopify-Access-Token": "[redacted]"}

    play(scene)


def test_a_sync_that_is_throttled_still_reads_everything(play: Play) -> None:
    async def scene(world: ShopWorld) -> None:
        points = world.double.points
        points.maximum, points.restore_rate = 300.0, 2000.0
        await asyncio.gather(world.sync())
        assert len(await world.records("orders")) == 6
        assert len(await world.records("products")) == 12

    play(scene)
