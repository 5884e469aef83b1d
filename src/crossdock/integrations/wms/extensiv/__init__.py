"""Extensiv 3PL Warehouse Manager, once 3PL Central, through its REST API.

Facts come from what is public of the vendor's own reference; `doubles/extensiv/specification/README.md` names
a source for each. `rels/...` in this folder is a page of that reference.
"""

from crossdock.connector import Integration
from crossdock.integrations.wms.extensiv import (
    account,
    choices,
    hal,
    inbound_shipments,
    lists,
    order_steps,
    orders,
    products,
    returns,
)

integration = Integration(
    type="wms",
    name="extensiv",
    display_name="Extensiv (3PL Central)",
    description="Warehouse system for third-party logistics; a connection is one customer's account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    token=account.TOKEN,
    lists=lists.OPERATIONS,
    writes=[
        orders.CREATE,
        orders.UPDATE,
        order_steps.CANCEL,
        order_steps.SHIP,
        products.CREATE_PRODUCT,
        products.UPDATE_PRODUCT,
        products.CREATE_KIT,
        products.UPDATE_KIT,
        inbound_shipments.CREATE,
        inbound_shipments.UPDATE,
        inbound_shipments.RECEIVE,
        returns.CREATE,
        returns.UPDATE,
        returns.CANCEL,
    ],
    options=[choices.CUSTOMERS, choices.FACILITIES, choices.CARRIERS],
    words=hal.words,
    blamed=hal.blamed,
)
