"""The sandbox: a warehouse that lives in Crossdock itself and behaves like one.

Stock is committed when an order is placed, orders without enough stock are backordered, shipping lowers
stock and receiving raises it. It is spoken to like any vendor's system, over its own JSON API.
"""

from crossdock.connector import Integration
from crossdock.integrations.sandboxes import account, requests
from crossdock.integrations.wms.sandbox import (
    choices,
    files,
    inbound_shipments,
    inventory,
    lists,
    orders,
    products,
    returns,
    shipments,
)

integration = Integration(
    type="wms",
    name="sandbox",
    display_name="WMS Sandbox",
    description="A warehouse to try things out on, with stock, orders and returns of its own.",
    credential_fields=account.FIELDS,
    access=account.access_to("wms"),
    credential_check=account.check_by("warehouses"),
    writes=[
        *orders.OPERATIONS,
        *shipments.OPERATIONS,
        *files.OPERATIONS,
        *products.OPERATIONS,
        *inbound_shipments.OPERATIONS,
        *returns.OPERATIONS,
        *inventory.OPERATIONS,
    ],
    lists=lists.OPERATIONS,
    options=choices.OPTIONS,
    blamed=requests.blamed,
)
