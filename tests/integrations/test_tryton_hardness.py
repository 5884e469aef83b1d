"""Tryton on a bad day: records in use, places that are gone, a server that stops in the middle."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from crossdock.doubles.tryton.process import DATABASE
from crossdock.doubles.tryton.rpc import Rpc
from tests.support.tryton_site import Site, a_purchase, a_sale, connected_site, unique, well_behaved


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with connected_site(tmp_path_factory.mktemp("home")) as site:
        yield site


@pytest.fixture
def site(connected: Site) -> Iterator[Site]:
    with well_behaved(connected) as behaved:
        yield behaved


def orders_of(site: Site, model: str, reference: str) -> list[int]:
    return [row["id"] for row in site.tryton.search(model, [["reference", "=", reference]])]


def test_a_shipment_that_somebody_is_picking_is_left_alone(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale())
    (shipment,) = site.row("sale.sale", order["id"], "shipments.id")["shipments."]
    for button in ("wait", "assign_try", "pick"):
        site.pressed("stock.shipment.out", button, str(shipment["id"]))
    said = site.refused("POST", "/erp/sales-order-shipments", {"sales_order_id": order["id"]})
    assert said["status"] == 422
    assert said["errors"][0]["pointer"] == "/sales_order_id"
    assert "is being picked in Tryton" in said["error"]
    assert site.row("stock.shipment.out", str(shipment["id"]), "state")["state"] == "picked"


def test_a_change_that_somebody_makes_meanwhile_is_not_overwritten(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale(raw_status="draft"))
    method, path = "model.sale.sale.write", f"/erp/sales-orders/{order['id']}"
    site.front.misbehave("POST", method, "delay_before", seconds=3)
    with ThreadPoolExecutor() as threads:
        changing = threads.submit(site.written, "PUT", path, {"reference_id": unique("NEW")})
        while not site.front.counts[f"POST {method}"]:
            time.sleep(0.02)
        site.tryton.write("sale.sale", int(order["id"]), {"description": "Somebody's"})
        changed = changing.result()
    assert site.front.counts[f"POST {method}"] == 2
    there = site.row("sale.sale", order["id"], "description", "reference")
    assert (there["description"], there["reference"]) == ("Somebody's", changed["reference_id"])


def test_a_record_that_others_keep_changing_is_refused_in_trytons_words(site: Site) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale(raw_status="draft"))
    method = "model.sale.sale.write"
    body = '{"id":1,"error":["ConcurrencyException","Records were modified in the meanwhile"]}'
    site.front.misbehave("POST", method, "status_before", times=3, status=200, body=body)
    said = site.refused("PUT", f"/erp/sales-orders/{order['id']}", {"reference_id": unique("NEW")})
    assert (said["status"], said["error"]) == (412, "Records were modified in the meanwhile")


def test_a_question_to_a_person_is_a_refusal_in_trytons_words(site: Site) -> None:
    body = '{"id":1,"error":["UserWarning",["w1","The product is not in the shop.","Sell it anyway?"]]}'
    site.front.misbehave("POST", "model.sale.sale.quote", "status_before", status=200, body=body)
    sent, headers = a_sale(), {"idempotency-key": unique("asked")}
    said = site.refused("POST", "/erp/sales-orders", sent, **headers)
    assert said["status"] == 409
    assert said["error"] == "The product is not in the shop.\nSell it anyway?"
    assert said["outcome"] == "partial"
    order = site.written("POST", "/erp/sales-orders", sent, **headers)
    assert order["raw_status"] == "processing"
    assert orders_of(site, "sale.sale", sent["reference_id"]) == [int(order["id"])]


def test_a_warehouse_that_is_gone_is_refused_and_nothing_is_written(site: Site) -> None:
    admin = Rpc(site.front.process.url, DATABASE)
    admin.context = {"company": 1}
    storage, zone_in, zone_out = (
        admin.create("stock.location", {"name": unique("Zone"), "type": "storage"})[0] for _ in range(3)
    )
    (warehouse,) = admin.create(
        "stock.location",
        {
            "name": unique("Depot"),
            "type": "warehouse",
            "storage_location": storage,
            "input_location": zone_in,
            "output_location": zone_out,
        },
    )
    offered = site.api.get("/integrations/erp/tryton/write-info", headers={"cache-control": "no-cache"})
    assert offered.status_code == 200
    body = a_sale(location_id=str(warehouse))
    admin("model.stock.location.delete", [warehouse])
    admin.close()
    said = site.refused("POST", "/erp/sales-orders", body)
    assert 400 <= said["status"] < 500, said
    assert orders_of(site, "sale.sale", body["reference_id"]) == []


@pytest.mark.parametrize(
    "method", ["model.sale.sale.create", "model.sale.sale.quote", "model.sale.sale.confirm"]
)
@pytest.mark.parametrize("moment", ["drop_before", "drop_after"])
def test_a_sales_order_whose_answer_is_lost_is_completed_once(site: Site, method: str, moment: str) -> None:
    body, headers = a_sale(), {"idempotency-key": unique("lost")}
    site.front.misbehave("POST", method, moment)  # type: ignore[arg-type]
    assert site.refused("POST", "/erp/sales-orders", body, **headers)["status"] == 504
    order = site.written("POST", "/erp/sales-orders", body, **headers)
    assert order["raw_status"] == "processing"
    assert orders_of(site, "sale.sale", body["reference_id"]) == [int(order["id"])]


@pytest.mark.parametrize("button", ["write", "wait", "assign_try", "pick", "pack", "do"])
def test_a_shipment_whose_answer_is_lost_is_completed_once(site: Site, button: str) -> None:
    order = site.written("POST", "/erp/sales-orders", a_sale())
    line = order["line_items"][0]["line_item_id"]
    body = {"sales_order_id": order["id"], "line_items": [{"line_item_id": line, "quantity": 2}]}
    headers = {"idempotency-key": unique("lost")}
    site.front.misbehave("POST", f"model.stock.shipment.out.{button}", "drop_after")
    assert site.refused("POST", "/erp/sales-order-shipments", body, **headers)["status"] == 504
    shipment = site.written("POST", "/erp/sales-order-shipments", body, **headers)
    assert (shipment["status"], shipment["line_items"][0]["quantity"]) == ("shipped", 2)
    there = site.row("sale.sale", order["id"], "shipments.state")["shipments."]
    assert sorted(found["state"] for found in there) == ["done", "waiting"]


def test_a_server_that_stops_in_the_middle_and_starts_again_has_everything_once(site: Site) -> None:
    process = site.front.process
    order = site.written("POST", "/erp/purchase-orders", a_purchase())
    body, headers = {"purchase_order_id": order["id"]}, {"idempotency-key": unique("stopped")}
    site.front.misbehave("POST", "model.stock.shipment.in.create", "drop_after")
    assert site.refused("POST", "/erp/purchase-order-receipts", body, **headers)["status"] == 504
    process.stop(at_once=True)
    try:
        said = site.refused("POST", "/erp/purchase-order-receipts", body, **headers)
        assert said["status"] == 502, said
    finally:
        process.start()
    receipt = site.written("POST", "/erp/purchase-order-receipts", body, **headers)
    assert receipt["raw_status"] == "done"
    moves = site.row("purchase.purchase", order["id"], "moves.state", "moves.quantity")["moves."]
    assert [(move["state"], move["quantity"]) for move in moves] == [("done", 40)]


def test_a_session_that_ended_is_replaced_without_the_caller_noticing(site: Site) -> None:
    site.written("POST", "/erp/sales-orders", a_sale(raw_status="draft"))
    file = site.front.process.data / f"{DATABASE}.sqlite"
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE ir_session SET write_date = '2020-01-01', create_date = '2020-01-01'")
        database.commit()
    site.front.counts.clear()
    site.written("POST", "/erp/sales-orders", a_sale(raw_status="draft"))
    assert site.front.counts["POST common.db.login"] == 1
