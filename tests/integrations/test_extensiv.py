"""Extensiv through Crossdock's own door: what is peculiar to it; the suite tries the rest."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.doubles.extensiv.seed import CUSTOMER, OTHER_CUSTOMER
from crossdock.doubles.extensiv.stand import SECRET
from tests.support.extensiv_site import (
    SHIPPED,
    Site,
    an_order,
    connected_site,
    credentials,
    new_record,
    unique,
    well_behaved,
)
from tests.support.install import Install


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with connected_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def test_account_values_are_the_accounts(site: Site) -> None:
    document = site.api.get("/integrations/wms/extensiv/write-info?operation=create_order").json()
    order = document["components"]["schemas"]["CreatewmsOrderExtensivSchema"]["properties"]
    assert order["warehouse_id"]["enum"] == ["1", "2"]
    assert order["carrier_id"]["enum"] == ["UPS", "FedEx"]
    assert order["shipping_method_id"]["enum"] == ["GND", "2DA", "FDXG"]
    assert "Prepaid" in order["billing_code"]["enum"]


def test_an_order_lands_with_its_identifiers(site: Site) -> None:
    body = an_order(
        carrier_id="UPS",
        shipping_method_id="GND",
        custom_fields=[{"name": "colour", "value": "blue"}],
        line_items=[{"product_id": f"{CUSTOMER}-502", "quantity": 3}],
    )
    answer = site.api.post("/wms/orders", json=body)
    assert answer.status_code == 200, answer.text
    record = answer.json()["data"]
    assert (record["order_number"], record["status"]) == (body["order_number"], "open")
    assert record["line_items"][0]["sku"] == "SKU-02"
    there = site.double.warehouse.orders[int(answer.json()["id"])].model
    assert there["readOnly"]["customerIdentifier"]["id"] == CUSTOMER
    assert there["routingInfo"] == {"carrier": "UPS", "mode": "GND"}
    assert there["savedElements"] == [{"name": "colour", "value": "blue"}]


def test_an_update_keeps_what_it_does_not_speak_of(site: Site) -> None:
    order_id = site.api.post("/wms/orders", json=an_order(notes="first")).json()["id"]
    answer = site.api.put(f"/wms/orders/{order_id}", json={"reference_id": "R-1"})
    assert answer.status_code == 200, answer.text
    there = site.double.warehouse.orders[int(order_id)].model
    assert (there["notes"], there["externalId"]) == ("first", "R-1")
    assert [item["qty"] for item in next(iter(there["_embedded"].values()))] == [2]


def test_a_shipped_order_cannot_be_cancelled_and_the_vendor_says_why(site: Site) -> None:
    order_id = site.api.post("/wms/orders", json=an_order()).json()["id"]
    body = {"shipped_date": "2026-02-01T10:00:00Z", "tracking_number": "1Z9"}
    shipped = site.api.post(f"/wms/orders/{order_id}/shipments", json=body).json()["data"]
    assert (shipped["status"], shipped["shipments"][0]["packages"][0]["tracking_number"]) == (
        "fulfilled",
        "1Z9",
    )
    refused = site.api.put(f"/wms/orders/{order_id}/cancel")
    assert (refused.status_code, refused.json()["origin"]) == (403, "integration")
    assert refused.json()["error"] == "The order is confirmed."


def test_a_duplicate_number_names_the_field(site: Site) -> None:
    body = an_order()
    assert site.api.post("/wms/orders", json=body).status_code == 200
    refused = site.api.post("/wms/orders", json=body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/order_number"


@pytest.mark.parametrize("path", ["returns/{}", "returns/{}/cancel"])
def test_an_inbound_shipment_is_no_return(site: Site, path: str) -> None:
    inbound_id = site.api.post("/wms/inbound-shipments", json=new_record("inbound-shipments")).json()["id"]
    before = copy.deepcopy(site.double.warehouse.receivers[int(inbound_id)].model)
    body = None if path.endswith("cancel") else {"tracking_number": "1Z8"}
    assert site.api.put("/wms/" + path.format(inbound_id), json=body).status_code == 404
    assert site.double.warehouse.receivers[int(inbound_id)].model == before


@pytest.mark.parametrize("path", ["inbound-shipments/{}", "inbound-shipments/{}/receive"])
def test_a_return_is_no_inbound_shipment(site: Site, path: str) -> None:
    return_id = site.api.post("/wms/returns", json=new_record("returns")).json()["id"]
    before = copy.deepcopy(site.double.warehouse.receivers[int(return_id)].model)
    lines = {"line_items": [{"sku": "SKU-01", "expected_quantity": 9}]}
    body = None if path.endswith("receive") else lines
    assert site.api.put("/wms/" + path.format(return_id), json=body).status_code == 404
    assert site.double.warehouse.receivers[int(return_id)].model == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "orders/904", {"notes": "ours"}),
        ("PUT", "orders/904/cancel", None),
        ("POST", "orders/904/shipments", SHIPPED),
    ],
)
def test_an_order_of_another_customer_is_not_there(site: Site, method: str, path: str, body: Any) -> None:
    orders = site.double.warehouse.orders
    orders[904] = copy.deepcopy(orders[901])
    orders[904].model["readOnly"] |= {
        "orderId": 904,
        "customerIdentifier": {"id": OTHER_CUSTOMER, "name": "Sample Wares"},
    }
    before = copy.deepcopy(orders[904].model)
    assert site.api.request(method, f"/wms/{path}", json=body).status_code == 404
    assert orders[904].model == before


def test_an_id_may_be_as_long_as_an_int32(site: Site) -> None:
    orders = site.double.warehouse.orders
    orders[2147483647] = copy.deepcopy(orders[901])
    orders[2147483647].model["readOnly"]["orderId"] = 2147483647
    assert site.api.put("/wms/orders/2147483647/cancel").status_code == 200
    assert site.api.put("/wms/orders/2147483648/cancel").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/wms/orders/abc"),
        ("PUT", "/wms/products/21-x"),
        ("PUT", "/wms/orders/99999/cancel"),
        ("PUT", "/wms/inbound-shipments/1%2F2/receive"),
        ("PUT", "/wms/returns/-1/cancel"),
    ],
)
def test_a_record_that_is_not_there_is_a_404(site: Site, method: str, path: str) -> None:
    body: dict[str, Any] | None = None if path.endswith(("cancel", "receive")) else {}
    assert site.api.request(method, path, json=body).status_code == 404


@pytest.mark.parametrize(
    "line",
    [{"quantity": 1}, {"sku": "SKU-01", "quantity": 0}, {"product_id": "many", "quantity": 1}],
)
def test_a_line_names_its_item_and_has_units(site: Site, line: dict[str, Any]) -> None:
    refused = site.api.post("/wms/orders", json=an_order(line_items=[line]))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith("/line_items/0")


def test_what_arrives_is_in_stock(site: Site) -> None:
    body = {
        "reference_number": unique("ASN"),
        "warehouse_id": "2",
        "line_items": [{"sku": "SKU-03", "expected_quantity": 7}],
    }
    inbound_id = site.api.post("/wms/inbound-shipments", json=body).json()["id"]
    received = site.api.put(f"/wms/inbound-shipments/{inbound_id}/receive").json()["data"]
    assert received["status"] == "received"
    assert received["line_items"][0]["received_quantity"] == 7
    assert received["receipts"][0]["line_items"][0]["quantity"] == 7
    assert site.double.warehouse.stock[2, 503] == 7


def test_a_return_is_a_receiver_of_its_own_type(site: Site) -> None:
    body = {
        "reference_num": unique("RMA"),
        "warehouse_id": "1",
        "line_items": [{"sku": "SKU-01", "quantity": 1}],
    }
    made = site.api.post("/wms/returns", json=body).json()
    assert site.double.warehouse.receivers[int(made["id"])].model["readOnly"]["receiverType"] == 1
    cancelled = site.api.put(f"/wms/returns/{made['id']}/cancel").json()
    assert cancelled["data"]["status"] == "cancelled"


def test_a_kit_has_its_parts(site: Site) -> None:
    parts = [{"sku": "SKU-01", "unit_quantity": 2}]
    body = {"sku": unique("KIT"), "name": "Kit", "inventory_items": parts}
    kit = site.api.post("/wms/kits", json=body).json()["data"]
    assert (kit["is_kit"], kit["inventory_items"][0]["unit_quantity"]) == (True, 2)
    other = site.api.post("/wms/kits", json=body | {"inventory_items": [{"sku": "no", "unit_quantity": 1}]})
    assert other.status_code == 400


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("client_secret", "wrong", "client_secret"),
        ("customer_id", "99", "customer_id"),
        ("customer_id", "many", "customer_id"),
    ],
)
def test_a_credential_at_fault_is_named(
    site: Site, tmp_path: Path, field: str, value: str, named: str
) -> None:
    install = Install(tmp_path / "home")
    given = credentials(site.url, **{field: value})
    done = install.run("connect", "wms/extensiv", "--org", "acme", *given, ok=False)
    assert done.returncode != 0
    assert named in done.stderr
    assert SECRET not in done.stderr
