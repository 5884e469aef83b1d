"""ShipHero, through its public GraphQL API.

Facts come from the vendor's schema and its reference; names of operations and types in this folder are the
ones used there.
"""

from crossdock.connector import Integration
from crossdock.integrations.wms.shiphero import (
    account,
    adjust_inventory,
    attach_file,
    cancel_order,
    create_inbound_shipment,
    create_order,
    create_shipment,
    kits,
    lists,
    pace,
    products,
    refusals,
    returns,
    update_inbound_shipment,
    update_order,
    warehouses,
)

integration = Integration(
    type="wms",
    name="shiphero",
    display_name="ShipHero",
    description="Warehouse system of brands and third-party logistics; a connection is one account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    token=account.TOKEN,
    pace=pace.PACE,
    interpret=refusals.interpret,
    words=refusals.words,
    blamed=refusals.blamed,
    lists=lists.OPERATIONS,
    writes=[
        create_order.OPERATION,
        update_order.OPERATION,
        cancel_order.OPERATION,
        create_shipment.OPERATION,
        attach_file.OPERATION,
        products.CREATE,
        products.UPDATE,
        kits.CREATE,
        kits.UPDATE,
        create_inbound_shipment.OPERATION,
        update_inbound_shipment.OPERATION,
        returns.CREATE,
        returns.UPDATE,
        adjust_inventory.OPERATION,
    ],
    options=[warehouses.OPTION],
)
