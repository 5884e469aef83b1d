"""`POST /wms/returns`: from a body to the warehouse and back."""

import json
from typing import Any

import pytest

from crossdock.doubles.faults import Fault
from tests.support.install import PASSWORD
from tests.support.world import GOODS_OWNER, World, a_return


def test_a_return_lands_in_the_warehouse_and_is_read_back(world: World) -> None:
    body = a_return(warehouse_id="2", tracking_number="1Z999", tracking_url="https://track.example/1Z999")
    answer = world.post(body)
    assert answer.status_code == 200, answer.text
    written = answer.json()
    assert written["unused_fields"] == []
    assert written["id"] == written["data"]["id"]
    record = written["data"]
    assert record["status"] == "open"
    assert record["order_id"] == "1001"
    assert record["additional_fields"]["return_number"] == body["return_number"]
    [line] = record["line_items"]
    assert (line["sku"], line["expected_quantity"], line["received_quantity"]) == ("TEST-SKU", 2, 0)
    assert line["return_reason"] == "wrong size"

    there = world.in_warehouse(body["return_number"])
    assert there is not None
    assert str(there["returnOrderInfo"]["returnOrderId"]) == written["id"]
    assert there["returnOrderInfo"]["warehouse"]["id"] == 2
    assert there["returnOrderLines"][0]["returnCause"] == {"code": "13", "name": "wrong size"}

    with world.api as api:
        stored = api.get(f"/wms/returns/{written['id']}")
    assert stored.status_code == 200
    assert stored.json() == {"data": record}


def test_the_record_has_every_field_of_the_contract(world: World) -> None:
    record = world.post(a_return()).json()["data"]
    assert set(record) == {
        "id", "warehouse_customer_id", "created_date", "updated_date", "status", "raw_status", "order_id",
        "notes", "line_items", "shipments", "external_system_url", "trackstar_tags", "additional_fields",
        "trackstar_created_date", "trackstar_updated_date",
    }  # fmt: skip
    assert record["created_date"].endswith("Z")


def test_tags_are_kept_here_and_never_sent(world: World) -> None:
    tags = ["urgent", {"batch": "7"}]
    answer = world.post(a_return(trackstar_tags=tags)).json()
    assert answer["data"]["trackstar_tags"] == tags
    preview = world.post(a_return(trackstar_tags=tags), **{"x-dry-run": "true"}).json()
    assert "urgent" not in json.dumps(preview["vendor_request"])


def test_dry_run_shows_the_request_and_sends_nothing(world: World) -> None:
    body = a_return(tracking_number="1Z1")
    shown = world.post(body, **{"x-dry-run": "true"})
    assert shown.status_code == 200
    request = shown.json()["vendor_request"]
    assert request["method"] == "PUT"
    assert request["url"] == f"{world.double_url}/demo/api/v1/returnOrders"
    assert request["headers"]["authorization"] == "Basic [redacted]"
    assert request["body"]["goodsOwnerId"] == GOODS_OWNER
    assert request["body"]["customerOrder"] == {"orderId": 1001}
    assert request["body"]["tracking"] == [{"waybill": "1Z1"}]
    assert PASSWORD not in shown.text
    assert world.puts == 0
    assert world.in_warehouse(body["return_number"]) is None


def test_dry_run_says_the_same_as_what_is_then_sent(world: World) -> None:
    body = a_return()
    previewed = world.post(body, **{"x-dry-run": "true"}).json()["vendor_request"]["body"]
    world.post(body)
    there = world.in_warehouse(body["return_number"])
    assert there is not None
    [line] = there["returnOrderLines"]
    assert (
        previewed["returnOrderLines"][0]["customerOrderLine"]["orderLineId"]
        == (line["customerOrderLine"]["orderLineId"])
    )
    assert previewed["returnOrderNumber"] == there["returnOrderInfo"]["returnOrderNumber"]


def faults_of(answer: Any) -> dict[str, str]:
    """Messages by pointer."""
    return {fault["pointer"]: fault["message"] for fault in answer.json()["errors"]}


def test_lines_that_do_not_fit_the_order_are_refused_at_their_place(world: World) -> None:
    twice_on_order = world.double.warehouse.add_order(
        world.double.owner(GOODS_OWNER), [("SHIRT-M", 3), ("SHIRT-M", 2), ("MUG-BLUE", 1)]
    )
    body = a_return(
        order_id=str(twice_on_order),
        line_items=[
            {"sku": "SHIRT-M", "expected_quantity": 1},
            {"sku": "NOT-THERE", "expected_quantity": 1},
            {"sku": "MUG-BLUE", "expected_quantity": 2},
            {"sku": "MUG-BLUE", "expected_quantity": 1},
        ],
    )
    answer = world.post(body)
    assert answer.status_code == 422
    assert answer.json()["origin"] == "trackstar"
    faults = faults_of(answer)
    assert "2 lines" in faults["/line_items/0/sku"]
    assert "not in the order" in faults["/line_items/1/sku"]
    assert "shipped 1" in faults["/line_items/2/expected_quantity"]
    assert "already stands at /line_items/2" in faults["/line_items/3/sku"]
    assert world.puts == 0


def test_an_order_that_does_not_exist_or_is_anothers_is_refused_at_order_id(world: World) -> None:
    foreign = world.double.warehouse.add_order(world.double.owner(4711), [("TEST-SKU", 5)])
    for order_id in ("2000000000", str(foreign)):
        answer = world.post(a_return(order_id=order_id))
        assert answer.status_code == 422
        assert list(faults_of(answer)) == ["/order_id"]


def test_every_fault_of_a_body_is_listed_with_its_place(world: World) -> None:
    body = {
        "return_number": "",
        "order_idd": "1001",
        "line_items": [
            {"sku": None, "expected_quantity": "2"},
            {"expected_quantity": 0, "return_cause": {"code": "13", "return_reason": "damaged"}},
            {"sku": "none", "expected_quantity": 1, "return_cause": {"code": "2"}},
            "TEST-SKU",
        ],
        "trackstar_tags": None,
    }
    answer = world.post(body)
    assert answer.status_code == 422
    assert set(faults_of(answer)) == {
        "/return_number", "/order_id", "/order_idd", "/line_items/0/sku", "/line_items/0/expected_quantity",
        "/line_items/1/sku", "/line_items/1/expected_quantity", "/line_items/1/return_cause/return_reason",
        "/line_items/2/sku", "/line_items/2/return_cause/code", "/line_items/3", "/trackstar_tags",
    }  # fmt: skip
    accepted = {fault["pointer"]: fault.get("accepted") for fault in answer.json()["errors"]}
    assert accepted["/line_items/2/return_cause/code"] == ["1", "13", "3"]
    assert accepted["/line_items/1/return_cause/return_reason"] == ["wrong size"]
    assert "did you mean 'order_id'?" in faults_of(answer)["/order_idd"]
    assert answer.json()["detail"]["json"]["order_id"] == ["is required"]


def test_what_the_vendor_refuses_comes_back_unchanged(world: World) -> None:
    answer = world.post(a_return(warehouse_id="9"))
    assert answer.status_code == 400
    assert answer.json()["error"] == "Warehouse 9 does not exist."
    assert answer.json()["origin"] == "integration"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500, 503])
def test_the_vendors_status_and_words_are_passed_on(world: World, status: int) -> None:
    body = json.dumps({"message": f"Nej, {status} — å ä ö"})
    fault = Fault("PUT", "/returnOrders", "status_before", status=status, body=body, retry_after="7")
    world.double.faults.add(fault)
    answer = world.post(a_return())
    assert answer.status_code == status
    assert answer.json()["error"] == f"Nej, {status} — å ä ö"
    assert answer.json()["origin"] == "integration"
    assert answer.headers["retry-after"] == "7"
    assert world.puts == 1


def test_words_that_are_not_json_are_passed_on_too(world: World) -> None:
    fault = Fault("PUT", "/returnOrders", "status_before", status=503, body="<h1>Service Unavailable</h1>")
    world.double.faults.add(fault)
    assert world.post(a_return()).json()["error"] == "<h1>Service Unavailable</h1>"


def test_a_passing_fault_of_a_read_is_tried_again(world: World) -> None:
    world.double.faults.add(Fault("GET", "/orders/{orderId}", "status_before", status=503, times=1))
    world.double.faults.add(Fault("GET", "/returnOrders/{returnOrderId}", "drop_before", times=1))
    assert world.post(a_return()).status_code == 200
    assert world.puts == 1


def test_a_write_the_integration_lacks_is_501(world: World) -> None:
    with world.api as api:
        answers = [
            ("create_shipment", api.post("/wms/orders/5/shipments", json={})),
            ("receive_inbound_shipment", api.put("/wms/inbound-shipments/5/receive", json={})),
            ("adjust_inventory", api.put("/wms/inventory/5/adjust", json={})),
            ("create_shipment", api.post("/cart/orders/5/shipments", json={})),
        ]
    for action, answer in answers:
        assert answer.status_code == 501
        assert answer.json() == {
            "error": f"Endpoint {action} is not implemented for Ongoing WMS",
            "origin": "trackstar",
        }


def test_a_disabled_write_and_a_read_only_key_never_reach_the_vendor(world: World) -> None:
    limited = world.install.connect(f"{world.double_url}/api/v1/", only=[])
    read_only = world.install.create_key(read_only=True)
    world.double.counts.clear()
    with world.server.client(world.key, limited.access_token) as api:
        answer = api.post("/wms/returns", json=a_return())
        assert answer.status_code == 403
        assert answer.json()["error"] == "create_return is disabled for this connection"
    with world.server.client(read_only, world.token) as api:
        assert api.post("/wms/returns", json=a_return()).status_code == 403
        assert not world.double.counts
        assert api.get("/integrations/wms/ongoing/write-info").status_code == 200


def test_the_same_number_again_updates_as_ongoing_does(world: World) -> None:
    body = a_return()
    first = world.post(body).json()
    body["line_items"][0]["expected_quantity"] = 5
    second = world.post(body).json()
    assert second["id"] == first["id"]
    assert second["data"]["line_items"][0]["expected_quantity"] == 5
    assert second["data"]["trackstar_created_date"] == first["data"]["trackstar_created_date"]


def test_integers_written_as_decimals_are_integers(world: World) -> None:
    with world.api as api:
        text = json.dumps(a_return()).replace('"expected_quantity": 2', '"expected_quantity": 2.0')
        answer = api.post("/wms/returns", content=text, headers={"content-type": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["data"]["line_items"][0]["expected_quantity"] == 2


def test_an_unknown_record_is_404_with_its_id(world: World) -> None:
    with world.api as api:
        for path, shown in (("123456", "123456"), ("..%2f..%2fetc", "../../etc"), ("%00", "\x00")):
            answer = api.get(f"/wms/returns/{path}")
            assert answer.status_code == 404
            assert answer.json()["origin"] == "trackstar"
            if "/" not in shown:
                assert answer.json()["id"] == shown


def test_received_goods_are_counted_when_the_return_is_read_again(world: World) -> None:
    body = a_return()
    world.post(body)
    world.double.warehouse.receive_return(world.double.owner(GOODS_OWNER), body["return_number"])
    there = world.in_warehouse(body["return_number"])
    from crossdock.integrations.wms.ongoing.return_order import return_record

    record = return_record(there)
    assert record.status == "received"
    assert record.line_items[0].received_quantity == 2
    assert record.shipments[0].line_items[0].quantity == 2
