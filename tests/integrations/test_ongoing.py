"""Ongoing through Crossdock's own door: orders and what goes with them."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.doubles.ongoing import work
from crossdock.integrations.wms.ongoing.order import order_record
from tests.support.ongoing_site import (
    ADDRESS,
    Site,
    a_shipment,
    an_order,
    connected_site,
    unique,
    well_behaved,
)


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with connected_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def test_write_info_has_what_the_account_accepts(site: Site) -> None:
    schemas = site.api.get("/integrations/wms/ongoing/write-info").json()["components"]["schemas"]
    order = schemas["CreatewmsOrderOngoingSchema"]
    assert order["required"] == [
        "delivery_date",
        "line_items",
        "order_number",
        "ship_to_address",
        "warehouse_id",
    ]
    values = {name: field["enum"] for name, field in order["properties"].items() if "enum" in field}
    assert values["warehouse_id"] == ["1", "2"]
    assert values["shipping_method_id"] == ["PLAB/P19", "PLAB/P18", "SBTL/BPA"]
    assert values["way_of_delivery"][:2] == ["mypack", "home"]
    assert values["order_type"] == ["B2B", "B2C"]


def test_an_order_arrives_with_everything_that_was_said(site: Site) -> None:
    body = an_order(
        reference_id="Ref-1",
        order_type="B2B",
        shipping_method_id="PLAB/P18",
        ship_to_address=ADDRESS
        | {
            "address2": "Suite 1",
            "customer_number": "C-9",
            "phone_number": "555",
            "email_address": "a@b.example",
        },
    )
    record = site.written("POST", "/wms/orders", body)
    there = site.order(record["id"])
    info = there["orderInfo"]
    assert info["deliveryDate"] == "2030-05-01T00:00:00Z"
    assert info["orderType"]["code"] == "B2B"
    assert there["consignee"].items() >= {"customerNumber": "C-9", "countryStateCode": "IL"}.items()
    assert info["emailNotification"] == {"toBeNotified": True, "value": "a@b.example"}
    assert there["orderLines"][0]["prices"] == {"linePrice": 39.9}

    assert (record["status"], record["raw_status"]) == ("confirmed", "Released")
    assert (record["reference_id"], record["order_number"]) == ("Ref-1", body["order_number"])
    assert (record["carrier_name"], record["shipping_method_id"]) == ("PostNord Sweden AB", "PLAB/P18")
    to = record["ship_to_address"]
    assert {name: to[name] for name in ADDRESS} == ADDRESS
    assert (to["address2"], to["phone_number"], to["email_address"]) == ("Suite 1", "555", "a@b.example")
    first, second = record["line_items"]
    assert (first["sku"], first["quantity"], first["unit_price"]) == ("SHIRT-M", 2, 19.95)
    assert second["unit_price"] is None
    assert record["shipments"] == []


def test_a_sku_that_ongoing_does_not_have_is_refused_before_it_makes_an_article_of_it(site: Site) -> None:
    lines = [{"sku": "SHIRT-M", "quantity": 1}, {"sku": "SHIRT-N", "quantity": 1}]
    faults = site.faults("POST", "/wms/orders", an_order(line_items=lines))
    assert list(faults) == ["/line_items/1/sku"]
    assert "no article SHIRT-N" in faults["/line_items/1/sku"]
    shipment = a_shipment(line_items=[{"sku": "SHIRT-N", "expected_quantity": 1}])
    assert list(site.faults("POST", "/wms/inbound-shipments", shipment)) == ["/line_items/0/sku"]
    assert site.puts() == 0
    assert "SHIRT-N" not in site.owner.articles


def test_many_skus_are_looked_up_in_more_than_one_request(site: Site) -> None:
    skus = [f"BULK-{number}" for number in range(60)]
    for sku in skus:
        site.double.state.article(site.owner, sku)
    lines = [{"sku": sku, "quantity": 1} for sku in skus]
    record = site.written("POST", "/wms/orders", an_order(line_items=lines))
    assert [line["sku"] for line in record["line_items"]] == skus
    assert site.double.counts["GET /articles"] == 2


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"warehouse_id": "9"}, "/warehouse_id"),
        ({"shipping_method_id": "NONE/1"}, "/shipping_method_id"),
        ({"line_items": []}, "/line_items"),
        ({"line_items": [{"sku": "LAMP", "quantity": 0}]}, "/line_items/0/quantity"),
        ({"line_items": [{"sku": "LAMP", "quantity": 1, "unit_price": -1}]}, "/line_items/0/unit_price"),
        ({"delivery_date": "tomorrow"}, "/delivery_date"),
        ({"shipping_method_id": "PLAB/P19", "way_of_delivery": "home"}, ""),
    ],
)
def test_an_order_that_breaks_the_document_is_refused_at_its_place(
    site: Site, changes: dict[str, Any], pointer: str
) -> None:
    assert list(site.faults("POST", "/wms/orders", an_order(**changes))) == [pointer]
    assert site.puts() == 0


def test_what_ongoing_refuses_is_traced_to_the_callers_field(site: Site) -> None:
    body = an_order()
    made = site.written("POST", "/wms/orders", body)
    work.begin_order(site.order(made["id"]))
    words = f"Order {body['order_number']} cannot be changed: the warehouse has started on it (Allocated)."
    assert site.faults("POST", "/wms/orders", body, status=400) == {"/order_number": words}
    assert site.faults("PUT", f"/wms/orders/{made['id']}", body, status=400) == {"/order_number": words}
    answer = site.api.put(f"/wms/orders/{made['id']}/cancel")
    assert (answer.status_code, answer.json()["error"]) == (400, words)
    gone = '{"message": "Article LAMP does not exist."}'
    site.double.misbehave("PUT", "/orders", "status_before", status=400, body=gone)
    assert site.faults("POST", "/wms/orders", an_order(), status=400) == {
        "/line_items/1/sku": "Article LAMP does not exist."
    }
    vague = '{"message": "SHIRT-M and LAMP do not go together."}'
    site.double.misbehave("PUT", "/orders", "status_before", status=400, body=vague)
    assert site.faults("POST", "/wms/orders", an_order(), status=400) == {}


def test_an_update_changes_what_it_says_and_nothing_else(site: Site) -> None:
    body = an_order(way_of_delivery="home")
    made = site.written("POST", "/wms/orders", body)
    there = site.order(made["id"])
    there["orderInfo"] |= {
        "orderRemark": "fragile",
        "freightPrice": 4.5,
        "advanced": {"invoiceNumber": "I-1"},
    }
    there["classes"] = [{"code": "VIP", "name": "Very important"}]
    there["orderLines"][0] |= {"comment": "gift wrap", "externalId": "x-1"}
    there["consignee"]["doorCode"] = "1111"
    lines = [{"sku": "SHIRT-M", "quantity": 3}, {"sku": "MUG-BLUE", "quantity": 1, "unit_price": 7}]
    changes = {"order_number": body["order_number"], "line_items": lines, "warehouse_id": "2"}
    record = site.written("PUT", f"/wms/orders/{made['id']}", changes)
    assert (record["id"], record["warehouse_id"], record["total_shipping"]) == (made["id"], "2", 4.5)
    assert [(x["sku"], x["quantity"], x["unit_price"]) for x in record["line_items"]] == [
        ("SHIRT-M", 3, 19.95),
        ("MUG-BLUE", 1, 7.0),
    ]
    now = site.order(made["id"])
    assert now["orderInfo"]["orderRemark"] == "fragile"
    assert now["orderInfo"]["wayOfDelivery"]["code"] == "home"
    assert now["orderInfo"]["deliveryDate"] == "2030-05-01T00:00:00Z"
    assert now["classes"] == [{"code": "VIP", "name": "Very important"}]
    assert now["consignee"]["doorCode"] == "1111"
    kept, new = now["orderLines"]
    assert (kept["id"], kept["comment"]) == (there["orderLines"][0]["id"], "gift wrap")
    assert new["rowNumber"] not in {line["rowNumber"] for line in there["orderLines"]}


def test_a_transporter_takes_the_place_of_a_way_of_delivery_and_back(site: Site) -> None:
    body = an_order(way_of_delivery="home")
    path = f"/wms/orders/{site.written('POST', '/wms/orders', body)['id']}"
    number = {"order_number": body["order_number"]}
    carried = site.written("PUT", path, number | {"shipping_method_id": "PLAB/P19"})
    assert (carried["shipping_method_id"], carried["service_level"]) == ("PLAB/P19", None)
    again = site.written("PUT", path, number | {"way_of_delivery": "mypack"})
    assert (again["shipping_method_id"], again["service_level"]) == (None, "To a service point")


def test_an_order_can_get_another_number_and_recipient(site: Site) -> None:
    body = an_order(ship_to_address=ADDRESS | {"phone_number": "555"})
    path = f"/wms/orders/{site.written('POST', '/wms/orders', body)['id']}"
    number = unique("SO")
    record = site.written("PUT", path, {"order_number": number, "ship_to_address": ADDRESS})
    assert (record["order_number"], record["ship_to_address"]["phone_number"]) == (number, None)


@pytest.mark.parametrize("path", ["/wms/orders/{}", "/wms/orders/{}/cancel", "/wms/orders/{}/file"])
def test_an_order_that_is_not_there_or_anothers_is_404(site: Site, path: str) -> None:
    foreign = site.double.add_order(4711, [("TEST-SKU", 5)])
    for number in ("2000000000", str(foreign), "none-of-yours"):
        method, more = ("PUT", {}) if "file" not in path else ("POST", {"files": {"file": ("a.txt", b"x")}})
        if not more and "cancel" not in path:
            more = {"json": an_order()}
        answer = site.api.request(method, path.format(number), **more)  # type: ignore[arg-type]
        assert answer.status_code == 404, answer.text
        assert answer.json()["id"] == number
    assert site.puts() == 0


def test_an_order_is_cancelled_until_the_warehouse_begins(site: Site) -> None:
    made = site.written("POST", "/wms/orders", an_order())
    assert site.written("PUT", f"/wms/orders/{made['id']}/cancel")["status"] == "cancelled"
    again = site.api.put(f"/wms/orders/{made['id']}/cancel")
    assert (again.status_code, again.json()["origin"]) == (400, "integration")


def test_what_left_of_an_order_is_its_shipment(site: Site) -> None:
    made = site.written("POST", "/wms/orders", an_order(line_items=[{"sku": "SHIRT-M", "quantity": 4}]))
    order = site.order(made["id"])
    work.ship_order(site.double.state, order, "1Z9", share=0.5)
    record = order_record(order)
    assert record.status == "partially_fulfilled"
    [shipment] = record.shipments
    [package] = shipment.packages
    assert (package.tracking_number, package.tracking_url) == ("1Z9", "https://track.example/1Z9")
    assert [(line.sku, line.quantity) for line in package.line_items] == [("SHIRT-M", 2)]
    assert [line.quantity for line in shipment.line_items] == [2]


def test_a_file_is_attached_under_its_name_once(site: Site) -> None:
    made = site.written("POST", "/wms/orders", an_order())
    path = f"/wms/orders/{made['id']}/file"
    for content in (b"one", b"two"):
        answer = site.api.post(path, files={"file": ("slip.pdf", content)})
        assert (answer.status_code, answer.json()["data"]) == (200, "success")
    [file] = site.double.state.files["orders", int(made["id"])]
    assert (file["fileName"], file["mimeType"], file["fileDataBase64"]) == (
        "slip.pdf",
        "application/pdf",
        "dHdv",
    )


def test_what_a_goods_owner_cannot_do_is_not_implemented(site: Site) -> None:
    assert site.api.post("/wms/orders/1001/shipments", json={}).status_code == 501
    assert site.api.put("/wms/inbound-shipments/1/receive", json={}).status_code == 501
    assert site.api.put("/wms/inventory/1/adjust", json={}).status_code == 501
