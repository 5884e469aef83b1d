"""The operations of the specification that this double has, by method and path."""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.shipbob import account, orders, products, receiving, returns, shipments

ORDER = "/1.0/order/{orderId}"
SHIPMENT = "/1.0/shipment/{shipmentId}"

OPERATIONS: Mapping[str, Callable[[Any], Any]] = {
    "GET /1.0/channel": account.list_channels,
    "GET /1.0/fulfillmentCenter": account.list_centers,
    "GET /1.0/location": account.list_locations,
    "GET /1.0/shippingmethod": account.list_shipping_methods,
    "GET /1.0/product": products.list_products,
    "POST /1.0/product": products.create_product,
    "GET /1.0/product/{productId}": products.get_product,
    "PUT /1.0/product/{productId}": products.update_product,
    "GET /1.0/product/{productId}/inventory": products.product_inventory,
    "GET /1.0/inventory": products.list_inventory,
    "GET /1.0/inventory/{inventoryId}": products.get_inventory,
    "GET /1.0/order": orders.list_orders,
    "POST /1.0/order": orders.create_order,
    f"GET {ORDER}": orders.get_order,
    f"POST {ORDER}/cancel": orders.cancel_order,
    f"GET {ORDER}/shipment": shipments.list_shipments,
    f"GET {ORDER}/shipment/{{shipmentId}}": shipments.get_shipment,
    f"POST {ORDER}/shipment/{{shipmentId}}/cancel": shipments.cancel_shipment,
    f"GET {SHIPMENT}": shipments.get_shipment,
    f"POST {SHIPMENT}/cancel": shipments.cancel_shipment,
    "GET /1.0/receiving": receiving.find_1,
    "POST /1.0/receiving": receiving.create_1,
    "GET /1.0/receiving/{id}": receiving.get_1,
    "POST /1.0/receiving/{id}/cancel": receiving.cancel_1,
    "GET /2.0/receiving": receiving.list_2,
    "POST /2.0/receiving": receiving.create_2,
    "GET /2.0/receiving/{id}": receiving.get_2,
    "POST /2.0/receiving/{id}/cancel": receiving.cancel_2,
    "GET /1.0/return": returns.list_returns,
    "POST /1.0/return": returns.create_return,
    "GET /1.0/return/{id}": returns.get_return,
    "PUT /1.0/return/{id}": returns.modify_return,
    "POST /1.0/return/{id}/cancel": returns.cancel_return,
    "GET /1.0/return/{id}/statushistory": returns.return_history,
}
