"""The operations of the specification that this double has, over the warehouse. No HTTP here.

A parameter that the specification has and the double does not understand is refused with 501, as an
operation is: to ignore a filter would be to answer something else than was asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.models import RETURN_STATUSES, Model
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

Filter = Callable[[Model, Any], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body.

    `owner` seeds and gives the goods owner of an id, or raises `Refused`; `sees` is whether the user has it.
    """

    warehouse: Warehouse
    parameters: Mapping[str, Any]
    body: Any
    owner: Callable[[int], GoodsOwner]
    sees: Callable[[int], bool]

    def goods_owner(self) -> GoodsOwner:
        """The goods owner that the query names. Raises `Refused`."""
        return self.owner(self.parameters["goodsOwnerId"])

    def visible(self, records: Mapping[int, tuple[GoodsOwner, Model]], name: str, what: str) -> Model:
        """The record whose id is in the path. Raises `Refused` when the user has none of that id."""
        wanted = self.parameters[name]
        owner, record = records.get(wanted, (None, {}))
        if owner is None or not self.sees(owner.id):
            raise Refused(f"{what} {wanted} does not exist.", 404)
        return record

    def filtered(self, records: Iterable[Model], filters: Mapping[str, Filter]) -> list[Model]:
        """The records that satisfy every parameter given. Raises `Refused` for one that is not understood."""
        given = {name: value for name, value in self.parameters.items() if name != "goodsOwnerId"}
        if unknown := given.keys() - filters.keys():
            raise Refused(f"This double does not filter by {', '.join(sorted(unknown))}.", 501)
        return [
            record for record in records if all(filters[name](record, value) for name, value in given.items())
        ]


def _return_causes(asked: Asked) -> Any:
    asked.goods_owner()
    rows = [
        {
            "code": cause.code,
            "name": cause.name,
            "isRemoveCause": cause.is_remove_cause,
            "isChangeCause": cause.is_change_cause,
            "isReturnCommentMandatory": cause.is_return_comment_mandatory,
            "id": index,
        }
        for index, cause in enumerate(asked.warehouse.return_causes, start=1)
    ]
    return {"returnCauses": rows}


def _return_statuses(asked: Asked) -> Any:  # noqa: ARG001
    return {"returnOrderStatuses": RETURN_STATUSES}


RETURN_ORDER_FILTERS: Mapping[str, Filter] = {
    "returnOrderNumbers": lambda r, numbers: r["returnOrderInfo"]["returnOrderNumber"] in numbers,
    "customerOrderNumbers": lambda r, numbers: r["customerOrderInfo"]["orderNumber"] in numbers,
    "returnOrderStatusFrom": lambda r, number: r["returnOrderInfo"]["returnOrderStatus"]["number"] >= number,
    "returnOrderStatusTo": lambda r, number: r["returnOrderInfo"]["returnOrderStatus"]["number"] <= number,
}


def _return_orders(asked: Asked) -> Any:
    records = asked.goods_owner().return_orders
    numbers = asked.parameters.get("returnOrderNumbers")
    # Looked up rather than searched for: a retrying client asks by number, among thousands of return orders.
    found = (
        records.values()
        if numbers is None
        else [records[number] for number in dict.fromkeys(numbers) if number in records]
    )
    return asked.filtered(found, RETURN_ORDER_FILTERS)


def _put_return_order(asked: Asked) -> Any:
    owner = asked.owner(asked.body["goodsOwnerId"])
    return {"returnOrderId": asked.warehouse.put_return_order(owner, asked.body), "message": "OK"}


def _return_order(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.return_orders, "returnOrderId", "Return order")


ORDER_FILTERS: Mapping[str, Filter] = {
    "orderNumber": lambda o, number: o["orderInfo"]["orderNumber"] == number,
    "orderNumbers": lambda o, numbers: o["orderInfo"]["orderNumber"] in numbers,
    "orderStatusFrom": lambda o, number: o["orderInfo"]["orderStatus"]["number"] >= number,
    "orderStatusTo": lambda o, number: o["orderInfo"]["orderStatus"]["number"] <= number,
    "orderIdFrom": lambda o, number: o["orderInfo"]["orderId"] >= number,
    "maxOrdersToGet": lambda *_: True,
}


def _orders(asked: Asked) -> Any:
    owned = asked.goods_owner().orders
    found = asked.filtered([owned[order_id] for order_id in sorted(owned)], ORDER_FILTERS)
    return found[: asked.parameters.get("maxOrdersToGet")]


def _order(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.orders, "orderId", "Order")


ARTICLE_FILTERS: Mapping[str, Filter] = {
    "articleNumber": lambda a, number: a["articleNumber"] == number,
    "articleNumbers": lambda a, numbers: a["articleNumber"] in numbers,
    "articleSystemIdFrom": lambda a, number: a["articleSystemId"] >= number,
    "maxArticlesToGet": lambda *_: True,
}


def _articles(asked: Asked) -> Any:
    owned = sorted(asked.goods_owner().articles.values(), key=lambda article: article["articleSystemId"])
    return asked.filtered(owned, ARTICLE_FILTERS)[: asked.parameters.get("maxArticlesToGet")]


def _article(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.articles, "articleSystemId", "Article")


def _warehouses(asked: Asked) -> Any:
    return asked.warehouse.warehouses


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /returnOrders/returnCauses": _return_causes,
    "GET /returnOrders/statuses": _return_statuses,
    "GET /returnOrders": _return_orders,
    "PUT /returnOrders": _put_return_order,
    "GET /returnOrders/{returnOrderId}": _return_order,
    "GET /orders": _orders,
    "GET /orders/{orderId}": _order,
    "GET /articles": _articles,
    "GET /articles/{articleSystemId}": _article,
    "GET /warehouses": _warehouses,
}
"""By method and path of the specification."""
