"""What the records of the shop sandbox are, as they are answered: by this an edited one is checked."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from crossdock.sandbox.cart.bodies import Address, Money, Stock
from crossdock.sandbox.declared import Date, Entry, Fixed, Refers
from crossdock.sandbox.parts import Number, Text, Units
from crossdock.schemas.cart.orders import CartShipmentStatus

ProductId = Annotated[Text, Refers("cart_products")]
WarehouseId = Annotated[Text, Refers("cart_warehouses")]
Words = Annotated[list[Text], Meta(max_length=100)]


class OrderLine(Struct, kw_only=True):
    """Units of a variant that were bought."""

    line_item_id: Text
    product_id: ProductId
    product_sku: Number
    parent_product_id: ProductId
    quantity: Units
    unit_price: Money
    discount: Money = 0
    tax: Money = 0
    refunded_quantity: Stock = 0


class ShippedLine(Struct, kw_only=True):
    """Units of a variant that left."""

    shipment_line_item_id: Text
    product_id: ProductId
    product_sku: Number
    parent_product_id: ProductId
    quantity: Units


class Shipment(Struct, kw_only=True):
    """What left of an order."""

    shipment_id: Text
    status: CartShipmentStatus
    warehouse_id: WarehouseId
    shipping_method_name: Text | None = None
    carrier_name: Text | None = None
    tracking_number: Text | None = None
    tracking_url: Text | None = None
    line_items: Annotated[list[ShippedLine], Meta(max_length=1000)] = field(default_factory=list)
    created_date: Date
    updated_date: Date


class RefundedLine(Struct, kw_only=True):
    """Units of a line that were paid back."""

    line_item_id: Text
    quantity: Units


class Refund(Struct, kw_only=True):
    """What was paid back."""

    amount: Money
    reason: Text | None = None
    date: Date
    restock: bool
    line_items: Annotated[list[RefundedLine], Meta(max_length=1000)] = field(default_factory=list)


class Order(Entry, kw_only=True):
    """An order."""

    order_number: Number
    status: Literal["open", "fulfilled", "cancelled"]
    requested_shipping_method: Text | None = None
    invoice_currency_code: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    total_price: Money
    total_tax: Money
    total_discount: Money
    total_shipping: Money
    ship_to_address: Address
    bill_to_address: Address
    line_items: Annotated[list[OrderLine], Meta(min_length=1, max_length=1000)]
    shipments: Annotated[list[Shipment], Meta(max_length=1000)] = field(default_factory=list)
    refunds: Annotated[list[Refund], Meta(max_length=1000)] = field(default_factory=list)
    carrier_name: Text | None = None
    shipping_method_name: Text | None = None


class Product(Entry, kw_only=True):
    """A product, or a variant of one: a product is its own parent."""

    name: Text
    sku: Number | None = None
    gtin: Text | None = None
    is_kit: bool
    active: bool
    price: Money | None = None
    unit_cost: Money | None = None
    image_url: Text | None = None
    categories: Words = field(default_factory=list)
    tags: Words = field(default_factory=list)
    parent_product_id: Annotated[str, Fixed("a variant stays with its product")]
    inventory_by_warehouse_id: dict[WarehouseId, Stock]
    inventory: Annotated[int | None, Fixed("it is the sum of inventory_by_warehouse_id")]


class Warehouse(Entry, kw_only=True):
    """A place that the shop ships from."""

    name: Text
    code: Text | None = None
    address: Address
