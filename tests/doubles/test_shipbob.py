"""The ShipBob double: what it keeps, and what it refuses in ShipBob's own forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from crossdock.doubles.server import running
from crossdock.doubles.shipbob import ShipBobDouble

CHANNEL = {"shipbob_channel_id": "101"}
ADDRESS = {"address1": "1 Example Street", "city": "Springfield", "country": "US"}


@dataclass
class Api:
    """A double and who speaks to it."""

    double: ShipBobDouble
    client: httpx.Client

    def get(self, path: str, **params: Any) -> Any:
        answer = self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, channel: int | None = 101) -> httpx.Response:
        headers = {} if channel is None else {"shipbob_channel_id": str(channel)}
        return self.client.post(path, json=body, headers=headers)

    def on_hand(self, inventory_id: int) -> tuple[int, int]:
        """Units on hand and committed."""
        item = self.get(f"/1.0/inventory/{inventory_id}")
        return item["totalOnHandQuantity"], item["totalCommitedQuantity"]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[ShipBobDouble, str]]:
    double = ShipBobDouble(token="secret")
    with running(double) as url:
        yield double, url


@pytest.fixture
def api(served: tuple[ShipBobDouble, str]) -> Iterator[Api]:
    double, url = served
    double.state = ShipBobDouble().state
    double.violations.clear()
    headers = {"authorization": "Bearer secret"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=30) as client:
        yield Api(double, client)


def an_order(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "reference_id": "SO-2001",
        "recipient": {"name": "Ada Example", "address": ADDRESS},
        "shipping_method": "Standard",
        "products": [{"id": 3001, "quantity": 2}],
    }
    return body | changes


def a_wro(**changes: Any) -> dict[str, Any]:
    line = {"inventory_id": 8001, "quantity": 5}
    body: dict[str, Any] = {
        "fulfillment_center": {"id": 1},
        "package_type": "Package",
        "box_packaging_type": "EverythingInOneBox",
        "expected_arrival_date": "2026-05-01T00:00:00Z",
        "purchase_order_number": "PO-2001",
        "boxes": [{"tracking_number": "1Z", "box_items": [line]}],
    }
    return body | changes


def a_return(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "reference_id": "RMA-2001",
        "fulfillment_center": {"id": 1},
        "original_shipment_id": 70001,
        "inventory": [{"id": 8001, "quantity": 1}],
    }
    return body | changes


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Basic secret"])
def test_it_asks_for_its_token(api: Api, authorization: str) -> None:
    answer = api.client.get("/1.0/channel", headers={"authorization": authorization})
    assert (answer.status_code, answer.content) == (401, b"")


def test_only_the_applications_own_channel_can_be_written_to(api: Api) -> None:
    channels = {channel["id"]: channel["scopes"] for channel in api.get("/1.0/channel")}
    assert "orders_write" in channels[101]
    assert "orders_write" not in channels[102]
    for channel in (102, 999):
        answer = api.post("/1.0/order", an_order(), channel)
        assert (answer.status_code, answer.content) == (403, b"")
    assert api.double.violations == []


def test_a_write_without_its_channel_breaks_the_specification(api: Api) -> None:
    assert api.post("/1.0/order", an_order(), channel=None).status_code == 500
    assert "needs the header shipbob_channel_id" in api.double.violations[0]


def test_lists_have_pages_and_filters(api: Api) -> None:
    answer = api.client.get("/1.0/product", params={"Limit": 5, "Page": 2, "BundleStatus": "NotBundle"})
    assert [product["id"] for product in answer.json()] == [3006, 3007, 3008, 3009, 3010]
    assert (answer.headers["total-count"], answer.headers["total-pages"]) == ("12", "3")
    last = api.client.get(answer.headers["next-page"])
    assert [product["id"] for product in last.json()] == [3011, 3012]
    assert "next-page" not in last.headers
    assert [p["id"] for p in api.get("/1.0/product", ReferenceIds="TEE-S,MUG-11")] == [3001, 3006]
    assert [i["inventoryId"] for i in api.get("/1.0/inventory", Search="cap")] == [8004, 8005]
    assert [o["id"] for o in api.get("/1.0/order", IDs="50001,50003", SortOrder="Oldest")] == [50001, 50003]
    assert [o["id"] for o in api.get("/1.0/order", HasTracking="true")] == [50003, 50001]
    assert [w["id"] for w in api.get("/2.0/receiving", Statuses="Awaiting,Processing")] == [9001, 9003]
    assert [r["id"] for r in api.get("/1.0/return", OriginalShipmentIds="70001")] == [6002, 6001]


def test_a_filter_that_it_does_not_have_is_not_ignored(api: Api) -> None:
    assert api.client.get("/1.0/inventory", params={"LocationType": "hub"}).status_code == 501


def test_an_order_commits_stock_is_shipped_and_takes_it_off_the_shelf(api: Api) -> None:
    on_hand, committed = api.on_hand(8001)
    answer = api.post("/1.0/order", an_order(shipping_method="Drone", tags=[{"name": "a", "value": "b"}]))
    assert answer.status_code == 201
    order = answer.json()
    assert order["status"] == "Processing"
    assert api.on_hand(8001) == (on_hand, committed + 2)
    assert "Drone" in [method["name"] for method in api.get("/1.0/shippingmethod")]
    api.double.ship_order(order["id"])
    assert api.get(f"/1.0/order/{order['id']}")["status"] == "Fulfilled"
    assert api.get(f"/1.0/shipment/{order['shipments'][0]['id']}")["tracking"]["carrier"] == "USPS"
    assert api.on_hand(8001) == (on_hand - 2, committed)


def test_a_new_reference_id_makes_a_product_if_it_has_a_name(api: Api) -> None:
    line: dict[str, Any] = {"reference_id": "SCARF", "quantity": 1}
    refused = api.post("/1.0/order", an_order(products=[line]))
    assert (refused.status_code, list(refused.json())) == (422, ["Products[0].Name"])
    order = api.post("/1.0/order", an_order(products=[line | {"name": "Scarf"}])).json()
    assert order["status"] == "Exception"
    assert api.get("/1.0/product", ReferenceIds="SCARF")[0]["id"] == order["products"][0]["id"]


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"reference_id": "SO-1001"}, 422, ""),
        ({"products": [{"id": 1, "quantity": 1}]}, 422, "Products[0].Id"),
        ({"products": [{"id": 3001, "quantity": 0}]}, 422, "Products[0].Quantity"),
        ({"products": []}, 400, "Products"),
        ({"location_id": 7}, 422, "LocationId"),
        ({"type": "B2B"}, 422, "Type"),
    ],
)
def test_an_order_is_refused_by_field(api: Api, changes: dict[str, Any], status: int, field: str) -> None:
    answer = api.post("/1.0/order", an_order(**changes))
    assert (answer.status_code, list(answer.json())) == (status, [field])
    assert len(api.get("/1.0/order")) == 6
    assert api.double.violations == []


def test_only_what_was_not_picked_is_cancelled(api: Api) -> None:
    open_order = api.post("/1.0/order/50002/cancel").json()
    assert (open_order["status"], open_order["order"]["status"]) == ("Success", "Cancelled")
    partly = api.post("/1.0/order/50003/cancel").json()
    assert partly["status"] == "PartialSuccess"
    assert [result["is_success"] for result in partly["canceled_shipment_results"]] == [False, True]
    for order_id in (50001, 50005, 50006):
        refused = api.post(f"/1.0/order/{order_id}/cancel")
        assert (refused.status_code, list(refused.json())) == (422, [""])
    assert api.post("/1.0/order/1/cancel").status_code == 404
    assert api.client.post("/1.0/shipment/70001/cancel").status_code == 422


def test_a_product_is_made_once_and_changed(api: Api) -> None:
    body = {"reference_id": "SCARF", "name": "Scarf", "sku": "SCARF", "gtin": "1234567890123"}
    made = api.post("/1.0/product", body).json()
    again = api.post("/1.0/product", body)
    assert (again.status_code, list(again.json())) == (422, ["ReferenceId"])
    path = f"/1.0/product/{made['id']}"
    changed = api.client.put(path, json={"name": "Long scarf"}, headers=CHANNEL).json()
    assert (changed["name"], changed["gtin"], changed["reference_id"]) == ("Long scarf", None, "SCARF")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_goods_are_announced_received_or_called_off(api: Api, version: str) -> None:
    on_hand, _ = api.on_hand(8001)
    path = f"/{version}/receiving"
    made = api.post(path, a_wro(), channel=None)
    assert made.status_code == 201
    number = made.json()["id"]
    assert api.client.post(f"{path}/9001/cancel").status_code == 200
    api.double.receive(number)
    there = api.get(f"/2.0/receiving/{number}")
    assert there["status"] == "Completed"
    assert there["inventory_quantities"] == [
        {"inventory_id": 8001, "sku": "TEE-S", "expected_quantity": 5, "received_quantity": 5}
    ]
    assert api.on_hand(8001)[0] == on_hand + 5
    refused = api.client.post(f"{path}/{number}/cancel")
    assert (refused.status_code, list(refused.json())) == (422, [""])
    assert api.double.violations == []


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"fulfillment_center": {"id": 65}}, 404, "FulfillmentCenter.Id"),
        ({"boxes": []}, 400, "Boxes"),
        ({"boxes": [{"tracking_number": "1Z", "box_items": []}]}, 400, "Boxes[0].BoxItems"),
        (
            {"boxes": [{"tracking_number": "1Z", "box_items": [{"inventory_id": 1, "quantity": 1}]}]},
            400,
            "Boxes[0].BoxItems[0].InventoryId",
        ),
        ({"boxes": 2 * a_wro()["boxes"]}, 400, "BoxPackagingType"),
    ],
)
def test_a_wro_is_refused_by_field(api: Api, changes: dict[str, Any], status: int, field: str) -> None:
    answer = api.post("/2.0/receiving", a_wro(**changes), channel=None)
    said = answer.json()
    assert (answer.status_code, list(said.get("errors", said))) == (status, [field])


def test_a_return_is_made_changed_and_cancelled_until_it_arrives(api: Api) -> None:
    made = api.post("/1.0/return", a_return())
    assert made.status_code == 201
    path = f"/1.0/return/{made.json()['id']}"
    body = a_return(inventory=[{"id": 8004, "quantity": 1, "requested_action": "Dispose"}])
    changed = api.client.put(path, json=body, headers=CHANNEL).json()
    assert changed["inventory"][0]["action_requested"]["action"] == "Dispose"
    assert api.post(f"{path}/cancel").json()["status"] == "Cancelled"
    assert [entry["status"] for entry in api.get(f"{path}/statushistory")] == ["AwaitingArrival", "Cancelled"]
    assert api.client.put(path, json=body, headers=CHANNEL).status_code == 422
    assert api.post("/1.0/return/6003/cancel").status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference_id": "RMA-1001"}, "ReferenceId"),
        ({"original_shipment_id": 1}, "OriginalShipmentId"),
        ({"fulfillment_center": {"id": 2}}, "FulfillmentCenter.Id"),
        ({"inventory": []}, "Inventory"),
        ({"inventory": 2 * [{"id": 8001, "quantity": 1}]}, "Inventory[1].Id"),
        ({"inventory": [{"id": 8011, "quantity": 1}]}, "Inventory[0].Id"),
        ({"inventory": [{"id": 8002, "quantity": 1}]}, "Inventory[0].Id"),
    ],
)
def test_a_return_is_refused_with_problem_details(api: Api, changes: dict[str, Any], field: str) -> None:
    answer = api.post("/1.0/return", a_return(**changes))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert api.double.violations == []


@pytest.mark.parametrize(
    "path", ["/1.0/channel", "/1.0/fulfillmentCenter", "/1.0/location", "/1.0/inventory/8010"]
)
def test_what_it_answers_keeps_to_the_specification(api: Api, path: str) -> None:
    assert api.get(path)
    assert api.double.violations == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/1.0/product/1", {"title": "Not Found", "status": 404, "detail": "Product 1 was not found."}),
        ("/1.0/order/1", None),
        ("/1.0/return/1", {"title": "Not Found", "status": 404, "errors": {"": ["Return 1 was not found."]}}),
    ],
)
def test_what_is_not_there_is_a_404_in_the_operations_form(api: Api, path: str, body: Any) -> None:
    answer = api.client.get(path)
    assert answer.status_code == 404
    if body is None:
        assert answer.content == b""
    else:
        assert {name: value for name, value in answer.json().items() if name != "$type"} == body


def test_calls_are_limited_in_a_sliding_minute() -> None:
    time = [0.0]
    double = ShipBobDouble(calls_per_minute=2, clock=lambda: time[0])
    with running(double) as url, httpx.Client(base_url=url, trust_env=False) as client:

        def call(token: str = "t") -> httpx.Response:
            return client.get("/1.0/channel", headers={"authorization": f"Bearer {token}"})

        assert call().headers["x-remaining-calls"] == "1"
        time[0] = 20.5
        assert call().headers["x-remaining-calls"] == "0"
        refused = call()
        assert (refused.status_code, refused.headers["x-retry-after"]) == (429, "40")
        assert refused.json() == {
            "statusCode": 429,
            "message": "Rate limit is exceeded. Try again in 40 seconds.",
        }
        assert call("another").status_code == 200
        time[0] = 60.0
        assert call().status_code == 200
        assert call().status_code == 429


def test_control_doors_stand_for_the_warehouse(api: Api) -> None:
    assert api.client.post("/_double/ship-order", json={"id": 50002}).status_code == 200
    assert api.client.post("/_double/receive", json={"id": 9001, "share": 0.5}).status_code == 200
    assert api.client.post("/_double/complete-return", json={"id": 6003}).status_code == 200
    assert api.client.post("/_double/ship-order", json={"id": 1}).status_code == 400
    state = api.client.get("/_double/state").json()
    assert state["orders"]["50002"]["status"] == "Fulfilled"
    assert state["receiving"]["9001"]["status"] == "Processing"
    assert state["returns"]["6003"]["status"] == "Completed"
