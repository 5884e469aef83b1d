"""What can be sent to the shop sandbox, as typed values. Quantities are whole units, money is in USD."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from crossdock.sandbox.parts import Absent, Body, Number, Part, Text, Units

Money = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000)]


class Address(Part, kw_only=True):
    """Where an order goes."""

    full_name: Text | Absent = UNSET
    address1: Text | Absent = UNSET
    city: Text | Absent = UNSET
    state: Text | Absent = UNSET
    postal_code: Text | Absent = UNSET
    country: Text | Absent = UNSET


class NewVariant(Part, kw_only=True):
    """One thing that can be bought of a product."""

    name: Text
    sku: Number
    price: Money
    stock: Stock = 0


class NewProduct(Body, kw_only=True):
    """A product with its variants."""

    name: Text
    variants: Annotated[list[NewVariant], Meta(min_length=1, max_length=100)]


class BoughtLine(Part, kw_only=True):
    """Units of one variant."""

    sku: Number
    quantity: Units


class NewOrder(Body, kw_only=True):
    """What somebody buys."""

    line_items: Annotated[list[BoughtLine], Meta(min_length=1, max_length=100)]
    requested_shipping_method: Text | Absent = UNSET
    ship_to_address: Address | Absent = UNSET


class Ship(Body, kw_only=True):
    """All that is left of an order leaves."""

    tracking_number: Text
    tracking_url: Text
    carrier_name: Text
    requested_shipping_method: Text


class RefundLine(Part, kw_only=True):
    """Units of a line that are paid back."""

    line_item_id: Text
    quantity: Units


class Refund(Body, kw_only=True):
    """What is paid back of an order; the lines' prices when no amount is said."""

    line_items: Annotated[list[RefundLine], Meta(min_length=1, max_length=100)] | Absent = UNSET
    amount: Annotated[float, Meta(ge=0.01, le=1_000_000_000)] | Absent = UNSET
    reason: Text | Absent = UNSET
    restock: bool = False


class Adjust(Body, kw_only=True):
    """Units of a variant that are added, taken away or counted; in the first warehouse when none is said."""

    quantity: Stock
    adjustment_type: Literal["increase", "decrease", "exact"]
    warehouse_id: Text | Absent = UNSET


class ExactStock(Part, kw_only=True):
    """What a variant's stock is to be."""

    product_id: Text
    quantity: Stock
    warehouse_id: Text


class AdjustMany(Body, kw_only=True):
    """The stock of several variants."""

    line_items: Annotated[list[ExactStock], Meta(min_length=1, max_length=100)]
