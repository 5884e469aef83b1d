"""Ongoing WMS, through its Goods Owner REST API.

Facts come from the vendor's OpenAPI description, version 1.0.0; names of operations and models in this folder
are the ones used there. Others are from the pages of the vendor's developer site that are named where they
are used, and from its published examples (OngoingWarehouse/Ongoing-Warehouse-REST-API-Example-Requests).

What a goods owner cannot do is not declared: goods are picked, received and counted by the warehouse.
`PUT /orders/{orderId}/orderTracking` tells where an order can be followed, not that something left, and
`PUT /purchaseOrders/{purchaseOrderId}/articleItems` describes items of a purchase order, of which nothing
says that they arrived; inventory adjustments are read only.
"""

from crossdock.connector import Integration
from crossdock.integrations.wms.ongoing import (
    account,
    attach_file,
    cancel_order,
    change_return,
    create_order,
    create_return,
    inbound_shipments,
    kits,
    lists,
    products,
    return_causes,
    shipping,
    update_order,
    warehouses,
)

integration = Integration(
    type="wms",
    name="ongoing",
    display_name="Ongoing WMS",
    description="Warehouse system for third-party logistics; a connection is one goods owner's account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    lists=lists.OPERATIONS,
    writes=[
        create_order.OPERATION,
        update_order.OPERATION,
        cancel_order.OPERATION,
        attach_file.OPERATION,
        products.CREATE,
        products.UPDATE,
        kits.CREATE,
        kits.UPDATE,
        inbound_shipments.CREATE,
        inbound_shipments.UPDATE,
        create_return.OPERATION,
        change_return.UPDATE,
        change_return.CANCEL,
    ],
    options=[
        return_causes.OPTION,
        warehouses.OPTION,
        shipping.TRANSPORTERS,
        shipping.WAYS_OF_DELIVERY,
        shipping.ORDER_TYPES,
    ],
)
