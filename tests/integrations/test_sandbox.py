"""The sandbox through the contract's doors: every write, what it refuses, and that it takes effect once."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.connections.install import connect
from crossdock.doubles.sandbox.stand import STAND
from crossdock.doubles.stand import Surroundings
from crossdock.errors import Unprocessable
from crossdock.schemas.actions import WRITE_ACTIONS, write_action
from crossdock.storage import journal
from tests.support.sandbox_world import SIZE, SandboxWorld, sandbox_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxWorld]:
    with sandbox_world(tmp_path_factory.mktemp("home")) as made:
        yield made


def test_an_order_commits_stock_and_its_shipment_lowers_it(world: SandboxWorld) -> None:
    product = world.new_product(stock=10)
    method, channel = world.choices("shipping-methods")[0], world.choices("channels")[0]
    body = world.an_order((product, 4), channel=channel, shipping_method_id=method, total_price=13.49)
    body["line_items"][0] |= {"sku": product["sku"], "unit_price": 3.5, "discount_amount": 0.5}
    written = world.write("POST", "/wms/orders", body)
    order = written["data"]
    assert written["id"] == order["id"]
    assert (order["status"], order["order_number"]) == ("open", body["order_number"])
    assert (order["channel"], order["channel_object"]["channel_id"]) == (channel, channel)
    assert (order["shipping_method_id"], order["carrier_name"]) == (method, "Parcel One")
    assert (order["ship_to_address"]["city"], order["total_price"]) == ("Austin", 13.49)
    [line] = order["line_items"]
    assert (line["sku"], line["quantity"], line["unit_price"], line["discount_amount"]) == (
        product["sku"],
        4,
        3.5,
        0.5,
    )
    assert world.stock_of(product) == (10, 4, 6)
    assert world.call("GET", f"/wms/orders/{order['id']}").json()["data"] == order

    path = f"/wms/orders/{order['id']}/shipments"
    part = [{"sku": product["sku"], "quantity": 1}]
    shipped = world.write("POST", path, world.a_shipment(order, line_items=part, carrier="Own van"))["data"]
    assert (shipped["id"], shipped["status"]) == (order["id"], "partially_fulfilled")
    [shipment] = shipped["shipments"]
    assert (shipment["shipped_date"], shipment["line_items"][0]["quantity"]) == ("2026-03-02T08:00:00Z", 1)
    [package] = shipment["packages"]
    assert (package["tracking_number"], package["carrier_name"]) == ("T-1", "Own van")
    assert package["measurements"] == SIZE
    packages = [{"package_id": f"P{number}", "tracking_number": f"T{number}"} for number in range(2)]
    whole = world.write("POST", path, world.a_shipment(order, packages=packages))["data"]
    assert (whole["status"], len(whole["shipments"][1]["packages"])) == ("fulfilled", 2)
    assert world.stock_of(product) == (6, 0, 6)


def test_a_backordered_order_is_released_by_what_comes_in(world: SandboxWorld) -> None:
    product = world.new_product()
    order = world.order((product, 3))
    assert (order["status"], order["warehouse_id"]) == ("backordered", None)
    warehouse = world.choices("warehouses")[1]
    body = {
        "supplier": "Example Mills",
        "purchase_order_number": "PO-9",
        "expected_arrival_date": "2026-04-01T00:00:00Z",
        "warehouse_id": warehouse,
        "tracking_number": "T-9",
        "line_items": [{"sku": product["sku"], "expected_quantity": 5}],
    }
    inbound = world.write("POST", "/wms/inbound-shipments", body)["data"]
    assert (inbound["status"], inbound["supplier"], inbound["tracking_numbers"]) == (
        "open",
        "Example Mills",
        ["T-9"],
    )
    path = f"/wms/inbound-shipments/{inbound['id']}"
    more = {"line_items": [{"sku": product["sku"], "expected_quantity": 6}], "supplier": "Somebody New"}
    changed = world.write("PUT", path, more)["data"]
    assert (changed["line_items"][0]["expected_quantity"], changed["supplier"]) == (6, "Somebody New")
    places = world.there("/locations")["items"]
    location = next(place["id"] for place in places if place["warehouse_id"] == warehouse)
    elsewhere = next(place["id"] for place in places if place["warehouse_id"] != warehouse)
    receipt = {"line_items": [{"sku": product["sku"], "quantity": 4}], "warehouse_location_id": location}
    received = world.write("PUT", f"{path}/receive", receipt)["data"]
    assert (received["status"], received["receipts"][0]["line_items"][0]["quantity"]) == ("receiving", 4)
    assert world.stock_of(product) == (4, 3, 1)
    assert world.there(f"/orders/{order['id']}")["status"] == "open"
    assert "2 of" in world.refused(
        422,
        "/line_items/0/quantity",
        "PUT",
        f"{path}/receive",
        receipt | {"line_items": [{"sku": product["sku"], "quantity": 3}]},
    )
    there = receipt | {"warehouse_location_id": elsewhere}
    world.refused(422, "/warehouse_location_id", "PUT", f"{path}/receive", there)


def test_an_order_is_changed_and_cancelled(world: SandboxWorld) -> None:
    product = world.new_product(stock=5)
    order = world.order((product, 3))
    path = f"/wms/orders/{order['id']}"
    change = {
        "line_items": [{"sku": product["sku"], "quantity": 5}],
        "ship_to_address": {"city": "Reno"},
        "status": "confirmed",
    }
    changed = world.write("PUT", path, change)["data"]
    assert (changed["status"], changed["ship_to_address"]["city"]) == ("confirmed", "Reno")
    assert changed["ship_to_address"]["address1"] == "1 Sample Street"
    assert world.stock_of(product) == (5, 5, 0)
    assert world.write("PUT", f"{path}/cancel")["data"]["status"] == "cancelled"
    assert world.stock_of(product) == (5, 0, 5)
    assert "cancelled" in world.refused(409, None, "PUT", f"{path}/cancel")
    unnamed = {"line_items": [{"quantity": 1}]}
    assert world.call("PUT", path, unnamed).json()["errors"][0]["pointer"] == "/line_items/0"
    assert world.call("PUT", path, {"status": "fulfilled"}).status_code == 422


def test_kits(world: SandboxWorld) -> None:
    part, other = world.new_product(stock=6), world.new_product(stock=6)
    parts = [{"sku": part["sku"], "unit_quantity": 1}, {"sku": other["sku"], "unit_quantity": 2}]
    sku = f"KIT-{part['sku']}"
    body = {"sku": sku, "name": "Kit", "gtin": "1", "measurements": SIZE, "inventory_items": parts}
    kit = world.write("POST", "/wms/kits", body)["data"]
    assert (kit["is_kit"], [row["unit_quantity"] for row in kit["inventory_items"]]) == (True, [1, 2])
    order = world.order((kit, 2))
    assert (world.stock_of(part), world.stock_of(other)) == ((6, 2, 4), (6, 4, 2))
    shipped = world.write("POST", f"/wms/orders/{order['id']}/shipments", world.a_shipment(order))["data"]
    rows = shipped["shipments"][0]["line_items"]
    assert [(row["quantity"], row["parent_product_id"]) for row in rows] == [(2, kit["id"]), (4, kit["id"])]
    fewer = {"inventory_items": parts[:1], "name": "Smaller kit"}
    changed = world.write("PUT", f"/wms/kits/{kit['id']}", fewer)["data"]
    assert (changed["name"], len(changed["inventory_items"])) == ("Smaller kit", 1)
    inside = {"inventory_items": [{"sku": sku, "unit_quantity": 1}]}
    world.refused(422, "/inventory_items/0/sku", "PUT", f"/wms/kits/{kit['id']}", inside)
    assert world.call("PUT", f"/wms/kits/{part['id']}", fewer).status_code == 404


def test_products(world: SandboxWorld) -> None:
    product = world.new_product()
    path = f"/wms/products/{product['id']}"
    sku = f"{product['sku']}-B"
    change = {"sku": sku, "name": "New name", "gtin": "4012345678901", "measurements": SIZE}
    changed = world.write("PUT", path, change | {"trackstar_tags": ["new"]})["data"]
    assert (changed["sku"], changed["gtin"], changed["trackstar_tags"]) == (sku, "4012345678901", ["new"])
    assert changed["additional_fields"]["measurements"] == SIZE
    assert changed["inventory_items"][0]["sku"] == sku
    assert "new" not in str(world.there(f"/products/{product['id']}"))
    assert "taken" in world.refused(409, "/sku", "POST", "/wms/products", {"sku": sku, "name": "Again"})


def test_returns(world: SandboxWorld) -> None:
    product = world.new_product(stock=5)
    order = world.order((product, 5))
    world.refused(422, "/order_id", "POST", "/wms/returns", {"order_id": order["id"]})
    world.write("POST", f"/wms/orders/{order['id']}/shipments", world.a_shipment(order))
    made = world.write("POST", "/wms/returns", {"order_id": order["id"]})["data"]
    assert (made["status"], made["order_id"]) == ("open", order["id"])
    assert made["line_items"][0]["expected_quantity"] == made["line_items"][0]["quantity"] == 5
    path = f"/wms/returns/{made['id']}"
    fewer = {
        "line_items": [{"sku": product["sku"], "quantity": 2}],
        "warehouse_id": world.choices("warehouses")[1],
    }
    changed = world.write("PUT", path, fewer)["data"]
    assert changed["line_items"][0]["expected_quantity"] == 2
    too_many = {"order_id": order["id"], "line_items": [{"sku": product["sku"], "quantity": 4}]}
    world.refused(422, "/line_items/0/quantity", "POST", "/wms/returns", too_many)
    assert world.write("PUT", f"{path}/cancel")["data"]["status"] == "cancelled"
    assert world.write("POST", "/wms/returns", too_many)["data"]["status"] == "open"
    unnamed = world.call("POST", "/wms/returns", {"trackstar_tags": ["t"]})
    assert (unnamed.status_code, unnamed.json()["errors"][0]["pointer"]) == (422, "")


def test_adjustments(world: SandboxWorld) -> None:
    product = world.new_product(stock=5)
    world.order((product, 3))
    path = f"/wms/inventory/{product['inventory_items'][0]['inventory_item_id']}/adjust"
    places = world.there("/locations")["items"]
    body = {
        "quantity": 2,
        "adjustment_type": "decrease",
        "warehouse_id": places[0]["warehouse_id"],
        "location_id": places[0]["id"],
    }
    item = world.write("PUT", path, body)["data"]
    assert (item["onhand"], item["committed"], item["fulfillable"], item["sellable"]) == (3, 3, 0, 0)
    assert item["locations"][0]["quantity"] == 3
    assert item["inventory_by_warehouse_id"][places[0]["warehouse_id"]]["onhand"] == 3
    assert "committed" in world.refused(409, "/quantity", "PUT", path, body)
    elsewhere = body | {"warehouse_id": places[-1]["warehouse_id"]}
    refused = world.call("PUT", path, elsewhere)
    assert (refused.status_code, refused.json()["origin"]) == (422, "trackstar")
    assert refused.json()["errors"][0]["pointer"] == "/warehouse_id"


def test_files(world: SandboxWorld) -> None:
    order = world.order((world.new_product(stock=1), 1))
    path = f"/wms/orders/{order['id']}/file"
    files = {"file": ("label.pdf", b"abc", "application/pdf")}
    answer = world.write("POST", path, files=files)
    assert (answer["data"], answer["id"]) == ("success", order["id"])
    by_url = {"file_url": (None, "https://example.com/a.pdf"), "file_name": (None, "a.pdf")}
    world.write("POST", path, files=by_url)
    kept, linked = world.there(f"/orders/{order['id']}")["files"]
    assert (kept["name"], kept["size"], kept["sha256"][:8]) == ("label.pdf", 3, "ba7816bf")
    assert (linked["name"], linked["url"]) == ("a.pdf", "https://example.com/a.pdf")
    shown = world.write("PUT", f"/wms/orders/{order['id']}", {"service_level": "Standard"})["data"]
    assert len(shown["additional_fields"]["files"]) == 2
    neither = world.call("POST", path, files={"file_name": (None, "x")})
    assert neither.status_code == 422


@pytest.mark.parametrize("name", STAND.examples)
def test_every_example_is_taken(world: SandboxWorld, name: str) -> None:
    def write(action: str, body: Mapping[str, Any], record_id: str = "") -> dict[str, Any]:
        declared = write_action("wms", action)
        path = re.sub(r"\{\w+\}", record_id, declared.path)
        if declared.takes_file:
            files = {key: (None, value) for key, value in body.items()}
            return world.write(declared.method, path, files=files)
        return world.write(declared.method, path, dict(body) if body else None)

    example = STAND.examples[name](Surroundings(unique=str(next(world.numbers)), write=write))
    written = write(name, example.body, example.record_id)
    assert written["id"]
    if written["data"] != "success":
        collection = write_action("wms", name).collection
        assert world.call("GET", f"/wms/{collection}/{written['id']}").json()["data"] == written["data"]


def test_every_write_of_the_contract_is_there(world: SandboxWorld) -> None:
    integration = world.service.catalog.get("wms", "sandbox")
    wanted = {action.name for action in WRITE_ACTIONS if action.integration_type == "wms"}
    assert {write.action.name for write in integration.writes} == wanted == set(STAND.examples)


def test_a_retry_after_an_interruption_changes_stock_once(
    world: SandboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = world.new_product(stock=10)
    path = f"/wms/inventory/{product['inventory_items'][0]['inventory_item_id']}/adjust"
    body = {
        "quantity": 4,
        "adjustment_type": "decrease",
        "warehouse_id": world.choices("warehouses")[0],
    }
    headers = {"idempotency-key": "adjust-once"}

    def stops(*arguments: Any) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "succeed", stops)
        assert world.call("PUT", path, body, headers=headers).status_code >= 500
    assert world.stock_of(product) == (6, 0, 6)
    assert world.write("PUT", path, body, headers=headers)["data"]["onhand"] == 6
    assert world.stock_of(product) == (6, 0, 6)
    again = world.call("PUT", path, body, headers=headers)
    assert again.headers["idempotent-replayed"] == "true"


def test_a_dry_run_shows_the_request_and_changes_nothing(world: SandboxWorld) -> None:
    product = world.new_product(stock=2)
    body = world.an_order((product, 1), shipping_method=world.choices("shipping-methods")[1])
    shown = world.call("POST", "/wms/orders", body, headers={"x-dry-run": "true"})
    request = shown.json()["vendor_request"]
    assert request["body"]["shipping_method_id"] == body["shipping_method"]
    assert request["headers"]["authorization"] == "Bearer [redacted]"
    assert world.sandbox.key not in shown.text
    assert world.stock_of(product) == (2, 0, 2)


def test_write_info_has_the_accounts_values(world: SandboxWorld) -> None:
    path = "/integrations/wms/sandbox/write-info"
    document = world.call("GET", path).json()
    schemas = document["components"]["schemas"]
    warehouses = world.choices("warehouses")
    assert schemas["AdjustwmsInventorySandboxSchema"]["properties"]["warehouse_id"]["enum"] == warehouses
    locations = schemas["ReceivewmsInboundShipmentSandboxSchema"]["properties"]["warehouse_location_id"]
    assert locations["enum"] == world.choices("locations")
    methods = schemas["CreatewmsOrderSandboxSchema"]["properties"]["shipping_method_id"]["enum"]
    assert methods == world.choices("shipping-methods")
    assert sum(len(item) for item in document["paths"].values()) >= 16
    explained = world.call("GET", path, params={"explain": "true"}).json()["components"]["schemas"]
    carrier = explained["CreatewmsShipmentSandboxSchema"]["properties"]["carrier"]
    assert carrier["x-vendor-field"] == ["POST /orders/{}/shipments#/carrier_name"]
    length = explained["ProductMeasurements"]["properties"]["length"]["x-vendor-field"]
    assert {place.split("#")[0] for place in length} == {
        "POST /products",
        "PUT /products/{}",
        "POST /kits",
        "PUT /kits/{}",
    }
    two = world.an_order((world.new_product(), 1), shipping_method_id=methods[0], shipping_method=methods[1])
    assert world.call("POST", "/wms/orders", two).json()["errors"][0]["pointer"] == "/shipping_method"


def test_a_wrong_key_is_told_before_it_is_kept(world: SandboxWorld) -> None:
    service = world.service
    integration = service.catalog.get("wms", "sandbox")
    for fields in (
        {"sandbox_id": world.sandbox.id, "key": "wrong"},
        {"sandbox_id": "not an id", "key": world.sandbox.key},
    ):
        with pytest.raises(Unprocessable) as caught:
            world.runner.run(
                connect(
                    service.database,
                    service.vault,
                    service.vendors,
                    integration,
                    organisation="acme",
                    fields=fields,
                )
            )
        assert caught.value.faults[0].pointer == "/credential/sandbox_id"


MOMENTS = st.one_of(
    st.sampled_from(["1900-01-01T00:00:00+23:59", "8999-12-31T23:59:59-23:59", "2016-12-31T23:59:60Z"]),
    st.sampled_from(["1899-12-31T23:59:59Z", "9000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "0000-01-01"]),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
)
TEXTS = st.one_of(
    st.text(max_size=30), st.sampled_from(["x" * 200, "x" * 201, "\0", "none", "\U0001f600" * 200])
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    moment=MOMENTS, text=TEXTS, units=st.one_of(st.integers(-1, 3), st.sampled_from([10**6, 10**6 + 1, 1.0]))
)
def test_what_the_document_allows_the_sandbox_takes(
    world: SandboxWorld, moment: str, text: str, units: float
) -> None:
    """Dates, texts and quantities at their limits: no refusal comes from beyond the published schema."""
    body = {
        "supplier": "Example Mills",
        "purchase_order_number": text,
        "expected_arrival_date": moment,
        "warehouse_id": world.choices("warehouses")[0],
        "tracking_number": text,
        "line_items": [{"sku": "MUG-1", "expected_quantity": units}],
    }
    answer = world.call("POST", "/wms/inbound-shipments", body)
    assert answer.status_code == 200 or answer.json()["origin"] == "trackstar", (body, answer.text)
    assert answer.status_code in (200, 422)
