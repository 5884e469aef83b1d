"""The ERP sandbox: items, stock, sales orders and purchase orders that live in Crossdock itself.

An order takes stock when it is placed, a shipment lowers it and a receipt raises it. It is spoken to like any
vendor's system, over its own JSON API.
"""

from crossdock.connector import Integration
from crossdock.integrations.erp.sandbox import choices, lists, purchase_orders, sales_orders
from crossdock.integrations.sandboxes import account, requests

integration = Integration(
    type="erp",
    name="sandbox",
    display_name="ERP Sandbox",
    description="An ERP to try things out on, with items, customers, vendors and orders of its own.",
    credential_fields=account.FIELDS,
    access=account.access_to("erp"),
    credential_check=account.check_by("locations"),
    writes=[*sales_orders.OPERATIONS, *purchase_orders.OPERATIONS],
    lists=lists.OPERATIONS,
    options=choices.OPTIONS,
    blamed=requests.blamed,
    passthrough=False,
)
