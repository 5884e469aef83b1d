"""A small third-party warehouse with customers, items, orders and receivers. No HTTP here.

Records are kept as the wire has them (rels/orders/order, rels/inventory/receiver, rels/customers/item).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crossdock.doubles.extensiv.asked import invalid

Model = dict[str, Any]

REL = "http://api.3plCentral.com/rels/"
ORDER_ITEMS = REL + "orders/item"
RECEIVE_ITEMS = REL + "inventory/receiveritem"
OPEN, CLOSED, CANCELLED = 0, 1, 2


def written(moment: datetime) -> str:
    """A time as the API writes it: without a zone. That it is UTC is ours."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()


def now() -> str:
    """The time as the API writes it."""
    return written(datetime.now(UTC))


@dataclass
class Record:
    """A resource and how often it was changed, which is its ETag."""

    model: Model
    version: int = 1

    @property
    def etag(self) -> str:
        """Strong, as the header has it."""
        return f'"{self.version}"'

    def change(self, model: Model) -> None:
        """Puts another state in its place."""
        model["readOnly"] = {**model["readOnly"], "lastModifiedDate": now()}
        self.model = model
        self.version += 1


@dataclass
class Warehouse:
    """Everything that one third-party warehouse has. Ids are unique within a kind."""

    customers: dict[int, Model] = field(default_factory=dict)
    facilities: dict[int, Model] = field(default_factory=dict)
    carriers: list[Model] = field(default_factory=list)
    locations: list[Model] = field(default_factory=list)
    items: dict[int, Record] = field(default_factory=dict)
    orders: dict[int, Record] = field(default_factory=dict)
    receivers: dict[int, Record] = field(default_factory=dict)
    stock: dict[tuple[int, int], float] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def collections(self) -> Mapping[str, Mapping[int, Record]]:
        """The records that change, by kind."""
        return {"orders": self.orders, "receivers": self.receivers, "items": self.items}

    def next_id(self, kind: str) -> int:
        """A new number of a kind."""
        self.last[kind] = self.last.get(kind, 1000) + 1
        return self.last[kind]

    def customer(self, identifier: Model, model: str) -> Model:
        """The identifier of a customer, in full. Raises `Fault`."""
        found = self.customers.get(identifier.get("id", 0))
        if found is None or found["readOnly"]["deactivated"]:
            raise invalid(model, "CustomerIdentifier", "DoesNotExist", "There is no such customer.")
        return {"id": identifier["id"], "name": found["companyInfo"]["companyName"]}

    def facility(self, identifier: Model, model: str) -> Model:
        """The identifier of a facility, in full. Raises `Fault`."""
        found = self.facilities.get(identifier.get("id", 0))
        if found is None or found["deactivated"]:
            raise invalid(model, "FacilityIdentifier", "DoesNotExist", "There is no such facility.")
        return {"id": identifier["id"], "name": found["name"]}

    def item(self, customer_id: int, identifier: Model, model: str, name: str) -> Model:
        """The identifier of a customer's item, in full. Raises `Fault` naming the property."""
        for item_id, record in self.items.items():
            owner = record.model["readOnly"]["customerIdentifier"]["id"]
            wanted = identifier.get("id", item_id), identifier.get("sku", record.model["sku"])
            if owner == customer_id and identifier and wanted == (item_id, record.model["sku"]):
                return {"id": item_id, "sku": record.model["sku"]}
        shown = identifier.get("sku") or identifier.get("id")
        raise invalid(model, name, "DoesNotExist", f"There is no item {shown} of this customer.", shown)

    def lines(self, customer_id: int, asked: list[Model], model: str, kind: str, id_name: str) -> list[Model]:
        """Lines as they are kept: each with an id of its own and its item in full. Raises `Fault`."""
        if not asked:
            raise invalid(model, kind, "Required", "There must be at least one item.")
        kept = []
        for index, line in enumerate(asked):
            if line["qty"] <= 0:
                raise invalid(model, f"{kind}[{index}].Qty", "ValueNotSupported", "Qty must be above 0.")
            at = f"{kind}[{index}].ItemIdentifier.{'Sku' if 'sku' in line['itemIdentifier'] else 'Id'}"
            item = self.item(customer_id, line["itemIdentifier"], model, at)
            kept.append({**line, "readOnly": {id_name: self.next_id(id_name)}, "itemIdentifier": item})
        return kept

    def move(self, facility_id: int, item_id: int, quantity: float) -> None:
        """Adds to the stock of an item in a facility, or takes from it."""
        key = (facility_id, item_id)
        self.stock[key] = self.stock.get(key, 0.0) + quantity
