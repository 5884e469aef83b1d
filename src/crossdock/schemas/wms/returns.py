"""Returns (RMAs): the contract's resource tables, section 1.6."""

from typing import Any, Literal

from msgspec import Struct, field

from crossdock.schemas.addresses import Measurements

ReturnStatus = Literal["open", "in-transit", "receiving", "received", "cancelled", "other"]


class ReturnLineItem(Struct, kw_only=True):
    """A line of a return. Quantities are whole units; the last three fields are deprecated ones."""

    inventory_item_id: str
    sku: str | None = None
    expected_quantity: int
    received_quantity: int
    restocked_quantity: int | None = None
    return_reason: str | None = None
    quantity: int
    warehouse_id: str | None = None
    returned_date: str | None = None


class ReceivingDetail(Struct, kw_only=True):
    """How some units of a returned line arrived and what was done with them."""

    quantity: int
    condition: str | None = None
    disposition: str | None = None


class ReturnShipmentLineItem(Struct, kw_only=True):
    """A line of the parcel that brings a return."""

    inventory_item_id: str
    sku: str | None = None
    quantity: int
    receiving_details: list[ReceivingDetail] = []


class ReturnShipment(Struct, kw_only=True):
    """A parcel that brings a return."""

    tracking_number: str | None = None
    shipped_date: str | None = None
    arrived_date: str | None = None
    warehouse_id: str | None = None
    carrier: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    scac: str | None = None
    shipping_cost: float | None = None
    measurements: Measurements = field(default_factory=Measurements)
    line_items: list[ReturnShipmentLineItem] = []


class Return(Struct, kw_only=True):
    """A return: goods that come back from an order. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    id: str
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    status: ReturnStatus
    raw_status: str | None = None
    order_id: str | None = None
    notes: list[str] = []
    line_items: list[ReturnLineItem] = []
    shipments: list[ReturnShipment] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
