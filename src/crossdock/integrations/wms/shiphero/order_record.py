"""ShipHero's order as the canonical one: type `Order` of the schema, with its shipments."""

from typing import Any, get_args

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import Record, answered, connection, nodes, query
from crossdock.integrations.wms.shiphero.values import measured, number, told_or_unknown, utc
from crossdock.schemas import wms
from crossdock.schemas.wms.orders import OrderStatus

LINES = 100
"""Lines that are read of an order, and of each shipment. An order with more cannot be changed here."""

_LINE = (
    "id sku partner_line_item_id quantity price promotion_discount quantity_pending_fulfillment "
    "quantity_shipped fulfillment_status product { id }"
)
_LABEL = (
    "id carrier shipping_name shipping_method cost tracking_number tracking_url box_name "
    "dimensions { weight height width length }"
)
_SHIPMENT = (
    "id warehouse_id created_date delivered address { name address1 address2 city state country zip phone } "
    f"shipping_labels {{ {_LABEL} }} line_items"
    + connection("quantity shipping_label_id line_item { sku product { id } }", LINES)
)
SELECTION = (
    " { id order_number partner_order_id shop_name fulfillment_status order_date updated_at total_tax "
    "total_price total_discounts currency account_id email tags packing_note required_ship_date "
    "saturday_delivery require_signature shipping_lines { title carrier method price } "
    "shipping_address { first_name last_name company address1 address2 city state zip country email phone } "
    "attachments" + connection("url", LINES) + " "
    "line_items" + connection(_LINE, LINES) + f" shipments {{ {_SHIPMENT} }} }}"
)

CANCELED = "canceled"
STATUSES: dict[str, OrderStatus] = {
    "pending": "open",
    "fulfilled": "fulfilled",
    "canceled": "cancelled",
    "cancelled": "cancelled",
    "backorder": "backordered",
}
"""Statuses beside these are names of the account's own."""


def read_order(account: Account, order_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `order`."""
    return query("order", {"id": ("String!", order_id)}, SELECTION)


def order_of(decoded: Any) -> Record | None:
    """The order in an answer; `None` when there was none. Raises `ValueError` when it is no order."""
    order = answered(decoded, "order")
    if order is None:
        return None
    if not isinstance(order, dict) or not isinstance(order.get("id"), str):
        raise ValueError("the answer is not an order")  # noqa: TRY004
    return order


def order_record(decoded: Any) -> wms.Order:
    """The canonical record of a decoded answer to `read_order`. Raises `ValueError` when it is no order.

    ShipHero has no time of creation: the order's own date stands in for it.
    """
    order = order_of(decoded)
    if order is None:
        raise ValueError("the answer has no order")
    lines, shipping = nodes(order.get("line_items")), order.get("shipping_lines") or {}
    return wms.Order(
        id=order["id"],
        warehouse_customer_id=order.get("account_id"),
        created_date=told_or_unknown(order.get("order_date"), order.get("updated_at")),
        updated_date=told_or_unknown(order.get("updated_at"), order.get("order_date")),
        reference_id=order.get("partner_order_id") or order["id"],
        order_number=order.get("order_number") or order["id"],
        status=_status(order.get("fulfillment_status"), lines),
        raw_status=order.get("fulfillment_status"),
        channel=order.get("shop_name"),
        shipping_method=shipping.get("title"),
        shipping_method_id=shipping.get("method"),
        shipping_method_name=shipping.get("title"),
        carrier_id=shipping.get("carrier"),
        carrier_name=shipping.get("carrier"),
        invoice_currency_code=order.get("currency") or "USD",
        total_price=number(order.get("total_price")),
        total_tax=number(order.get("total_tax")),
        total_discount=number(order.get("total_discounts")),
        total_shipping=number(shipping.get("price")),
        ship_to_address=_ship_to(order.get("shipping_address") or {}, order.get("email")),
        line_items=[_line(line) for line in lines],
        tags=[tag for tag in order.get("tags") or () if tag],
        required_ship_date=utc(order.get("required_ship_date")),
        saturday_delivery=order.get("saturday_delivery"),
        signature_required=order.get("require_signature"),
        shipments=[_shipment(one) for one in order.get("shipments") or ()],
        additional_fields={
            "packing_note": order.get("packing_note"),
            "attachments": [one.get("url") for one in nodes(order.get("attachments"))],
        },
    )


def _status(raw: str | None, lines: list[Record]) -> OrderStatus:
    known = (raw or "").lower()
    status = STATUSES.get(known) or (known if known in get_args(OrderStatus) else "other")
    if status == "open" and any(line.get("quantity_shipped") for line in lines):
        return "partially_fulfilled"
    return status  # type: ignore[return-value]


def _ship_to(address: Record, email: str | None) -> wms.ShipToAddress:
    names = [address[part] for part in ("first_name", "last_name") if address.get(part)]
    return wms.ShipToAddress(
        full_name=" ".join(names) or None,
        company=address.get("company"),
        address1=address.get("address1"),
        address2=address.get("address2"),
        city=address.get("city"),
        state=address.get("state"),
        postal_code=address.get("zip"),
        country=address.get("country"),
        phone_number=address.get("phone"),
        email_address=address.get("email") or email,
    )


def product_id(line: Record) -> str:
    """The id of a line's product; its SKU where the account has no such product."""
    return str((line.get("product") or {}).get("id") or line.get("sku") or "")


def _line(line: Record) -> wms.OrderLineItem:
    return wms.OrderLineItem(
        product_id=product_id(line),
        sku=line.get("sku"),
        quantity=int(line.get("quantity") or 0),
        unit_price=number(line.get("price")),
        is_picked=bool(line.get("quantity")) and line.get("quantity_shipped") == line.get("quantity"),
        discount_amount=number(line.get("promotion_discount")),
    )


def _shipment(shipment: Record) -> wms.Shipment:
    lines = nodes(shipment.get("line_items"))
    address = shipment.get("address") or {}
    labels = shipment.get("shipping_labels") or []
    return wms.Shipment(
        shipment_id=str(shipment.get("id") or ""),
        warehouse_id=str(shipment.get("warehouse_id") or ""),
        raw_status="delivered" if shipment.get("delivered") else "shipped",
        status="shipped",
        shipped_date=utc(shipment.get("created_date")),
        shipping_method=labels[0].get("shipping_method") if labels else None,
        line_items=[
            wms.ShipmentLineItem(
                inventory_item_id=product_id(line.get("line_item") or {}),
                sku=(line.get("line_item") or {}).get("sku"),
                quantity=int(line.get("quantity") or 0),
            )
            for line in lines
        ],
        ship_to_address=wms.ShipToAddress(
            full_name=address.get("name"),
            address1=address.get("address1"),
            address2=address.get("address2"),
            city=address.get("city"),
            state=address.get("state"),
            postal_code=address.get("zip"),
            country=address.get("country"),
            phone_number=address.get("phone"),
        ),
        packages=[_package(label) for label in labels],
    )


def _package(label: Record) -> wms.Package:
    return wms.Package(
        package_id=str(label.get("id") or ""),
        package_name=label.get("box_name"),
        tracking_number=label.get("tracking_number"),
        tracking_url=label.get("tracking_url"),
        shipping_method=label.get("shipping_method"),
        carrier=label.get("carrier"),
        shipping_method_id=label.get("shipping_method"),
        shipping_method_name=label.get("shipping_name"),
        carrier_id=label.get("carrier"),
        carrier_name=label.get("carrier"),
        shipping_cost=number(label.get("cost")),
        measurements=measured(label.get("dimensions")),
    )
