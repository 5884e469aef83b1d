"""What the API of the freight sandbox can be asked."""

from crossdock.sandbox.doors import System, WriteDoor
from crossdock.sandbox.freight import bodies
from crossdock.sandbox.freight.bookings import place_booking
from crossdock.sandbox.freight.edits import EDITS
from crossdock.sandbox.freight.generate import generator
from crossdock.sandbox.site import Kind

READS: dict[str, Kind] = {
    "companies": "freight_companies",
    "places": "freight_places",
    "bookings": "freight_bookings",
    "shipments": "freight_shipments",
}
"""The kind of record of each collection."""

WRITES = (WriteDoor("POST", "/bookings", "freight_bookings", bodies.PlaceBooking, place_booking),)

SYSTEM = System(READS, WRITES, generator, EDITS)
