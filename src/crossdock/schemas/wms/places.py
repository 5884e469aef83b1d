"""Warehouses and whom they deal with: the contract's resource tables, 1.1, 1.5 and 1.7 to 1.11."""

from typing import Any

from msgspec import Struct, field

from crossdock.schemas.addresses import Measurements, ShipFromAddress


class ShippingMethod(Struct, kw_only=True):
    """A carrier's service that a warehouse can ship with."""

    id: str
    created_date: str
    updated_date: str
    name: str
    carrier: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    scac: str | None = None
    additional_fields: dict[str, Any] = {}


class Warehouse(Struct, kw_only=True):
    """A building, or what the system counts as one."""

    id: str
    created_date: str
    updated_date: str
    name: str
    code: str | None = None
    address: ShipFromAddress = field(default_factory=ShipFromAddress)
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class WarehouseLocation(Struct, kw_only=True):
    """A bin, shelf or pallet place in a warehouse."""

    id: str
    created_date: str
    updated_date: str
    name: str | None = None
    warehouse_id: str
    type: str | None = None
    measurements: Measurements = field(default_factory=Measurements)
    additional_fields: dict[str, Any] = {}


class WarehouseCustomer(Struct, kw_only=True):
    """A merchant whose goods a third-party warehouse keeps."""

    id: str
    created_date: str
    updated_date: str
    name: str
    email: str | None = None
    additional_fields: dict[str, Any] = {}


class OrderChannel(Struct, kw_only=True):
    """A shop or marketplace that orders come through: the contract's section 1.1."""

    id: str
    name: str | None = None
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    additional_fields: dict[str, Any] = {}


class InboundShipmentSupplier(Struct, kw_only=True):
    """Somebody who sends goods in: the contract's section 1.5."""

    id: str
    name: str | None = None
    warehouse_customer_id: str | None = None
    created_date: str
    updated_date: str
    additional_fields: dict[str, Any] = {}
