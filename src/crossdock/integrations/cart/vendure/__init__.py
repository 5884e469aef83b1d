"""Vendure, through its admin GraphQL API.

Facts come from the schema files that `@vendure/core` 3.7 is published with, and from its running server;
names of operations and types in this folder are the ones used there.
"""

from crossdock.connector import Integration
from crossdock.integrations.cart.vendure import (
    account,
    adjust_inventory,
    batch_adjust_inventory,
    create_shipment,
    fulfillment_handlers,
    lists,
    refund_order,
    refusals,
    stock_locations,
)

integration = Integration(
    type="cart",
    name="vendure",
    display_name="Vendure",
    description="Open-source commerce server; a connection is one administrator of it, in one channel.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    token=account.TOKEN,
    interpret=refusals.interpret,
    words=refusals.words,
    lists=lists.OPERATIONS,
    writes=[
        create_shipment.OPERATION,
        refund_order.OPERATION,
        adjust_inventory.OPERATION,
        batch_adjust_inventory.OPERATION,
    ],
    options=[stock_locations.OPTION, fulfillment_handlers.OPTION],
)
