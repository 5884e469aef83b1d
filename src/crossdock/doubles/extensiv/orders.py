"""Orders (rels/orders): made, changed while they are open, cancelled, and confirmed when they ship."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from crossdock.doubles.extensiv.asked import Asked, invalid, not_now
from crossdock.doubles.extensiv.queries import ORDERS, embedded, page
from crossdock.doubles.extensiv.warehouse import (
    CANCELLED,
    CLOSED,
    OPEN,
    ORDER_ITEMS,
    REL,
    Model,
    Record,
    Warehouse,
    now,
    written,
)
from crossdock.doubles.rest import Reply

MODEL = "Order"
EVERYTHING = frozenset({"All"})
OWN = ("customerIdentifier", "facilityIdentifier", "orderItems")


def create(asked: Asked) -> Any:
    """A new order; `referenceNum` is unique among the customer's."""
    warehouse, body = asked.warehouse, asked.body
    customer = warehouse.customer(body["customerIdentifier"], MODEL)
    facility = warehouse.facility(body["facilityIdentifier"], MODEL)
    _unique(warehouse, customer["id"], body["referenceNum"], None)
    items = warehouse.lines(customer["id"], body["orderItems"], MODEL, "OrderItems", "orderItemId")
    order_id = warehouse.next_id("order")
    record = Record(
        {
            "readOnly": {
                "orderId": order_id,
                "fullyAllocated": True,
                "isClosed": False,
                "customerIdentifier": customer,
                "facilityIdentifier": facility,
                "creationDate": now(),
                "lastModifiedDate": now(),
                "status": OPEN,
                "packages": [],
                "warehouseTransactionSourceType": 7,
            },
            **{name: value for name, value in body.items() if name not in OWN},
            "_embedded": {ORDER_ITEMS: items},
        }
    )
    warehouse.orders[order_id] = record
    return Reply(_shown(record.model, EVERYTHING), 201, {"etag": record.etag})


def _unique(warehouse: Warehouse, customer_id: int, reference: str, except_id: int | None) -> None:
    if not reference:
        raise invalid(MODEL, "ReferenceNum", "Required", "ReferenceNum is required.")
    for order_id, record in warehouse.orders.items():
        owner = record.model["readOnly"]["customerIdentifier"]["id"]
        if order_id != except_id and owner == customer_id and record.model["referenceNum"] == reference:
            hint = "There is an order with this ReferenceNum."
            raise invalid(MODEL, "ReferenceNum", "Duplicate", hint, reference)


def read(asked: Asked) -> Any:
    """One order; its items and packages where `detail` asks for them."""
    record = asked.record(asked.warehouse.orders, "orderId")
    return Reply(_shown(record.model, _detail(asked)), headers={"etag": record.etag})


def find(asked: Asked) -> Any:
    """Orders that satisfy `rql`, a page of them."""
    found = page(asked, [record.model for record in asked.warehouse.orders.values()], ORDERS)
    shown = [_shown(model, _detail(asked)) for model in found.page]
    return {"totalResults": found.total, **embedded(REL + "orders/order", shown)}


def update(asked: Asked) -> Any:
    """Another state of an open order."""
    warehouse, body = asked.warehouse, asked.body
    record = asked.record(warehouse.orders, "orderId")
    asked.unchanged(record)
    _still_open(record, "update")
    read_only = record.model["readOnly"]
    customer_id = read_only["customerIdentifier"]["id"]
    _unique(warehouse, customer_id, body["referenceNum"], read_only["orderId"])
    items = record.model["_embedded"][ORDER_ITEMS]
    if "orderItems" in body:
        items = warehouse.lines(customer_id, body["orderItems"], MODEL, "OrderItems", "orderItemId")
    changed = {name: value for name, value in body.items() if name not in OWN}
    record.change({"readOnly": read_only, **changed, "_embedded": {ORDER_ITEMS: items}})
    return Reply(_shown(record.model, EVERYTHING), headers={"etag": record.etag})


def cancel(asked: Asked) -> Any:
    """Operator `canceler`."""
    record = asked.record(asked.warehouse.orders, "orderId")
    asked.unchanged(record)
    _still_open(record, "cancel")
    _close(record, CANCELLED)
    return Reply(None, 204)


def confirm(asked: Asked) -> Any:
    """Operator `confirmer`: the goods left, and the stock with them."""
    record = asked.record(asked.warehouse.orders, "orderId")
    asked.unchanged(record)
    _still_open(record, "confirm")
    read_only = record.model["readOnly"]
    for item in record.model["_embedded"][ORDER_ITEMS]:
        facility_id = read_only["facilityIdentifier"]["id"]
        asked.warehouse.move(facility_id, item["itemIdentifier"]["id"], -item["qty"])
    routing = dict(record.model.get("routingInfo") or {})
    if asked.body.get("trackingNumber"):
        routing["trackingNumber"] = asked.body["trackingNumber"]
    record.model["routingInfo"] = routing
    _close(record, CLOSED)
    confirmed = asked.body.get("confirmDate")
    shipped = now() if confirmed is None else written(datetime.fromisoformat(confirmed))
    record.model["readOnly"]["processDate"] = shipped
    return Reply(None, 204)


def _still_open(record: Record, action: str) -> None:
    read_only = record.model["readOnly"]
    if read_only["status"] == CANCELLED:
        raise not_now(action, "OrderCanceled", "The order is cancelled.")
    if read_only["isClosed"]:
        raise not_now(action, "OrderConfirmed", "The order is confirmed.")


def _close(record: Record, status: int) -> None:
    closed = {**record.model["readOnly"], "status": status, "isClosed": True}
    record.change({**record.model, "readOnly": closed})


def _detail(asked: Asked) -> AbstractSet[str]:
    return frozenset(asked.parameters.get("detail", "").split(","))


def _shown(model: Model, detail: AbstractSet[str]) -> Model:
    """The order with the parts that `detail` names. That packages are left out without it is inferred."""
    order_id = model["readOnly"]["orderId"]
    shown = {**model, "_links": {"self": {"href": f"/orders/{order_id}"}}}
    if not detail & {"OrderItems", "All"}:
        del shown["_embedded"]
    if not detail & {"Packages", "All"}:
        shown["readOnly"] = {**model["readOnly"], "packages": []}
    return shown
