"""Records of the freight sandbox edited by hand: nothing follows from them."""

from crossdock.sandbox.editing import Editable, Edits, saved_as
from crossdock.sandbox.freight import records

EDITS: Edits = {
    "freight_bookings": Editable(records.Booking, saved_as("freight_bookings")),
    "freight_shipments": Editable(records.Shipment, saved_as("freight_shipments")),
}
