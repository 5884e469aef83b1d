"""The sandbox's warehouse behaves like one."""

from typing import Any

import pytest

from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.wms import bodies
from crossdock.sandbox.wms.adjustments import adjust_inventory
from crossdock.sandbox.wms.inbound import update_inbound_shipment
from crossdock.sandbox.wms.orders import cancel_order, place_order, update_order
from crossdock.sandbox.wms.products import create_kit, create_product, update_kit, update_product
from crossdock.sandbox.wms.returns import cancel_return, create_return, receive_return, update_return
from crossdock.sandbox.wms.shipping import attach_file
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.sandbox.wms.stock import COUNTS
from tests.support.depot import ADDRESS, Depot


@pytest.fixture
def depot() -> Depot:
    return Depot()


def refused(status: int, field: str | None, operation: Any, *arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        operation(*arguments)
    assert (caught.value.status, caught.value.field) == (status, field)


def test_an_order_commits_and_its_shipment_takes_out(depot: Depot) -> None:
    depot.stock("A", 10)
    order = depot.order("1", ("A", 4))
    assert (order["status"], order["warehouse_id"]) == ("open", depot.warehouses[0])
    assert depot.figures("A") == (10, 4, 6)
    half = depot.ship(order, ("A", 1))
    assert half["status"] == "partially_fulfilled"
    assert depot.figures("A") == (9, 3, 6)
    whole = depot.ship(order)
    assert whole["status"] == "fulfilled"
    assert [line["quantity"] for line in whole["shipments"][1]["line_items"]] == [3]
    assert depot.figures("A") == (6, 0, 6)
    refused(409, None, depot.ship, order)


def test_an_order_is_filled_from_one_warehouse(depot: Depot) -> None:
    depot.stock("A", 3, building=0)
    depot.stock("A", 5, building=1)
    assert depot.order("1", ("A", 4))["warehouse_id"] == depot.warehouses[1]
    assert depot.order("2", ("A", 4))["status"] == "backordered"


def test_a_kit_commits_and_ships_its_components(depot: Depot) -> None:
    depot.stock("A", 5)
    depot.stock("B", 5)
    order = depot.order("1", ("AB", 2))
    assert (depot.figures("A"), depot.figures("B")) == ((5, 2, 3), (5, 4, 1))
    shipped = depot.ship(order, ("AB", 1))
    rows = shipped["shipments"][0]["line_items"]
    assert [(row["sku"], row["quantity"], row["parent_product_id"]) for row in rows] == [
        ("A", 1, depot.kit["id"]),
        ("B", 2, depot.kit["id"]),
    ]
    assert (depot.figures("A"), depot.figures("B")) == ((4, 1, 3), (3, 2, 1))


def test_a_changed_kit_leaves_orders_as_they_were_placed(depot: Depot) -> None:
    depot.stock("A", 5)
    depot.stock("B", 5)
    order = depot.order("1", ("AB", 1))
    only_a = bodies.UpdateKit(inventory_items=[bodies.KitComponent(sku="A", unit_quantity=3)])
    update_kit(depot.site, depot.kit["id"], only_a)
    depot.ship(order)
    assert (depot.figures("A"), depot.figures("B")) == ((4, 0, 4), (3, 0, 3))
    refused(404, None, update_kit, depot.site, depot.a["id"], only_a)


def test_goods_that_come_in_go_to_the_oldest_backorder_first(depot: Depot) -> None:
    waiting = [depot.order(str(number), ("A", 2)) for number in range(3)]
    delivery = depot.expect(("A", 5))
    assert depot.item("A")["awaiting"] == 5
    delivery = depot.receive(delivery, ("A", 3))
    assert delivery["status"] == "receiving"
    assert [depot.status(order) for order in waiting] == ["open", "backordered", "backordered"]
    delivery = depot.receive(delivery, ("A", 2))
    assert (delivery["status"], len(delivery["receipts"])) == ("received", 2)
    assert [depot.status(order) for order in waiting] == ["open", "open", "backordered"]
    assert depot.item("A")["awaiting"] == 0
    refused(409, None, depot.receive, delivery, ("A", 1))


def test_quarantined_goods_release_no_backorder(depot: Depot) -> None:
    waiting = depot.order("1", ("A", 1))
    depot.receive(depot.expect(("A", 5)), ("A", 5), location=depot.holds[0])
    assert depot.status(waiting) == "backordered"
    assert depot.item("A")["unfulfillable"] == 5


def test_cancelling_gives_back_what_was_held(depot: Depot) -> None:
    depot.stock("A", 3)
    before = depot.item("A")
    order, waiting = depot.order("1", ("A", 2)), depot.order("2", ("A", 3))
    assert cancel_order(depot.site, waiting["id"], Nothing())["status"] == "cancelled"
    assert cancel_order(depot.site, order["id"], Nothing())["status"] == "cancelled"
    assert depot.item("A") == before
    refused(409, None, cancel_order, depot.site, order["id"], Nothing())
    assert depot.order("3", ("A", 3))["status"] == "open"


def test_cancelling_releases_a_backorder(depot: Depot) -> None:
    depot.stock("A", 3)
    order, waiting = depot.order("1", ("A", 2)), depot.order("2", ("A", 3))
    cancel_order(depot.site, order["id"], Nothing())
    assert depot.status(waiting) == "open"


def test_new_lines_are_committed_in_the_place_of_the_old(depot: Depot) -> None:
    depot.stock("A", 5)
    order, waiting = depot.order("1", ("A", 4)), depot.order("2", ("A", 3))
    fewer = bodies.UpdateOrder(line_items=[bodies.OrderLine(sku="A", quantity=2)], trading_partner="Shop")
    changed = update_order(depot.site, order["id"], fewer)
    assert (changed["status"], changed["trading_partner"]) == ("open", "Shop")
    assert depot.status(waiting) == "open"
    assert depot.figures("A") == (5, 5, 0)
    more = bodies.UpdateOrder(line_items=[bodies.OrderLine(sku="A", quantity=6)])
    assert update_order(depot.site, order["id"], more)["status"] == "backordered"
    assert depot.figures("A") == (5, 3, 2)


def test_the_statuses_that_a_person_sets(depot: Depot) -> None:
    depot.stock("A", 1)
    order, waiting = depot.order("1", ("A", 1)), depot.order("2", ("A", 1))
    picked = update_order(depot.site, order["id"], bodies.UpdateOrder(status="picked"))
    assert (picked["status"], picked["line_items"][0]["is_picked"]) == ("picked", True)
    refused(409, "/status", update_order, depot.site, waiting["id"], bodies.UpdateOrder(status="packed"))
    update_order(depot.site, order["id"], bodies.UpdateOrder(status="cancelled"))
    assert depot.status(waiting) == "open"
    refused(409, None, update_order, depot.site, order["id"], bodies.UpdateOrder(status="open"))


def test_what_an_order_cannot_say(depot: Depot) -> None:
    depot.order("1", ("A", 1))
    refused(409, "/order_number", depot.order, "1", ("A", 1))
    refused(422, "/line_items/1/sku", depot.order, "2", ("A", 1), ("nothing", 1))
    both = bodies.OrderLine(product_id=depot.a["id"], sku="B", quantity=1)
    body = bodies.PlaceOrder(order_number="3", ship_to_address=ADDRESS, line_items=[both])
    refused(422, "/line_items/0/sku", place_order, depot.site, body)
    body.line_items = [bodies.OrderLine(product_id=depot.a["id"])]
    refused(422, "/line_items/0/quantity", place_order, depot.site, body)
    body.line_items = [bodies.OrderLine(quantity=1)]
    refused(422, "/line_items/0/product_id", place_order, depot.site, body)
    body.channel = "no such"
    refused(422, "/line_items/0/product_id", place_order, depot.site, body)


def test_what_a_shipment_cannot_say(depot: Depot) -> None:
    depot.stock("A", 2)
    order = depot.order("1", ("A", 2))
    refused(422, "/line_items/0/quantity", depot.ship, order, ("A", 3))
    refused(422, "/line_items/0/sku", depot.ship, order, ("B", 1))
    with pytest.raises(Refused, match="committed in"):
        depot.ship(order, warehouse_id=depot.warehouses[1])
    waiting = depot.order("2", ("A", 1))
    refused(409, None, depot.ship, waiting | {"warehouse_id": depot.warehouses[0]})


def test_a_shipment_says_who_carries_it_and_in_which_packages(depot: Depot) -> None:
    depot.stock("A", 2)
    method = depot.site.shelves.all("shipping_methods")[0]
    packages = [bodies.Package(package_id=name, tracking_number=name) for name in ("P1", "P2")]
    order = depot.ship(depot.order("1", ("A", 2)), shipping_method_id=method["id"], packages=packages)
    first, second = order["shipments"][0]["packages"]
    assert (first["tracking_number"], first["shipping_cost"], first["carrier_name"]) == ("P1", 2.5, "C")
    assert (second["tracking_number"], second["shipping_cost"]) == ("P2", None)


def test_adjustments_stop_at_nothing_and_at_what_is_committed(depot: Depot) -> None:
    depot.stock("A", 5)
    order = depot.order("1", ("A", 3))
    assert depot.stock("A", 2, kind="decrease")["stock"][order["warehouse_id"]]["fulfillable"] == 0
    refused(409, "/quantity", depot.stock, "A", 1, 0, "decrease")
    refused(409, "/quantity", depot.stock, "A", 1, 1, "decrease")
    waiting = depot.order("2", ("A", 2))
    depot.stock("A", 2)
    assert depot.status(waiting) == "open"
    item_id, building = depot.item("A")["id"], depot.warehouses[0]
    elsewhere = bodies.AdjustInventory(
        quantity=1, adjustment_type="increase", warehouse_id=building, location_id=depot.shelves[1]
    )
    refused(422, "/location_id", adjust_inventory, depot.site, item_id, elsewhere)


def test_an_inbound_shipment_is_changed_until_it_is_received(depot: Depot) -> None:
    delivery = depot.expect(("A", 5), ("B", 5))
    change = bodies.UpdateInboundShipment(warehouse_id=depot.warehouses[1], purchase_order_number="PO-2")
    delivery = update_inbound_shipment(depot.site, delivery["id"], change)
    assert depot.item("A")["inventory_by_warehouse_id"][depot.warehouses[1]]["awaiting"] == 5
    depot.receive(delivery, ("A", 4))
    back = bodies.UpdateInboundShipment(warehouse_id=depot.warehouses[0])
    refused(409, "/warehouse_id", update_inbound_shipment, depot.site, delivery["id"], back)
    less = bodies.UpdateInboundShipment(line_items=[bodies.InboundLine(sku="A", expected_quantity=3)])
    refused(422, "/line_items/0/expected_quantity", update_inbound_shipment, depot.site, delivery["id"], less)
    gone = bodies.UpdateInboundShipment(line_items=[bodies.InboundLine(sku="B", expected_quantity=5)])
    refused(422, "/line_items", update_inbound_shipment, depot.site, delivery["id"], gone)
    enough = bodies.UpdateInboundShipment(line_items=[bodies.InboundLine(sku="A", expected_quantity=4)])
    assert update_inbound_shipment(depot.site, delivery["id"], enough)["status"] == "received"
    depot.check()
    refused(409, None, update_inbound_shipment, depot.site, delivery["id"], enough)
    refused(422, "/line_items/0/sku", depot.expect, ("AB", 1))
    refused(422, "/line_items/1/sku", depot.expect, ("A", 1), ("A", 1))


def test_a_return_is_received_restocked_and_goes_to_who_waits(depot: Depot) -> None:
    depot.stock("A", 4)
    depot.stock("B", 4)
    order = depot.order("1", ("AB", 2), ("A", 2))
    depot.ship(order)
    waiting = depot.order("2", ("A", 3))
    made = create_return(depot.site, bodies.ReturnTerms(order_id=order["id"]))
    assert [(line["sku"], line["expected_quantity"]) for line in made["line_items"]] == [("A", 4), ("B", 4)]
    damaged = bodies.ReturnedLine(sku="A", quantity=1, condition="damaged")
    scrapped = bodies.ReturnedLine(sku="B", quantity=4, disposition="scrapped")
    half = receive_return(depot.site, made["id"], bodies.ReceiveReturn(line_items=[damaged, scrapped]))
    assert half["status"] == "receiving"
    assert (depot.item("A")["unfulfillable"], depot.item("B")["onhand"]) == (1, 0)
    refused(409, None, cancel_return, depot.site, made["id"], Nothing())
    whole = return_arrives(depot.site, made["id"])
    assert (whole["status"], whole["line_items"][0]["restocked_quantity"]) == ("received", 3)
    assert depot.status(waiting) == "open"
    refused(409, None, return_arrives, depot.site, made["id"])
    depot.check()


def test_no_more_comes_back_than_was_shipped(depot: Depot) -> None:
    depot.stock("A", 3)
    order = depot.order("1", ("A", 3))
    nothing = bodies.ReturnTerms(order_id=order["id"])
    refused(422, "/order_id", create_return, depot.site, nothing)
    depot.ship(order)
    two = bodies.ReturnTerms(order_id=order["id"], line_items=[bodies.SkuLine(sku="A", quantity=2)])
    made = create_return(depot.site, two)
    refused(422, "/line_items/0/quantity", create_return, depot.site, two)
    three = bodies.ReturnTerms(line_items=[bodies.SkuLine(sku="A", quantity=3)])
    assert update_return(depot.site, made["id"], three)["line_items"][0]["expected_quantity"] == 3
    refused(422, "/order_id", create_return, depot.site, nothing)
    assert cancel_return(depot.site, made["id"], Nothing())["status"] == "cancelled"
    refused(409, None, update_return, depot.site, made["id"], three)
    assert create_return(depot.site, two)["status"] == "open"
    refused(422, "/line_items", create_return, depot.site, bodies.ReturnTerms())


def test_a_sku_is_had_once_and_is_followed_when_it_changes(depot: Depot) -> None:
    refused(409, "/sku", create_product, depot.site, bodies.CreateProduct(sku="AB", name="Again"))
    refused(409, "/sku", update_product, depot.site, depot.a["id"], bodies.UpdateProduct(sku="B"))
    inside = [bodies.KitComponent(sku="AB", unit_quantity=1)]
    kit = bodies.CreateKit(sku="K", name="Kit", inventory_items=inside)
    refused(422, "/inventory_items/0/sku", create_kit, depot.site, kit)
    update_product(depot.site, depot.a["id"], bodies.UpdateProduct(sku="A2", name="Apricot"))
    assert depot.item("A2")["name"] == "Apricot"
    assert depot.site.get("products", depot.kit["id"])["inventory_items"][0]["sku"] == "A2"


def test_a_file_is_kept_by_its_digest(depot: Depot) -> None:
    order = depot.order("1", ("A", 1))
    attach_file(depot.site, order["id"], bodies.AttachFile(content=b"abc", file_name="a.txt"))
    order = attach_file(depot.site, order["id"], bodies.AttachFile(file_url="https://example.com/b"))
    first, second = order["files"]
    assert (first["name"], first["size"], first["sha256"][:8]) == ("a.txt", 3, "ba7816bf")
    assert (second["url"], second["size"]) == ("https://example.com/b", None)
    refused(422, "/file_url", attach_file, depot.site, order["id"], bodies.AttachFile())


def test_simulated_fulfilment(depot: Depot) -> None:
    depot.stock("A", 5)
    order = depot.order("1", ("A", 3), ("A", 2))
    assert fulfil_order(depot.site, order["id"], partial=True)["status"] == "partially_fulfilled"
    assert depot.figures("A") == (3, 3, 0)
    assert fulfil_order(depot.site, order["id"])["status"] == "fulfilled"
    refused(409, None, fulfil_order, depot.site, order["id"])
    refused(409, None, fulfil_order, depot.site, depot.order("2", ("A", 5))["id"])
    refused(404, None, fulfil_order, depot.site, "ord_0")
    depot.stock("A", 1)
    refused(409, None, fulfil_order, depot.site, depot.order("3", ("A", 1))["id"], True)


def test_counts_are_all_there(depot: Depot) -> None:
    depot.stock("A", 1)
    figures = depot.item("A")["inventory_by_warehouse_id"][depot.warehouses[0]]
    assert set(figures) == {*COUNTS, "onhand", "sellable", "unsellable"}
