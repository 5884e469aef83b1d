"""Tryton, an ERP, through the JSON-RPC of its server: what its own clients speak.

Facts come from Tryton 8.2, its source and a running server; names of models and fields are the ones used
there.
"""

from crossdock.connector import Integration
from crossdock.integrations.erp.tryton import (
    account,
    choices,
    lists,
    purchase_orders,
    receipts,
    refusals,
    sales_orders,
    shipments,
)

integration = Integration(
    type="erp",
    name="tryton",
    display_name="Tryton",
    description="Open-source ERP with sales, purchases and stock; a connection is one company of a database.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    token=account.TOKEN,
    interpret=refusals.interpret,
    words=refusals.words,
    blamed=refusals.blamed,
    lists=lists.OPERATIONS,
    writes=[
        *sales_orders.OPERATIONS,
        shipments.OPERATION,
        *purchase_orders.OPERATIONS,
        receipts.OPERATION,
    ],
    options=[choices.WAREHOUSES, choices.CURRENCIES],
)
