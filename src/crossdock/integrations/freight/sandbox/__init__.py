"""The freight sandbox: a forwarder that lives in Crossdock itself, with bookings and shipments.

It is spoken to like any vendor's system, over its own JSON API.
"""

from crossdock.connector import Integration
from crossdock.integrations.freight.sandbox import bookings, choices, lists
from crossdock.integrations.sandboxes import account, requests

integration = Integration(
    type="freight",
    name="sandbox",
    display_name="Freight Sandbox",
    description="A forwarder to try things out on, with companies, places, bookings and shipments.",
    credential_fields=account.FIELDS,
    access=account.access_to("freight"),
    credential_check=account.check_by("places"),
    writes=[bookings.CREATE],
    lists=lists.OPERATIONS,
    options=choices.OPTIONS,
    blamed=requests.blamed,
    passthrough=False,
)
