"""The shop sandbox: products with variants, orders, shipments and refunds that live in Crossdock itself.

An order takes its units out of what can be sold when it is placed. It is spoken to like any vendor's system,
over its own JSON API.
"""

from crossdock.connector import Integration
from crossdock.integrations.cart.sandbox import choices, lists, orders, products
from crossdock.integrations.sandboxes import account, requests

integration = Integration(
    type="cart",
    name="sandbox",
    display_name="Cart Sandbox",
    description="A shop to try things out on, with products, stock and orders of its own.",
    credential_fields=account.FIELDS,
    access=account.access_to("cart"),
    credential_check=account.check_by("warehouses"),
    writes=[*orders.OPERATIONS, *products.OPERATIONS],
    lists=lists.OPERATIONS,
    options=choices.OPTIONS,
    blamed=requests.blamed,
)
