"""Receivers (rels/inventory): goods that are to come, ASNs and returns among them."""

from typing import Any

from crossdock.doubles.extensiv.asked import Asked, invalid, not_now
from crossdock.doubles.extensiv.queries import RECEIVERS, embedded, page
from crossdock.doubles.extensiv.warehouse import (
    CANCELLED,
    CLOSED,
    OPEN,
    RECEIVE_ITEMS,
    REL,
    Model,
    Record,
    now,
)
from crossdock.doubles.rest import Reply

MODEL = "Receiver"
OWN = ("customerIdentifier", "facilityIdentifier", "receiveItems", "isReturn")
NORMAL, RETURN, ADVISED = 0, 1, 2


def create(asked: Asked) -> Any:
    """A new receiver: a return where `isReturn` says so, an ASN for customers that receive against those."""
    warehouse, body = asked.warehouse, asked.body
    if not body["referenceNum"]:
        raise invalid(MODEL, "ReferenceNum", "Required", "ReferenceNum is required.")
    customer = warehouse.customer(body["customerIdentifier"], MODEL)
    facility = warehouse.facility(body["facilityIdentifier"], MODEL)
    items = warehouse.lines(customer["id"], body["receiveItems"], MODEL, "ReceiveItems", "receiveItemId")
    receiver_id = warehouse.next_id("receiver")
    record = Record(
        {
            "readOnly": {
                "receiverId": receiver_id,
                "receiverType": _type(warehouse.customers[customer["id"]], body),
                "customerIdentifier": customer,
                "facilityIdentifier": facility,
                "creationDate": now(),
                "lastModifiedDate": now(),
                "status": OPEN,
            },
            **{name: value for name, value in body.items() if name not in OWN},
            "_embedded": {RECEIVE_ITEMS: [_expected(item) for item in items]},
        }
    )
    warehouse.receivers[receiver_id] = record
    return Reply(_shown(record, detailed=True), 201, {"etag": record.etag})


def _type(customer: Model, body: Model) -> int:
    if body.get("isReturn"):
        return RETURN
    return ADVISED if customer["options"]["receiving"]["receiveAgainstAsns"] else NORMAL


def _expected(item: Model) -> Model:
    return {**item, "readOnly": {**item["readOnly"], "expectedQty": item["qty"]}}


def read(asked: Asked) -> Any:
    """One receiver; its items where `detail` asks for them."""
    record = asked.record(asked.warehouse.receivers, "receiverId")
    return Reply(_shown(record, detailed=_detailed(asked)), headers={"etag": record.etag})


def find(asked: Asked) -> Any:
    """Receivers that satisfy `rql`, a page of them."""
    models = [record.model for record in asked.warehouse.receivers.values()]
    wanted = asked.parameters.get("receivertype")
    if wanted is not None:
        models = [model for model in models if model["readOnly"]["receiverType"] == wanted]
    found = page(asked, models, RECEIVERS)
    detailed = _detailed(asked)
    shown = [_shown(Record(model), detailed=detailed) for model in found.page]
    return {"totalResults": found.total, **embedded(REL + "inventory/receiver", shown)}


def update(asked: Asked) -> Any:
    """Another state of an open receiver."""
    record = asked.record(asked.warehouse.receivers, "receiverId")
    asked.unchanged(record)
    _still_open(record, "update")
    read_only = record.model["readOnly"]
    items = record.model["_embedded"][RECEIVE_ITEMS]
    if "receiveItems" in asked.body:
        customer_id = read_only["customerIdentifier"]["id"]
        lines = asked.body["receiveItems"]
        items = [
            _expected(item)
            for item in asked.warehouse.lines(customer_id, lines, MODEL, "ReceiveItems", "receiveItemId")
        ]
    changed = {name: value for name, value in asked.body.items() if name not in OWN}
    record.change({"readOnly": read_only, **changed, "_embedded": {RECEIVE_ITEMS: items}})
    return Reply(_shown(record, detailed=True), headers={"etag": record.etag})


def confirm(asked: Asked) -> Any:
    """Operator `confirmer`: the goods came in, and the stock with them."""
    record = asked.record(asked.warehouse.receivers, "receiverId")
    asked.unchanged(record)
    _still_open(record, "confirm")
    facility_id = record.model["readOnly"]["facilityIdentifier"]["id"]
    for item in record.model["_embedded"][RECEIVE_ITEMS]:
        asked.warehouse.move(facility_id, item["itemIdentifier"]["id"], item["qty"])
    arrived = asked.body.get("arrivalDate") or f"{now()}Z"
    closed = {**record.model["readOnly"], "status": CLOSED}
    record.change({**record.model, "arrivalDate": arrived, "readOnly": closed})
    return Reply(None, 204)


def cancel(asked: Asked) -> Any:
    """Operator `canceler`."""
    record = asked.record(asked.warehouse.receivers, "receiverId")
    asked.unchanged(record)
    _still_open(record, "cancel")
    record.change({**record.model, "readOnly": {**record.model["readOnly"], "status": CANCELLED}})
    return Reply(None, 204)


def _still_open(record: Record, action: str) -> None:
    if record.model["readOnly"]["status"] != OPEN:
        raise not_now(action, "AlreadyCompleted", "The receiver is closed.")


def _detailed(asked: Asked) -> bool:
    return bool({"ReceiveItems", "All"} & set(asked.parameters.get("detail", "").split(",")))


def _shown(record: Record, *, detailed: bool) -> Model:
    receiver_id = record.model["readOnly"]["receiverId"]
    shown = {**record.model, "_links": {"self": {"href": f"/inventory/receivers/{receiver_id}"}}}
    if not detailed:
        del shown["_embedded"]
    return shown
