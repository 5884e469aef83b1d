"""What the Ongoing double keeps: orders, articles and return orders, each goods owner's own."""

from base64 import b64encode
from typing import Any

import httpx
import pytest

from crossdock.doubles.ongoing import OngoingDouble, ReturnCause, parse_return_cause
from crossdock.doubles.server import running
from tests.doubles.conftest import Account


def test_the_first_goods_owner_has_orders_from_1001_and_the_next_its_own() -> None:
    double = OngoingDouble()
    assert list(double.owner(7).orders) == [1001, 1002, 1003, 1004, 1005, 1006]
    assert list(double.owner(3).orders) == [1007, 1008, 1009, 1010, 1011, 1012]
    assert len(double.owner(7).articles) == 12
    assert double.owner(7).articles.keys() == double.owner(3).articles.keys()


def test_the_seed_has_the_orders_that_returns_are_tried_on(account: Account) -> None:
    orders = account.get("/orders").json()
    assert [order["orderInfo"]["orderId"] for order in orders] == account.orders
    full, _, twice, _, unpicked, short = [order["orderLines"] for order in orders]
    assert (full[0]["article"]["articleNumber"], full[0]["pickedNumberOfItems"]) == ("TEST-SKU", 100)
    assert len(full) > 2
    assert twice[0]["article"] == twice[1]["article"]
    assert twice[0]["id"] != twice[1]["id"]
    assert {line["pickedNumberOfItems"] for line in unpicked} == {0}
    assert 0 < short[0]["pickedNumberOfItems"] < short[0]["orderedNumberOfItems"]
    statuses = [order["orderInfo"]["orderStatus"]["number"] for order in orders]
    assert statuses == [450, 450, 450, 450, 200, 450]


def test_orders_are_filtered_and_bounded(account: Account) -> None:
    first, second, *_, unpicked, last = account.orders

    def ids(**params: Any) -> list[int]:
        return [order["orderInfo"]["orderId"] for order in account.get("/orders", **params).json()]

    assert ids(orderNumber=f"SO-{second}") == [second]
    assert ids(orderNumbers=[f"SO-{first}", f"SO-{last}", "SO-0"]) == [first, last]
    assert ids(orderStatusTo=449) == [unpicked]
    assert ids(orderStatusFrom=450, maxOrdersToGet=2) == [first, second]
    assert ids(orderIdFrom=last) == [last]


def test_articles_are_read_page_by_page_and_one_by_one(account: Account) -> None:
    page = account.get("/articles", maxArticlesToGet=5).json()
    assert len(page) == 5
    following = account.get("/articles", articleSystemIdFrom=page[-1]["articleSystemId"] + 1).json()
    assert len(following) == 7
    assert account.get("/articles", articleNumber="TEST-SKU").json() == [page[0]]
    assert account.read(f"/articles/{page[0]['articleSystemId']}").json() == page[0]
    assert account.read("/articles/2000000000").status_code == 404


def test_a_filter_it_does_not_have_is_501_and_not_ignored(account: Account) -> None:
    answer = account.get("/orders", shipmentId=4)
    assert answer.status_code == 501
    assert "shipmentId" in answer.json()["message"]
    assert account.double.violations == []


def test_warehouses_and_statuses(account: Account) -> None:
    assert [warehouse["id"] for warehouse in account.read("/warehouses").json()] == [1, 2]
    numbers = [s["number"] for s in account.read("/returnOrders/statuses").json()["returnOrderStatuses"]]
    assert numbers == sorted(numbers)


def test_causes_are_listed_in_order_with_their_flags(account: Account) -> None:
    default = account.get("/returnOrders/returnCauses").json()["returnCauses"]
    assert [(c["code"], c["name"]) for c in default] == [
        ("1", "damaged"),
        ("13", "wrong size"),
        ("3", "no longer needed"),
    ]
    kept = account.double.state.return_causes
    account.double.state.return_causes = [
        parse_return_cause("8=a:remove:comment"),
        parse_return_cause("9=b:change"),
    ]
    [first, second] = account.get("/returnOrders/returnCauses").json()["returnCauses"]
    account.double.state.return_causes = kept
    flags = ("isRemoveCause", "isChangeCause", "isReturnCommentMandatory")
    assert [first[flag] for flag in flags] == [True, False, True]
    assert [second[flag] for flag in flags] == [False, True, False]


def test_a_return_order_comes_back_fully_populated(account: Account) -> None:
    body = account.body(returnCause={"code": "13"})
    body |= {"comment": "c", "inDate": "2026-02-03T01:00:00+02:00", "warehouseId": 2}
    body |= {"returnOrderHandlingComment": "h", "freeValues": {"freeDateTime1": "2026-02-03T00:00:00Z"}}
    made = account.put(body).json()
    there = account.read(f"/returnOrders/{made['returnOrderId']}").json()
    info = there["returnOrderInfo"]
    assert info.pop("createdDate").endswith("Z")
    assert info == {
        "returnOrderId": made["returnOrderId"],
        "returnOrderNumber": "R-1",
        "comment": "c",
        "inDate": "2026-02-02T23:00:00Z",
        "returnOrderStatus": {"number": 200, "text": "Open"},
        "warehouse": {"id": 2, "code": "RETURNS", "name": "Returns department"},
        "returnOrderHandlingComment": "h",
        "freeValues": {"freeDateTime1": "2026-02-03T00:00:00Z"},
        "returnOrderArrivalTime": None,
    }
    order = account.read(f"/orders/{account.orders[0]}").json()
    original = order["orderInfo"]
    assert there["customerOrderInfo"] == {k: original[k] for k in ("orderId", "orderNumber")}
    [line] = there["returnOrderLines"]
    assert line["article"] == order["orderLines"][0]["article"]
    assert line["returnCause"] == {"code": "13", "name": "wrong size"}
    assert line["customerOrderLine"]["customerOrderRowNumber"] == "1"
    assert (line["pickedNumberOfItems"], line["toBeReturnedNumberOfItems"]) == (100, 2)


def test_the_same_number_updates_and_another_creates(account: Account) -> None:
    first = account.put(account.body()).json()["returnOrderId"]
    assert account.put(account.body(toBeReturnedNumberOfItems=7)).json()["returnOrderId"] == first
    assert account.put(account.body("R-2", account.orders[1])).json()["returnOrderId"] != first
    assert list(account.stored) == ["R-1", "R-2"]
    assert account.stored["R-1"]["returnOrderLines"][0]["toBeReturnedNumberOfItems"] == 7


def test_return_orders_are_found_by_number_order_and_status(account: Account) -> None:
    account.put(account.body("R-1"))
    received = account.put(account.body("R-2", account.orders[1])).json()["returnOrderId"]
    account.double.receive_return(received)

    def numbers(**params: Any) -> list[str]:
        found = account.get("/returnOrders", **params).json()
        return [order["returnOrderInfo"]["returnOrderNumber"] for order in found]

    assert numbers() == ["R-1", "R-2"]
    assert numbers(returnOrderNumbers=["R-2", "R-9"]) == ["R-2"]
    assert numbers(customerOrderNumbers=f"SO-{account.orders[0]}") == ["R-1"]
    assert numbers(returnOrderStatusFrom=400) == ["R-2"]
    assert numbers(returnOrderStatusTo=200, returnOrderNumbers=["R-1", "R-2"]) == ["R-1"]


def test_what_arrived_shows_on_the_return_and_on_the_order_and_survives_an_update(account: Account) -> None:
    made = account.put(account.body(toBeReturnedNumberOfItems=4)).json()["returnOrderId"]
    account.double.receive_return(made, share=0.5)
    account.double.receive_return(made)
    account.put(account.body(toBeReturnedNumberOfItems=4) | {"comment": "again"})
    there = account.read(f"/returnOrders/{made}").json()
    [line] = there["returnOrderLines"]
    assert line["returnedNumberOfItems"] == 4
    assert [item["numberOfItems"] for item in line["returnedArticleItems"]] == [4]
    assert there["returnOrderInfo"]["returnOrderStatus"]["text"] == "Received"
    assert there["returnOrderInfo"]["returnOrderArrivalTime"].endswith("Z")
    order = account.read(f"/orders/{account.orders[0]}").json()
    assert order["orderLines"][0]["returnedNumberOfItems"] == 4


def test_rows_and_quantities_of_one_return_must_agree(account: Account) -> None:
    body = account.body(toBeReturnedNumberOfItems=60)
    [line] = body["returnOrderLines"]
    body["returnOrderLines"] = [line, line]
    assert "must be unique" in account.put(body).json()["message"]
    body["returnOrderLines"] = [line, line | {"returnOrderRowNumber": "2"}]
    assert "Cannot return 120" in account.put(body).json()["message"]
    assert "Cannot return -1" in account.put(account.body(toBeReturnedNumberOfItems=-1)).json()["message"]
    unpicked = account.put(account.body(order=account.orders[4], toBeReturnedNumberOfItems=1))
    assert unpicked.status_code == 400
    assert "it shipped 0" in unpicked.json()["message"]
    assert account.stored == {}
    assert account.double.violations == []


@pytest.mark.parametrize("cause", [{"code": "99"}, {"name": "damaged"}, {"code": None, "name": None}])
def test_a_cause_is_one_of_the_accounts(account: Account, cause: Any) -> None:
    kept = account.double.state.return_causes
    account.double.state.return_causes = [*kept, ReturnCause(None, "without a code")]
    answer = account.put(account.body(returnCause=cause))
    account.double.state.return_causes = kept
    assert answer.status_code == 400
    assert "Return cause" in answer.json()["message"]


def test_a_mandatory_comment_is_asked_for_and_taken(account: Account) -> None:
    kept = account.double.state.return_causes
    account.double.state.return_causes = [parse_return_cause("5=other:comment")]
    without = account.put(account.body(returnCause={"code": "5"}))
    commented = account.put(account.body(returnCause={"code": "5"}, returnOrderLineComment="torn"))
    account.double.state.return_causes = kept
    assert (without.status_code, commented.status_code) == (400, 200)


def test_one_goods_owner_never_sees_anothers_records(account: Account) -> None:
    other = account.double.owner(4000)
    order = account.double.add_order(4000, [("TEST-SKU", 5)])
    line = other.orders[order]["orderLines"][0]
    body = account.body(order=order) | {"goodsOwnerId": 4000}
    foreign_return = account.double.state.put_return_order(other, body)
    account.get("/returnOrders/returnCauses")
    for path in (
        f"/orders/{order}",
        f"/articles/{line['article']['articleSystemId']}",
        f"/returnOrders/{foreign_return}",
    ):
        answer = account.read(path)
        assert answer.status_code == 404
        assert "does not exist" in answer.json()["message"]
    assert account.get("/orders", orderNumber=f"SO-{order}").json() == []
    assert account.get("/returnOrders").json() == []
    refused = account.put(account.body(order=order))
    assert refused.status_code == 400
    assert f"Order {order} does not exist" in refused.json()["message"]
    assert account.get("/orders", goodsOwnerId=4000).status_code == 200
    assert account.read(f"/orders/{order}").status_code == 200


@pytest.mark.parametrize("header", [None, "Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer dTpw"])
def test_what_is_no_basic_authentication_is_401_with_a_message(account: Account, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    url = account.client.base_url.join("/api/v1/warehouses")
    answer = httpx.get(url, headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Basic"
    assert "denied" in answer.json()["message"]


@pytest.mark.parametrize("goods_owner", [0, -1])
def test_a_goods_owner_is_a_positive_number(account: Account, goods_owner: int) -> None:
    answer = account.get("/orders", goodsOwnerId=goods_owner)
    assert answer.status_code == 403
    assert f"goods owner {goods_owner}" in answer.json()["message"]


def test_requests_are_kept_without_credentials_and_not_for_ever(account: Account) -> None:
    account.put(account.body())
    kept = account.double.requests[-1]
    assert (kept.method, kept.path, kept.status) == ("PUT", "/returnOrders", 200)
    assert b"returnOrderNumber" in kept.body
    secret = b64encode(f"user-{account.goods_owner}:p".encode()).decode()
    assert not any(secret in repr(request) for request in account.double.requests)
    assert account.double.requests.maxlen == 1000


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ([("A", -1)], {}),
        ([("", 1)], {}),
        ([("A", 2)], {"ordered": [1]}),
        ([("A", 2)], {"ordered": [2, 2]}),
        ([("A", 2)], {"order_id": 0}),
        ([("A", 2)], {"order_id": 2**31}),
        ([("A", 2)], {"order_id": 1001}),
    ],
)
def test_an_order_that_cannot_be_is_not_made(lines: list[tuple[str, int]], more: dict[str, Any]) -> None:
    double = OngoingDouble()
    double.owner(1)
    with pytest.raises(ValueError, match="order"):
        double.add_order(2, lines, **more)


def test_an_order_put_again_under_its_id_replaces_the_first() -> None:
    double = OngoingDouble()
    assert double.add_order(1, [("A", 1)], order_id=5) == 5
    assert double.add_order(1, [("B", 2)], order_id=5, ordered=[3]) == 5
    [line] = double.state.orders[5][1]["orderLines"]
    assert (line["article"]["articleNumber"], line["orderedNumberOfItems"]) == ("B", 3)
    assert double.add_order(1, [("A", 1)]) == 1007


def test_the_doors_say_what_is_wrong_and_change_nothing() -> None:
    double = OngoingDouble()
    with running(double) as url, httpx.Client(base_url=f"{url}/_double", trust_env=False) as client:
        wrong: list[tuple[str, str, Any]] = [
            ("POST", "/orders", {"goodsOwnerId": 1, "lines": [{"sku": "A"}]}),
            ("POST", "/orders", {"goodsOwnerId": 0, "lines": [{"sku": "A", "quantity": 1}]}),
            ("POST", "/orders", {"goodsOwnerId": 1, "lines": [{"sku": "A", "quantity": -1}]}),
            ("POST", "/orders", "no order"),
            ("PUT", "/return-causes", ["no cause"]),
            ("POST", "/faults", {"method": "GET", "path": "/warehouses", "kind": "sulk"}),
            ("POST", "/faults", {"method": "GET", "path": "/warehouse", "kind": "drop_before"}),
            ("POST", "/faults", {"method": "GET", "path": "/warehouses", "kind": "drop_before", "time": 2}),
        ]
        for method, path, body in wrong:
            answer = client.request(method, path, json=body)
            assert answer.status_code == 400, (path, body)
            assert answer.json()["message"]
        assert client.get("/nothing").status_code == 404
        lines = [{"sku": "A", "quantity": 1, "ordered": 2}]
        made = client.post("/orders", json={"goodsOwnerId": 1, "lines": lines}).json()
        assert made == {"orderId": 1007}
        state = client.get("/state").json()
    assert state == {"return_orders": {"1": {}}, "counts": {}, "hanging": 0, "violations": []}
