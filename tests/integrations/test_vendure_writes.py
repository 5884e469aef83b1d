"""Writes to a real Vendure through Crossdock's doors, looked at in Vendure itself."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.doubles.vendure.shop import ADMIN_PATH, MAIN_LOCATION, PASSWORD, SECOND_LOCATION, SKUS
from tests.support.vendure_site import Site, shared_site, well_behaved


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with shared_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def line(order: dict[str, Any], sku: str) -> str:
    return next(str(one["id"]) for one in order["lines"] if one["productVariant"]["sku"] == sku)


def test_a_shipment_is_in_vendure_and_left(site: Site) -> None:
    order = site.shop.order()
    body = {"tracking_number": "1Z999", "carrier_name": "FedEx", "shipping_method_name": "Ground"}
    record = site.written("POST", f"/cart/orders/{order['id']}/shipments", body)
    there = site.shop.found_order(order["id"])
    assert there["state"] == "Shipped"
    (fulfillment,) = there["fulfillments"]
    told = (fulfillment["state"], fulfillment["trackingCode"], fulfillment["method"])
    assert told == ("Shipped", "1Z999", "FedEx Ground")
    assert (record["status"], record["raw_status"]) == ("fulfilled", "Shipped")
    (shipment,) = record["shipments"]
    assert shipment["shipment_id"] == fulfillment["id"]
    assert (shipment["status"], shipment["tracking_number"]) == ("shipped", "1Z999")
    units = {row["product_sku"]: row["quantity"] for row in shipment["line_items"]}
    assert units == {SKUS[0]: 2, SKUS[2]: 1}
    assert site.api.get(f"/cart/orders/{order['id']}").json()["data"] == record


def test_lines_are_shipped_one_after_the_other(site: Site) -> None:
    order = site.shop.order()
    first = [{"line_item_id": line(order, SKUS[0]), "quantity": 1}]
    path = f"/cart/orders/{order['id']}/shipments"
    record = site.written("POST", path, {"line_items": first})
    assert record["status"] == "partially_fulfilled"
    assert record["shipments"][0]["shipping_method_name"] == "Standard Shipping"
    record = site.written("POST", path, {"tracking_number": "T-2"})
    assert record["status"] == "fulfilled"
    units = [sorted(row["quantity"] for row in one["line_items"]) for one in record["shipments"]]
    assert units == [[1], [1, 1]]
    said = site.refused("POST", path, {})
    assert (said["status"], said["origin"]) == (422, "trackstar")


def test_more_than_is_left_is_refused_in_the_words_of_vendure(site: Site) -> None:
    order = site.shop.order()
    lines = [{"line_item_id": line(order, SKUS[0]), "quantity": 3}]
    said = site.refused("POST", f"/cart/orders/{order['id']}/shipments", {"line_items": lines})
    assert (said["status"], said["origin"]) == (400, "integration")
    assert said["error"] == "One or more OrderItems are already part of a Fulfillment"
    assert said["errors"][0]["pointer"] == "/line_items"
    assert site.shop.found_order(order["id"])["fulfillments"] == []


def test_a_line_of_another_order_is_refused_where_it_stands(site: Site) -> None:
    order, other = site.shop.order(), site.shop.order()
    lines = [{"line_item_id": line(other, SKUS[0]), "quantity": 1}]
    for path, body in (("shipments", {"line_items": lines}), ("refund", {"line_items": lines})):
        said = site.refused("POST", f"/cart/orders/{order['id']}/{path}", body)
        assert said["status"] == 422
        assert said["errors"][0]["pointer"] == "/line_items/0/line_item_id"
        assert line(order, SKUS[0]) in said["errors"][0]["accepted"]


def test_an_amount_is_refunded_in_the_currency_of_the_order(site: Site) -> None:
    order = site.shop.order()
    path = f"/cart/orders/{order['id']}/refund"
    record = site.written("POST", path, {"amount": 10.55, "reason": "Damaged"})
    (refund,) = site.shop.found_order(order["id"])["payments"][0]["refunds"]
    assert (refund["total"], refund["reason"]) == (1055, "Damaged")
    (shown,) = record["additional_fields"]["refunds"]
    assert (shown["id"], shown["total"], shown["reason"]) == (refund["id"], 10.55, "Damaged")
    said = site.refused("POST", path, {"amount": 1000.0})
    assert said["error"] == "The amount specified exceeds the refundable amount for this payment"
    assert said["errors"][0]["pointer"] == "/amount"
    assert len(site.shop.found_order(order["id"])["payments"][0]["refunds"]) == 1


def test_what_units_cost_is_refunded(site: Site) -> None:
    order = site.shop.order()
    lines = [{"line_item_id": line(order, SKUS[0]), "quantity": 2}]
    record = site.written("POST", f"/cart/orders/{order['id']}/refund", {"line_items": lines})
    bought = next(row for row in record["line_items"] if row["line_item_id"] == lines[0]["line_item_id"])
    each = bought["unit_price"] - bought["discount"] + bought["tax"]
    assert record["additional_fields"]["refunds"][0]["total"] == 2 * each == 30.0


def test_what_cannot_be_refunded_is_said_where_it_stands(site: Site) -> None:
    order, unpaid = site.shop.order(), site.shop.order(paid=False)
    path = f"/cart/orders/{order['id']}/refund"
    assert site.refused("POST", path, {"amount": 0.005})["errors"][0]["pointer"] == "/amount"
    said = site.refused("POST", path, {"amount": 1.0, "payment_id": "999"})
    assert said["errors"][0]["pointer"] == "/payment_id"
    assert said["errors"][0]["accepted"] == [order["payments"][0]["id"]]
    assert (
        "no settled payment"
        in site.refused("POST", f"/cart/orders/{unpaid['id']}/refund", {"amount": 1.0})["error"]
    )
    assert site.refused("POST", path, {"reason": "none"})["status"] == 422


def test_stock_is_added_taken_away_and_counted(site: Site) -> None:
    _, (variant,) = site.shop.product("Bowl", ["BOWL-1"])
    path = f"/cart/products/{variant}/adjust-inventory"

    def adjust(how: str, units: int) -> Any:
        body = {"adjustment_type": how, "quantity": units, "warehouse_id": SECOND_LOCATION}
        record = site.written("PUT", path, body)
        there = site.shop.variant("BOWL-1")["stock"][SECOND_LOCATION]
        assert record["inventory_by_warehouse_id"][SECOND_LOCATION] == there
        return there

    assert [adjust("increase", 5), adjust("decrease", 2), adjust("exact", 40), adjust("exact", 0)] == [
        5,
        3,
        40,
        0,
    ]
    body = {"adjustment_type": "decrease", "quantity": 1, "warehouse_id": SECOND_LOCATION}
    said = site.refused("PUT", path, body)
    assert (said["status"], said["errors"][0]["pointer"]) == (422, "/quantity")


def test_only_variants_have_stock(site: Site) -> None:
    product, _ = site.shop.product("Plate", ["PLATE-1"])
    body = {"adjustment_type": "exact", "quantity": 1, "warehouse_id": MAIN_LOCATION}
    for record_id in (f"product-{product}", "999999"):
        said = site.refused("PUT", f"/cart/products/{record_id}/adjust-inventory", body)
        assert (said["status"], said["id"]) == (404, record_id)


def test_a_batch_counts_many_variants_and_answers_each(site: Site) -> None:
    _, variants = site.shop.product("Cup", ["CUP-1", "CUP-2"])
    lines = [
        {"product_id": variants[0], "quantity": 11, "warehouse_id": MAIN_LOCATION},
        {"product_id": variants[0], "quantity": 12, "warehouse_id": SECOND_LOCATION},
        {"product_id": variants[1], "quantity": 13, "warehouse_id": MAIN_LOCATION},
    ]
    key = {"idempotency-key": "a batch"}
    answer = site.api.put("/cart/products/batch-adjust-inventory", json={"line_items": lines}, headers=key)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said.keys() == {"data", "unused_fields"}
    assert said["unused_fields"] == []
    assert {record["id"]: record["inventory"] for record in said["data"]} == {
        variants[0]: 23,
        variants[1]: 13,
    }
    assert site.shop.variant("CUP-1")["stock"] == {MAIN_LOCATION: 11, SECOND_LOCATION: 12}
    for record in said["data"]:
        assert site.api.get(f"/cart/products/{record['id']}").json()["data"] == record
    announced = {event["data"]["id"] for event in site.events("cart-product.created")}
    assert announced >= set(variants)
    site.shop.ask(
        "mutation($i: [UpdateProductVariantInput!]!) { updateProductVariants(input: $i) { id } }",
        i=[{"id": variants[1], "stockLevels": [{"stockLocationId": MAIN_LOCATION, "stockOnHand": 1}]}],
    )
    again = site.api.put("/cart/products/batch-adjust-inventory", json={"line_items": lines}, headers=key)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.content == answer.content
    assert site.shop.variant("CUP-2")["stock"][MAIN_LOCATION] == 1


def test_a_batch_is_taken_as_a_whole_or_not_at_all(site: Site) -> None:
    variant = site.shop.variant(SKUS[1])
    good = {"product_id": variant["id"], "quantity": 5, "warehouse_id": MAIN_LOCATION}
    wrong = {"product_id": "999999", "quantity": 5, "warehouse_id": MAIN_LOCATION}
    said = site.refused("PUT", "/cart/products/batch-adjust-inventory", {"line_items": [good, wrong, good]})
    pointers = [fault["pointer"] for fault in said["errors"]]
    assert (said["status"], pointers) == (422, ["/line_items/1/product_id", "/line_items/2"])
    assert site.shop.variant(SKUS[1])["stock"] == variant["stock"]


def test_write_info_has_the_locations_and_handlers_of_the_shop(site: Site) -> None:
    document = site.api.get("/integrations/cart/vendure/write-info").json()
    components = document["components"]["schemas"]
    bodies = {name: schema["properties"] for name, schema in components.items()}
    adjust = next(fields for name, fields in bodies.items() if "adjustment_type" in fields)
    assert {MAIN_LOCATION, SECOND_LOCATION} <= set(adjust["warehouse_id"]["enum"])
    shipment = next(fields for name, fields in bodies.items() if "fulfillment_handler" in fields)
    assert shipment["fulfillment_handler"]["enum"] == ["manual-fulfillment"]


def test_passthrough_reaches_the_api_and_shows_no_session(site: Site) -> None:
    asked = {"query": "{ activeAdministrator { emailAddress } }"}
    wanted = {"method": "POST", "path": "/admin-api", "data": asked}
    said = site.api.post("/cart/passthrough", json=wanted).json()
    assert said["body"]["data"]["activeAdministrator"]["emailAddress"] == "superadmin"
    login = 'mutation($p: String!) { login(username: "superadmin", password: $p) { __typename } }'
    wanted["data"] = {"query": login, "variables": {"p": PASSWORD}}
    answer = site.api.post("/cart/passthrough", json=wanted)
    assert answer.json()["body"]["data"]["login"]["__typename"] == "CurrentUser"
    assert "vendure-auth-token" not in answer.text


def test_an_api_key_opens_the_shop_without_a_session(site: Site) -> None:
    given = {"roleIds": ["1"], "translations": [{"languageCode": "en", "name": "Crossdock"}]}
    make = "mutation($i: CreateApiKeyInput!) { createApiKey(input: $i) { apiKey } }"
    secret = site.shop.ask(make, i=given)["createApiKey"]["apiKey"]
    fields = ("--credential", f"api_url={site.url}{ADMIN_PATH}", "--credential", f"api_key={secret}")
    site.double.counts.clear()
    made = site.install.run("connect", "cart/vendure", "--org", "acme", *fields)
    assert "access_token" in made.stdout
    assert site.double.counts["POST login"] == 0
    refused = site.install.run(
        "connect", "cart/vendure", "--org", "acme", *fields[:3], "api_key=wrong", ok=False
    )
    assert refused.returncode == 1
    assert "/credential/api_key" in refused.stderr


def test_a_wrong_password_is_refused_in_the_words_of_vendure(site: Site) -> None:
    pairs = {"api_url": site.url + ADMIN_PATH, "username": "superadmin", "password": "wrong"}
    fields = [part for name, value in pairs.items() for part in ("--credential", f"{name}={value}")]
    refused = site.install.run("connect", "cart/vendure", "--org", "acme", *fields, ok=False)
    assert refused.returncode == 1
    assert "The provided credentials are invalid" in refused.stderr
    assert "/credential/password" in refused.stderr


def test_tags_stay_with_an_order_that_changes(site: Site) -> None:
    order = site.shop.order()
    path = f"/cart/orders/{order['id']}"
    site.written(
        "POST", f"{path}/shipments", {"line_items": [{"line_item_id": line(order, SKUS[0]), "quantity": 1}]}
    )
    assert site.api.put(f"{path}/trackstar-tags", json={"trackstar_tags": ["rush"]}).status_code == 200
    record = site.written("POST", f"{path}/shipments", {})
    assert record["trackstar_tags"] == ["rush"]
