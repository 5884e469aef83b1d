"""Records of sandboxes edited by hand, through the service's own door: what can be, and what is refused."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.fernet import Fernet

from crossdock.sandbox.site import Kind
from tests.support.edit_world import TYPES, Sandboxes, sandboxes_of
from tests.support.install import Install
from tests.support.postgres import new_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sandboxes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sandboxes]:
    install = Install(tmp_path_factory.mktemp("edits"))
    if request.param == "postgresql":
        install.database_url = new_database(request.getfixturevalue("postgres"))
        install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    with sandboxes_of(install) as made:
        yield made


EDITABLE: list[tuple[str, Kind, dict[str, Any]]] = [
    ("wms/orders", "orders", {"reference_id": "EDITED"}),
    ("wms/products", "products", {"name": "Edited"}),
    ("wms/inventory", "inventory", {"unit_cost": 4.5}),
    ("wms/inbound-shipments", "inbound_shipments", {"purchase_order_number": "PO-EDITED"}),
    ("wms/returns", "returns", {"status": "cancelled"}),
    ("wms/warehouses", "warehouses", {"name": "Edited"}),
    ("wms/locations", "locations", {"name": "Edited"}),
    ("wms/shipping-methods", "shipping_methods", {"name": "Edited"}),
    ("wms/channels", "channels", {"name": "Edited"}),
    ("wms/suppliers", "suppliers", {"name": "Edited"}),
    ("cart/orders", "cart_orders", {"order_number": "#EDITED"}),
    ("cart/products", "cart_products", {"name": "Edited"}),
    ("cart/warehouses", "cart_warehouses", {"name": "Edited"}),
    ("freight/bookings", "freight_bookings", {"special_instructions": "Edited"}),
    ("freight/shipments", "freight_shipments", {"cost": 4.5}),
    ("erp/items", "erp_items", {"description": "Edited"}),
    ("erp/inventory", "erp_inventory", {"vendors": []}),
    ("erp/locations", "erp_locations", {"name": "Edited"}),
    ("erp/customers", "erp_customers", {"phone_number": "555-0100"}),
    ("erp/vendors", "erp_vendors", {"phone_number": "555-0100"}),
    ("erp/employees", "erp_employees", {"email_address": "edited@example.com"}),
    ("erp/sales-orders", "erp_sales_orders", {"reference_id": "EDITED"}),
    ("erp/sales-order-shipments", "erp_sales_order_shipments", {"status": "other"}),
    ("erp/purchase-orders", "erp_purchase_orders", {"reference_id": "EDITED"}),
    ("erp/purchase-order-receipts", "erp_purchase_order_receipts", {"status": "other"}),
]
HAVE_NO_EVENTS = ("wms/channels", "wms/suppliers")
"""The contract has none for them, nor a path of one record."""


@pytest.mark.parametrize(("path", "kind", "patch"), EDITABLE, ids=[path for path, _, _ in EDITABLE])
def test_a_record_of_every_kind_is_edited(
    sandboxes: Sandboxes, path: str, kind: Kind, patch: dict[str, Any]
) -> None:
    record_id = sandboxes.own(kind)[0]["id"]
    before = sandboxes.edited(path, record_id, {})
    after = sandboxes.edited(path, record_id, patch)
    ((name, value),) = patch.items()
    assert before[name] != after[name] == value
    kept = sandboxes.own(kind, id=record_id)[0]
    assert kept[name] == value
    assert kept["updated_date"] >= before["updated_date"]
    if path in HAVE_NO_EVENTS:
        assert sandboxes.events(record_id) == []
        return
    event = sandboxes.events(record_id)[-1]
    assert event["event_type"].endswith(".updated")
    assert event["payload"]["previous_attributes"][name] == before[name]
    assert event["payload"]["data"][name] == value
    if path != "wms/locations":
        assert sandboxes.raw(path, record_id)[name] == value
        history = sandboxes.api[path.partition("/")[0]].get(f"/{path}/{record_id}/history").json()["data"]
        assert name in history[0]["previous_attributes"]


def test_nothing_else_can_be_edited(sandboxes: Sandboxes) -> None:
    for name in TYPES:
        refused = sandboxes.edit(f"{name}/nothing", "x", {})
        assert refused.status_code == 404
        offered = set(re.sub(r".*; it has (.*)\.", r"\1", refused.json()["error"]).split(", "))
        assert offered == {path.partition("/")[2] for path, _, _ in EDITABLE if path.startswith(f"{name}/")}


def order_of(sandboxes: Sandboxes) -> dict[str, Any]:
    """An order that holds units."""
    return sandboxes.own("orders", status="open")[0]


@pytest.mark.parametrize(
    ("patch", "pointer", "words"),
    [
        ({"id": "ord_1"}, "/id", "cannot be edited"),
        ({"id": None}, "/id", "cannot be edited"),
        ({"created_date": "2026-01-01T00:00:00Z"}, "/created_date", "cannot be edited"),
        ({"updated_date": "2026-01-01T00:00:00Z"}, "/updated_date", "cannot be edited"),
        ({"order_numbr": "x"}, "/order_numbr", "did you mean 'order_number'"),
        ({"trackstar_tags": []}, "/trackstar_tags", "unknown field"),
        ({"client_key": "x"}, "/client_key", "unknown field"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown field"),
        ({"ship_to_address": {"town": "x"}}, "/ship_to_address/town", "unknown field"),
        ({"order_number": 5}, "/order_number", "Expected `str`"),
        ({"order_number": None}, "/order_number", "neither null nor left out"),
        ({"order_number": ""}, "/order_number", "length >= 1"),
        ({"order_number": "x" * 201}, "/order_number", "length <= 200"),
        ({"reference_id": "a\0b"}, "/reference_id", "matching regex"),
        ({"status": "Open"}, "/status", "not one of the accepted values"),
        ({"status": None}, "/status", "neither null nor left out"),
        ({"total_price": "5"}, "/total_price", "Expected `float`"),
        ({"total_price": True}, "/total_price", "Expected `float`"),
        ({"total_price": 10**30}, "/total_price", "Expected `float` <="),
        ({"ship_to_address": "Austin"}, "/ship_to_address", "must be an object"),
        ({"ship_to_address": {"city": 5}}, "/ship_to_address/city", "Expected `str`"),
        ({"line_items": []}, "/line_items", "length >= 1"),
        ({"line_items": {}}, "/line_items", "Expected `array`"),
        ({"line_items": ["x"]}, "/line_items/0", "must be an object"),
        ({"warehouse_id": "wh_999999"}, "/warehouse_id", "there is no wh_999999"),
        ({"warehouse_id": "wh\0"}, "/warehouse_id", "matching regex"),
        ({"channel_object": {"channel_id": "chan_9"}}, "/channel_object/channel_id", "there is no chan_9"),
        ({"shipments": None, "files": 5}, "/files", "Expected `array`"),
    ],
)
def test_what_an_order_cannot_be_is_told_at_its_place(
    sandboxes: Sandboxes, patch: dict[str, Any], pointer: str, words: str
) -> None:
    order = order_of(sandboxes)
    faults = sandboxes.faults("wms/orders", order["id"], patch)
    assert list(faults) == [pointer]
    assert words in faults[pointer]
    assert sandboxes.own("orders", id=order["id"]) == [order]


@pytest.mark.parametrize(
    ("change", "member", "words"),
    [
        ({"quantity": 0}, "quantity", "Expected `int` >= 1"),
        ({"quantity": -1}, "quantity", "Expected `int` >= 1"),
        ({"quantity": 1.5}, "quantity", "Expected `int`, got `float`"),
        ({"quantity": True}, "quantity", "Expected `int`, got `bool`"),
        ({"quantity": 10**30}, "quantity", "Expected `int`"),
        ({"shipped_quantity": 1000}, "shipped_quantity", "at most"),
        ({"product_id": "prod_9"}, "product_id", "there is no prod_9"),
        ({"note": "x"}, "note", "unknown field"),
        ({"is_picked": 1}, "is_picked", "Expected `bool`"),
        (
            {"components": [{"inventory_item_id": "inv_9", "sku": "x", "unit_quantity": 1}]},
            "components/0/inventory_item_id",
            "there is no inv_9",
        ),
    ],
)
def test_what_a_line_cannot_be(sandboxes: Sandboxes, change: dict[str, Any], member: str, words: str) -> None:
    order = order_of(sandboxes)
    lines = [{**order["line_items"][0], **change}, *order["line_items"][1:]]
    faults = sandboxes.faults("wms/orders", order["id"], {"line_items": lines})
    assert list(faults) == [f"/line_items/0/{member}"]
    assert words in faults[f"/line_items/0/{member}"]
    assert sandboxes.own("orders", id=order["id"]) == [order]


def test_every_fault_is_told_with_what_would_be_right(sandboxes: Sandboxes) -> None:
    order = order_of(sandboxes)
    answer = sandboxes.edit("wms/orders", order["id"], {"status": "shiped", "id": "x", "total_tax": "1"})
    body = answer.json()
    assert {fault["pointer"] for fault in body["errors"]} == {"/status", "/id", "/total_tax"}
    assert "fulfilled" in next(f for f in body["errors"] if f["pointer"] == "/status")["accepted"]
    assert [order["id"]] == next(f for f in body["errors"] if f["pointer"] == "/id")["accepted"]


def on_hand(location_id: str, **figures: Any) -> dict[str, Any]:
    return {"inventory_by_location_id": {location_id: figures}}


def lies(location_id: str, quantity: int) -> dict[str, Any]:
    return {"locations": [{"location_id": location_id, "quantity": quantity}]}


ARRIVAL = "expected_arrival_date"
MAIN = "loc_000001"
REFUSED: list[tuple[str, Kind, dict[str, Any], str]] = [
    ("wms/products", "products", {"is_kit": True}, "/is_kit"),
    ("wms/products", "products", {"sku": "BAG-2"}, "/sku"),
    ("wms/products", "products", {"inventory_items": []}, "/inventory_items"),
    ("wms/products", "products", {"measurements": {"unit": "yd"}}, "/measurements/unit"),
    ("wms/inventory", "inventory", {"onhand": 5}, "/onhand"),
    ("wms/inventory", "inventory", {"sku": "x"}, "/sku"),
    ("wms/inventory", "inventory", {"inventory_by_warehouse_id": None}, "/inventory_by_warehouse_id"),
    ("wms/inventory", "inventory", lies("loc_000002", -1), "/locations/0/quantity"),
    ("wms/inventory", "inventory", lies("loc_9", 1), "/locations/0/location_id"),
    ("wms/inbound-shipments", "inbound_shipments", {"status": "cancelled"}, "/status"),
    ("wms/inbound-shipments", "inbound_shipments", {ARRIVAL: "2026-02-31T00:00:00Z"}, f"/{ARRIVAL}"),
    ("wms/inbound-shipments", "inbound_shipments", {ARRIVAL: "tomorrow"}, f"/{ARRIVAL}"),
    ("wms/inbound-shipments", "inbound_shipments", {ARRIVAL: "1066-10-14T00:00:00Z"}, f"/{ARRIVAL}"),
    ("wms/returns", "returns", {"status": "other"}, "/status"),
    ("wms/returns", "returns", {"order_id": "ord_9"}, "/order_id"),
    ("wms/locations", "locations", {"type": "quarantine"}, "/type"),
    ("wms/locations", "locations", {"warehouse_id": "wh_000007"}, "/warehouse_id"),
    ("cart/orders", "cart_orders", {"status": "backordered"}, "/status"),
    ("cart/orders", "cart_orders", {"total_price": -1}, "/total_price"),
    ("cart/products", "cart_products", {"inventory": 5}, "/inventory"),
    (
        "cart/products",
        "cart_products",
        {"inventory_by_warehouse_id": {"place_000001": 5}},
        "/inventory_by_warehouse_id",
    ),
    (
        "cart/products",
        "cart_products",
        {"inventory_by_warehouse_id": {"place/9": 5}},
        "/inventory_by_warehouse_id/place~19",
    ),
    ("erp/items", "erp_items", {"sku": "STEEL-4"}, "/sku"),
    ("erp/inventory", "erp_inventory", {"available": 5}, "/available"),
    (
        "erp/inventory",
        "erp_inventory",
        on_hand(MAIN, committed=5),
        f"/inventory_by_location_id/{MAIN}/committed",
    ),
    ("erp/inventory", "erp_inventory", on_hand(MAIN, onhand=-1), f"/inventory_by_location_id/{MAIN}/onhand"),
    ("erp/locations", "erp_locations", {"type": "store"}, "/type"),
    ("erp/locations", "erp_locations", {"parent_location_id": MAIN}, "/parent_location_id"),
    ("erp/customers", "erp_customers", {"shipping_addresses": []}, "/shipping_addresses"),
    ("erp/sales-orders", "erp_sales_orders", {"total_price": 5}, "/total_price"),
    ("erp/sales-orders", "erp_sales_orders", {"status": "closed"}, "/status"),
    ("erp/purchase-orders", "erp_purchase_orders", {"currency_code": "usd"}, "/currency_code"),
    ("freight/bookings", "freight_bookings", {"shipment_method": "rail"}, "/shipment_method"),
    ("freight/bookings", "freight_bookings", {"cargo_ready_date": "2026-03-01"}, "/cargo_ready_date"),
    ("freight/bookings", "freight_bookings", {"cargo": {"shipping_units": []}}, "/cargo/shipping_units"),
    ("freight/bookings", "freight_bookings", {"containers": {"forty_ft": -1}}, "/containers/forty_ft"),
    ("freight/shipments", "freight_shipments", {"status": "lost"}, "/status"),
]


@pytest.mark.parametrize(
    ("path", "kind", "patch", "pointer"), REFUSED, ids=[f"{row[0]} {row[3]}" for row in REFUSED]
)
def test_what_other_records_cannot_be(
    sandboxes: Sandboxes, path: str, kind: Kind, patch: dict[str, Any], pointer: str
) -> None:
    record = sandboxes.own(kind)[0]
    assert list(sandboxes.faults(path, record["id"], patch)) == [pointer]
    assert sandboxes.own(kind, id=record["id"]) == [record]


def test_what_no_object_is_and_what_no_json_is(sandboxes: Sandboxes) -> None:
    path = f"/sandbox/records/wms/orders/{order_of(sandboxes)['id']}"
    said = {"content-type": "application/merge-patch+json"}
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    for content in (b"", b"{", b"[]", b"null", b'"x"', b"5", b'{"total_price": NaN}', b'{"a": 1e999}', deep):
        answer = sandboxes.staff.patch(path, content=content, headers=said)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "")
    big = b'{"reference_id": "' + b"x" * (1024 * 1024) + b'"}'
    assert sandboxes.staff.patch(path, content=big, headers=said).status_code == 413
    for kind in ("text/plain", "application/json-patch+json"):
        answer = sandboxes.staff.patch(path, content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 415
        assert "application/merge-patch+json" in answer.json()["error"]
    assert sandboxes.staff.patch(path, content=b"{}", headers=said).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("wms/orders/ord_999999", 404),
        ("wms/orders/%00", 404),
        ("wms/orders/..", 404),
        (f"wms/orders/{'x' * 300}", 404),
        ("wms/kits/prod_000095", 404),
        ("freight/companies/comp_000001", 404),
        ("nothing/orders/x", 404),
        ("carrier/invoice-line-items/x", 501),
    ],
)
def test_what_is_not_there(sandboxes: Sandboxes, path: str, status: int) -> None:
    answer = sandboxes.staff.patch(f"/sandbox/records/{path}", json={})
    assert (answer.status_code, answer.json()["origin"]) == (status, "trackstar")
    assert answer.json()["error"]


def test_who_may_edit(sandboxes: Sandboxes) -> None:
    order = order_of(sandboxes)
    path, body = f"/sandbox/records/wms/orders/{order['id']}", {"reference_id": "Mine"}
    with sandboxes.server.client(sandboxes.install.create_key(read_only=True)) as reader:
        assert reader.patch(path, json=body).status_code == 403
    with sandboxes.server.client("nobody's") as nobody:
        assert nobody.patch(path, json=body).status_code == 401
    with sandboxes.server.client(sandboxes.install.create_key("other")) as other:
        assert "generate-sandbox" in other.patch(path, json=body).json()["error"]
        other.post("/sandbox/generate-sandbox/wms")
        assert other.patch(path, json=body).status_code in {200, 404}
    assert sandboxes.own("orders", id=order["id"]) == [order]


def test_it_stands_in_the_audit(sandboxes: Sandboxes) -> None:
    channel = sandboxes.own("channels")[0]
    sandboxes.edited("wms/channels", channel["id"], {"name": "For the audit"})
    found = sandboxes.staff.get("/audit", params={"action": "sandbox_record.edited"}).json()["data"][0]
    assert (found["target"]["id"], found["detail"]["name"]) == (channel["id"], "For the audit")


def test_null_takes_a_member_out_and_arrays_are_replaced_whole(sandboxes: Sandboxes) -> None:
    order = order_of(sandboxes)
    filled = sandboxes.edited("wms/orders", order["id"], {"ship_to_address": {"company": "Example Ltd"}})
    assert filled["ship_to_address"]["company"] == "Example Ltd"
    assert filled["ship_to_address"]["city"] == order["ship_to_address"]["city"]
    emptied = {"ship_to_address": {"company": None}, "channel_object": None, "total_tax": None}
    after = sandboxes.edited("wms/orders", order["id"], emptied)
    assert (after["ship_to_address"]["company"], after["channel_object"], after["total_tax"]) == (None,) * 3
    kept = sandboxes.own("orders", id=order["id"])[0]
    assert "company" not in kept["ship_to_address"]
    assert (kept["channel_object"], kept["total_tax"]) == (None, None)


def test_an_edit_of_nothing_changes_nothing(sandboxes: Sandboxes) -> None:
    order = sandboxes.own("orders", status="confirmed")[0]
    sandboxes.edited("wms/orders", order["id"], {})
    told = len(sandboxes.events(order["id"]))
    whole = sandboxes.raw("wms/orders", order["id"])
    assert whole == order
    sandboxes.edited("wms/orders", order["id"], whole)
    assert sandboxes.own("orders", id=order["id"]) == [order]
    assert len(sandboxes.events(order["id"])) == told


def test_the_second_of_two_is_told_what_the_record_is_now(sandboxes: Sandboxes) -> None:
    order = order_of(sandboxes)
    sandboxes.edited("wms/orders", order["id"], {})
    etag = sandboxes.api["wms"].get(f"/wms/orders/{order['id']}").headers["etag"]
    first = sandboxes.edit("wms/orders", order["id"], {"reference_id": "First"}, {"if-match": etag})
    assert first.status_code == 200
    second = sandboxes.edit("wms/orders", order["id"], {"reference_id": "Second"}, {"if-match": etag})
    assert second.status_code == 412
    assert second.json()["current"]["reference_id"] == "First"
    again = {"if-match": first.headers["etag"]}
    assert sandboxes.edit("wms/orders", order["id"], {"reference_id": "Second"}, again).status_code == 200
    assert (
        sandboxes.edit("wms/orders", order["id"], {"reference_id": "x"}, {"if-match": ""}).status_code == 422
    )
    any_one = {"if-match": "*"}
    assert sandboxes.edit("wms/orders", order["id"], {"reference_id": "Third"}, any_one).status_code == 200


def test_a_copy_that_lags_behind_the_sandbox_is_no_match(sandboxes: Sandboxes) -> None:
    """What a write to one record changes in another is read by the next sync only."""
    product = sandboxes.own("products", sku="PEN-1")[0]
    item_id = product["inventory_items"][0]["inventory_item_id"]
    sandboxes.edited("wms/inventory", item_id, {})
    etag = sandboxes.api["wms"].get(f"/wms/inventory/{item_id}").headers["etag"]
    sandboxes.edited("wms/products", product["id"], {"name": "Another pen"})
    late = sandboxes.edit("wms/inventory", item_id, {"unit_cost": 1}, {"if-match": etag})
    assert late.status_code == 412
    assert late.json()["current"]["name"] == "Another pen"
    now = sandboxes.api["wms"].get(f"/wms/inventory/{item_id}")
    assert now.json()["data"] == late.json()["current"]
    again = sandboxes.edit("wms/inventory", item_id, {"unit_cost": 1}, {"if-match": now.headers["etag"]})
    assert again.status_code == 200


def test_of_many_who_edit_at_once_one_is_first(sandboxes: Sandboxes) -> None:
    order = order_of(sandboxes)
    sandboxes.edited("wms/orders", order["id"], {})
    seen = {"if-match": sandboxes.api["wms"].get(f"/wms/orders/{order['id']}").headers["etag"]}

    def edit(number: int) -> int:
        patch = {"reference_id": f"At once {number}"}
        return sandboxes.edit("wms/orders", order["id"], patch, seen).status_code

    with ThreadPoolExecutor(8) as many:
        statuses = list(many.map(edit, range(8)))
    assert sorted(statuses) == [200] + [412] * 7
