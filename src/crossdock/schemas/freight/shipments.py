"""The canonical record of a freight shipment, as in the contract's resource tables, section 4."""

from typing import Any, Literal

from msgspec import Struct

FreightStatus = Literal[
    "pre_transit", "in_transit", "arrival_port", "en_route_to_destination", "final_destination"
]


class FreightShipment(Struct, kw_only=True):
    """Goods that a forwarder moves, by sea, air or land. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    id: str
    eta_date: str | None = None
    created_date: str
    updated_date: str
    cost: float | None = None
    shipment_date: str | None = None
    arrival_date: str | None = None
    raw_status: str | None = None
    status: FreightStatus
    shipment_method: str
    external_system_url: str | None = None
    additional_fields: dict[str, Any] = {}
