"""Whatever is done to the sandbox's warehouse, in whatever order, its figures agree with one another."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from crossdock.sandbox.memory import MemoryShelves
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms import bodies
from crossdock.sandbox.wms.generate import generator
from crossdock.sandbox.wms.orders import cancel_order, update_order
from crossdock.sandbox.wms.returns import create_return, receive_return
from crossdock.sandbox.wms.simulate import fulfil_order
from tests.support.depot import HOLDING, MOMENT, NOW, Depot, check_figures


@pytest.mark.parametrize("seed", range(12))
def test_generated_records_agree(seed: int) -> None:
    made = []
    for _ in range(2):
        site = Site(MemoryShelves(), NOW)
        generator(seed, MOMENT)(site)
        made.append(site)
    check_figures(made[0])
    kinds: list[Any] = ["products", "inventory", "orders", "inbound_shipments", "returns"]
    first, second = ([site.shelves.all(kind) for kind in kinds] for site in made)
    assert first == second
    products, _, orders, inbound, returns = first
    assert (len(products), sum(product["is_kit"] for product in products)) == (40, 4)
    assert {order["status"] for order in orders} == {*HOLDING, "fulfilled", "cancelled", "backordered"}
    assert {shipment["status"] for shipment in inbound} == {"open", "receiving", "received"}
    assert {record["status"] for record in returns} == {"open", "receiving", "received", "cancelled"}
    assert max(record["updated_date"] for rows in first for record in rows) <= NOW


UNITS = st.integers(1, 6)
SKUS = st.sampled_from(["A", "B", "AB"])
ITEMS = st.sampled_from(["A", "B"])
PICK = st.integers(0, 50)


class AnyDay(RuleBasedStateMachine):
    """Whatever happens in whatever order, the figures agree, and what is refused changes nothing."""

    @initialize()
    def open(self) -> None:
        self.depot = Depot()
        self.orders = 0

    def attempt(self, operation: Any, *arguments: Any) -> None:
        before = deepcopy(self.depot.site.shelves)
        try:
            operation(*arguments)
        except Refused:
            self.depot.site.shelves = before

    def one_of(self, kind: Any, pick: int) -> Record | None:
        records = self.depot.site.shelves.all(kind)
        return records[pick % len(records)] if records else None

    @rule(sku=ITEMS, units=UNITS, building=st.integers(0, 1), kind=st.sampled_from(["increase", "decrease"]))
    def adjust(self, sku: str, units: int, building: int, kind: str) -> None:
        self.attempt(self.depot.stock, sku, units, building, kind)

    @rule(lines=st.lists(st.tuples(SKUS, UNITS), min_size=1, max_size=3))
    def place(self, lines: list[tuple[str, int]]) -> None:
        self.orders += 1
        self.depot.order(str(self.orders), *lines)

    @rule(pick=PICK, lines=st.lists(st.tuples(SKUS, UNITS), min_size=1, max_size=3))
    def change(self, pick: int, lines: list[tuple[str, int]]) -> None:
        if order := self.one_of("orders", pick):
            rows = [bodies.OrderLine(sku=sku, quantity=units) for sku, units in lines]
            self.attempt(update_order, self.depot.site, order["id"], bodies.UpdateOrder(line_items=rows))

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        if order := self.one_of("orders", pick):
            self.attempt(cancel_order, self.depot.site, order["id"], Nothing())

    @rule(pick=PICK, partial=st.booleans())
    def ship(self, pick: int, partial: bool) -> None:
        if order := self.one_of("orders", pick):
            self.attempt(fulfil_order, self.depot.site, order["id"], partial)

    @rule(sku=ITEMS, units=UNITS, building=st.integers(0, 1))
    def announce(self, sku: str, units: int, building: int) -> None:
        body = (sku, units)
        self.depot.expect(body, building=building)

    @rule(pick=PICK, sku=ITEMS, units=UNITS)
    def receive(self, pick: int, sku: str, units: int) -> None:
        if delivery := self.one_of("inbound_shipments", pick):
            self.attempt(self.depot.receive, delivery, (sku, units))

    @rule(pick=PICK)
    def send_back(self, pick: int) -> None:
        if order := self.one_of("orders", pick):
            self.attempt(create_return, self.depot.site, bodies.ReturnTerms(order_id=order["id"]))

    @rule(pick=PICK, sku=ITEMS, units=UNITS, condition=st.sampled_from(["good", "damaged"]))
    def take_back(self, pick: int, sku: str, units: int, condition: Any) -> None:
        if record := self.one_of("returns", pick):
            line = bodies.ReturnedLine(sku=sku, quantity=units, condition=condition)
            body = bodies.ReceiveReturn(line_items=[line])
            self.attempt(receive_return, self.depot.site, record["id"], body)

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "depot"):
            self.depot.check()


AnyDay.TestCase.settings = settings(max_examples=30, stateful_step_count=25, derandomize=True, deadline=None)
test_any_day = AnyDay.TestCase
