"""Items (rels/customers/item): what a customer keeps in the warehouse, kits among them."""

from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.extensiv.asked import Asked, invalid
from crossdock.doubles.extensiv.queries import ITEMS, embedded, page
from crossdock.doubles.extensiv.warehouse import REL, Model, Record, Warehouse, now
from crossdock.doubles.rest import Reply

MODEL = "Item"


def _owner(asked: Asked) -> Model:
    found = asked.warehouse.customers.get(asked.parameters["customerId"])
    if found is None:
        raise Refused("There is no such resource.", 404)
    return {"id": asked.parameters["customerId"], "name": found["companyInfo"]["companyName"]}


def _owned(asked: Asked) -> list[Record]:
    owner_id = _owner(asked)["id"]
    records = asked.warehouse.items.values()
    return [record for record in records if record.model["readOnly"]["customerIdentifier"]["id"] == owner_id]


def _one(asked: Asked) -> Record:
    wanted = asked.parameters["itemId"]
    for record in _owned(asked):
        if record.model["itemId"] == wanted:
            return record
    raise Refused("There is no such resource.", 404)


def create(asked: Asked) -> Any:
    """A new item; its SKU is unique among the customer's."""
    owner = _owner(asked)
    if any(record.model["sku"] == asked.body["sku"] for record in _owned(asked)):
        raise invalid(MODEL, "Sku", "Duplicate", "There is an item with this Sku.", asked.body["sku"])
    item_id = asked.warehouse.next_id("item")
    read_only = {
        "customerIdentifier": owner,
        "itemId": item_id,
        "creationDate": now(),
        "lastModifiedDate": now(),
        "deactivated": False,
    }
    record = Record({"readOnly": read_only, "itemId": item_id, **_with_parts(asked, owner["id"])})
    asked.warehouse.items[item_id] = record
    return Reply(record.model, 201, {"etag": record.etag})


def read(asked: Asked) -> Any:
    """One item."""
    record = _one(asked)
    return Reply(record.model, headers={"etag": record.etag})


def find(asked: Asked) -> Any:
    """Items that satisfy `rql`, a page of them."""
    found = page(asked, [record.model for record in _owned(asked)], ITEMS)
    return {"totalResults": found.total, **embedded(REL + "customers/item", found.page)}


def update(asked: Asked) -> Any:
    """Another state of an item."""
    record = _one(asked)
    asked.unchanged(record)
    kept = {name: record.model[name] for name in ("readOnly", "itemId")}
    owner_id = record.model["readOnly"]["customerIdentifier"]["id"]
    record.change({**kept, **_with_parts(asked, owner_id)})
    return Reply(record.model, headers={"etag": record.etag})


def _with_parts(asked: Asked, owner_id: int) -> Model:
    body = dict(asked.body)
    if body.get("kit"):
        body["kit"] = {**body["kit"], "components": _components(asked.warehouse, owner_id, body["kit"])}
    return body


def _components(warehouse: Warehouse, owner_id: int, kit: Model) -> list[Model]:
    return [
        {
            **part,
            "itemIdentifier": warehouse.item(
                owner_id, part["itemIdentifier"], MODEL, f"Kit.Components[{index}].ItemIdentifier.Sku"
            ),
        }
        for index, part in enumerate(kit.get("components", ()))
    ]
