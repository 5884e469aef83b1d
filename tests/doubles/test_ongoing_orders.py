"""Orders in the Ongoing double: written by number, and only until the warehouse begins."""

from base64 import b64encode
from typing import Any

import pytest

from crossdock.doubles.ongoing import work
from tests.doubles.conftest import Account


def the_order(account: Account, order_id: int) -> dict[str, Any]:
    order: dict[str, Any] = account.read(f"/orders/{order_id}").json()
    return order


def test_an_order_is_put_found_and_updated_by_its_number(account: Account) -> None:
    first = account.written("PUT", "/orders", account.order_body(orderRemark="fragile", warehouseId=2))
    there = the_order(account, first["orderId"])
    assert there["orderInfo"]["orderStatus"] == {"number": 300, "text": "Released"}
    assert there["orderInfo"]["orderRemark"] == "fragile"
    assert there["orderInfo"]["warehouse"]["code"] == "RETURNS"
    assert there["consignee"]["name"] == "Ada Example"
    [line] = there["orderLines"]
    assert (line["article"]["articleNumber"], line["orderedNumberOfItems"]) == ("SHIRT-M", 3)

    lines = [
        *account.order_body()["orderLines"],
        {"rowNumber": "2", "articleNumber": "LAMP", "numberOfItems": 1},
    ]
    again = account.written("PUT", "/orders", account.order_body(orderLines=lines))
    assert again["orderId"] == first["orderId"]
    changed = the_order(account, first["orderId"])
    assert changed["orderInfo"]["orderRemark"] is None
    assert changed["orderInfo"]["createdDate"] == there["orderInfo"]["createdDate"]
    assert changed["orderLines"][0]["id"] == line["id"]
    assert account.get("/orders", orderNumber="SO-A").json() == [changed]


def test_an_order_is_updated_by_id_and_can_get_another_number(account: Account) -> None:
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    account.written("PUT", "/orders", account.order_body("SO-B"))
    account.written("PUT", f"/orders/{made}", account.order_body("SO-C"))
    assert the_order(account, made)["orderInfo"]["orderNumber"] == "SO-C"
    assert account.get("/orders", orderNumber="SO-A").json() == []
    taken = account.refused("PUT", f"/orders/{made}", account.order_body("SO-B"))
    assert "SO-B already exists" in taken
    assert "2000000000" in account.refused("PUT", "/orders/2000000000", account.order_body())
    foreign = account.double.add_order(4001, [("TEST-SKU", 1)])
    assert "does not exist" in account.refused("PUT", f"/orders/{foreign}", account.order_body())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"orderLines": []}, "at least one line"),
        ({"orderLines": None}, "at least one line"),
        ({"warehouseId": 9}, "Warehouse 9"),
        ({"transporter": {"transporterCode": "PLAB", "transporterServiceCode": "X"}}, "Transporter PLAB"),
        ({"transporter": {"transporterCode": "NONE"}}, "Transporter NONE"),
    ],
)
def test_it_refuses_what_does_not_exist(account: Account, changes: dict[str, Any], words: str) -> None:
    assert words in account.refused("PUT", "/orders", account.order_body(**changes))


def test_rows_are_unique_and_hold_at_least_something(account: Account) -> None:
    [line] = account.order_body()["orderLines"]
    assert "unique" in account.refused("PUT", "/orders", account.order_body(orderLines=[line, line]))
    empty = account.order_body(orderLines=[line | {"numberOfItems": 0}])
    assert "row 1 must be above 0" in account.refused("PUT", "/orders", empty)


def test_an_unknown_article_is_made_without_a_name_or_refused(account: Account) -> None:
    [line] = account.order_body()["orderLines"]
    body = account.order_body(orderLines=[line | {"articleNumber": "NEW-1"}])
    account.written("PUT", "/orders", body)
    [made] = account.get("/articles", articleNumber="NEW-1").json()
    assert made["articleName"] == ""
    account.double.state.makes_articles = False
    refused = account.refused(
        "PUT", "/orders", account.order_body(orderLines=[line | {"articleNumber": "NEW-2"}])
    )
    account.double.state.makes_articles = True
    assert refused == "Article NEW-2 does not exist."


def test_once_the_warehouse_began_an_order_is_not_changed_any_more(account: Account) -> None:
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    work.begin_order(account.double.state.orders[made][1])
    assert "started on it (Allocated)" in account.refused("PUT", "/orders", account.order_body())
    assert "started on it" in account.refused("PUT", f"/orders/{made}", account.order_body())
    assert "started on it" in account.refused("DELETE", f"/orders/{made}")
    assert "started on it (Sent)" in account.refused("DELETE", f"/orders/{account.orders[0]}")


def test_a_cancelled_order_stays_and_is_final(account: Account) -> None:
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    assert account.written("DELETE", f"/orders/{made}")["orderId"] == made
    assert the_order(account, made)["orderInfo"]["orderStatus"]["number"] == 1000
    assert "SO-A is cancelled" in account.refused("DELETE", f"/orders/{made}")
    assert "SO-A is cancelled" in account.refused("PUT", "/orders", account.order_body())
    account.written("PUT", "/orders", account.order_body("SO-B"))
    by_number: dict[str, Any] = {"goodsOwnerId": account.goods_owner, "orderNumber": "SO-B"}
    account.written("DELETE", "/orders", **by_number)
    assert "SO-Z" in account.refused("DELETE", "/orders", **(by_number | {"orderNumber": "SO-Z"}))


def test_a_shipped_order_shows_what_left(account: Account) -> None:
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    work.ship_order(account.double.state, account.double.state.orders[made][1], "1Z9")
    there = the_order(account, made)
    assert there["orderInfo"]["orderStatus"]["number"] == 450
    assert there["orderInfo"]["wayBill"] == "1Z9"
    assert there["orderLines"][0]["pickedArticleItems"][0]["numberOfItems"] == 3
    body = account.body("R-9", made)
    assert account.put(body).status_code == 200


def test_transport_details_can_be_told_but_not_that_something_was_picked(account: Account) -> None:
    made = account.written("PUT", "/orders", account.order_body())["orderId"]
    account.written("PATCH", f"/orders/{made}/waybill", {"waybill": "W-1"})
    tracking = {"waybill": "W-1", "trackingUrl": "https://track.example/W-1", "isReturnTracking": False}
    account.written("PUT", f"/orders/{made}/orderTracking", tracking)
    account.written("PUT", f"/orders/{made}/orderTracking", tracking)
    parcel = {"parcelNumber": "P-1", "transportAdministrationType": "delivery"}
    first = account.written("PUT", f"/orders/{made}/parcels", parcel)
    assert account.written("PUT", f"/orders/{made}/parcels", parcel)["parcelId"] == first["parcelId"]
    sideways = parcel | {"transportAdministrationType": "sideways"}
    assert "sideways" in account.refused("PUT", f"/orders/{made}/parcels", sideways)
    there = the_order(account, made)
    assert there["orderInfo"]["wayBill"] == "W-1"
    assert len(there["tracking"]) == len(there["parcels"]) == 1
    assert there["orderInfo"]["pickedNumberOfItems"] == 0
    status = f"/orders/{made}/orderStatus"
    assert "nothing of order" in account.refused("PATCH", status, {"orderStatusNumber": 450})
    assert "cannot be set" in account.refused("PATCH", status, {"orderStatusNumber": 1000})
    account.written("PATCH", status, {"orderStatusNumber": 200})


def test_the_lists_of_the_account(account: Account) -> None:
    numbers = [status["number"] for status in account.read("/orders/statuses").json()["orderStatuses"]]
    assert numbers == [150, 200, 300, 320, 400, 450, 500, 1000]
    contracts = account.get("/transporterContracts").json()
    assert contracts[0]["transporterServices"][0]["transporterServiceCode"] == "P19"
    new = {"code": "drone", "name": "By air"}
    account.written("PUT", "/orders", account.order_body(wayOfDelivery=new, orderType={"code": "B2B"}))
    ways = account.get("/orders/wayOfDeliveryTypes").json()["wayOfDeliveryTypes"]
    assert new.items() <= ways[-1].items()
    assert [one["code"] for one in account.get("/orders/types").json()["orderTypes"]] == ["B2B", "B2C"]
    assert account.get("/purchaseOrders/types").json() == {"purchaseOrderTypes": []}
    [order] = account.get("/orders", orderNumbers=["SO-A"]).json()
    assert order["orderInfo"]["orderType"]["name"] == "Business to business"


@pytest.mark.parametrize("holder", ["orders", "articles", "purchaseOrders"])
def test_files_are_added_replaced_and_listed(account: Account, holder: str) -> None:
    purchase = account.written("PUT", "/purchaseOrders", account.purchase_body())["purchaseOrderId"]
    article = account.get("/articles", articleNumber="LAMP").json()[0]["articleSystemId"]
    record = {"orders": account.orders[0], "articles": article, "purchaseOrders": purchase}[holder]
    path = f"/{holder}/{record}/files"
    text = {"mimeType": "text/plain", "fileDataBase64": b64encode(b"one").decode()}
    first = account.written("POST", path, text | {"fileName": "a.txt"})
    assert first["message"] == f"FileId {first['fileId']} created"
    again = account.written("PUT", path, text | {"fileDataBase64": "dHdv"}, fileName="a.txt")
    assert again["fileId"] == first["fileId"]
    account.written("PUT", f"{path}/{first['fileId']}", text | {"fileName": "b.txt"})
    account.written("PUT", path, text, fileName="a.txt")
    assert [file["fileName"] for file in account.read(path).json()] == ["b.txt", "a.txt"]
    assert "not Base64" in account.refused("POST", path, text | {"fileName": "c", "fileDataBase64": "?"})
    assert "File 7 " in account.refused("PUT", f"{path}/7", text | {"fileName": "c"})
    assert "does not exist" in account.refused(
        "POST", f"/{holder}/2000000000/files", text | {"fileName": "c"}
    )
