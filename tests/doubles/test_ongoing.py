"""The Ongoing double itself: a stand-in is only worth what it refuses."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from crossdock.doubles.faults import Fault
from crossdock.doubles.ongoing import OngoingDouble, parse_return_cause
from crossdock.doubles.server import running

API = "/api/v1"


@pytest.fixture
def api() -> Iterator[tuple[OngoingDouble, httpx.Client]]:
    double = OngoingDouble()
    with running(double) as url, httpx.Client(base_url=url, auth=("u", "p"), trust_env=False) as client:
        yield double, client


Api = tuple[OngoingDouble, httpx.Client]


def a_return_order(client: httpx.Client, **changes: Any) -> dict[str, Any]:
    order = client.get(f"{API}/orders", params={"goodsOwnerId": 1, "orderNumber": "SO-1001"}).json()[0]
    body: dict[str, Any] = {
        "goodsOwnerId": 1,
        "returnOrderNumber": "R-1",
        "customerOrder": {"orderId": order["orderInfo"]["orderId"]},
        "returnOrderLines": [
            {
                "returnOrderRowNumber": "1",
                "customerOrderLine": {"orderLineId": order["orderLines"][0]["id"]},
                "toBeReturnedNumberOfItems": 2,
                "returnCause": {"code": "13"},
            }
        ],
    }
    return body | changes


def test_it_asks_for_basic_authentication() -> None:
    double = OngoingDouble(username="u", password="p", goods_owners=[1])
    with running(double) as url, httpx.Client(base_url=url, trust_env=False) as client:
        path = f"{API}/returnOrders/returnCauses"
        assert client.get(path, params={"goodsOwnerId": 1}).status_code == 401
        assert client.get(path, params={"goodsOwnerId": 1}, auth=("u", "x")).status_code == 401
        assert client.get(path, params={"goodsOwnerId": 2}, auth=("u", "p")).status_code == 403
        assert client.get(f"/warehouse{path}", params={"goodsOwnerId": 1}, auth=("u", "p")).status_code == 200


def test_a_return_order_is_put_found_and_updated(api: Api) -> None:
    _, client = api
    first = client.put(f"{API}/returnOrders", json=a_return_order(client)).json()
    again = client.put(f"{API}/returnOrders", json=a_return_order(client, warehouseId=2)).json()
    assert again["returnOrderId"] == first["returnOrderId"]
    there = client.get(f"{API}/returnOrders/{first['returnOrderId']}").json()
    assert there["returnOrderInfo"]["warehouse"]["id"] == 2
    listed = client.get(f"{API}/returnOrders", params={"goodsOwnerId": 1, "returnOrderNumbers": "R-1"}).json()
    assert listed == [there]
    assert client.get(f"{API}/returnOrders", params={"goodsOwnerId": 2}).json() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"customerOrder": {"orderId": 1}}, "Order 1 does not exist"),
        ({"warehouseId": 7}, "Warehouse 7"),
        ({"returnOrderLines": []}, "at least one line"),
    ],
)
def test_it_refuses_what_does_not_exist(api: Api, changes: dict[str, Any], words: str) -> None:
    double, client = api
    answer = client.put(f"{API}/returnOrders", json=a_return_order(client, **changes))
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert double.violations == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"toBeReturnedNumberOfItems": 101}, "it shipped 100"),
        ({"toBeReturnedNumberOfItems": 0}, "Cannot return 0"),
        ({"customerOrderLine": {"orderLineId": 5}}, "does not belong"),
        ({"returnCause": {"code": "99"}}, "Return cause 99"),
        ({"returnCause": {"code": "5"}}, "needs a comment"),
    ],
)
def test_it_refuses_lines_that_do_not_fit(api: Api, changes: dict[str, Any], words: str) -> None:
    double, client = api
    double.warehouse.return_causes += [parse_return_cause("5=other:comment")]
    body = a_return_order(client)
    body["returnOrderLines"][0] |= changes
    answer = client.put(f"{API}/returnOrders", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda body: body | {"returnNumber": "R-1"},
        lambda body: {k: v for k, v in body.items() if k != "customerOrder"},
        lambda body: body | {"goodsOwnerId": "1"},
        lambda body: body | {"warehouseId": 2**31},
        lambda body: body | {"returnOrderNumber": ""},
        lambda body: body | {"tracking": [{"wayBill": "1Z"}]},
    ],
)
def test_a_request_that_breaks_the_specification_fails_loudly(api: Api, break_it: Any) -> None:
    double, client = api
    answer = client.put(f"{API}/returnOrders", json=break_it(a_return_order(client)))
    assert answer.status_code == 500
    assert "specification violation" in answer.json()["message"]
    assert len(double.violations) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/returnOrders/returnCauses",
        "/returnOrders?goodsOwnerId=1&number=R",
        "/orders/abc",
        "/nothing",
    ],
)
def test_queries_and_paths_are_checked_too(api: Api, path: str) -> None:
    double, client = api
    assert client.get(API + path).status_code == 500
    assert len(double.violations) == 1


def test_an_answer_that_breaks_the_specification_is_a_violation(api: Api) -> None:
    double, client = api
    double.warehouse.warehouses.append({"id": "three"})
    assert client.get(f"{API}/warehouses").status_code == 500
    assert len(double.violations) == 1


def test_what_it_does_not_have_is_501(api: Api) -> None:
    _, client = api
    assert client.get(f"{API}/parcelTypes", params={"goodsOwnerId": 1}).status_code == 501


def test_it_misbehaves_as_told_and_then_behaves(api: Api) -> None:
    double, client = api
    body = a_return_order(client)
    double.faults.add(Fault("PUT", "/returnOrders", "status_before", status=429, retry_after="3"))
    limited = client.put(f"{API}/returnOrders", json=body)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "3")
    assert double.owner(1).return_orders == {}
    double.faults.add(Fault("PUT", "/returnOrders", "drop_before"))
    with pytest.raises(httpx.TransportError):
        client.put(f"{API}/returnOrders", json=body)
    assert double.owner(1).return_orders == {}
    double.faults.add(Fault("PUT", "/returnOrders", "drop_after"))
    with pytest.raises(httpx.TransportError):
        client.put(f"{API}/returnOrders", json=body)
    assert list(double.owner(1).return_orders) == ["R-1"]
    assert client.put(f"{API}/returnOrders", json=body).status_code == 200


def test_it_is_told_and_asked_over_http_too(api: Api) -> None:
    _, client = api
    fault = {"method": "GET", "path": "/warehouses", "kind": "status_before", "status": 503}
    client.post("/_double/faults", json=fault)
    assert client.get(f"{API}/warehouses").status_code == 503
    client.put("/_double/return-causes", json=["7=lost"])
    causes = client.get(f"{API}/returnOrders/returnCauses", params={"goodsOwnerId": 1}).json()
    assert [cause["code"] for cause in causes["returnCauses"]] == ["7"]
    order = {"goodsOwnerId": 1, "orderId": 88, "lines": [{"sku": "A", "quantity": 3}]}
    assert client.post("/_double/orders", json=order).json() == {"orderId": 88}
    assert client.get(f"{API}/orders/88").json()["orderLines"][0]["pickedNumberOfItems"] == 3
    state = client.get("/_double/state").json()
    assert state["counts"]["GET /warehouses"] == 1
    assert state["violations"] == []


@pytest.mark.parametrize("text", ["damaged", "=x", "1=x:lost"])
def test_a_return_cause_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="CODE=NAME"):
        parse_return_cause(text)
