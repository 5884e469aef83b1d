"""Orders, what was shipped of them and how it was packed: the contract's resource tables, section 1.1."""

from typing import Any, Literal

from msgspec import Struct, field

from crossdock.schemas.addresses import Measurements, ShipFromAddress, ShipToAddress

ShipmentStatus = Literal["open", "shipped", "cancelled", "other"]

OrderStatus = Literal[
    "open",
    "confirmed",
    "processing",
    "picked",
    "packed",
    "partially_fulfilled",
    "fulfilled",
    "exception",
    "cancelled",
    "backordered",
    "other",
]


class OrderChannelReference(Struct, kw_only=True):
    """The sales channel that an order came through."""

    channel_id: str
    channel_name: str | None = None


class OrderLineItem(Struct, kw_only=True):
    """A line of an order. Quantities are whole units, prices per unit."""

    product_id: str
    sku: str | None = None
    quantity: int
    unit_price: float | None = None
    is_picked: bool = False
    discount_amount: float | None = None


class ShipmentLineItem(Struct, kw_only=True):
    """Units of one SKU in a shipment."""

    inventory_item_id: str
    sku: str | None = None
    quantity: int
    parent_product_id: str | None = None


class PackageLineItem(Struct, kw_only=True):
    """Units of one SKU in one package."""

    inventory_item_id: str
    sku: str | None = None
    quantity: int
    lot_id: str | None = None
    expiration_date: str | None = None
    parent_product_id: str | None = None


class Package(Struct, kw_only=True):
    """One parcel or pallet of a shipment."""

    package_id: str
    package_name: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    shipping_method: str | None = None
    carrier: str | None = None
    shipping_method_id: str | None = None
    shipping_method_name: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    scac: str | None = None
    shipping_cost: float | None = None
    measurements: Measurements = field(default_factory=Measurements)
    line_items: list[PackageLineItem] = []


class Shipment(Struct, kw_only=True):
    """Goods of an order that leave together."""

    shipment_id: str
    warehouse_id: str
    raw_status: str | None = None
    status: ShipmentStatus
    shipped_date: str | None = None
    shipping_method: str | None = None
    line_items: list[ShipmentLineItem] = []
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    ship_from_address: ShipFromAddress = field(default_factory=ShipFromAddress)
    packages: list[Package] = []


class Order(Struct, kw_only=True):
    """An order: goods that a warehouse is to send to somebody. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    id: str
    warehouse_customer_id: str | None = None
    warehouse_id: str | None = None
    created_date: str
    updated_date: str
    reference_id: str
    order_number: str
    status: OrderStatus
    raw_status: str | None = None
    channel: str | None = None
    channel_object: OrderChannelReference | None = None
    type: Literal["d2c", "b2b", "dropship", "transfer"] | None = None
    trading_partner: str | None = None
    shipping_method: str | None = None
    service_level: str | None = None
    shipping_method_id: str | None = None
    shipping_method_name: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    scac: str | None = None
    is_third_party_freight: bool | None = None
    third_party_freight_account_number: str | None = None
    first_party_freight_account_number: str | None = None
    invoice_currency_code: str = "USD"
    total_price: float | None = None
    total_tax: float | None = None
    total_discount: float | None = None
    total_shipping: float | None = None
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    line_items: list[OrderLineItem] = []
    tags: list[str] = []
    required_ship_date: str | None = None
    saturday_delivery: bool | None = None
    signature_required: bool | None = None
    international_duty_paid_by: Literal["sender", "recipient", "third_party"] | None = None
    shipments: list[Shipment] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
