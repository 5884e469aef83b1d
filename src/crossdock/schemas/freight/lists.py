"""The lists of freight forwarders: the contract's endpoint table, section 5."""

from crossdock.schemas import freight
from crossdock.schemas.list_functions import ListFunction

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
)
