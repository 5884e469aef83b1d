"""Shopify's order as the canonical one: types `Order`, `FulfillmentOrder` and `Fulfillment` of the schema.

Amounts are in the currency that the buyer paid in (`presentmentMoney`), which is also the one that refunds
are in. A fulfilment order is a shipping group, a fulfilment a shipment. A product's id is that of the
variant, its parent's that of the product.
"""

from decimal import Decimal
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.cart.shopify.graphql import Record, answered, asked, connection, end_cursor, nodes
from crossdock.integrations.cart.shopify.ids import gid, number, number_of
from crossdock.integrations.cart.shopify.values import PRESENTMENT, presentment, required, told
from crossdock.schemas import cart
from crossdock.schemas.addresses import BillToAddress, ShipToAddress
from crossdock.schemas.cart.orders import CartOrderStatus, CartShipmentStatus

LINES = 50
GROUPS = 10
GROUP_LINES = 50
SHIPMENTS = 10
SHIPMENT_LINES = 50
"""How much of an order is read. One with more, which only a bulk operation can read whole, is put aside."""

_ADDRESS = "{ name company address1 address2 city provinceCode province zip countryCodeV2 phone }"
_OF_LINE = "sku variant { id } product { id }"
LINE = (
    f"id quantity {_OF_LINE} originalUnitPriceSet {PRESENTMENT} "
    f"discountedUnitPriceAfterAllDiscountsSet {PRESENTMENT} taxLines {{ priceSet {PRESENTMENT} }}"
)
GROUP_LINE = f"id totalQuantity remainingQuantity lineItem {{ id {_OF_LINE} }}"
_GROUP = "id status createdAt updatedAt fulfillAt fulfillBy assignedLocation { location { id } }"
_SHIPMENT_LINE = f"id quantity lineItem {{ id {_OF_LINE} }}"
_HEAD = (
    "id name createdAt updatedAt cancelledAt displayFulfillmentStatus displayFinancialStatus "
    f"presentmentCurrencyCode email note tags totalPriceSet {PRESENTMENT} totalTaxSet {PRESENTMENT} "
    f"totalDiscountsSet {PRESENTMENT} totalShippingPriceSet {PRESENTMENT} "
    f"shippingLine {{ title code carrierIdentifier }} shippingAddress {_ADDRESS} billingAddress {_ADDRESS}"
)
_SHIPMENT = (
    "id status displayStatus createdAt updatedAt location { id } "
    "trackingInfo(first: 1) { company number url } "
    f"fulfillmentOrders{connection('id', GROUPS)} "
    f"fulfillmentLineItems{connection(_SHIPMENT_LINE, SHIPMENT_LINES)}"
)
SHIPMENTS_SELECTION = f"fulfillments(first: {SHIPMENTS}) {{ {_SHIPMENT} }}"


def selection(*, whole: bool) -> str:
    """What is read of an order; `whole` as bulk operations read it.

    Those refuse a connection within a list, so the shipments' lines are not in it: a shipment is only
    counted.
    """
    lines, groups, group_lines = (None, None, None) if whole else (LINES, GROUPS, GROUP_LINES)
    group = f"{_GROUP} lineItems{connection(GROUP_LINE, group_lines)}"
    shipments = "fulfillmentsCount { count }" if whole else SHIPMENTS_SELECTION
    return (
        f"{_HEAD} lineItems{connection(LINE, lines)} fulfillmentOrders{connection(group, groups)} {shipments}"
    )


def read_order(account: Account, order_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `order`."""
    return asked(
        f"query($id: ID!) {{ order(id: $id) {{ {selection(whole=False)} }} }}", id=gid("Order", order_id)
    )


def read_shipments(order_id: str) -> VendorRequest:
    """Query `order`, for what a bulk operation does not read."""
    document = f"query($id: ID!) {{ order(id: $id) {{ id {SHIPMENTS_SELECTION} }} }}"
    return asked(document, id=gid("Order", order_id))


def order_of(decoded: Any) -> Record | None:
    """The order in an answer; `None` when there was none. Raises `ValueError` when it is no order."""
    order = answered(decoded, "order")
    if order is None:
        return None
    if not isinstance(order, dict) or not isinstance(order.get("id"), str):
        raise ValueError("the answer is not an order")  # noqa: TRY004
    return order


STATUSES: dict[str, CartOrderStatus] = {
    "OPEN": "open",
    "UNFULFILLED": "open",
    "SCHEDULED": "confirmed",
    "IN_PROGRESS": "processing",
    "PENDING_FULFILLMENT": "processing",
    "PARTIALLY_FULFILLED": "partially_fulfilled",
    "FULFILLED": "fulfilled",
    "REQUEST_DECLINED": "exception",
}
"""`OrderDisplayFulfillmentStatus`; `ON_HOLD` and `RESTOCKED` have no counterpart."""

GROUP_STATUSES: dict[str, CartShipmentStatus] = {
    "OPEN": "open",
    "SCHEDULED": "open",
    "IN_PROGRESS": "open",
    "ON_HOLD": "on_hold",
    "CLOSED": "shipped",
    "CANCELLED": "cancelled",
    "INCOMPLETE": "exception",
}
"""`FulfillmentOrderStatus`."""

SHIPMENT_STATUSES: dict[str, CartShipmentStatus] = {
    "DELIVERED": "delivered",
    "PICKED_UP": "delivered",
    "CANCELED": "cancelled",
    "FAILURE": "exception",
    "NOT_DELIVERED": "exception",
    "ATTEMPTED_DELIVERY": "exception",
    "LABEL_VOIDED": "cancelled",
    "LABEL_PRINTED": "open",
    "LABEL_PURCHASED": "open",
    "SUBMITTED": "open",
    "CONFIRMED": "open",
    "READY_FOR_PICKUP": "open",
}
"""`FulfillmentDisplayStatus`; every other one means that the goods have left."""


def order_record(order: Any) -> cart.CartOrder:
    """The canonical record of an `Order`. Raises `ValueError` when it is none, or not all of it was read."""
    _check_complete(order)
    shipping = order.get("shippingLine") or {}
    groups = nodes(order.get("fulfillmentOrders"))
    raw = order.get("displayFulfillmentStatus")
    return cart.CartOrder(
        id=number(order["id"]),
        order_number=order.get("name") or number(order["id"]),
        created_date=required(order["createdAt"]),
        updated_date=required(order["updatedAt"]),
        status="cancelled" if order.get("cancelledAt") else STATUSES.get(raw, "other"),
        raw_status=raw,
        requested_shipping_method=shipping.get("title"),
        shipping_method_id=shipping.get("code"),
        shipping_method_name=shipping.get("title"),
        carrier_id=shipping.get("carrierIdentifier"),
        invoice_currency_code=order.get("presentmentCurrencyCode") or "USD",
        total_price=_total(order, "totalPriceSet"),
        total_tax=_total(order, "totalTaxSet"),
        total_discount=_total(order, "totalDiscountsSet"),
        total_shipping=_total(order, "totalShippingPriceSet"),
        ship_to_address=_ship_to(order),
        bill_to_address=_bill_to(order.get("billingAddress") or {}),
        earliest_ship_date=min(filter(None, (told(one.get("fulfillAt")) for one in groups)), default=None),
        latest_ship_date=min(filter(None, (told(one.get("fulfillBy")) for one in groups)), default=None),
        line_items=[_line(line) for line in nodes(order.get("lineItems"))],
        shipping_groups=[_group(group) for group in groups],
        shipments=[_shipment(one) for one in order.get("fulfillments") or ()],
        additional_fields={
            "financial_status": order.get("displayFinancialStatus"),
            "note": order.get("note"),
            "tags": order.get("tags") or [],
        },
    )


def _check_complete(order: Record) -> None:
    groups, shipments = nodes(order.get("fulfillmentOrders")), order.get("fulfillments") or []
    connections = [
        order.get("lineItems"),
        order.get("fulfillmentOrders"),
        *(group.get("lineItems") for group in groups),
        *(shipment.get("fulfillmentLineItems") for shipment in shipments),
    ]
    if any(end_cursor(found) is not None for found in connections):
        raise ValueError("the order has more lines than are read of an order")


def read_back(decoded: Any) -> cart.CartOrder:
    """The record in an answer to `read_order`. Raises `ValueError` when there is none."""
    order = order_of(decoded)
    if order is None:
        raise ValueError("the answer has no order")
    return order_record(order)


def _total(order: Record, name: str) -> float | None:
    return float(presentment(order[name])) if order.get(name) else None


def _ship_to(order: Record) -> ShipToAddress:
    address = order.get("shippingAddress") or {}
    return ShipToAddress(
        full_name=address.get("name"),
        company=address.get("company"),
        address1=address.get("address1"),
        address2=address.get("address2"),
        city=address.get("city"),
        state=address.get("provinceCode") or address.get("province"),
        postal_code=address.get("zip"),
        country=address.get("countryCodeV2"),
        phone_number=address.get("phone"),
        email_address=order.get("email"),
    )


def _bill_to(address: Record) -> BillToAddress:
    return BillToAddress(
        full_name=address.get("name"),
        address1=address.get("address1"),
        address2=address.get("address2"),
        city=address.get("city"),
        state=address.get("provinceCode") or address.get("province"),
        postal_code=address.get("zip"),
        country=address.get("countryCodeV2"),
    )


def _line(line: Record) -> cart.CartOrderLineItem:
    quantity = int(line["quantity"])
    price = presentment(line.get("originalUnitPriceSet"))
    reduced = presentment(line.get("discountedUnitPriceAfterAllDiscountsSet"))
    taxes = sum((presentment(tax.get("priceSet")) for tax in line.get("taxLines") or ()), Decimal(0))
    return cart.CartOrderLineItem(
        line_item_id=number(line["id"]),
        product_id=number_of(line.get("variant")),
        product_sku=line.get("sku") or None,
        parent_product_id=number_of(line.get("product")),
        quantity=quantity,
        unit_price=float(price),
        discount=float(price - reduced),
        tax=float(round(taxes / quantity, 4)) if quantity else float(taxes),
    )


def _group(group: Record) -> cart.ShippingGroup:
    return cart.ShippingGroup(
        shipping_group_id=number(group["id"]),
        created_date=required(group["createdAt"]),
        updated_date=required(group["updatedAt"]),
        raw_status=group.get("status"),
        status=GROUP_STATUSES.get(group.get("status") or "", "other"),
        warehouse_id=number_of((group.get("assignedLocation") or {}).get("location")) or "",
        line_items=[
            cart.orders.ShippingGroupLineItem(
                line_item_id=number(line["id"]),
                product_id=number_of((line.get("lineItem") or {}).get("variant")),
                product_sku=(line.get("lineItem") or {}).get("sku") or None,
                parent_product_id=number_of((line.get("lineItem") or {}).get("product")),
                quantity=int(line["totalQuantity"]),
            )
            for line in nodes(group.get("lineItems"))
        ],
    )


def _shipment(shipment: Record) -> cart.CartShipment:
    tracking: Record = next(iter(shipment.get("trackingInfo") or ()), {})
    raw = shipment.get("displayStatus") or shipment.get("status") or ""
    ended = {"CANCELLED": "cancelled", "ERROR": "exception", "FAILURE": "exception"}.get(
        shipment.get("status") or ""
    )
    return cart.CartShipment(
        shipment_id=number(shipment["id"]),
        raw_status=raw or None,
        status=ended or SHIPMENT_STATUSES.get(raw, "shipped"),  # type: ignore[arg-type]
        warehouse_id=number_of(shipment.get("location")),
        carrier_name=tracking.get("company"),
        tracking_number=tracking.get("number"),
        tracking_url=tracking.get("url"),
        line_items=[
            cart.CartShipmentLineItem(
                shipment_line_item_id=number(line["id"]),
                product_id=number_of((line.get("lineItem") or {}).get("variant")),
                product_sku=(line.get("lineItem") or {}).get("sku") or None,
                parent_product_id=number_of((line.get("lineItem") or {}).get("product")),
                quantity=int(line.get("quantity") or 0),
            )
            for line in nodes(shipment.get("fulfillmentLineItems"))
        ],
        shipping_groups=[number(one["id"]) for one in nodes(shipment.get("fulfillmentOrders"))],
        created_date=told(shipment.get("createdAt")),
        updated_date=told(shipment.get("updatedAt")),
    )
