"""Return orders: `PUT` creates or updates by the return order number."""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked, Filter
from crossdock.doubles.ongoing.models import Model
from crossdock.doubles.ongoing.statuses import CANCELLED, RETURN_STATUSES, numbered


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


def _statuses(asked: Asked) -> Any:  # noqa: ARG001
    return {"returnOrderStatuses": RETURN_STATUSES}


FILTERS: Mapping[str, Filter] = {
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
    return asked.filtered(found, FILTERS)


def _put(asked: Asked) -> Any:
    owner = asked.body_owner()
    return {"returnOrderId": asked.warehouse.put_return_order(owner, asked.body), "message": "OK"}


def _return_order(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.return_orders, "returnOrderId", "Return order")


def _cancelled(return_order: Model) -> Model:
    """That a cancelled return order stays, and that none can be cancelled of which goods arrived, is ours."""
    info = return_order["returnOrderInfo"]
    number = info["returnOrderNumber"]
    if info["returnOrderStatus"] == CANCELLED:
        raise Refused(f"Return order {number} is cancelled.")
    if any(line["returnedNumberOfItems"] for line in return_order["returnOrderLines"]):
        raise Refused(f"Return order {number} cannot be cancelled: goods of it have arrived.")
    info["returnOrderStatus"] = CANCELLED
    return {"returnOrderId": info["returnOrderId"], "message": "OK"}


def _delete(asked: Asked) -> Any:
    return _cancelled(asked.visible(asked.warehouse.return_orders, "returnOrderId", "Return order"))


def _delete_by_number(asked: Asked) -> Any:
    number = asked.parameters["returnOrderNumber"]
    return_order = asked.goods_owner().return_orders.get(number)
    if return_order is None:
        raise Refused(f"Return order {number} does not exist.", 404)
    return _cancelled(return_order)


def _patch_status(asked: Asked) -> Any:
    info = asked.visible(asked.warehouse.return_orders, "returnOrderId", "Return order")["returnOrderInfo"]
    number = asked.body["returnOrderStatusNumber"]
    status = numbered(RETURN_STATUSES, number)
    if status is None:
        raise Refused(f"Return order status {number} does not exist.")
    info["returnOrderStatus"] = status
    return {"returnOrderId": info["returnOrderId"], "message": "OK"}


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /returnOrders/returnCauses": _return_causes,
    "GET /returnOrders/statuses": _statuses,
    "GET /returnOrders": _return_orders,
    "PUT /returnOrders": _put,
    "DELETE /returnOrders": _delete_by_number,
    "GET /returnOrders/{returnOrderId}": _return_order,
    "DELETE /returnOrders/{returnOrderId}": _delete,
    "PATCH /returnOrders/{returnOrderId}/returnOrderStatus": _patch_status,
}
