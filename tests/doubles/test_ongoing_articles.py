"""Articles, kits, stock, purchase orders and the end of return orders in the Ongoing double."""

from typing import Any

import pytest

from crossdock.doubles.ongoing import work
from tests.doubles.conftest import Account

KIT = {
    "articleKind": "Structure",
    "rows": [
        {"articleNumber": "SHIRT-M", "numberOfItems": 2},
        {"articleNumber": "LAMP", "numberOfItems": 1},
    ],
}


def test_an_article_is_put_by_number_and_by_id(account: Account) -> None:
    made = account.written("PUT", "/articles", account.article_body(weight=0.4))["articleSystemId"]
    there = account.read(f"/articles/{made}").json()
    assert (there["articleNumber"], there["articleName"], there["weight"]) == ("SCARF", "Scarf", 0.4)
    assert there["barCodeInfo"] == {"barCode": "4006381333931"}
    again = account.written("PUT", "/articles", account.article_body(articleName="Long scarf"))
    assert again["articleSystemId"] == made
    assert "weight" not in account.read(f"/articles/{made}").json()
    account.written("PUT", f"/articles/{made}", account.article_body("SCARF-2"))
    assert account.get("/articles", articleNumber="SCARF").json() == []
    assert account.get("/articles", barCodes=["4006381333931"]).json()[0]["articleNumber"] == "SCARF-2"
    taken = account.refused("PUT", f"/articles/{made}", account.article_body("LAMP"))
    assert "LAMP already exists" in taken
    assert "2000000000" in account.refused("PUT", "/articles/2000000000", account.article_body())


def test_parts_of_an_article_come_back_in_the_shape_that_is_read(account: Account) -> None:
    body = account.article_body(
        supplierInfo={"supplierNumber": "S1", "advanced": {"manufacturersIdentificationCode": "M"}},
        freeValues={"freeText1": "f", "freeBoolean1": None, "freeDateTime1": "2030-01-01T00:00:00Z"},
        articlePickingHandlingComment="gloves",
    )
    made = account.written("PUT", "/articles", body)["articleSystemId"]
    there = account.read(f"/articles/{made}").json()
    assert there["supplierInfo"] == {"supplierNumber": "S1"}
    assert there["freeValues"] == {"freeText1": "f"}
    assert there["articleHandlingComments"] == {"articlePickingHandlingComment": "gloves"}


def test_a_kit_is_an_article_with_a_structure_and_stays_one(account: Account) -> None:
    made = account.written("PUT", "/articles", account.article_body("SET", structureDefinition=KIT))
    path = f"/articles/{made['articleSystemId']}"
    structure = account.read(f"{path}/structureDefinition").json()
    assert structure["articleKind"] == "Structure"
    assert [(row["articleNumber"], row["numberOfItems"]) for row in structure["rows"]] == [
        ("SHIRT-M", 2),
        ("LAMP", 1),
    ]
    account.written("PUT", "/articles", account.article_body("SET"))
    assert account.read(f"{path}/structureDefinition").json() == structure
    listed = account.get("/articles/structureDefinitions", articleKind="Structure").json()
    assert listed == [structure]
    lamp = account.get("/articles/structureDefinitions", articleKind="Stock", articleNumbers="LAMP").json()
    assert lamp[0]["rows"] == []
    flag = {"allowChangingProductionAndStructureArticlesToStockOrNonStockArticles": True}
    account.written("PUT", "/articles", account.article_body("SET", advanced=flag))
    assert account.read(path).json()["articleKind"] == "Stock"
    assert account.read(f"{path}/structureDefinition").json()["rows"] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "has no rows"),
        ([{"articleNumber": "NOBODY", "numberOfItems": 1}], "Article NOBODY does not exist"),
        ([{"articleNumber": "SET", "numberOfItems": 1}], "part of itself"),
        ([{"articleNumber": "LAMP", "numberOfItems": 0}], "article LAMP must be above 0"),
    ],
)
def test_a_structure_that_cannot_be_is_refused(account: Account, rows: list[Any], words: str) -> None:
    body = account.article_body("SET", structureDefinition=KIT | {"rows": rows})
    assert words in account.refused("PUT", "/articles", body)
    assert account.get("/articles", articleNumber="SET").json() == []


def test_stock_is_read_by_warehouse_and_its_adjustments_too(account: Account) -> None:
    owner = account.double.owner(account.goods_owner)
    adjustment = work.adjust_stock(account.double.state, owner, "LAMP", -2, "dropped")
    [lamp] = account.get("/articles/inventoryPerWarehouse", articleNumbers="LAMP").json()
    assert [(row["warehouseId"], row["numberOfItems"]) for row in lamp["inventoryPerWarehouse"]] == [(1, 98)]
    assert account.get("/articles", articleNumber="LAMP").json()[0]["inventoryInfo"]["numberOfItems"] == 98
    assert (
        account.get("/articles/inventoryPerWarehouse", warehouseIds=2).json()[0]["inventoryPerWarehouse"]
        == []
    )
    since = {"from": "2020-01-01T00:00:00Z"}
    [line] = account.get("/inventoryAdjustments", **since).json()
    assert line["article"]["articleNumber"] == "LAMP"
    assert line["inventoryAdjustments"][0]["inventoryId"] == adjustment
    assert account.get("/inventoryAdjustments", toTime="2020-01-01T00:00:00Z", **since).json() == []
    assert account.read(f"/inventoryAdjustments/{adjustment}").json() == line
    assert account.read("/inventoryAdjustments/5").status_code == 404
    assert account.get("/inventoryAdjustments", isReported="true").status_code == 501


def test_a_purchase_order_is_put_found_and_updated(account: Account) -> None:
    body = account.purchase_body(
        warehouseId=2,
        inDate="2030-02-03T01:00:00+02:00",
        supplierInfo={"supplierNumber": "S1", "remark": "r"},
    )
    made = account.written("PUT", "/purchaseOrders", body)["purchaseOrderId"]
    there = account.read(f"/purchaseOrders/{made}").json()
    info = there["purchaseOrderInfo"]
    assert info["purchaseOrderStatus"] == {"number": 100, "text": "Notified"}
    assert (info["inDate"], info["warehouse"]["id"]) == ("2030-02-02T23:00:00Z", 2)
    assert there["supplierInfo"] == {"supplierNumber": "S1"}
    assert there["purchaseOrderLines"][0]["advisedNumberOfItems"] == 5
    assert account.get("/purchaseOrders", purchaseOrderNumber="PO-A").json() == [there]
    assert account.get("/purchaseOrders", purchaseOrderStatusFrom=200).json() == []
    again = account.written("PUT", "/purchaseOrders", account.purchase_body())
    assert again["purchaseOrderId"] == made
    account.written("PUT", f"/purchaseOrders/{made}", account.purchase_body("PO-B"))
    assert account.get("/purchaseOrders", purchaseOrderNumbers=["PO-A"]).json() == []
    statuses = account.read("/purchaseOrders/statuses").json()["orderStatuses"]
    assert [status["number"] for status in statuses] == [100, 200, 300, 400, 500, 900]


def test_received_goods_end_the_changing_of_a_purchase_order(account: Account) -> None:
    made = account.written("PUT", "/purchaseOrders", account.purchase_body())["purchaseOrderId"]
    order = account.double.state.purchase_orders[made][1]
    work.receive_purchase_order(account.double.state, order, share=0.6)
    work.receive_purchase_order(account.double.state, order)
    [line] = account.read(f"/purchaseOrders/{made}").json()["purchaseOrderLines"]
    assert line["receivedNumberOfItems"] == 5
    assert [item["numberOfItems"] for item in line["articleItems"]] == [3, 2]
    [shirt] = account.get("/articles/inventoryPerWarehouse", articleNumbers="SHIRT-M").json()
    assert shirt["inventoryPerWarehouse"][0]["numberOfItems"] == 105
    assert "started on it (Received)" in account.refused("PUT", "/purchaseOrders", account.purchase_body())
    assert "started on it" in account.refused("DELETE", f"/purchaseOrders/{made}")


def test_a_cancelled_purchase_order_stays_and_is_final(account: Account) -> None:
    made = account.written("PUT", "/purchaseOrders", account.purchase_body())["purchaseOrderId"]
    account.written("DELETE", f"/purchaseOrders/{made}")
    there = account.read(f"/purchaseOrders/{made}").json()
    assert there["purchaseOrderInfo"]["purchaseOrderStatus"]["text"] == "Cancelled"
    assert "PO-A is cancelled" in account.refused("PUT", "/purchaseOrders", account.purchase_body())
    account.written("PUT", "/purchaseOrders", account.purchase_body("PO-B"))
    by_number: dict[str, Any] = {"goodsOwnerId": account.goods_owner, "purchaseOrderNumber": "PO-B"}
    account.written("DELETE", "/purchaseOrders", **by_number)
    assert "PO-B is cancelled" in account.refused("DELETE", "/purchaseOrders", **by_number)
    nobody = by_number | {"purchaseOrderNumber": "PO-Z"}
    assert "PO-Z does not exist" in account.refused("DELETE", "/purchaseOrders", **nobody)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purchaseOrderLines": []}, "at least one line"),
        ({"purchaseOrderLines": [{"rowNumber": "1", "articleNumber": "LAMP"}]}, "row 1 must be above 0"),
        ({"warehouseId": 9}, "Warehouse 9"),
    ],
)
def test_a_purchase_order_that_cannot_be_is_refused(
    account: Account, changes: dict[str, Any], words: str
) -> None:
    assert words in account.refused("PUT", "/purchaseOrders", account.purchase_body(**changes))


def test_a_return_order_is_cancelled_until_goods_arrive(account: Account) -> None:
    made = account.put(account.body("R-1")).json()["returnOrderId"]
    assert account.written("DELETE", f"/returnOrders/{made}")["returnOrderId"] == made
    status = account.read(f"/returnOrders/{made}").json()["returnOrderInfo"]["returnOrderStatus"]
    assert status["text"] == "Cancelled"
    assert "R-1 is cancelled" in account.refused("DELETE", f"/returnOrders/{made}")
    assert "R-1 is cancelled" in account.put(account.body("R-1")).json()["message"]
    received = account.put(account.body("R-2")).json()["returnOrderId"]
    account.double.receive_return(received)
    assert "have arrived" in account.refused("DELETE", f"/returnOrders/{received}")
    account.put(account.body("R-3"))
    by_number: dict[str, Any] = {"goodsOwnerId": account.goods_owner, "returnOrderNumber": "R-3"}
    account.written("DELETE", "/returnOrders", **by_number)
    assert "R-9 does not exist" in account.refused(
        "DELETE", "/returnOrders", **(by_number | {"returnOrderNumber": "R-9"})
    )


def test_the_status_of_a_return_order_is_one_of_the_list(account: Account) -> None:
    made = account.put(account.body()).json()["returnOrderId"]
    path = f"/returnOrders/{made}/returnOrderStatus"
    account.written("PATCH", path, {"returnOrderStatusNumber": 300})
    info = account.read(f"/returnOrders/{made}").json()["returnOrderInfo"]
    assert info["returnOrderStatus"]["text"] == "Being received"
    assert "status 7" in account.refused("PATCH", path, {"returnOrderStatusNumber": 7})
