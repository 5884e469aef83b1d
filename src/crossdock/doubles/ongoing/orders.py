"""Orders: `PUT` creates or updates by the order number, as long as the warehouse has not begun.

The vendor's description says that an order cannot be updated or cancelled after the warehouse has started
working on it. That this is from status 320 "Allocated" on, or once anything was picked, is ours; so is that
an update replaces all that was there.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked, Filter, bound
from crossdock.doubles.ongoing.lists import transporter_model
from crossdock.doubles.ongoing.models import Model, goods_owner_model, now, sortable, touch, utc
from crossdock.doubles.ongoing.statuses import ALLOCATED, CANCELLED, ORDER_STATUSES, RELEASED, numbered
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

SAME_IN_BOTH = (
    "referenceNumber", "goodsOwnerOrderId", "salesCode", "orderRemark", "deliveryInstruction",
    "servicePointCode", "freeText1", "freeText2", "freeText3", "emailNotification", "smsNotification",
    "telephoneNotification", "customsInfo", "preparedTransportDocumentId", "termsOfDeliveryType",
    "customerPrice", "consigneeOrderNumber", "warehouseInstruction", "marketPlace", "pickingPriority",
    "productionCode", "freightPrice", "invoiceUrl",
)  # fmt: skip
"""Fields that models `PostOrderModel` and `GetOrderModelOrderInfo` have alike."""

CONSIGNEE = (
    "customerNumber", "name", "address1", "address2", "address3", "postCode", "city", "countryCode",
    "countryStateCode", "remark", "doorCode",
)  # fmt: skip
LINE = (
    "comment", "serialNumber", "lineTotalCustomsValue", "batchNumber", "lineType", "customerArticleNumber",
    "externalId", "minDaysToExpiryDate", "maxDaysToExpiryDate", "warehouseInstruction", "vat",
)  # fmt: skip
PRICES = ("linePrice", "customerLinePrice", "currencyCode", "discountPercentage")


def has_begun(order: Model) -> bool:
    """Whether the warehouse works on it, or is done with it."""
    status = order["orderInfo"]["orderStatus"]["number"]
    return bool(status >= ALLOCATED["number"] or order["orderInfo"]["pickedNumberOfItems"])


def _check_untouched(order: Model) -> None:
    number, status = order["orderInfo"]["orderNumber"], order["orderInfo"]["orderStatus"]
    if status == CANCELLED:
        raise Refused(f"Order {number} is cancelled.")
    if has_begun(order):
        raise Refused(
            f"Order {number} cannot be changed: the warehouse has started on it ({status['text']})."
        )


def order_numbered(owner: GoodsOwner, number: str) -> Model | None:
    """The goods owner's order of that number."""
    return next((o for o in owner.orders.values() if o["orderInfo"]["orderNumber"] == number), None)


def put_order(warehouse: Warehouse, owner: GoodsOwner, body: Model, there: Model | None = None) -> int:
    """Writes a `PostOrderModel` over an order, by default the one of its number; the id. Raises `Refused`."""
    number = body["orderNumber"]
    same_number = order_numbered(owner, number)
    there = there or same_number
    if same_number is not None and same_number is not there:
        raise Refused(f"Order {number} already exists.")
    if there:
        _check_untouched(there)
    made_in = warehouse.warehouse(body.get("warehouseId"))
    transporters = {
        name: transporter_model(warehouse.transporter_contracts, body.get(name))
        for name in ("transporter", "returnTransporter")
    }
    lines = _lines(warehouse, owner, body, there["orderLines"] if there else [])
    earlier = there["orderInfo"] if there else {}
    order_id = earlier.get("orderId") or warehouse.next_id("order")
    units = sum(line["orderedNumberOfItems"] for line in lines)
    info = {key: body.get(key) for key in SAME_IN_BOTH} | {
        "orderId": order_id,
        "orderNumber": number,
        "orderType": _learnt(warehouse.order_types, body.get("orderType")),
        "wayOfDelivery": _learnt(warehouse.ways_of_delivery, body.get("wayOfDelivery"), with_id=True),
        "orderFreeDateTime1": utc(body.get("orderFreeDateTime1")),
        "deliveryDate": utc(body["deliveryDate"]),
        "createdDate": earlier.get("createdDate") or now(),
        "orderStatus": earlier.get("orderStatus", RELEASED),
        "warehouse": made_in,
        "orderedNumberOfItems": units,
        "allocatedNumberOfItems": 0,
        "pickedNumberOfItems": 0,
    }
    advanced = body.get("advanced") or {}
    changed = {"orderHeaderUpdated": now()}
    if advanced.get("arrivalDate"):
        changed["arrivalDate"] = utc(advanced["arrivalDate"]) or ""
    info["advanced"] = changed
    consignee = {key: value for key, value in body["consignee"].items() if key in CONSIGNEE}
    order = {
        "goodsOwner": goods_owner_model(owner.id),
        "orderInfo": info,
        "consignee": consignee | {"id": warehouse.next_id("consignee")},
        "orderLines": lines,
        "classes": [{key: one.get(key) for key in ("code", "name")} for one in body.get("classes") or []],
        "advanced": {"orderTextLines": advanced.get("orderTextLines") or []},
        "parcels": there.get("parcels", []) if there else [],
        "tracking": there.get("tracking", []) if there else [],
        "returnTracking": there.get("returnTracking", []) if there else [],
        **transporters,
    }
    owner.orders[order_id] = order
    warehouse.orders[order_id] = (owner, order)
    return int(order_id)


def _learnt(known: list[Model], given: Model | None, *, with_id: bool = False) -> Model | None:
    """A way of delivery or an order type by its code; one that is new is kept."""
    if not given or not given.get("code"):
        return None
    for one in known:
        if one["code"] == given["code"]:
            return {"code": one["code"], "name": one["name"]}
    made = {"code": given["code"], "name": given.get("name") or given["code"]}
    known.append({"id": len(known) + 1, **made} if with_id else made)
    return made


def _lines(warehouse: Warehouse, owner: GoodsOwner, body: Model, earlier: list[Model]) -> list[Model]:
    given = body.get("orderLines") or []
    if not given:
        raise Refused("An order must have at least one line.")
    rows = [line["rowNumber"] for line in given]
    if len(set(rows)) != len(rows):
        raise Refused("rowNumber must be unique within the order.")
    for line in given:
        if line.get("numberOfItems", 0) <= 0:
            raise Refused(f"numberOfItems of row {line['rowNumber']} must be above 0.")
    ids = {line["rowNumber"]: line["id"] for line in earlier}
    return [
        _line(warehouse, warehouse.ordered_article(owner, line["articleNumber"]), line, ids) for line in given
    ]


def _line(warehouse: Warehouse, article: Model, line: Model, ids: Mapping[str, int]) -> Model:
    row, prices = line["rowNumber"], line.get("prices") or {}
    made = {key: line[key] for key in LINE if line.get(key) is not None}
    return made | {
        "id": ids.get(row) or warehouse.next_id("order_line"),
        "rowNumber": row,
        "article": {
            key: article[key] for key in ("articleSystemId", "articleNumber", "articleName", "articleKind")
        },
        "orderedNumberOfItems": line["numberOfItems"],
        "allocatedNumberOfItems": 0,
        "pickedNumberOfItems": 0,
        "packedNumberOfItems": 0,
        "returnedNumberOfItems": 0,
        "shouldBePicked": line.get("shouldBePicked") is not False,
        "prices": {key: value for key, value in prices.items() if key in PRICES},
        "freeValues": line.get("lineFreeValues"),
        "deliveryDate": utc(line.get("deliveryDate")),
    }


UPDATES_REACH_BACK = timedelta(days=2)
"""For `orderUpdatedTimeFrom`, as a public client of the API tells (see the specification's README)."""


def _updated(order: Model) -> str:
    """When an order was last changed, in UTC."""
    info = order["orderInfo"]
    told = (info.get("advanced") or {}).get("orderHeaderUpdated")
    return sortable(told or info["createdDate"])


ORDER_FILTERS: Mapping[str, Filter] = {
    "orderUpdatedTimeFrom": lambda o, moment: _updated(o) >= sortable(moment),
    "orderStatusChangedTimeFrom": lambda o, moment: _updated(o) >= sortable(moment),
    "orderCreatedTimeFrom": lambda o, moment: o["orderInfo"]["createdDate"] >= sortable(moment),
    "orderCreatedTimeTo": lambda o, moment: o["orderInfo"]["createdDate"] <= sortable(moment),
    "orderNumber": lambda o, number: o["orderInfo"]["orderNumber"] == number,
    "orderNumbers": lambda o, numbers: o["orderInfo"]["orderNumber"] in numbers,
    "referenceNumbers": lambda o, numbers: o["orderInfo"].get("referenceNumber") in numbers,
    "orderStatusFrom": lambda o, number: o["orderInfo"]["orderStatus"]["number"] >= number,
    "orderStatusTo": lambda o, number: o["orderInfo"]["orderStatus"]["number"] <= number,
    "orderIdFrom": lambda o, number: o["orderInfo"]["orderId"] >= number,
    "maxOrdersToGet": bound,
}


def _orders(asked: Asked) -> Any:
    """In the order of ids, as the vendor's page "Paginating responses from the API" needs them."""
    asked.not_before("orderUpdatedTimeFrom", UPDATES_REACH_BACK)
    owned = asked.goods_owner().orders
    ids = sorted(owned)
    # A long list is read page by page: what is before the page is not looked at again.
    wanted = ids[bisect_left(ids, asked.parameters.get("orderIdFrom", 0)) :]
    return asked.filtered(
        (owned[order_id] for order_id in wanted), ORDER_FILTERS, asked.parameters.get("maxOrdersToGet")
    )


def _order(asked: Asked) -> Any:
    return asked.visible(asked.warehouse.orders, "orderId", "Order")


def _statuses(asked: Asked) -> Any:  # noqa: ARG001
    return {"orderStatuses": ORDER_STATUSES}


def _put(asked: Asked) -> Any:
    return _written(put_order(asked.warehouse, asked.body_owner(), asked.body), asked.body)


def _put_by_id(asked: Asked) -> Any:
    owner, there = asked.found(asked.warehouse.orders, "orderId", "Order")
    if owner is not asked.body_owner():
        raise Refused(f"Order {there['orderInfo']['orderId']} belongs to another goods owner.")
    return _written(put_order(asked.warehouse, owner, asked.body, there), asked.body)


def _written(order_id: int, body: Model) -> Model:
    return {"orderId": order_id, "message": f"Order number {body['orderNumber']} created/updated"}


def _cancelled(order: Model) -> Model:
    """The order stays and has status 1000: the vendor's page "Statuses"."""
    _check_untouched(order)
    order["orderInfo"]["orderStatus"] = CANCELLED
    touch(order)
    info = order["orderInfo"]
    return {"orderId": info["orderId"], "message": f"Order number {info['orderNumber']} cancelled"}


def _delete(asked: Asked) -> Any:
    return _cancelled(asked.visible(asked.warehouse.orders, "orderId", "Order"))


def _delete_by_number(asked: Asked) -> Any:
    number = asked.parameters["orderNumber"]
    order = order_numbered(asked.goods_owner(), number)
    if order is None:
        raise Refused(f"Order {number} does not exist.", 404)
    return _cancelled(order)


def _patch_status(asked: Asked) -> Any:
    """Picking is the warehouse's: the vendor's page "UpdateOrder" forbids statuses above 399 before it."""
    order = asked.visible(asked.warehouse.orders, "orderId", "Order")
    info, number = order["orderInfo"], asked.body["orderStatusNumber"]
    status = numbered(ORDER_STATUSES, number)
    if status is None or status == CANCELLED:
        raise Refused(f"Order status {number} cannot be set.")
    if number > 399 and not info["pickedNumberOfItems"]:
        raise Refused(
            f"Order status {number} cannot be set: nothing of order {info['orderNumber']} is picked."
        )
    info["orderStatus"] = status
    touch(order)
    return {"orderId": info["orderId"], "message": "OK"}


def _patch_waybill(asked: Asked) -> Any:
    order = asked.visible(asked.warehouse.orders, "orderId", "Order")
    info = order["orderInfo"]
    info["wayBill"] = asked.body["waybill"]
    touch(order)
    return {"orderId": info["orderId"], "message": "OK"}


def _put_tracking(asked: Asked) -> Any:
    """Says where an order can be followed; it is no report that anything left. A waybill is kept once."""
    order = asked.visible(asked.warehouse.orders, "orderId", "Order")
    which = "returnTracking" if asked.body["isReturnTracking"] else "tracking"
    made = {key: asked.body[key] for key in ("waybill", "trackingUrl")} | {"created": now()}
    others = [one for one in order.get(which) or [] if one["waybill"] != made["waybill"]]
    order[which] = [*others, made]
    touch(order)
    return {"success": True, "message": "OK"}


def _put_parcel(asked: Asked) -> Any:
    order = asked.visible(asked.warehouse.orders, "orderId", "Order")
    kind = asked.body["transportAdministrationType"]
    if kind.lower() not in ("delivery", "return"):
        raise Refused(f"transportAdministrationType {kind} is neither delivery nor return.")
    parcels = order.get("parcels") or []
    number = asked.body["parcelNumber"]
    there = next((parcel for parcel in parcels if parcel["parcelNumber"] == number), None)
    sizes = asked.body.get("advanced") or {}
    made = {
        "id": there["id"] if there else asked.warehouse.next_id("parcel"),
        "parcelNumber": number,
        "isReturnParcel": kind.lower() == "return",
        "tracking": {"trackingUrl": (asked.body.get("tracking") or {}).get("trackingUrl")},
        "advanced": {key: sizes.get(key) for key in ("length", "width", "height", "weight")},
    }
    order["parcels"] = [parcel for parcel in parcels if parcel is not there] + [made]
    touch(order)
    return {"parcelId": made["id"], "success": True, "message": "OK"}


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "GET /orders": _orders,
    "PUT /orders": _put,
    "DELETE /orders": _delete_by_number,
    "GET /orders/{orderId}": _order,
    "PUT /orders/{orderId}": _put_by_id,
    "DELETE /orders/{orderId}": _delete,
    "GET /orders/statuses": _statuses,
    "PATCH /orders/{orderId}/orderStatus": _patch_status,
    "PATCH /orders/{orderId}/waybill": _patch_waybill,
    "PUT /orders/{orderId}/orderTracking": _put_tracking,
    "PUT /orders/{orderId}/parcels": _put_parcel,
}
