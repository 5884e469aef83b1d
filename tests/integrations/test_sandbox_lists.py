"""The sandbox's lists, read page by page from the application that stands for its host."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.connector import Span
from crossdock.connector.pool import VendorPool
from crossdock.errors import VendorError
from crossdock.integrations.sandboxes import lists
from crossdock.integrations.wms.sandbox import integration
from crossdock.sandbox.app import SANDBOX_HOST, create_sandbox_app
from crossdock.storage.tables import sandbox_records
from tests.support.listing import Listed, crawl
from tests.support.sandbox_world import ADDRESS, MOMENT, SandboxWorld, sandbox_world

OF_THE_COPY = {"connection_id", "trackstar_created_date", "trackstar_updated_date", "trackstar_tags"}
ALL = [listing.function.name for listing in integration.lists]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxWorld]:
    with sandbox_world(tmp_path_factory.mktemp("lists")) as made:
        yield made


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 7)


def read(
    world: SandboxWorld, function: str, span: Span | None = None, between: Callable[[], None] | None = None
) -> Listed:
    """A list from its beginning to its end; `between` is called once, after the first page was answered."""
    app = create_sandbox_app(world.service.database)
    system = app if between is None else interrupted(app, between)
    pool = VendorPool(allow_private_networks=False, timeout=20, systems={SANDBOX_HOST: system})
    credentials = {"sandbox_id": world.sandbox.id, "key": world.sandbox.key}
    return crawl("wms/sandbox", credentials, function, span or Span(), pool=pool)


def interrupted(app: ASGIApp, between: Callable[[], None]) -> ASGIApp:
    waiting = [between]

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        while waiting:
            waiting.pop()()

    return answering


def alter(world: SandboxWorld, record_id: str, *, new_id: str = "", **fields: Any) -> None:
    """Changes a record beneath the sandbox, or with `new_id` puts a copy of it at the end of its list."""
    columns = sandbox_records.c
    ours = columns.sandbox_id == world.sandbox.id
    with world.service.database.transaction() as db:
        row = dict(db.execute(sa.select(sandbox_records).where(ours, columns.id == record_id)).one()._mapping)
        data = orjson.dumps(orjson.loads(row["data"]) | fields).decode()
        moved = {"data": data, "updated_date": fields.get("updated_date", row["updated_date"])}
        if not new_id:
            db.execute(sa.update(sandbox_records).where(ours, columns.id == record_id).values(moved))
            return
        last = db.scalar(sa.select(sa.func.max(columns.sequence)).where(ours))
        db.execute(sa.insert(sandbox_records).values({**row, **moved, "id": new_id, "sequence": last + 1}))


def copied(world: SandboxWorld, record_id: str, new_id: str, **fields: Any) -> None:
    alter(world, record_id, new_id=new_id, **{"id": new_id, **fields})


def ids(listed: Listed) -> list[str]:
    assert listed.put_aside == []
    return [record["id"] for record in listed.records]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def same(listed: Mapping[str, Any], written: Mapping[str, Any]) -> None:
    for name in written.keys() - OF_THE_COPY:
        assert listed[name] == written[name], name
    assert listed.keys() == written.keys() - OF_THE_COPY


@pytest.mark.parametrize("function", ALL)
def test_pages_of_any_size_give_every_record_once(
    world: SandboxWorld, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(world, function)
    assert whole.pages == 1
    monkeypatch.setattr(lists, "PAGE", 3)
    paged = read(world, function)
    assert paged.pages == -(-len(whole.records) // 3)
    assert ids(paged) == ids(whole)
    assert paged.records == whole.records


@pytest.mark.usefixtures("small_pages")
def test_records_that_are_added_or_changed_meanwhile_move_no_other(world: SandboxWorld) -> None:
    before = ids(read(world, "get_orders"))

    def meanwhile() -> None:
        copied(world, before[0], "ord_added", updated_date="2026-03-01T12:00:01Z")
        alter(world, before[0], updated_date="2026-03-01T12:00:02Z")
        alter(world, before[10], updated_date="2026-03-01T12:00:02Z")

    assert ids(read(world, "get_orders", between=meanwhile)) == [*before, "ord_added"]


@pytest.mark.parametrize("function", ALL)
def test_a_span_begins_with_its_first_second_and_ends_before_its_last(
    world: SandboxWorld, function: str
) -> None:
    whole = read(world, function).records
    second = timedelta(seconds=1)
    times = sorted({record["updated_date"] for record in whole})
    for changed in {times[0], times[len(times) // 2], times[-1]}:
        at = moment(changed)
        of_that = [record["id"] for record in whole if record["updated_date"] == changed]
        later = [record["id"] for record in whole if record["updated_date"] > changed]
        assert ids(read(world, function, Span(at, at + second))) == of_that
        assert ids(read(world, function, Span(at + second))) == later
        assert not set(of_that) & set(ids(read(world, function, Span(None, at))))


def test_what_a_write_changes_is_in_the_span_of_its_time(world: SandboxWorld) -> None:
    """An order takes stock, so the item in inventory changes with it."""
    product = world.new_product(stock=3)
    began = datetime.now(UTC).replace(microsecond=0)
    order = world.order((product, 2))
    assert order["id"] in ids(read(world, "get_orders", Span(began)))
    item_id = product["inventory_items"][0]["inventory_item_id"]
    item = read(world, "get_inventory", Span(began)).one(item_id)
    assert (item["onhand"], item["committed"], item["fulfillable"]) == (3, 2, 1)
    assert ids(read(world, "get_orders", Span(datetime.now(UTC) + timedelta(days=3650)))) == []


def test_a_list_has_what_the_writes_answered(world: SandboxWorld) -> None:
    product = world.new_product(stock=9)
    order = world.order((product, 2), reference_id="R-1", trackstar_tags=["vip"])
    shipped = world.write("POST", f"/wms/orders/{order['id']}/shipments", world.a_shipment(order))["data"]
    same(read(world, "get_orders").one(order["id"]), shipped)
    same(read(world, "get_products").one(product["id"]), product)
    lines = [{"sku": product["sku"], "expected_quantity": 4}]
    warehouse_id = world.choices("warehouses")[0]
    announced = {
        "supplier": "Sample Mill",
        "purchase_order_number": "PO-list",
        "expected_arrival_date": "2026-04-01T08:00:00Z",
        "warehouse_id": warehouse_id,
        "tracking_number": "T-9",
        "line_items": lines,
    }
    shipment = world.write("POST", "/wms/inbound-shipments", announced)["data"]
    same(read(world, "get_inbound_shipments").one(shipment["id"]), shipment)
    returned = world.write("POST", "/wms/returns", {"order_id": order["id"]})["data"]
    same(read(world, "get_returns").one(returned["id"]), returned)
    item_id = product["inventory_items"][0]["inventory_item_id"]
    more = {"quantity": 1, "adjustment_type": "increase", "warehouse_id": warehouse_id}
    adjusted = world.write("PUT", f"/wms/inventory/{item_id}/adjust", more)["data"]
    same(read(world, "get_inventory").one(item_id), adjusted)
    suppliers = {record["id"]: record["name"] for record in read(world, "get_suppliers").records}
    assert suppliers[shipment["supplier_object"]["supplier_id"]] == "Sample Mill"


def test_records_refer_to_those_of_the_other_lists(world: SandboxWorld) -> None:
    warehouses = set(ids(read(world, "get_warehouses")))
    assert len(warehouses) == 2
    assert {place["warehouse_id"] for place in read(world, "get_warehouse_locations").records} == warehouses
    channels, methods = (
        set(ids(read(world, f"get_{kind}"))) for kind in ("order_channels", "shipping_methods")
    )
    orders = [o for o in read(world, "get_orders").records if o["order_number"].startswith("SO-")]
    assert {order["channel_object"]["channel_id"] for order in orders} <= channels
    assert {order["shipping_method_id"] for order in orders} <= methods
    assert {"other", "cancelled", "fulfilled", "backordered", "exception"} <= {o["status"] for o in orders}
    assert all(order["raw_status"] == order["status"] for order in orders)


@pytest.mark.usefixtures("small_pages")
def test_a_row_that_is_no_record_is_put_aside_alone(world: SandboxWorld) -> None:
    known = ids(read(world, "get_products"))
    copied(world, known[0], "prod_wrong", inventory_items=5)
    copied(world, known[0], "prod_nameless", id=None)
    try:
        listed = read(world, "get_products")
        assert [record["id"] for record in listed.records] == known
        assert [reason.row_id for reason in listed.put_aside] == ["prod_wrong", ""]
        assert "Expected `array`" in listed.put_aside[0].reason
    finally:
        with world.service.database.transaction() as db:
            wrong = sandbox_records.c.id.in_(["prod_wrong", "prod_nameless"])
            db.execute(sa.delete(sandbox_records).where(wrong))


def test_texts_arrive_as_they_were_written(world: SandboxWorld) -> None:
    name = "\U0001f9e3 \u0417\u0438\u043c\u0430 \u51ac \u200f\u0634\u062a\u0627\u0621 " + "x" * 9_000
    product = world.write("POST", "/wms/products", {"sku": "\U0001f9e3-1", "name": name})["data"]
    assert read(world, "get_products").one(product["id"])["name"] == name
    address = {**ADDRESS, "full_name": "Ada \U0001f600 Example"}
    order = world.order((product, 1), ship_to_address=address)
    found = read(world, "get_orders").one(order["id"])
    assert found["ship_to_address"]["full_name"] == "Ada \U0001f600 Example"
    huge = "\u00e9" * 500_000
    alter(world, product["id"], name=huge)
    assert read(world, "get_products").one(product["id"])["name"] == huge


def test_another_key_opens_no_list(world: SandboxWorld) -> None:
    app = create_sandbox_app(world.service.database)
    pool = VendorPool(allow_private_networks=False, timeout=20, systems={SANDBOX_HOST: app})
    credentials = {"sandbox_id": world.sandbox.id, "key": "not-the-key"}
    with pytest.raises(VendorError) as refused:
        crawl("wms/sandbox", credentials, "get_orders", pool=pool)
    assert refused.value.extra["vendor_status"] == 401
    assert "not-the-key" not in refused.value.message


@pytest.mark.parametrize("name", ["updated_since", "updated_before"])
@pytest.mark.parametrize("said", ["yesterday", "2026-03-01", "2026-03-01T12:00:00.5Z"])
def test_a_moment_in_another_form_is_refused(world: SandboxWorld, name: str, said: str) -> None:
    answer = world.there(f"/orders?{name}={said}")
    assert answer["message"].startswith(f"{name} is not a moment")
    right = world.there(f"/orders?{name}={MOMENT:%Y-%m-%dT%H:%M:%SZ}")
    assert "items" in right
