"""The sandbox's records as canonical ones. Its field names are those of the records, so little is translated.

Each function raises `ValueError` when the answer is not such a record.
"""

from typing import Any

import msgspec

from crossdock.schemas import freight


def shipment(decoded: Any) -> freight.FreightShipment:
    """Goods under way."""
    record = msgspec.convert(decoded, freight.FreightShipment)
    record.raw_status = record.status
    return record


def booking(decoded: Any) -> freight.FreightBooking:
    """What the forwarder was asked to move."""
    record = msgspec.convert(decoded, freight.FreightBooking)
    record.raw_status = record.status
    return record
