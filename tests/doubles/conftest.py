"""A double that is served, shared by the tests of a file; each test has a goods owner of its own."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running

_goods_owners = itertools.count(5000)


@dataclass
class Account:
    """A user of the double with one goods owner, whose orders are `orders` in the order of the seed."""

    double: OngoingDouble
    client: httpx.Client
    goods_owner: int
    orders: list[int]

    def get(self, path: str, **params: Any) -> httpx.Response:
        """A read that names the goods owner."""
        return self.client.get(f"/api/v1{path}", params={"goodsOwnerId": self.goods_owner, **params})

    def read(self, path: str) -> httpx.Response:
        """A read that names nobody."""
        return self.client.get(f"/api/v1{path}")

    def body(self, number: str = "R-1", order: int | None = None, **line: Any) -> dict[str, Any]:
        """A return of two items of an order's first line, with changes to that line."""
        order_id = order or self.orders[0]
        first = self.double.state.orders[order_id][1]["orderLines"][0]["id"]
        asked = {
            "returnOrderRowNumber": "1",
            "customerOrderLine": {"orderLineId": first},
            "toBeReturnedNumberOfItems": 2,
        }
        return {
            "goodsOwnerId": self.goods_owner,
            "returnOrderNumber": number,
            "customerOrder": {"orderId": order_id},
            "returnOrderLines": [asked | line],
        }

    def put(self, body: dict[str, Any]) -> httpx.Response:
        """`PUT /returnOrders`."""
        return self.client.put("/api/v1/returnOrders", json=body)

    def send(self, method: str, path: str, body: dict[str, Any] | None = None, **params: Any) -> Any:
        """Any call of the API."""
        return self.client.request(method, f"/api/v1{path}", json=body, params=params or None)

    def written(self, method: str, path: str, body: dict[str, Any] | None = None, **params: Any) -> Any:
        """The decoded answer of a call that is accepted."""
        answer = self.send(method, path, body, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, body: dict[str, Any] | None = None, **params: Any) -> str:
        """The words of a call that is refused, without a violation of the specification."""
        answer = self.send(method, path, body, **params)
        assert answer.status_code in (400, 404), answer.text
        assert self.double.violations == []
        return str(answer.json()["message"])

    def order_body(self, number: str = "SO-A", **changes: Any) -> dict[str, Any]:
        """An order of three units of one article, with changes."""
        return {
            "goodsOwnerId": self.goods_owner,
            "orderNumber": number,
            "deliveryDate": "2030-05-01T00:00:00Z",
            "consignee": {"name": "Ada Example", "address1": "1 Example Street", "countryCode": "SE"},
            "orderLines": [{"rowNumber": "1", "articleNumber": "SHIRT-M", "numberOfItems": 3}],
        } | changes

    def purchase_body(self, number: str = "PO-A", **changes: Any) -> dict[str, Any]:
        """A purchase order of five units of one article, with changes."""
        return {
            "goodsOwnerId": self.goods_owner,
            "purchaseOrderNumber": number,
            "purchaseOrderLines": [{"rowNumber": "1", "articleNumber": "SHIRT-M", "numberOfItems": 5}],
        } | changes

    def article_body(self, number: str = "SCARF", **changes: Any) -> dict[str, Any]:
        """An article with a bar code, with changes."""
        named = {"articleName": "Scarf", "barCodeInfo": {"barCode": "4006381333931"}}
        return {"goodsOwnerId": self.goods_owner, "articleNumber": number, **named} | changes

    @property
    def stored(self) -> dict[str, Any]:
        """The goods owner's return orders by number."""
        return self.double.owner(self.goods_owner).return_orders


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[OngoingDouble, httpx.Client]]:
    """A double and a client of it."""
    double = OngoingDouble()
    with running(double) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        yield double, client


@pytest.fixture
def account(served: tuple[OngoingDouble, httpx.Client]) -> Iterator[Account]:
    """A new goods owner of the double, and a user of that goods owner's own."""
    double, client = served
    goods_owner = next(_goods_owners)
    client.auth = (f"user-{goods_owner}", "p")
    double.violations.clear()
    double.counts.clear()
    yield Account(double, client, goods_owner, list(double.owner(goods_owner).orders))
    double.faults.clear()
