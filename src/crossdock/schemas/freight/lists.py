"""The lists of freight forwarders.

Source: the contract's endpoint table, section 5, for shipments. It has no bookings: their list, its path, its
filters and its event types are ours (`docs/freight.md`).
"""

from crossdock.schemas import freight
from crossdock.schemas.list_functions import PLAIN, STRING, ListFunction

LISTS: tuple[ListFunction, ...] = (
    ListFunction(
        "freight",
        "get_shipments",
        "/freight/shipments",
        "shipments",
        freight.FreightShipment,
        "freight-shipment",
        "shipment_id",
        on_demand=True,
    ),
    ListFunction(
        "freight",
        "get_bookings",
        "/freight/bookings",
        "bookings",
        freight.FreightBooking,
        "freight-booking",
        "booking_id",
        own_filters={"status": PLAIN, "name": STRING, "shipment_id": STRING},
    ),
)
