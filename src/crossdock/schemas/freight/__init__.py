"""Freight forwarders: the canonical records of shipments and of the bookings that they come from."""

from crossdock.schemas.freight.bookings import (
    BookingStatus,
    FreightBooking,
    FreightCargo,
    FreightParty,
    FreightPlace,
    FreightProduct,
    FreightShippingUnit,
)
from crossdock.schemas.freight.shipments import FreightShipment, FreightStatus

__all__ = [
    "BookingStatus",
    "FreightBooking",
    "FreightCargo",
    "FreightParty",
    "FreightPlace",
    "FreightProduct",
    "FreightShipment",
    "FreightShippingUnit",
    "FreightStatus",
]
