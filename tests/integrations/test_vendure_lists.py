"""Lists of a real Vendure: what changed there comes back by sync, with its events."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.connector.listing import EVERYTHING
from crossdock.doubles.vendure.shop import ADMIN_PATH, MAIN_LOCATION, SECOND_LOCATION, SKUS
from crossdock.integrations.cart.vendure import lists
from crossdock.schemas.cart import CartOrder
from tests.support.vendure_site import Site, shared_site, well_behaved

PLACED = "{ orders(options: { filter: { orderPlacedAt: { isNull: false } } }) { totalItems } }"


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with shared_site(tmp_path_factory.mktemp("home")) as site:
        site.shop.order()
        site.sync()
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def everything(site: Site, path: str) -> list[dict[str, Any]]:
    """All records of a list, page by page."""
    found, token = [], None
    while True:
        params = {"limit": "50"} | ({"page_token": token} if token else {})
        said = site.api.get(path, params=params).json()
        found += said["data"]
        token = said["next_token"]
        if not token:
            return found


def test_every_placed_order_is_there_and_no_draft(site: Site) -> None:
    site.shop.order(paid=False)
    site.sync("get_orders")
    wanted = site.shop.ask(PLACED)["orders"]["totalItems"]
    assert len(everything(site, "/cart/orders")) == wanted >= 2


def test_an_order_says_what_was_bought_by_whom(site: Site) -> None:
    order = site.shop.order({SKUS[0]: 2})
    site.sync("get_orders")
    record = site.api.get(f"/cart/orders/{order['id']}").json()["data"]
    assert (record["order_number"], record["status"]) == (order["code"], "confirmed")
    assert record["total_price"] == order["totalWithTax"] / 100 == 35.0
    assert (record["total_tax"], record["total_shipping"], record["total_discount"]) == (5.0, 5.0, 0.0)
    assert record["invoice_currency_code"] == "USD"
    assert record["requested_shipping_method"] == "Standard Shipping"
    assert record["ship_to_address"]["full_name"] == "Ada Example"
    assert record["ship_to_address"]["email_address"] == "ada@example.com"
    assert record["bill_to_address"]["postal_code"] == "62701"
    (line,) = record["line_items"]
    variant = site.shop.variant(SKUS[0])
    assert (line["product_id"], line["product_sku"], line["quantity"]) == (variant["id"], SKUS[0], 2)
    assert line["parent_product_id"] == f"product-{variant['productId']}"
    assert (line["unit_price"], line["tax"], line["discount"]) == (12.5, 2.5, 0.0)


def test_variants_name_their_product_and_the_product_itself(site: Site) -> None:
    records = {record["id"]: record for record in everything(site, "/cart/products")}
    variant = site.shop.variant(SKUS[0])
    parent = records[f"product-{variant['productId']}"]
    assert parent["parent_product_id"] == parent["id"]
    assert (parent["sku"], parent["inventory"]) == (None, None)
    child = records[variant["id"]]
    assert (child["sku"], child["price"], child["parent_product_id"]) == (SKUS[0], 12.5, parent["id"])
    assert child["inventory_by_warehouse_id"] == variant["stock"]
    assert child["inventory"] == sum(variant["stock"].values())


def test_stock_locations_are_warehouses(site: Site) -> None:
    records = {record["id"]: record["name"] for record in everything(site, "/cart/warehouses")}
    assert records == {MAIN_LOCATION: "Default Stock Location", SECOND_LOCATION: "East"}


def test_a_shipment_made_in_vendure_comes_back_with_its_event(site: Site) -> None:
    order = site.shop.order()
    site.sync("get_orders")
    lines = {line["id"]: line["quantity"] for line in order["lines"]}
    fulfillment = site.shop.fulfil(lines, "V-1")
    site.sync("get_orders")
    record = site.api.get(f"/cart/orders/{order['id']}").json()["data"]
    assert record["status"] == "fulfilled"
    assert record["shipments"][0]["tracking_number"] == "V-1"
    (event,) = [e for e in site.events("cart-order.cart-shipment.created") if e["data"]["id"] == order["id"]]
    assert event["data"]["shipments"][0]["shipment_id"] == fulfillment
    assert event["previous_attributes"]["shipments"] == []
    site.shop.move(fulfillment, "Delivered")
    site.sync("get_orders")
    assert site.api.get(f"/cart/orders/{order['id']}").json()["data"]["shipments"][0]["status"] == "delivered"
    updated = [e for e in site.events("cart-order.updated") if e["data"]["id"] == order["id"]]
    assert [e["data"]["raw_status"] for e in updated] == ["Delivered", "Shipped"]


def test_what_a_sale_takes_from_stock_comes_back_though_vendure_dates_no_change(site: Site) -> None:
    before = site.shop.variant(SKUS[2])
    order = site.shop.order({SKUS[2]: 4})
    site.shop.fulfil({order["lines"][0]["id"]: 4})
    site.sync("get_products")
    record = site.api.get(f"/cart/products/{before['id']}").json()["data"]
    assert record["inventory"] == sum(before["stock"].values()) - 4


def test_a_sync_that_finds_nothing_new_announces_nothing(site: Site) -> None:
    site.sync()
    rows = {row["function_name"]: row for row in site.sync()}
    assert {name: (row["created"], row["updated"]) for name, row in rows.items()} == dict.fromkeys(
        rows, (0, 0)
    )


def test_what_is_deleted_while_pages_are_read_moves_no_row_past_the_reader(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 4)
    monkeypatch.setattr(lists, "OVERLAP", 1)
    made = [site.shop.product(f"Paged {number}", [f"PAGED-{number}"])[0] for number in range(10)]
    listing = next(one for one in lists.OPERATIONS if one.function.name == "get_products")
    account = {"api_url": site.url + ADMIN_PATH}
    seen: list[str] = []
    deleted = False
    position: Any = None
    while True:
        body = listing.request(account, EVERYTHING, position).body
        page = listing.page(position, {"data": site.shop.ask(body["query"], **body["variables"])})
        seen += [str(listing.id_of(row)) for row in page.rows]
        if f"product-{made[0]}" in seen and not deleted:
            deleted = True
            gone = "mutation($i: ID!) { deleteProduct(id: $i) { result } }"
            site.shop.ask(gone, i=made[0])
        position = page.next
        if position is None:
            break
    assert {f"product-{product}" for product in made} <= set(seen)
    skus = {f"PAGED-{number}" for number in range(1, 10)}
    assert {site.shop.variant(sku)["id"] for sku in skus} <= set(seen)


def test_an_order_of_another_shape_is_no_order() -> None:
    sample = lists.SAMPLES["order"]
    record = next(one for one in lists.OPERATIONS if one.function.name == "get_orders").record
    made = record(sample)
    assert isinstance(made, CartOrder)
    assert made.total_discount == 2.5
    with pytest.raises(ValueError, match="not an order"):
        record({**sample, "code": None})
