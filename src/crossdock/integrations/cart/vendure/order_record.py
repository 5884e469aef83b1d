"""The canonical order. Types `Order`, `OrderLine`, `Fulfillment`, `Payment` and `Refund` of the schema.

Money is in hundredths. Prices of lines are without tax; what an order costs in all is with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.cart.vendure.graphql import Record, answered, graphql
from crossdock.integrations.cart.vendure.values import address, amount, utc
from crossdock.schemas import cart
from crossdock.schemas.addresses import BillToAddress, ShipToAddress

ADDRESS = "{ fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }"
SELECTION = (
    "id code state createdAt updatedAt orderPlacedAt currencyCode total totalWithTax shippingWithTax "
    "couponCodes "
    "customer { id emailAddress } discounts { amount } "
    "shippingLines { shippingMethod { id name } } "
    f"shippingAddress {ADDRESS} billingAddress {ADDRESS} "
    "lines { id quantity unitPrice proratedUnitPrice proratedUnitPriceWithTax "
    "productVariant { id sku productId } } "
    "payments { id method state amount updatedAt refunds { id state total reason createdAt updatedAt } } "
    "fulfillments { id state method trackingCode createdAt updatedAt lines { orderLineId quantity } }"
)

STATUSES: Mapping[str, cart.CartOrderStatus] = {
    "PaymentAuthorized": "open",
    "PaymentSettled": "confirmed",
    "ArrangingAdditionalPayment": "processing",
    "Modifying": "processing",
    "PartiallyShipped": "partially_fulfilled",
    "PartiallyDelivered": "partially_fulfilled",
    "Shipped": "fulfilled",
    "Delivered": "fulfilled",
    "Cancelled": "cancelled",
}
"""By the states of `defaultOrderProcess`; a server's own states are `other`."""

SHIPMENT_STATUSES: Mapping[str, cart.CartShipmentStatus] = {
    "Created": "open",
    "Pending": "open",
    "Shipped": "shipped",
    "Delivered": "delivered",
    "Cancelled": "cancelled",
}
"""By the states of `defaultFulfillmentProcess`."""

NEVER_MADE = "Failed"
"""The state of a refund that was not paid (`defaultRefundProcess`)."""


def read_order(account: Account, order_id: str) -> VendorRequest:
    """The order as it is kept here."""
    return graphql(account, f"query($id: ID!) {{ order(id: $id) {{ {SELECTION} }} }}", id=order_id)


def order_record(decoded: Any) -> cart.CartOrder:
    """An answer to `read_order`. Raises `ValueError` when it has no order."""
    return order_of_row(answered(decoded, "order"))


def order_of_row(row: Any) -> cart.CartOrder:
    """A row of the list of orders. Raises `ValueError` when it is none."""
    if not isinstance(row, dict) or not row.get("id") or not row.get("code"):
        raise ValueError("the row is not an order")
    lines: Mapping[str, Record] = {str(line["id"]): line for line in row.get("lines") or ()}
    payments: Sequence[Record] = row.get("payments") or ()
    fulfillments: Sequence[Record] = row.get("fulfillments") or ()
    refunds = [
        {**refund, "payment_id": payment["id"]} for payment in payments for refund in payment["refunds"]
    ]
    changes = [row, *payments, *refunds, *fulfillments]
    shipping = _shipping_method(row)
    customer = row.get("customer") or {}
    ship_to = row.get("shippingAddress") or {}
    return cart.CartOrder(
        id=str(row["id"]),
        order_number=row["code"],
        created_date=utc(row.get("orderPlacedAt") or row.get("createdAt")),
        updated_date=max(utc(change.get("updatedAt")) for change in changes),
        status=STATUSES.get(row.get("state") or "", "other"),
        raw_status=row.get("state"),
        requested_shipping_method=shipping.get("name"),
        shipping_method_id=shipping.get("id"),
        shipping_method_name=shipping.get("name"),
        invoice_currency_code=row.get("currencyCode") or "USD",
        total_price=amount(row.get("totalWithTax")),
        total_tax=amount(row["totalWithTax"] - row["total"]),
        total_discount=amount(-sum(discount["amount"] for discount in row.get("discounts") or ())),
        total_shipping=amount(row.get("shippingWithTax")),
        ship_to_address=ShipToAddress(
            **address(ship_to),
            company=ship_to.get("company") or None,
            phone_number=ship_to.get("phoneNumber") or None,
            email_address=customer.get("emailAddress"),
        ),
        bill_to_address=BillToAddress(**address(row.get("billingAddress"))),
        line_items=[_line(line) for line in lines.values()],
        shipments=[_shipment(fulfillment, lines) for fulfillment in fulfillments],
        additional_fields={
            "customer_id": customer.get("id"),
            "coupon_codes": row.get("couponCodes") or [],
            "payments": [_payment(payment) for payment in payments],
            "refunds": [_refund(refund) for refund in refunds],
        },
    )


def _shipping_method(row: Record) -> Record:
    lines = row.get("shippingLines") or ()
    return next((line["shippingMethod"] for line in lines if line.get("shippingMethod")), {})


def _line(line: Record) -> cart.CartOrderLineItem:
    variant = line.get("productVariant") or {}
    return cart.CartOrderLineItem(
        line_item_id=str(line["id"]),
        product_id=variant.get("id"),
        product_sku=variant.get("sku"),
        parent_product_id=parent_id(variant),
        quantity=line["quantity"],
        unit_price=amount(line["unitPrice"]),
        discount=amount(line["unitPrice"] - line["proratedUnitPrice"]),
        tax=amount(line["proratedUnitPriceWithTax"] - line["proratedUnitPrice"]),
    )


def parent_id(variant: Record) -> str | None:
    """The id of a variant's product as it is kept here.

    Products and variants are numbered each for themselves, so that a product and a variant share an id; the
    product's has a word before it.
    """
    product = variant.get("productId")
    return f"product-{product}" if product else None


def _shipment(fulfillment: Record, lines: Mapping[str, Record]) -> cart.CartShipment:
    state = fulfillment.get("state") or ""
    return cart.CartShipment(
        shipment_id=str(fulfillment["id"]),
        raw_status=state,
        status=SHIPMENT_STATUSES.get(state, "other"),
        shipping_method_name=fulfillment.get("method") or None,
        tracking_number=fulfillment.get("trackingCode") or None,
        line_items=[_shipped(fulfillment, line, lines) for line in fulfillment.get("lines") or ()],
        created_date=utc(fulfillment.get("createdAt")) or None,
        updated_date=utc(fulfillment.get("updatedAt")) or None,
    )


def _shipped(fulfillment: Record, line: Record, lines: Mapping[str, Record]) -> cart.CartShipmentLineItem:
    variant = lines.get(str(line["orderLineId"]), {}).get("productVariant") or {}
    return cart.CartShipmentLineItem(
        shipment_line_item_id=f"{fulfillment['id']}-{line['orderLineId']}",
        product_id=variant.get("id"),
        product_sku=variant.get("sku"),
        parent_product_id=parent_id(variant),
        quantity=line["quantity"],
    )


def _payment(payment: Record) -> Record:
    shown = {name: payment.get(name) for name in ("id", "method", "state")}
    return {**shown, "amount": amount(payment.get("amount"))}


def _refund(refund: Record) -> Record:
    shown = {name: refund.get(name) for name in ("id", "payment_id", "state", "reason")}
    return {**shown, "total": amount(refund.get("total")), "created_date": utc(refund.get("createdAt"))}
