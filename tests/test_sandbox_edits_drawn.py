"""Whatever records of a sandbox are edited to, other operations refuse or succeed, and its figures agree."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.catalog import Catalog
from crossdock.connector.listing import EVERYTHING
from crossdock.errors import Unprocessable
from crossdock.records.canonical import canonical
from crossdock.sandbox.cart import bodies as cart
from crossdock.sandbox.cart.orders import place_order as buy
from crossdock.sandbox.cart.orders import refund
from crossdock.sandbox.cart.orders import ship as send
from crossdock.sandbox.desk import answered
from crossdock.sandbox.editing import edit
from crossdock.sandbox.erp import bodies as erp
from crossdock.sandbox.erp.purchasing import cancel_purchase_order, receive
from crossdock.sandbox.erp.sales import cancel_sales_order, place_sales_order
from crossdock.sandbox.erp.sales import ship as deliver
from crossdock.sandbox.freight.shipments import begin_shipment, move_on
from crossdock.sandbox.memory import MemoryShelves
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Kind, Record, Site
from crossdock.sandbox.systems import SYSTEMS
from crossdock.sandbox.wms import bodies as wms
from crossdock.sandbox.wms.inbound import receive_inbound_shipment, update_inbound_shipment
from crossdock.sandbox.wms.orders import cancel_order, update_order
from crossdock.sandbox.wms.promises import items_needed
from crossdock.sandbox.wms.returns import create_return
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.schemas.actions import IntegrationType

NOW = "2026-03-01T12:00:00Z"
Operation = Callable[[Site, str], Any]


def _receive_inbound(site: Site, shipment_id: str) -> Record:
    shipment = site.get("inbound_shipments", shipment_id)
    line = shipment["line_items"][0]
    place = site.shelves.find("locations", shipment["warehouse_id"])[0]["id"]
    came = [wms.SkuLine(sku=line["sku"], quantity=1)]
    body = wms.ReceiveInboundShipment(line_items=came, warehouse_location_id=place)
    return receive_inbound_shipment(site, shipment_id, body)


def _expect_less(site: Site, shipment_id: str) -> Record:
    line = site.get("inbound_shipments", shipment_id)["line_items"][0]
    lines = [wms.InboundLine(sku=line["sku"], expected_quantity=1)]
    return update_inbound_shipment(site, shipment_id, wms.UpdateInboundShipment(line_items=lines))


def _order_less(site: Site, order_id: str) -> Record:
    line = site.get("orders", order_id)["line_items"][0]
    lines = [wms.OrderLine(product_id=line["product_id"], quantity=1)]
    return update_order(site, order_id, wms.UpdateOrder(line_items=lines))


def _refund_all(site: Site, order_id: str) -> Record:
    rows = site.get("cart_orders", order_id)["line_items"]
    lines = [cart.RefundLine(line_item_id=row["line_item_id"], quantity=1) for row in rows]
    return refund(site, order_id, cart.Refund(line_items=lines, restock=True))


def _buy_one(site: Site, product_id: str) -> Record:
    sku = site.get("cart_products", product_id)["sku"] or "none"
    return buy(site, cart.NewOrder(line_items=[cart.BoughtLine(sku=sku, quantity=1)]))


def _sell_one(site: Site, customer_id: str) -> Record:
    item = site.shelves.all("erp_items")[0]["id"]
    lines = [erp.SalesLine(item_id=item, quantity=0.5)]
    return place_sales_order(site, erp.PlaceSalesOrder(customer_id=customer_id, line_items=lines))


SHIP = cart.Ship(
    tracking_number="T", tracking_url="https://x", carrier_name="C", requested_shipping_method="S"
)
OPERATIONS: dict[Kind, list[Operation]] = {
    "orders": [
        fulfil_order,
        lambda site, found: fulfil_order(site, found, partial=True),
        lambda site, found: cancel_order(site, found, Nothing()),
        lambda site, found: create_return(site, wms.ReturnTerms(order_id=found)),
        _order_less,
    ],
    "returns": [return_arrives],
    "inbound_shipments": [_receive_inbound, _expect_less],
    "cart_orders": [lambda site, found: send(site, found, SHIP), _refund_all],
    "cart_products": [_buy_one],
    "erp_sales_orders": [
        lambda site, found: deliver(site, erp.Ship(sales_order_id=found)),
        lambda site, found: cancel_sales_order(site, found, Nothing()),
    ],
    "erp_purchase_orders": [
        lambda site, found: receive(site, erp.Receive(purchase_order_id=found)),
        lambda site, found: cancel_purchase_order(site, found, Nothing()),
    ],
    "erp_customers": [_sell_one],
    "freight_bookings": [begin_shipment],
    "freight_shipments": [move_on],
}
VALUES: tuple[Any, ...] = (
    None, 0, 1, 2, 7, 1000, -1, 0.5, 1.0, True, False, "", "x", "a\0b", [], {}, NOW, "8999-12-31T00:00:00Z",
    "open", "packed", "fulfilled", "partially_fulfilled", "backordered", "cancelled", "received", "receiving",
    "booked", "submitted", "shipped", "final_destination", "main", "quarantine", "shelf",
    "wh_000001", "wh_000007", "loc_000002", "inv_000024", "prod_000023", "BAG-1", "MUG-1",
)  # fmt: skip


def _filled(name: IntegrationType) -> MemoryShelves:
    shelves = MemoryShelves()
    SYSTEMS[name].generator(1)(Site(shelves, NOW))
    return shelves


def _copy(shelves: MemoryShelves) -> MemoryShelves:
    """The records are texts, so those of both shelves can be the same."""
    copied = MemoryShelves()
    copied.numbers = shelves.numbers
    for kind, kept in shelves._records.items():
        copied._records[kind] = dict(kept)
    return copied


FILLED = {name: _filled(name) for name in SYSTEMS}
CATALOG = Catalog.installed()
TRANSLATIONS = {
    (name, listing.request({}, EVERYTHING, None).path.strip("/")): listing.record
    for name in SYSTEMS
    for listing in CATALOG.get(name, "sandbox").lists
}


def _nulls(value: Any) -> list[Any]:
    """The value with a null in the place of each member, at any depth."""
    if isinstance(value, dict):
        return [{**value, name: inner} for name, there in value.items() for inner in (None, *_nulls(there))]
    if isinstance(value, list) and value:
        return [[inner, *value[1:]] for inner in _nulls(value[0])]
    return []


@pytest.mark.parametrize("name", list(SYSTEMS))
def test_what_can_be_null_or_left_out_can_be_so_in_the_canonical_record(name: IntegrationType) -> None:
    """So a fault is always told at the place of what is wrong, and not of the whole record."""
    tried = 0
    for collection, kind in SYSTEMS[name].reads.items():
        if collection == "kits" or kind not in SYSTEMS[name].edits:
            continue
        for record in FILLED[name].all(kind):
            for patch in _nulls(answered(kind, record)):
                shelves = _copy(FILLED[name])
                with suppress(Refused, Unprocessable):
                    after = edit(Site(shelves, NOW), kind, SYSTEMS[name].edits[kind], record["id"], patch)
                    canonical(TRANSLATIONS[name, collection], after)
                    tried += 1
    assert tried > 20


def _altered(data: st.DataObject, value: Any) -> Any:
    """The value with something else in one place."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(value)))
        return {**value, name: _altered(data, value[name])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 3)):
        at = data.draw(st.integers(0, len(value) - 1))
        rows = [*value[:at], _altered(data, value[at]), *value[at + 1 :]]
        return rows if data.draw(st.booleans()) else rows[:at] + rows[at + 1 :] or rows
    return data.draw(st.sampled_from(VALUES))


def _done(operation: Operation, record_id: str, site: Site) -> None:
    operation(site, record_id)


def _tried(shelves: MemoryShelves, deed: Callable[[Site], Any]) -> None:
    """Does it, or leaves everything as it was, as the database does."""
    before = _copy(shelves)._records
    try:
        deed(Site(shelves, NOW))
    except (Refused, Unprocessable):
        shelves._records = before


@pytest.mark.parametrize("name", list(SYSTEMS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_operations_after_edits(name: IntegrationType, data: st.DataObject) -> None:
    system = SYSTEMS[name]
    shelves = _copy(FILLED[name])
    collections = {kind: path for path, kind in system.reads.items() if path != "kits"}
    for _ in range(data.draw(st.integers(1, 6))):
        kind = data.draw(st.sampled_from(sorted(system.edits)))
        record_id = data.draw(st.sampled_from([row["id"] for row in shelves.all(kind)][:12]))
        site = Site(shelves, NOW)
        own = answered(kind, site.get(kind, record_id))
        member = data.draw(st.sampled_from(sorted(own)))
        patch = {member: _altered(data, own[member])}

        def deed(site: Site, kind: Kind = kind, record_id: str = record_id, patch: Record = patch) -> None:
            after = edit(site, kind, system.edits[kind], record_id, patch)
            canonical(TRANSLATIONS[name, collections[kind]], after)

        _tried(shelves, deed)
        for operation in OPERATIONS.get(kind, []):
            if data.draw(st.booleans()):
                _tried(shelves, partial(_done, operation, record_id))
        if name == "wms":
            _check_stock(shelves)


def _check_stock(shelves: MemoryShelves) -> None:
    """The figures of the warehouse sandbox, as `sandbox.wms.stock` promises them."""
    committed: Counter[tuple[str, str]] = Counter()
    for order in shelves.all("orders"):
        if order["status"] not in {"backordered", "fulfilled", "cancelled"}:
            for item_id, units in items_needed(order).items():
                committed[item_id, order["warehouse_id"]] += units
    awaited: Counter[tuple[str, str]] = Counter()
    for shipment in shelves.all("inbound_shipments"):
        if shipment["status"] != "received":
            for line in shipment["line_items"]:
                left = line["expected_quantity"] - line["received_quantity"]
                awaited[line["inventory_item_id"], shipment["warehouse_id"]] += left
    for item in shelves.all("inventory"):
        for warehouse_id, figures in item["stock"].items():
            lies: Counter[bool] = Counter()
            for place in item["bins"]:
                if place["warehouse_id"] == warehouse_id:
                    lies[place["quarantine"]] += place["quantity"]
            assert min(figures.values()) >= 0
            assert figures["committed"] == committed[item["id"], warehouse_id]
            assert figures["awaiting"] == awaited[item["id"], warehouse_id]
            assert figures["unfulfillable"] == lies[True]
            assert figures["fulfillable"] + figures["committed"] == lies[False]
