"""Ongoing through Crossdock's own door: articles, kits, goods that come in and goods that come back."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.doubles.ongoing import work
from crossdock.integrations.wms.ongoing.purchase_order import inbound_record
from tests.support.ongoing_site import Site, a_shipment, connected_site, unique, well_behaved


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with connected_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def a_kit(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "sku": unique("SET"),
        "name": "Gift set",
        "gtin": "4006381333948",
        "inventory_items": [{"sku": "SHIRT-M", "unit_quantity": 2}, {"sku": "LAMP", "unit_quantity": 1}],
    }
    return body | changes


def test_a_product_is_made_and_the_rest_of_it_stays_when_it_changes(site: Site) -> None:
    sku = unique("SCARF")
    made = site.written("POST", "/wms/products", {"sku": sku, "name": "Scarf", "gtin": "4006381333931"})
    assert (made["sku"], made["name"], made["gtin"]) == (sku, "Scarf", "4006381333931")
    assert (made["is_kit"], [part["sku"] for part in made["inventory_items"]]) == (False, [sku])
    article = site.owner.articles[sku]
    article |= {"weight": 0.4, "supplierInfo": {"supplierNumber": "S1"}, "isActive": False}
    changed = site.written("PUT", f"/wms/products/{made['id']}", {"name": "Long scarf"})
    assert (changed["name"], changed["gtin"], changed["active"]) == ("Long scarf", "4006381333931", False)
    assert changed["supplier_object"]["supplier_id"] == "S1"
    again = site.written("POST", "/wms/products", {"sku": sku, "name": "Scarf", "gtin": "1"})
    assert again["id"] == made["id"]
    assert site.owner.articles[sku]["weight"] == 0.4
    assert site.api.put("/wms/products/2000000000", json={"name": "x"}).status_code == 404


def test_a_kit_is_made_of_articles_and_changed(site: Site) -> None:
    made = site.written("POST", "/wms/kits", a_kit())
    assert made["is_kit"] is True
    assert [(part["sku"], part["unit_quantity"]) for part in made["inventory_items"]] == [
        ("SHIRT-M", 2),
        ("LAMP", 1),
    ]
    parts = [{"sku": "LAMP", "unit_quantity": 5}]
    changed = site.written("PUT", f"/wms/kits/{made['id']}", {"name": "Lamps", "inventory_items": parts})
    assert (changed["name"], changed["gtin"]) == ("Lamps", "4006381333948")
    assert [(part["sku"], part["unit_quantity"]) for part in changed["inventory_items"]] == [("LAMP", 5)]
    renamed = site.written("PUT", f"/wms/products/{made['id']}", {"name": "More lamps"})
    assert renamed["is_kit"] is True
    assert site.double.state.structures[int(made["id"])][0]["articleNumber"] == "LAMP"


def test_a_kit_of_parts_that_cannot_be_is_refused_at_its_place(site: Site) -> None:
    made = site.written("POST", "/wms/kits", a_kit())
    parts = [{"sku": sku, "unit_quantity": 1} for sku in ("LAMP", "LAMP", made["sku"])]
    faults = site.faults("PUT", f"/wms/kits/{made['id']}", {"inventory_items": parts})
    assert "already stands" in faults["/inventory_items/1/sku"]
    assert "the kit itself" in faults["/inventory_items/2/sku"]
    unknown = a_kit(inventory_items=[{"sku": "NOBODY", "unit_quantity": 1}])
    assert list(site.faults("POST", "/wms/kits", unknown)) == ["/inventory_items/0/sku"]
    assert list(site.faults("POST", "/wms/kits", a_kit(inventory_items=[]))) == ["/inventory_items"]


def test_goods_are_announced_and_the_announcement_changed(site: Site) -> None:
    supplier = {"supplier_id": "S1"}
    body = a_shipment(
        supplier_object=supplier, expected_arrival_date="2030-05-01T02:00:00+02:00", tracking_number="1Z1"
    )
    made = site.written("POST", "/wms/inbound-shipments", body)
    assert (made["status"], made["raw_status"], made["warehouse_id"]) == ("open", "Notified", "1")
    assert (made["expected_arrival_date"], made["supplier_object"]["supplier_id"]) == (
        "2030-05-01T00:00:00Z",
        "S1",
    )
    there = site.purchase_order(made["id"])
    there["purchaseOrderInfo"]["purchaseOrderRemark"] = "dock 3"
    there["purchaseOrderInfo"]["freeValues"] = {"freeText1": "f", "freeBool1": True}
    there["purchaseOrderLines"][0]["comment"] = "blue"
    changes = a_shipment(
        purchase_order_number=body["purchase_order_number"],
        line_items=[{"sku": "MUG-BLUE", "expected_quantity": 1}, {"sku": "SHIRT-M", "expected_quantity": 12}],
    )
    changed = site.written("PUT", f"/wms/inbound-shipments/{made['id']}", changes)
    assert [(x["sku"], x["expected_quantity"]) for x in changed["line_items"]] == [
        ("MUG-BLUE", 1),
        ("SHIRT-M", 12),
    ]
    assert changed["notes"] == ["dock 3"]
    assert changed["expected_arrival_date"] == "2030-05-01T00:00:00Z"
    assert changed["supplier_object"]["supplier_id"] == "S1"
    now = site.purchase_order(made["id"])
    assert now["purchaseOrderInfo"]["freeValues"] == {"freeText1": "f", "freeBool1": True}
    assert now["purchaseOrderLines"][1]["comment"] == "blue"


def test_received_goods_are_receipts_and_end_the_changing(site: Site) -> None:
    body = a_shipment()
    made = site.written("POST", "/wms/inbound-shipments", body)
    order = site.purchase_order(made["id"])
    work.receive_purchase_order(site.double.state, order, share=0.5)
    record = inbound_record(order)
    assert record.status == "receiving"
    assert [line.received_quantity for line in record.line_items] == [5, 2]
    assert sum(line.quantity for receipt in record.receipts for line in receipt.line_items) == 7
    refused = site.faults("PUT", f"/wms/inbound-shipments/{made['id']}", body, status=400)
    assert list(refused) == ["/purchase_order_number"]
    assert site.api.put("/wms/inbound-shipments/7", json=body).status_code == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"supplier_object": {}}, "/supplier_object"),
        ({"supplier_object": {"supplier_id": "1", "supplier_name": "A"}}, "/supplier_object"),
        ({"supplier": "A", "supplier_object": {"supplier_name": "A"}}, ""),
        ({"line_items": []}, "/line_items"),
    ],
)
def test_an_announcement_that_breaks_a_rule_is_refused(
    site: Site, changes: dict[str, Any], pointer: str
) -> None:
    assert list(site.faults("POST", "/wms/inbound-shipments", a_shipment(**changes))) == [pointer]


def a_return(site: Site) -> dict[str, Any]:
    line = {"sku": "TEST-SKU", "expected_quantity": 2, "return_cause": {"code": "13"}}
    body = {"return_number": unique("RET"), "order_id": "1001", "warehouse_id": "2", "line_items": [line]}
    return site.written("POST", "/wms/returns", body)


def test_a_return_is_changed_in_part(site: Site) -> None:
    made = a_return(site)
    site.double.state.return_orders[int(made["id"])][1]["returnOrderInfo"]["comment"] = "by post"
    path = f"/wms/returns/{made['id']}"
    tracked = site.written("PUT", path, {"tracking_number": "RET-1", "tracking_url": "https://t.example/1"})
    assert [(x["sku"], x["expected_quantity"], x["return_reason"]) for x in tracked["line_items"]] == [
        ("TEST-SKU", 2, "wrong size")
    ]
    lines = [{"sku": "SHIRT-M", "expected_quantity": 1}, {"sku": "TEST-SKU", "expected_quantity": 5}]
    changed = site.written("PUT", path, {"line_items": lines, "warehouse_id": "1"})
    assert [(x["sku"], x["expected_quantity"]) for x in changed["line_items"]] == [
        ("SHIRT-M", 1),
        ("TEST-SKU", 5),
    ]
    assert (changed["notes"], changed["order_id"]) == (["by post"], "1001")
    assert changed["additional_fields"]["warehouse_id"] == "1"
    too_many = {"line_items": [{"sku": "TEST-SKU", "expected_quantity": 101}]}
    assert list(site.faults("PUT", path, too_many)) == ["/line_items/0/expected_quantity"]


def test_a_return_is_cancelled_until_goods_arrive(site: Site) -> None:
    made = a_return(site)
    assert site.written("PUT", f"/wms/returns/{made['id']}/cancel")["status"] == "cancelled"
    there = site.double.state.return_orders[int(made["id"])][1]
    assert there["returnOrderInfo"]["returnOrderStatus"]["text"] == "Cancelled"
    arrived = a_return(site)
    site.double.receive_return(int(arrived["id"]))
    refused = site.api.put(f"/wms/returns/{arrived['id']}/cancel")
    assert (refused.status_code, "have arrived" in refused.text) == (400, True)


@pytest.mark.parametrize("path", ["/wms/returns/{}", "/wms/returns/{}/cancel"])
def test_a_return_that_is_not_there_or_anothers_is_404(site: Site, path: str) -> None:
    other = site.double.owner(4711)
    order = site.double.add_order(4711, [("TEST-SKU", 5)])
    line = {
        "returnOrderRowNumber": "1",
        "customerOrderLine": {"orderLineId": other.orders[order]["orderLines"][0]["id"]},
        "toBeReturnedNumberOfItems": 1,
    }
    body = {"returnOrderNumber": unique("R"), "customerOrder": {"orderId": order}, "returnOrderLines": [line]}
    foreign = site.double.state.put_return_order(other, body)
    for number in ("2000000000", str(foreign), "none-of-yours"):
        answer = site.api.put(path.format(number), **({} if "cancel" in path else {"json": {}}))  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["id"]) == (404, number)
    assert site.puts() == 0
