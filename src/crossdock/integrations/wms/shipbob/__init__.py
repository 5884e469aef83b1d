"""ShipBob, through versions 1.0 and 2.0 of its Developer API.

Facts come from the vendor's OpenAPI description of those versions; names of models in this folder are the
ones used there. What it does not have is not declared: an order cannot be changed and nothing attached to it;
bundles are made in ShipBob's own portal, and goods received, shipped and counted by ShipBob itself.
"""

from crossdock.connector import Integration, Rate
from crossdock.integrations.wms.shipbob import (
    account,
    cancel_inbound_shipment,
    cancel_order,
    change_return,
    create_inbound_shipment,
    create_order,
    create_return,
    lists,
    locations,
    oauth,
    product_writes,
    refusals,
    shipping_methods,
)

integration = Integration(
    type="wms",
    name="shipbob",
    display_name="ShipBob",
    description="Fulfilment network; a connection is one channel of a merchant's account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    oauth=oauth.GRANT,
    lists=lists.OPERATIONS,
    writes=[
        create_order.OPERATION,
        cancel_order.OPERATION,
        product_writes.CREATE,
        product_writes.UPDATE,
        create_inbound_shipment.OPERATION,
        cancel_inbound_shipment.OPERATION,
        create_return.OPERATION,
        change_return.UPDATE,
        change_return.CANCEL,
    ],
    options=[locations.SHIPPING, locations.RECEIVING, locations.RETURNS, shipping_methods.OPTION],
    words=refusals.words,
    interpret=refusals.interpret,
    blamed=refusals.blamed,
    # The vendor's page "Rate limit": 150 requests a minute for each user, in a sliding window.
    pace=Rate(150, 60),
)
