"""Flexport, the freight forwarder, through version 2 of its API: shipments, and bookings that become some.

Facts come from the vendor's OpenAPI description of that version; names of models in this folder are the ones
used there. Flexport's fulfilment product has another API and is not meant. A booking can be changed by a
request to Flexport's staff only (`POST /booking_amendments`), which is not offered here.
"""

from crossdock.connector import Integration
from crossdock.integrations.freight.flexport import account, answers, create_booking, lists, network

integration = Integration(
    type="freight",
    name="flexport",
    display_name="Flexport",
    description="Freight forwarder by sea, air and road; a connection is a client's account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    writes=[create_booking.OPERATION],
    lists=lists.OPERATIONS,
    options=[network.COMPANIES, network.PLACES],
    interpret=answers.interpret,
    words=answers.words,
    passthrough=False,
)
