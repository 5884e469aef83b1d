"""Inbound shipments (ASNs): the contract's resource tables, section 1.5."""

from typing import Any, Literal

from msgspec import Struct, field

from crossdock.schemas.addresses import ShipFromAddress

InboundShipmentStatus = Literal["open", "in-transit", "receiving", "received", "cancelled", "other"]


class InboundSupplier(Struct, kw_only=True):
    """Who sends the goods."""

    supplier_id: str
    supplier_name: str | None = None


class InboundShipmentLineItem(Struct, kw_only=True):
    """A line of an inbound shipment, in whole units."""

    inventory_item_id: str
    sku: str | None = None
    expected_quantity: int
    received_quantity: int
    unit_cost: float | None = None
    external_id: str | None = None


class ReceiptLineItem(Struct, kw_only=True):
    """Units of one SKU that arrived."""

    inventory_item_id: str
    sku: str | None = None
    quantity: int


class Receipt(Struct, kw_only=True):
    """One arrival of goods."""

    id: str
    arrived_date: str
    line_items: list[ReceiptLineItem] = []


class InboundShipment(Struct, kw_only=True):
    """Goods on their way to a warehouse. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    id: str
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    purchase_order_number: str | None = None
    status: InboundShipmentStatus
    raw_status: str | None = None
    supplier: str | None = None
    supplier_object: InboundSupplier | None = None
    expected_arrival_date: str | None = None
    warehouse_id: str | None = None
    line_items: list[InboundShipmentLineItem] = []
    receipts: list[Receipt] = []
    ship_from_address: ShipFromAddress = field(default_factory=ShipFromAddress)
    tracking_numbers: list[str] = []
    notes: list[str] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
