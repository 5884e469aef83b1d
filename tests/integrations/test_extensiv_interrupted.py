"""Extensiv when an answer is lost, a token ends, or somebody else is faster."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.connector import Reads
from crossdock.doubles.extensiv.seed import CUSTOMER, OTHER_CUSTOMER
from crossdock.integrations.wms.extensiv.hal import if_match
from tests.support.extensiv_site import (
    SHIPPED,
    Site,
    an_order,
    connected_site,
    new_record,
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


def test_a_change_that_somebody_else_makes_meanwhile_is_not_overwritten(site: Site) -> None:
    order_id = site.api.post("/wms/orders", json=an_order()).json()["id"]
    site.double.misbehave("PUT", f"/orders/{order_id}", "status_before", status=412, body="{}")
    answer = site.api.put(f"/wms/orders/{order_id}", json={"notes": "ours"})
    assert answer.status_code == 200, answer.text
    assert site.double.counts["PUT /orders/{orderId}"] == 2
    assert site.double.counts["GET /orders/{orderId}"] == 4


def test_an_ended_token_is_replaced_without_the_caller_noticing(site: Site) -> None:
    site.double.tokens.expire()
    assert site.api.post("/wms/orders", json=an_order()).status_code == 200
    assert site.double.counts["POST /AuthServer/api/Token"] == 1


def test_a_retry_finds_the_order_that_an_answer_was_lost_for(site: Site) -> None:
    body, headers = an_order(order_number="SO=100% (a;b)"), {"idempotency-key": "lost"}
    site.double.misbehave("POST", "/orders", "drop_after")
    assert site.api.post("/wms/orders", json=body, headers=headers).status_code == 504
    again = site.api.post("/wms/orders", json=body, headers=headers)
    assert again.status_code == 200, again.text
    assert site.double.counts["POST /orders"] == 1


def test_a_retry_does_not_take_another_order_for_its_own(site: Site) -> None:
    body = an_order(line_items=[{"sku": "SKU-05", "quantity": 2}])
    assert site.api.post("/wms/orders", json=body).status_code == 200
    other, headers = body | {"line_items": [{"sku": "SKU-06", "quantity": 2}]}, {"idempotency-key": "other"}
    site.double.misbehave("POST", "/orders", "drop_before")
    assert site.api.post("/wms/orders", json=other, headers=headers).status_code == 504
    again = site.api.post("/wms/orders", json=other, headers=headers)
    assert again.status_code == 400, again.text
    assert again.json()["errors"][0]["pointer"] == "/order_number"


def test_a_retry_does_not_take_an_item_for_the_kit_of_that_name(site: Site) -> None:
    kit = {"sku": unique("KIT"), "name": "Kit"}
    assert site.api.post("/wms/products", json=kit).status_code == 200
    body = kit | {"inventory_items": [{"sku": "SKU-01", "unit_quantity": 2}]}
    site.double.misbehave("POST", f"/customers/{CUSTOMER}/items", "drop_before")
    headers = {"idempotency-key": "kit"}
    assert site.api.post("/wms/kits", json=body, headers=headers).status_code == 504
    again = site.api.post("/wms/kits", json=body, headers=headers)
    assert again.status_code == 400, again.text


def test_a_retry_finds_what_came_to_a_customer_that_receives_without_asns(site: Site) -> None:
    body = {
        "reference_number": unique("ASN"),
        "warehouse_customer_id": str(OTHER_CUSTOMER),
        "warehouse_id": "1",
        "line_items": [{"sku": "SKU-01", "expected_quantity": 4}],
    }
    headers = {"idempotency-key": "normal"}
    site.double.misbehave("POST", "/inventory/receivers", "drop_after")
    assert site.api.post("/wms/inbound-shipments", json=body, headers=headers).status_code == 504
    again = site.api.post("/wms/inbound-shipments", json=body, headers=headers)
    assert again.status_code == 200, again.text
    assert site.double.counts["POST /inventory/receivers"] == 1
    made = site.double.warehouse.receivers[int(again.json()["id"])]
    assert made.model["readOnly"]["receiverType"] == 0


@pytest.mark.parametrize(
    ("create", "operator", "method", "path", "body", "status"),
    [
        ("orders", "orders/{}/canceler", "PUT", "orders/{}/cancel", None, "cancelled"),
        ("orders", "orders/{}/confirmer", "POST", "orders/{}/shipments", SHIPPED, "fulfilled"),
        (
            "inbound-shipments",
            "inventory/receivers/{}/confirmer",
            "PUT",
            "inbound-shipments/{}/receive",
            None,
            "received",
        ),
        ("returns", "inventory/receivers/{}/canceler", "PUT", "returns/{}/cancel", None, "cancelled"),
    ],
)
def test_a_retry_sees_that_an_operator_took_effect(
    site: Site, create: str, operator: str, method: str, path: str, body: Any, status: str
) -> None:
    record_id = site.api.post(f"/wms/{create}", json=new_record(create)).json()["id"]
    headers = {"idempotency-key": f"{create}-{status}"}
    site.double.misbehave("POST", "/" + operator.format(record_id), "drop_after")
    url = "/wms/" + path.format(record_id)
    assert site.api.request(method, url, json=body, headers=headers).status_code == 504
    again = site.api.request(method, url, json=body, headers=headers)
    assert again.status_code == 200, again.text
    assert again.json()["data"]["status"] == status


def test_a_retry_does_not_take_somebody_elses_shipping_for_its_own(site: Site) -> None:
    order_id = site.api.post("/wms/orders", json=an_order()).json()["id"]
    headers, url = {"idempotency-key": "theirs"}, f"/wms/orders/{order_id}/shipments"
    site.double.misbehave("POST", f"/orders/{order_id}/confirmer", "drop_before")
    assert site.api.post(url, json=SHIPPED, headers=headers).status_code == 504
    assert site.api.post(url, json=SHIPPED | {"tracking_number": "1Z-THEIRS"}).status_code == 200
    again = site.api.post(url, json=SHIPPED, headers=headers)
    assert again.status_code == 403, again.text


def test_a_change_is_never_sent_without_saying_what_it_changes() -> None:
    assert if_match(Reads({"order": {}}, {"order": {"etag": 'W/"7"'}}), "order") == {"if-match": 'W/"7"'}
    assert if_match(Reads({"order": {}}, {"order": {}}), "order") == {}
