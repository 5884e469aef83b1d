"""What can be sent to the sandbox, as typed values.

Quantities are whole units, money is in the order's currency.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from crossdock.sandbox.parts import Absent, Body, Moment, Number, Part, Text, Units

SettableStatus = Literal[
    "open", "confirmed", "processing", "picked", "packed", "exception", "cancelled", "other"
]
"""The order statuses that a person sets; the others follow from stock and shipments."""


class Measurements(Part):
    """Size and weight with their units."""

    length: float | None = None
    width: float | None = None
    height: float | None = None
    unit: Literal["cm", "in"] | None = None
    weight: float | None = None
    weight_unit: Literal["kg", "oz", "lb"] | None = None


class Address(Part):
    """Where an order goes; in an update, only what changes."""

    full_name: Text | Absent = UNSET
    company: Text | Absent = UNSET
    address1: Text | Absent = UNSET
    address2: Text | Absent = UNSET
    city: Text | Absent = UNSET
    state: Text | Absent = UNSET
    postal_code: Text | Absent = UNSET
    country: Text | Absent = UNSET


class OrderLine(Part):
    """Units of one product; the product by its id, its SKU, or both."""

    product_id: Text | Absent = UNSET
    sku: Number | Absent = UNSET
    quantity: Units | Absent = UNSET
    unit_price: float | Absent = UNSET
    discount_amount: float | Absent = UNSET


class OrderTerms(Body):
    """What an order says beside its number, address and lines."""

    reference_id: Text | Absent = UNSET
    channel: Text | Absent = UNSET
    trading_partner: Text | Absent = UNSET
    shipping_method_id: Text | Absent = UNSET
    service_level: Text | Absent = UNSET
    invoice_currency_code: Text | Absent = UNSET
    total_price: float | Absent = UNSET
    total_tax: float | Absent = UNSET
    total_discount: float | Absent = UNSET
    total_shipping: float | Absent = UNSET


class PlaceOrder(OrderTerms, kw_only=True):
    """A new order."""

    order_number: Number
    ship_to_address: Address
    line_items: Annotated[list[OrderLine], Meta(min_length=1, max_length=1000)]


class UpdateOrder(OrderTerms):
    """What changes of an order; `line_items` takes the place of all lines."""

    order_number: Number | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: Annotated[list[OrderLine], Meta(min_length=1, max_length=1000)] | Absent = UNSET
    status: SettableStatus | Absent = UNSET


class SkuLine(Part):
    """Units of one SKU."""

    sku: Number
    quantity: Units


class Package(Part):
    """A parcel and what it is tracked by."""

    package_id: Text
    tracking_number: Text


class ShipOrder(Body):
    """What left of an order; without lines, all that is left of it."""

    shipped_date: Moment
    tracking_number: Text
    shipping_cost: float
    measurements: Measurements
    warehouse_id: Text
    tracking_url: Text | Absent = UNSET
    carrier_id: Text | Absent = UNSET
    carrier_name: Text | Absent = UNSET
    shipping_method_id: Text | Absent = UNSET
    packages: list[Package] | Absent = UNSET
    line_items: Annotated[list[SkuLine], Meta(min_length=1)] | Absent = UNSET


class AttachFile(Body):
    """A file for an order: its bytes (base64 in JSON) or where it is."""

    file_name: Text | Absent = UNSET
    file_url: Text | Absent = UNSET
    content: bytes | Absent = UNSET


class CreateProduct(Body):
    """A new product that is one inventory item."""

    sku: Number
    name: Text
    gtin: Text | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    unit_price: float | Absent = UNSET


class UpdateProduct(Body):
    """What changes of a product."""

    sku: Number | Absent = UNSET
    name: Text | Absent = UNSET
    gtin: Text | Absent = UNSET
    measurements: Measurements | Absent = UNSET


class KitComponent(Part):
    """A product in a kit and how many units of it."""

    sku: Number
    unit_quantity: Units


Components = Annotated[list[KitComponent], Meta(min_length=1, max_length=100)]


class CreateKit(CreateProduct, kw_only=True):
    """A new product that is made of others."""

    inventory_items: Components


class UpdateKit(UpdateProduct):
    """What changes of a kit; orders placed before keep the components they were placed with."""

    inventory_items: Components | Absent = UNSET


class InboundLine(Part):
    """Units of one SKU that are expected."""

    sku: Number
    expected_quantity: Units


InboundLines = Annotated[list[InboundLine], Meta(min_length=1, max_length=1000)]


class CreateInboundShipment(Body):
    """Goods on their way to a warehouse."""

    supplier: Text
    purchase_order_number: Number
    expected_arrival_date: Moment
    warehouse_id: Text
    tracking_number: Text
    line_items: InboundLines


class UpdateInboundShipment(Body):
    """What changes of an inbound shipment; `line_items` takes the place of all lines."""

    supplier: Text | Absent = UNSET
    purchase_order_number: Number | Absent = UNSET
    expected_arrival_date: Moment | Absent = UNSET
    warehouse_id: Text | Absent = UNSET
    tracking_number: Text | Absent = UNSET
    line_items: InboundLines | Absent = UNSET


class ReceiveInboundShipment(Body):
    """What arrived of an inbound shipment, and where it was put."""

    line_items: Annotated[list[SkuLine], Meta(min_length=1)]
    warehouse_location_id: Text


class ReturnTerms(Body):
    """A return, new or changed: its order, its lines, or both."""

    warehouse_id: Text | Absent = UNSET
    order_id: Text | Absent = UNSET
    line_items: Annotated[list[SkuLine], Meta(min_length=1)] | Absent = UNSET


Disposition = Literal["restocked", "quarantined", "scrapped"]


class ReturnedLine(SkuLine):
    """Units of one SKU that came back. Good ones are restocked and damaged ones quarantined, unless said."""

    condition: Literal["good", "damaged"] = "good"
    disposition: Disposition | Absent = UNSET


class ReceiveReturn(Body):
    """What came back of a return; without lines, all that is left of it, in good condition."""

    line_items: Annotated[list[ReturnedLine], Meta(min_length=1)] | Absent = UNSET


class AdjustInventory(Body):
    """Units that are found or lost."""

    quantity: Units
    adjustment_type: Literal["increase", "decrease"]
    warehouse_id: Text
    location_id: Text | Absent = UNSET
