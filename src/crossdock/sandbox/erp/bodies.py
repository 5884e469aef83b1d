"""What can be sent to the ERP sandbox, as typed values. Quantities may be fractions, to three places."""

from typing import Annotated

from msgspec import UNSET, Meta

from crossdock.sandbox.parts import Absent, Body, Moment, Number, Part, Text

Quantity = Annotated[float, Meta(ge=0.001, le=1_000_000)]
Price = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class Address(Part, kw_only=True):
    """Where an order goes; in an update, only what changes."""

    full_name: Text | Absent = UNSET
    company: Text | Absent = UNSET
    address1: Text | Absent = UNSET
    address2: Text | Absent = UNSET
    city: Text | Absent = UNSET
    state: Text | Absent = UNSET
    postal_code: Text | Absent = UNSET
    country: Text | Absent = UNSET


class SalesLine(Part, kw_only=True):
    """Some of one item; the item by its id, its SKU, or both."""

    item_id: Text | Absent = UNSET
    sku: Number | Absent = UNSET
    description: Text | Absent = UNSET
    quantity: Quantity
    unit_price: Price | Absent = UNSET
    discount: Price | Absent = UNSET


class SalesTerms(Body, kw_only=True):
    """What a sales order says beside its customer."""

    reference_id: Number | Absent = UNSET
    order_number: Number | Absent = UNSET
    location_id: Text | Absent = UNSET
    order_date: Moment | Absent = UNSET
    required_ship_date: Moment | Absent = UNSET
    currency_code: Currency | Absent = UNSET
    ship_to_address: Address | Absent = UNSET


class PlaceSalesOrder(SalesTerms, kw_only=True):
    """A new sales order."""

    customer_id: Text
    line_items: Annotated[list[SalesLine], Meta(min_length=1, max_length=1000)]


class ChangeSalesOrder(SalesTerms, kw_only=True):
    """What is to change of a sales order; new lines take the place of all."""

    line_items: Annotated[list[SalesLine], Meta(min_length=1, max_length=1000)] | Absent = UNSET


class MovedLine(Part, kw_only=True):
    """Some of one line of an order that leaves or arrives."""

    line_item_id: Text
    quantity: Quantity


class Package(Part, kw_only=True):
    """One parcel or pallet."""

    tracking_number: Text
    tracking_url: Text | Absent = UNSET
    carrier_name: Text | Absent = UNSET


class Ship(Body, kw_only=True):
    """What leaves for a sales order; all that is left of it without lines."""

    sales_order_id: Text
    shipped_date: Moment | Absent = UNSET
    line_items: Annotated[list[MovedLine], Meta(min_length=1, max_length=1000)] | Absent = UNSET
    packages: Annotated[list[Package], Meta(max_length=1000)] | Absent = UNSET


class PurchaseLine(Part, kw_only=True):
    """Some of one item; the item by its id, its SKU, or both."""

    item_id: Text | Absent = UNSET
    sku: Number | Absent = UNSET
    description: Text | Absent = UNSET
    quantity: Quantity
    unit_cost: Price | Absent = UNSET


class PurchaseTerms(Body, kw_only=True):
    """What a purchase order says beside its vendor."""

    reference_id: Number | Absent = UNSET
    order_number: Number | Absent = UNSET
    employee_id: Text | Absent = UNSET
    location_id: Text | Absent = UNSET
    order_date: Moment | Absent = UNSET
    expected_arrival_date: Moment | Absent = UNSET
    currency_code: Currency | Absent = UNSET


class PlacePurchaseOrder(PurchaseTerms, kw_only=True):
    """A new purchase order."""

    vendor_id: Text
    line_items: Annotated[list[PurchaseLine], Meta(min_length=1, max_length=1000)]


class ChangePurchaseOrder(PurchaseTerms, kw_only=True):
    """What is to change of a purchase order; new lines take the place of all."""

    line_items: Annotated[list[PurchaseLine], Meta(min_length=1, max_length=1000)] | Absent = UNSET


class Receive(Body, kw_only=True):
    """What arrives of a purchase order; all that is left of it without lines."""

    purchase_order_id: Text
    received_date: Moment | Absent = UNSET
    line_items: Annotated[list[MovedLine], Meta(min_length=1, max_length=1000)] | Absent = UNSET
