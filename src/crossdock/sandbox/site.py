"""What every operation of a sandbox works on: the records of one company, and the time it is."""

from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from crossdock.sandbox.refusals import missing

Record = dict[str, Any]
"""A JSON object with an `id`, `created_date` and `updated_date`; field names are the contract's."""

Kind = Literal[
    "warehouses",
    "locations",
    "shipping_methods",
    "channels",
    "suppliers",
    "products",
    "inventory",
    "orders",
    "inbound_shipments",
    "returns",
    "cart_orders",
    "cart_products",
    "cart_warehouses",
    "erp_items",
    "erp_inventory",
    "erp_locations",
    "erp_customers",
    "erp_vendors",
    "erp_employees",
    "erp_sales_orders",
    "erp_sales_order_shipments",
    "erp_purchase_orders",
    "erp_purchase_order_receipts",
    "freight_companies",
    "freight_places",
    "freight_bookings",
    "freight_shipments",
    "client_keys",
]

PREFIXES: Final[dict[Kind, str]] = {
    "warehouses": "wh",
    "locations": "loc",
    "shipping_methods": "ship",
    "channels": "chan",
    "suppliers": "sup",
    "products": "prod",
    "inventory": "inv",
    "orders": "ord",
    "inbound_shipments": "asn",
    "returns": "ret",
    "cart_orders": "order",
    "cart_products": "product",
    "cart_warehouses": "place",
    "erp_items": "item",
    "erp_inventory": "stock",
    "erp_locations": "loc",
    "erp_customers": "cust",
    "erp_vendors": "vend",
    "erp_employees": "emp",
    "erp_sales_orders": "so",
    "erp_sales_order_shipments": "ship",
    "erp_purchase_orders": "po",
    "erp_purchase_order_receipts": "rec",
    "freight_companies": "comp",
    "freight_places": "place",
    "freight_bookings": "book",
    "freight_shipments": "ship",
}
NUMBERED_BY: Final[dict[Kind, str]] = {
    "orders": "order_number",
    "inbound_shipments": "purchase_order_number",
    "products": "sku",
    "inventory": "sku",
    "returns": "order_id",
    "locations": "warehouse_id",
    "cart_orders": "order_number",
    "cart_products": "sku",
    "erp_items": "sku",
    "erp_inventory": "item_id",
    "erp_sales_orders": "order_number",
    "erp_purchase_orders": "order_number",
    "freight_companies": "reference_id",
    "freight_places": "reference_id",
    "freight_bookings": "name",
}
"""The field that a kind of record can be looked up by, beside its id."""


class Shelves(Protocol):
    """Where records are kept. What is handed out is the caller's own copy; only `put` changes anything."""

    def get(self, kind: Kind, record_id: str) -> Record | None:
        """The record of that id, or `None`."""

    def find(self, kind: Kind, number: str) -> list[Record]:
        """The records whose field of `NUMBERED_BY` is `number`, oldest first."""

    def with_status(self, kind: Kind, status: str) -> list[Record]:
        """The records in that status, oldest first."""

    def all(self, kind: Kind) -> list[Record]:
        """Every record of the kind, oldest first."""

    def put(self, kind: Kind, record: Record) -> None:
        """Keeps a record in the place of an earlier one of its id."""

    def next_number(self) -> int:
        """A number that was not given out before."""


@dataclass(slots=True)
class Site:
    """The records of one sandbox and the time of the operation, in the contract's form."""

    shelves: Shelves
    now: str

    def get(self, kind: Kind, record_id: str) -> Record:
        """The record of that id. Raises `Refused` with 404."""
        record = self.shelves.get(kind, record_id)
        if record is None:
            raise missing(f"There is no {record_id} in {kind.replace('_', ' ')}.")
        return record

    def new(self, kind: Kind, fields: Record) -> Record:
        """A record with an id of its own, not yet saved."""
        record_id = f"{PREFIXES[kind]}_{self.shelves.next_number():06d}"
        return {"id": record_id, "created_date": self.now, "updated_date": self.now, **fields}

    def save(self, kind: Kind, record: Record) -> Record:
        """Keeps the record as changed now; gives it back."""
        record["updated_date"] = self.now
        self.shelves.put(kind, record)
        return record
