"""The shop sandbox through the doors of the contract, moved along by its simulations."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.schemas.cart.lists import LISTS
from tests.support.generated import Generated, generated

SHIPMENT = {
    "tracking_number": "T-1",
    "tracking_url": "https://example.com/T-1",
    "carrier_name": "Parcel One",
    "requested_shipping_method": "Standard",
}


@pytest.fixture(scope="module")
def cart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    with generated(tmp_path_factory.mktemp("cart"), "cart") as world:
        world.sync()
        yield world


def _bought(cart: Generated, sku: str, quantity: int) -> Any:
    body = {"line_items": [{"sku": sku, "quantity": quantity}]}
    return cart.write("POST", "/sandbox/simulate/cart/orders", body)


def _variant(cart: Generated, sku: str) -> Any:
    cart.call("POST", "/connections/sync")
    cart.sync()
    return next(row for row in cart.get("/cart/products") if row["sku"] == sku)


def test_every_list_of_the_contract_has_records(cart: Generated) -> None:
    for function in LISTS:
        assert cart.get(function.path), function.path
    assert {"open", "fulfilled", "cancelled"} == set(
        Counter(row["status"] for row in cart.get("/cart/orders"))
    )


def test_a_variant_names_its_parent_and_a_parent_itself(cart: Generated) -> None:
    rows = {row["id"]: row for row in cart.get("/cart/products")}
    parents = [row for row in rows.values() if row["parent_product_id"] == row["id"]]
    assert parents
    for row in rows.values():
        assert rows[row["parent_product_id"]] in parents


def test_an_order_lowers_what_can_be_sold_and_ships_whole(cart: Generated) -> None:
    before = _variant(cart, "TEA-2")["inventory"]
    order = _bought(cart, "TEA-2", 2)
    assert _variant(cart, "TEA-2")["inventory"] == before - 2
    shipped = cart.write("POST", f"/cart/orders/{order['id']}/shipments", SHIPMENT)
    assert shipped["status"] == "fulfilled"
    assert [row["quantity"] for row in shipped["shipments"][0]["line_items"]] == [2]
    assert cart.get(f"/cart/orders/{order['id']}") == shipped
    cart.refused(409, [], "POST", f"/cart/orders/{order['id']}/shipments", SHIPMENT)


def test_a_refund_pays_back_and_restocks(cart: Generated) -> None:
    before = _variant(cart, "TEA-3")["inventory"]
    order = _bought(cart, "TEA-3", 2)
    line = {"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 2}
    body = {"line_items": [line], "restock": True, "reason": "Changed my mind"}
    paid_back = cart.write("POST", f"/cart/orders/{order['id']}/refund", body)
    assert paid_back["status"] == "cancelled"
    assert paid_back["additional_fields"]["refunds"][0]["reason"] == "Changed my mind"
    assert _variant(cart, "TEA-3")["inventory"] == before
    path = f"/cart/orders/{order['id']}/refund"
    cart.refused(409, [], "POST", path, {"amount": 1})


def test_no_more_is_refunded_than_was_bought(cart: Generated) -> None:
    order = _bought(cart, "TEA-4", 1)
    line = {"line_item_id": order["line_items"][0]["line_item_id"], "quantity": 2}
    path = f"/cart/orders/{order['id']}/refund"
    cart.refused(422, ["/line_items/0/quantity"], "POST", path, {"line_items": [line]})
    cart.refused(422, [""], "POST", path, {"reason": "Late"})


@pytest.mark.parametrize(("kind", "units"), [("increase", 7), ("decrease", -7), ("exact", None)])
def test_stock_is_adjusted(cart: Generated, kind: str, units: int | None) -> None:
    variant = _variant(cart, "POT-2")
    body = {"quantity": 7, "adjustment_type": kind}
    after = cart.write("PUT", f"/cart/products/{variant['id']}/adjust-inventory", body)
    warehouse = cart.get("/cart/warehouses")[0]["id"]
    expected = 7 if units is None else variant["inventory_by_warehouse_id"][warehouse] + units
    assert after["inventory_by_warehouse_id"][warehouse] == expected


def test_many_variants_are_counted_at_once_or_none(cart: Generated) -> None:
    first, second = (_variant(cart, sku) for sku in ("PEN-1", "PEN-2"))
    warehouse = cart.get("/cart/warehouses")[0]["id"]
    lines = [{"product_id": row["id"], "quantity": 3, "warehouse_id": warehouse} for row in (first, second)]
    answer = cart.call("PUT", "/cart/products/batch-adjust-inventory", {"line_items": lines})
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"data", "unused_fields"}
    assert [row["inventory_by_warehouse_id"][warehouse] for row in answer.json()["data"]] == [3, 3]
    wrong = [{**lines[0], "quantity": 9}, {**lines[1], "product_id": first["parent_product_id"]}]
    path = "/cart/products/batch-adjust-inventory"
    cart.refused(422, ["/line_items/1/product_id"], "PUT", path, {"line_items": wrong})
    assert _variant(cart, "PEN-1")["inventory_by_warehouse_id"][warehouse] == 3


def test_a_parent_has_no_stock_to_adjust(cart: Generated) -> None:
    variant = _variant(cart, "POT-2")
    path = f"/cart/products/{variant['parent_product_id']}/adjust-inventory"
    cart.refused(409, [], "PUT", path, {"quantity": 1, "adjustment_type": "increase"})


def test_a_simulation_makes_something_up_when_nothing_is_said(cart: Generated) -> None:
    order = cart.write("POST", "/sandbox/simulate/cart/orders")
    product = cart.write("POST", "/sandbox/simulate/cart/products")
    assert cart.get(f"/cart/orders/{order['id']}")["status"] == "open"
    assert cart.get(f"/cart/products/{product['id']}")["inventory"] == 20


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"line_items": [{"sku": "NOTHING", "quantity": 1}]}, ["/line_items/0/sku"]),
        ({"line_items": [{"sku": "TEA-1", "quantity": 0}]}, ["/line_items/0/quantity"]),
        ({"line_items": []}, ["/line_items"]),
        ({"lines": []}, ["/line_items", "/lines"]),
    ],
)
def test_a_simulated_order_that_cannot_be(cart: Generated, body: Any, pointers: list[str]) -> None:
    cart.refused(422, pointers, "POST", "/sandbox/simulate/cart/orders", body)
