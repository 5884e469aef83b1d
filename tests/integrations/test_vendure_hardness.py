"""Vendure on a bad day: errors beside data, a location that is gone, a server that ends in the middle of
a write."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from starlette.datastructures import Headers

from crossdock.connector import VendorAnswer
from crossdock.doubles.double import Received
from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Call
from crossdock.doubles.vendure import VendureDouble
from crossdock.doubles.vendure.shop import MAIN_LOCATION, SECOND_LOCATION, SKUS
from crossdock.integrations.cart.vendure import refusals
from tests.support.vendure_site import Site, own_site, well_behaved

SHIP, LEAVE, REFUND = "addFulfillmentToOrder", "transitionFulfillmentToState", "refundOrder"
UPDATE = "updateProductVariants"


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with own_site(tmp_path_factory.mktemp("home")) as site:
        site.sync()
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


@pytest.fixture
def dying(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Told a moment and a field, ends the server there and then: `before` or `after` it took effect."""
    perform = VendureDouble.perform

    def end_at(moment: str, field: str) -> None:
        left = [field]

        def mortal(self: VendureDouble, call: Call, received: Received, headers: Headers) -> Answer:
            fatal = call.path in left
            if fatal and moment == "before":
                left.clear()
                site.double.server.kill()
            answer = perform(self, call, received, headers)
            if fatal and moment == "after":
                left.clear()
                site.double.server.kill()
                answer = perform(self, call, received, headers)
            return answer

        monkeypatch.setattr(VendureDouble, "perform", mortal)

    return end_at


def key() -> dict[str, str]:
    return {"idempotency-key": str(uuid4())}


def beside(field: str, data: Any) -> str:
    error = {"message": "the tax zone is not set", "path": [field, "lines", 0]}
    return json.dumps({"errors": [error], "data": {field: data}})


def test_an_error_beside_data_is_a_failure_and_the_write_is_found_again(site: Site) -> None:
    order = site.shop.order()
    path, body, again = f"/cart/orders/{order['id']}/shipments", {"tracking_number": "B-1"}, key()
    answer = beside(SHIP, {"__typename": "Fulfillment", "id": "1", "state": "Pending"})
    site.double.misbehave("POST", SHIP, "status_after", status=200, body=answer)
    said = site.refused("POST", path, body, **again)
    assert (said["status"], said["origin"], said["outcome"]) == (502, "integration", "unknown")
    assert said["error"] == "the tax zone is not set"
    record = site.written("POST", path, body, **again)
    assert record["status"] == "fulfilled"
    there = site.shop.found_order(order["id"])
    assert [one["trackingCode"] for one in there["fulfillments"]] == ["B-1"]
    assert site.double.counts[f"POST {SHIP}"] == 1


def test_a_list_with_an_error_beside_its_data_loses_nothing(site: Site) -> None:
    order = site.shop.order()
    site.sync("get_orders")
    answer = beside("orders", {"items": []})
    site.double.misbehave("POST", "orders", "status_before", 3, status=200, body=answer)
    (row,) = site.sync("get_orders", ok=False)
    assert "the tax zone is not set" in row["error"]
    assert site.api.get(f"/cart/orders/{order['id']}").status_code == 200
    (row,) = site.sync("get_orders")
    assert (row["error"], row["deleted"], row["created"]) == (None, 0, 0)


def test_a_location_that_was_deleted_meanwhile_is_named(site: Site) -> None:
    gone = SECOND_LOCATION
    variant = site.shop.variant(SKUS[0])
    body = {"adjustment_type": "exact", "quantity": 4, "warehouse_id": gone}
    path = f"/cart/products/{variant['id']}/adjust-inventory"
    site.written("PUT", path, body)
    delete = "mutation($i: DeleteStockLocationInput!) { deleteStockLocation(input: $i) { result } }"
    assert site.shop.ask(delete, i={"id": gone})["deleteStockLocation"]["result"] == "DELETED"
    said = site.refused("PUT", path, body)
    assert (said["status"], said["errors"][0]["pointer"]) == (422, "/warehouse_id")
    assert MAIN_LOCATION in said["errors"][0]["accepted"]
    lines = [
        {"product_id": variant["id"], "quantity": 4, "warehouse_id": MAIN_LOCATION},
        {"product_id": variant["id"], "quantity": 4, "warehouse_id": gone},
    ]
    said = site.refused("PUT", "/cart/products/batch-adjust-inventory", {"line_items": lines})
    assert [fault["pointer"] for fault in said["errors"]] == ["/line_items/1/warehouse_id"]
    assert site.shop.variant(SKUS[0])["stock"][MAIN_LOCATION] == variant["stock"][MAIN_LOCATION]


@pytest.mark.parametrize(
    ("moment", "field"), [("before", SHIP), ("after", SHIP), ("before", LEAVE), ("after", LEAVE)]
)
def test_a_shipment_is_made_once_however_the_server_ends(
    site: Site, dying: Callable[[str, str], None], moment: str, field: str
) -> None:
    order = site.shop.order()
    line = order["lines"][0]["id"]
    lines = [{"line_item_id": line, "quantity": 1}]
    path, again = f"/cart/orders/{order['id']}/shipments", key()
    dying(moment, field)
    said = site.refused("POST", path, {"line_items": lines}, **again)
    assert (said["status"], said["origin"]) == (504, "integration")
    assert "Whether it took effect is unknown" in said["error"]
    down = site.refused("POST", path, {"line_items": lines}, **again)
    assert (down["status"], down["origin"]) == (502, "integration")
    assert "could not be reached" in down["error"]
    site.double.server.start()
    record = site.written("POST", path, {"line_items": lines}, **again)
    (fulfillment,) = site.shop.found_order(order["id"])["fulfillments"]
    assert (fulfillment["state"], fulfillment["lines"]) == ("Shipped", [{"orderLineId": line, "quantity": 1}])
    assert [shipment["shipment_id"] for shipment in record["shipments"]] == [fulfillment["id"]]
    assert site.written("POST", path, {"line_items": lines})["shipments"][1]["status"] == "shipped"


def test_money_is_paid_back_once_though_the_server_ends(
    site: Site, dying: Callable[[str, str], None]
) -> None:
    order = site.shop.order()
    path, body, again = f"/cart/orders/{order['id']}/refund", {"amount": 2.0}, key()
    dying("after", REFUND)
    assert site.refused("POST", path, body, **again)["status"] == 504
    site.double.server.start()
    site.written("POST", path, body, **again)
    assert [one["total"] for one in site.shop.found_order(order["id"])["payments"][0]["refunds"]] == [200]
    site.written("POST", path, body)
    assert len(site.shop.found_order(order["id"])["payments"][0]["refunds"]) == 2


def test_units_are_never_added_twice(site: Site, dying: Callable[[str, str], None]) -> None:
    variant = site.shop.variant(SKUS[1])
    before = variant["stock"][MAIN_LOCATION]
    body = {"adjustment_type": "increase", "quantity": 7, "warehouse_id": MAIN_LOCATION}
    path, again = f"/cart/products/{variant['id']}/adjust-inventory", key()
    dying("after", UPDATE)
    assert site.refused("PUT", path, body, **again)["status"] == 504
    site.double.server.start()
    said = site.refused("PUT", path, body, **again)
    assert "Look at the record there" in said["error"]
    there = site.shop.variant(SKUS[1])["stock"][MAIN_LOCATION]
    assert there == before + 7


def test_counts_are_sent_again(site: Site, dying: Callable[[str, str], None]) -> None:
    variant = site.shop.variant(SKUS[1])
    path, again = f"/cart/products/{variant['id']}/adjust-inventory", key()
    body = {"adjustment_type": "exact", "quantity": 31, "warehouse_id": MAIN_LOCATION}
    lines = [{"product_id": variant["id"], "quantity": 32, "warehouse_id": MAIN_LOCATION}]
    dying("after", UPDATE)
    assert site.refused("PUT", path, body, **again)["status"] == 504
    site.double.server.start()
    assert site.written("PUT", path, body, **again)["inventory_by_warehouse_id"][MAIN_LOCATION] == 31
    batch, again = "/cart/products/batch-adjust-inventory", key()
    dying("after", UPDATE)
    assert site.refused("PUT", batch, {"line_items": lines}, **again)["status"] == 504
    site.double.server.start()
    assert site.api.put(batch, json={"line_items": lines}, headers=again).status_code == 200
    assert site.shop.variant(SKUS[1])["stock"][MAIN_LOCATION] == 32


def test_a_session_that_has_ended_is_begun_anew_unnoticed(site: Site) -> None:
    variant = site.shop.variant(SKUS[0])
    body = {"adjustment_type": "exact", "quantity": 77, "warehouse_id": MAIN_LOCATION}
    site.shop.log_out()
    site.written("PUT", f"/cart/products/{variant['id']}/adjust-inventory", body)
    assert site.double.counts["POST login"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"data": {"order": None}}, 200),
        ({"data": None, "errors": [{"message": "no", "path": ["r"]}]}, 500),
        ({"data": None, "errors": [{"message": "no", "path": ["r", "lines"]}]}, 502),
        ({"data": {"r": {"id": "1"}}, "errors": [{"message": "no", "path": ["r"]}]}, 502),
        (
            {"data": None, "errors": [{"message": "no", "path": ["r"], "extensions": {"code": "FORBIDDEN"}}]},
            401,
        ),
        ({"data": {"r": {"errorCode": "NOTHING_TO_REFUND_ERROR", "message": "no"}}}, 400),
        ({"data": {"r": {"errorCode": "INVALID_CREDENTIALS_ERROR", "message": "no"}}}, 401),
        ([], 200),
    ],
)
def test_an_answer_means_what_its_errors_say(body: Any, status: int) -> None:
    answer = VendorAnswer(200, json.dumps(body).encode())
    assert refusals.interpret(answer).status == status
