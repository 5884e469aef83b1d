"""Stock movements and what a warehouse charges: the contract's resource tables, 1.3, 1.8 and 1.12."""

from typing import Any, Literal

from msgspec import Struct


class InventoryLedgerEntry(Struct, kw_only=True):
    """One movement of stock, in whole units; it never changes once it is there."""

    id: str
    created_date: str
    updated_date: str
    entry_date: str
    inventory_item_id: str
    sku: str
    quantity: int
    raw_event_type: str | None = None
    event_type: Literal[
        "adjustment",
        "return_receipt",
        "inbound_receipt",
        "order_shipment",
        "supplier_return",
        "movement",
        "other",
    ]
    reason: str | None = None
    object_id: str | None = None
    object_type: Literal["order", "inbound_shipment", "return"] | None = None
    warehouse_id: str | None = None
    location_id: str | None = None
    additional_fields: dict[str, Any] = {}


class Bill(Struct, kw_only=True):
    """One charge of a warehouse. `amount` is in units of the currency."""

    id: str
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    object_id: str | None = None
    object_type: str | None = None
    charge_type: str
    amount: float
    currency_code: str = "USD"
    additional_fields: dict[str, Any] = {}


class LaborActivity(Struct, kw_only=True):
    """A piece of somebody's work in a warehouse."""

    id: str
    created_date: str
    updated_date: str
    user_id: str
    user_first_name: str | None = None
    user_last_name: str | None = None
    warehouse_id: str
    activity_type: Literal["pick", "pack", "put_away", "transfer", "receive"]
    activity_start_time: str
    activity_end_time: str | None = None
    associated_object_type: Literal["order", "inbound_shipment", "return", "inventory"] | None = None
    associated_object_id: str | None = None
    quantity: int | None = None
    additional_fields: dict[str, Any] = {}
