"""Records of every status, for whoever reads lists: what the seed does not have."""

from collections.abc import Sequence

from crossdock.doubles.ongoing.app import OngoingDouble
from crossdock.doubles.ongoing.models import Model
from crossdock.doubles.ongoing.purchase_orders import put_purchase_order
from crossdock.doubles.ongoing.statuses import (
    ALLOCATED,
    CANCELLED,
    COLLECTED,
    ERROR,
    PICKED,
    PURCHASE_STATUSES,
    RELEASED,
    Status,
)
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse
from crossdock.doubles.ongoing.work import receive_purchase_order

OWN: Status = {"number": 120, "text": "At customs \N{PACKAGE}"}
"""A status that a warehouse made for itself, below all of Ongoing's."""

ORDERS: Sequence[tuple[Status, int]] = (
    (OWN, 0),
    (ERROR, 0),
    (RELEASED, 0),
    (ALLOCATED, 0),
    (PICKED, 3),
    (COLLECTED, 3),
    (CANCELLED, 0),
)
"""Statuses of orders of three mugs, and how many of these are picked."""

RECEIVED_SHARES = {300: 0.5, 400: 0.5, 500: 1.0}
"""How much of a purchase order arrived, by the number of its status."""

RETURNED_SHARES = (0.0, 0.5, 1.0)


def add_variety(double: OngoingDouble, goods_owner_id: int) -> None:
    """Adds orders and purchase orders of every status, and return orders of which none, half and all came."""
    owner, warehouse = double.owner(goods_owner_id), double.warehouse
    for status, picked in ORDERS:
        order_id = warehouse.add_order(owner, [("MUG-BLUE", picked)], ordered=[3])
        info = owner.orders[order_id]["orderInfo"]
        info["orderStatus"] = status
        if status is PICKED:
            info["shippedTime"] = None
    for status in ({**OWN, "number": 50}, *PURCHASE_STATUSES):
        _purchase_order(warehouse, owner, status)
    first = next(iter(owner.orders))
    for share in RETURNED_SHARES:
        _return_order(double, owner, first, share)


def _purchase_order(warehouse: Warehouse, owner: GoodsOwner, status: Status) -> None:
    number = status["number"]
    body: Model = {
        "goodsOwnerId": owner.id,
        "purchaseOrderNumber": f"PO-{number}",
        "purchaseOrderLines": [{"rowNumber": "1", "articleNumber": "CANDLE", "numberOfItems": 10}],
    }
    order = warehouse.purchase_orders[put_purchase_order(warehouse, owner, body)][1]
    if share := RECEIVED_SHARES.get(int(number)):
        receive_purchase_order(warehouse, order, share)
    order["purchaseOrderInfo"]["purchaseOrderStatus"] = status


def _return_order(double: OngoingDouble, owner: GoodsOwner, order_id: int, share: float) -> None:
    line = owner.orders[order_id]["orderLines"][0]
    body: Model = {
        "goodsOwnerId": owner.id,
        "returnOrderNumber": f"RMA-{share:.0%}",
        "customerOrder": {"orderId": order_id},
        "returnOrderLines": [
            {
                "returnOrderRowNumber": "1",
                "customerOrderLine": {"orderLineId": line["id"]},
                "toBeReturnedNumberOfItems": 2,
            }
        ],
    }
    return_id = double.warehouse.put_return_order(owner, body)
    if share:
        double.receive_return(return_id, share)
