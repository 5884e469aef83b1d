"""Shopify, through its Admin GraphQL API.

Facts come from the schema that Shopify publishes and from its reference pages; names of operations and types
in this folder are the ones used there.
"""

from crossdock.connector import Integration
from crossdock.integrations.cart.shopify import (
    account,
    adjust_inventory,
    batch_adjust_inventory,
    create_shipment,
    oauth,
    orders,
    pace,
    products,
    refund_order,
    refusals,
    warehouses,
)

integration = Integration(
    type="cart",
    name="shopify",
    display_name="Shopify",
    description="Online shops; a connection is one shop.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    oauth=oauth.GRANT,
    pace=pace.PACE,
    interpret=refusals.interpret,
    words=refusals.words,
    blamed=refusals.blamed,
    lists=[orders.LIST, products.LIST, warehouses.LIST],
    writes=[
        create_shipment.OPERATION,
        refund_order.OPERATION,
        adjust_inventory.OPERATION,
        batch_adjust_inventory.OPERATION,
    ],
    options=[warehouses.OPTION],
)
