"""Purchase orders: goods that a goods owner advises. Receiving them is the warehouse's.

The vendor's description says that a purchase order cannot be updated or cancelled after the warehouse has
started working on it. That this is from status 300 "Inbound" on, or once anything was received, is ours; so
is that an update replaces all that was there.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked, Filter, bound
from crossdock.doubles.ongoing.models import Model, goods_owner_model, now, utc
from crossdock.doubles.ongoing.statuses import INBOUND, NOT_COMING, NOTIFIED, PURCHASE_STATUSES
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

SAME_IN_BOTH = (
    "supplierOrderNumber", "goodsOwnerReference", "referenceNumber", "purchaseOrderType",
    "purchaseOrderRemark", "invoiceNumber",
)  # fmt: skip
"""Fields that models `PostPurchaseOrderModel` and `GetPurchaseOrderModelPurchaseOrderInfo` have alike."""

SUPPLIER = ("supplierNumber", "supplierName")


def _check_untouched(order: Model) -> None:
    info = order["purchaseOrderInfo"]
    number, status = info["purchaseOrderNumber"], info["purchaseOrderStatus"]
    if status == NOT_COMING:
        raise Refused(f"Purchase order {number} is cancelled.")
    received = any(line["receivedNumberOfItems"] for line in order["purchaseOrderLines"])
    if received or status["number"] >= INBOUND["number"]:
        raise Refused(
            f"Purchase order {number} cannot be changed: the warehouse has started on it ({status['text']})."
        )


def put_purchase_order(
    warehouse: Warehouse, owner: GoodsOwner, body: Model, there: Model | None = None
) -> int:
    """Writes a `PostPurchaseOrderModel` over one, by default that of its number; the id. Raises `Refused`."""
    number = body["purchaseOrderNumber"]
    same_number = owner.purchase_orders.get(number)
    there = there or same_number
    if same_number is not None and same_number is not there:
        raise Refused(f"Purchase order {number} already exists.")
    if there:
        _check_untouched(there)
    received_in = warehouse.warehouse(body.get("warehouseId"))
    lines = _lines(warehouse, owner, body, there["purchaseOrderLines"] if there else [])
    earlier = there["purchaseOrderInfo"] if there else {}
    order_id = earlier.get("purchaseOrderId") or warehouse.next_id("purchase_order")
    free = {
        name.replace("freeBoolean", "freeBool"): value
        for name, value in (body.get("freeValues") or {}).items()
    }
    advanced = body.get("advanced") or {}
    info = {key: body.get(key) for key in SAME_IN_BOTH} | {
        "purchaseOrderId": order_id,
        "purchaseOrderNumber": number,
        "purchaseOrderStatus": earlier.get("purchaseOrderStatus", NOTIFIED),
        "inDate": utc(body.get("inDate")),
        "warehouse": received_in,
        "createdDate": earlier.get("createdDate") or now(),
        "freeValues": free or None,
        "advanced": {
            "container": advanced.get("container"),
            "orderDate": utc(advanced.get("orderDate")),
            "advisedDate": utc(advanced.get("advisedDate")),
            "purchaseOrderIsReturnType": bool(advanced.get("purchaseOrderIsReturnType")),
        },
    }
    supplier = {key: value for key, value in (body.get("supplierInfo") or {}).items() if key in SUPPLIER}
    order = {
        "goodsOwner": goods_owner_model(owner.id),
        "supplierInfo": supplier or None,
        "purchaseOrderInfo": info,
        "purchaseOrderLines": lines,
        "classes": [{key: one.get(key) for key in ("code", "name")} for one in body.get("classes") or []],
    }
    if there:
        del owner.purchase_orders[earlier["purchaseOrderNumber"]]
    owner.purchase_orders[number] = order
    warehouse.purchase_orders[order_id] = (owner, order)
    return int(order_id)


def _lines(warehouse: Warehouse, owner: GoodsOwner, body: Model, earlier: list[Model]) -> list[Model]:
    given = body.get("purchaseOrderLines") or []
    if not given:
        raise Refused("A purchase order must have at least one line.")
    rows = [line["rowNumber"] for line in given]
    if len(set(rows)) != len(rows):
        raise Refused("rowNumber must be unique within the purchase order.")
    ids = {line["rowNumber"]: line["id"] for line in earlier}
    made = []
    for line in given:
        row = line["rowNumber"]
        if line.get("numberOfItems", 0) <= 0:
            raise Refused(f"numberOfItems of row {row} must be above 0.")
        article = warehouse.ordered_article(owner, line["articleNumber"])
        free = line.get("lineFreeValues") or {}
        made.append(
            {
                "id": ids.get(row) or warehouse.next_id("purchase_order_line"),
                "rowNumber": row,
                "article": {key: article[key] for key in ("articleSystemId", "articleNumber", "articleName")},
                "comment": line.get("comment"),
                "rowPrice": line.get("rowPrice"),
                "advisedNumberOfItems": line["numberOfItems"],
                "receivedNumberOfItems": 0,
                "externalOrderLineId": line.get("externalOrderLineId"),
                "lineType": line.get("lineType"),
                "inDate": utc(line.get("inDate")),
                "freeValues": {key: free.get(key) for key in ("freeText1", "freeText2")} if free else None,
                "articleItems": [],
            }
        )
    return made


FILTERS: Mapping[str, Filter] = {
    "purchaseOrderNumber": lambda p, number: p["purchaseOrderInfo"]["purchaseOrderNumber"] == number,
    "purchaseOrderNumbers": lambda p, numbers: p["purchaseOrderInfo"]["purchaseOrderNumber"] in numbers,
    "purchaseOrderStatusFrom": lambda p, number: _status_number(p) >= number,
    "purchaseOrderStatusTo": lambda p, number: _status_number(p) <= number,
    "purchaseOrderIdFrom": lambda p, number: p["purchaseOrderInfo"]["purchaseOrderId"] >= number,
    "maxPurchaseOrdersToGet": bound,
}


def _status_number(order: Model) -> int:
    return int(order["purchaseOrderInfo"]["purchaseOrderStatus"]["number"])


def _purchase_orders(asked: Asked) -> Any:
    owned = asked.goods_owner().purchase_orders.values()
    by_id = sorted(owned, key=lambda order: order["purchaseOrderInfo"]["purchaseOrderId"])
    return asked.filtered(by_id, FILTERS, asked.parameters.get("maxPurchaseOrdersToGet"))


def _purchase_order(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.purchase_orders, "purchaseOrderId", "Purchase order")


def _statuses(asked: Asked) -> Any:  # noqa: ARG001
    return {"orderStatuses": PURCHASE_STATUSES}


def _put(asked: Asked) -> Any:
    return _written(put_purchase_order(asked.warehouse, asked.body_owner(), asked.body), asked.body)


def _put_by_id(asked: Asked) -> Any:
    owner, there = asked.found(asked.warehouse.purchase_orders, "purchaseOrderId", "Purchase order")
    if owner is not asked.body_owner():
        raise Refused(
            f"Purchase order {there['purchaseOrderInfo']['purchaseOrderId']} belongs to another goods owner."
        )
    return _written(put_purchase_order(asked.warehouse, owner, asked.body, there), asked.body)


def _written(order_id: int, body: Model) -> Model:
    number = body["purchaseOrderNumber"]
    return {"purchaseOrderId": order_id, "message": f"Inorder with order number {number} created/updated."}


def _cancelled(order: Model) -> Model:
    """The purchase order stays, with the status "Cancelled" that the vendor's example answers have."""
    _check_untouched(order)
    info = order["purchaseOrderInfo"]
    info["purchaseOrderStatus"] = NOT_COMING
    return {
        "purchaseOrderId": info["purchaseOrderId"],
        "message": f"Inorder with order number {info['purchaseOrderNumber']} cancelled.",
    }


def _delete(asked: Asked) -> Any:
    return _cancelled(asked.visible(asked.warehouse.purchase_orders, "purchaseOrderId", "Purchase order"))


def _delete_by_number(asked: Asked) -> Any:
    number = asked.parameters["purchaseOrderNumber"]
    order = asked.goods_owner().purchase_orders.get(number)
    if order is None:
        raise Refused(f"Purchase order {number} does not exist.", 404)
    return _cancelled(order)


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /purchaseOrders": _purchase_orders,
    "PUT /purchaseOrders": _put,
    "DELETE /purchaseOrders": _delete_by_number,
    "GET /purchaseOrders/{purchaseOrderId}": _purchase_order,
    "PUT /purchaseOrders/{purchaseOrderId}": _put_by_id,
    "DELETE /purchaseOrders/{purchaseOrderId}": _delete,
    "GET /purchaseOrders/statuses": _statuses,
}
