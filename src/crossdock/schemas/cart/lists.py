"""The lists of shopping carts.

Source: the contract's endpoint table, section 3. Its function names are those of warehouses for the same
resources; an integration has one type, so that they cannot be mistaken.
"""

from crossdock.schemas import cart
from crossdock.schemas.list_functions import STRING, TWICE_A_DAY, ListFunction

LISTS: tuple[ListFunction, ...] = (
    ListFunction(
        "cart",
        "get_orders",
        "/cart/orders",
        "orders",
        cart.CartOrder,
        "cart-order",
        "order_id",
        on_demand=True,
        own_filters={
            "status": STRING,
            "warehouse_customer_id": STRING,
            "order_number": ("eq", "in", "nin", "contains", "not_contains"),
        },
        gains={"cart-order.cart-shipment.created": "shipments"},
    ),
    ListFunction(
        "cart",
        "get_products",
        "/cart/products",
        "products",
        cart.CartProduct,
        "cart-product",
        "product_id",
    ),
    ListFunction(
        "cart",
        "get_warehouses",
        "/cart/warehouses",
        "warehouses",
        cart.CartWarehouse,
        "cart-warehouse",
        "warehouse_id",
        frequency=TWICE_A_DAY,
    ),
)
