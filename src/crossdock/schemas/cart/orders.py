"""Orders of a shop and what was shipped of them: the contract's resource tables, section 2.1."""

from typing import Any, Literal

from msgspec import Struct, field

from crossdock.schemas.addresses import BillToAddress, ShipToAddress

CartOrderStatus = Literal[
    "open",
    "confirmed",
    "processing",
    "partially_fulfilled",
    "fulfilled",
    "exception",
    "cancelled",
    "backordered",
    "other",
]

CartShipmentStatus = Literal["open", "shipped", "delivered", "cancelled", "exception", "on_hold", "other"]


class CartOrderLineItem(Struct, kw_only=True):
    """A line of an order. Quantities are whole units; price, discount and tax are per unit."""

    line_item_id: str
    product_id: str | None = None
    product_sku: str | None = None
    parent_product_id: str | None = None
    parent_product_sku: str | None = None
    quantity: int
    unit_price: float | None = None
    discount: float | None = None
    tax: float | None = None


class ShippingGroupLineItem(Struct, kw_only=True):
    """Units of one line of an order in a shipping group."""

    line_item_id: str
    product_id: str | None = None
    product_sku: str | None = None
    parent_product_id: str | None = None
    quantity: int


class ShippingGroup(Struct, kw_only=True):
    """Lines that one warehouse is to fulfil together."""

    shipping_group_id: str
    created_date: str
    updated_date: str
    raw_status: str | None = None
    status: CartShipmentStatus | None = None
    warehouse_id: str
    line_items: list[ShippingGroupLineItem] = []


class CartShipmentLineItem(Struct, kw_only=True):
    """Units of one product in a shipment."""

    shipment_line_item_id: str
    product_id: str | None = None
    product_sku: str | None = None
    parent_product_id: str | None = None
    parent_product_sku: str | None = None
    quantity: int


class CartShipment(Struct, kw_only=True):
    """Goods of an order that leave together."""

    shipment_id: str
    raw_status: str | None = None
    status: CartShipmentStatus | None = None
    warehouse_id: str | None = None
    shipping_method_id: str | None = None
    shipping_method_name: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    line_items: list[CartShipmentLineItem] = []
    shipping_groups: list[str] = []
    created_date: str | None = None
    updated_date: str | None = None


class CartOrder(Struct, kw_only=True):
    """What somebody bought in a shop. Amounts are in the order's currency, dates UTC."""

    id: str
    order_number: str
    created_date: str
    updated_date: str
    status: CartOrderStatus
    raw_status: str | None = None
    requested_shipping_method: str | None = None
    shipping_method_id: str | None = None
    shipping_method_name: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    invoice_currency_code: str = "USD"
    total_price: float | None = None
    total_tax: float | None = None
    total_discount: float | None = None
    total_shipping: float | None = None
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    bill_to_address: BillToAddress = field(default_factory=BillToAddress)
    earliest_ship_date: str | None = None
    latest_ship_date: str | None = None
    line_items: list[CartOrderLineItem] = []
    shipping_groups: list[ShippingGroup] = []
    shipments: list[CartShipment] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
