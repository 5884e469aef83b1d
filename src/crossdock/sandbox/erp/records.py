"""What the records of the ERP sandbox are, as they are answered: by this an edited one is checked."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from crossdock.sandbox.declared import Date, Entry, Fixed, Refers
from crossdock.sandbox.erp.bodies import Address, Currency, Price, Quantity
from crossdock.sandbox.parts import Number, Text

Rest = Annotated[float, Meta(ge=0, le=1_000_000)]
"""A quantity that may be nothing."""

ItemId = Annotated[Text, Refers("erp_items")]
LocationId = Annotated[Text, Refers("erp_locations")]
OF_ITEM = "it follows from the item, which can be edited"
OF_STOCK = "it follows from what is on hand by location and from sales orders, which can be edited"
OF_LINES = "it is the sum of the lines"


class Item(Entry, kw_only=True):
    """What is made, bought or sold."""

    name: Text
    sku: Number
    description: Text | None = None
    active: bool
    unit_of_measure: Text
    unit_price: Price | None = None
    unit_cost: Price | None = None


class Source(Struct, kw_only=True):
    """A vendor of an item."""

    vendor_id: Annotated[Text, Refers("erp_vendors")]
    vendor_name: Text | None = None
    vendor_sku: Text | None = None
    unit_cost: Price | None = None


class Figures(Struct, kw_only=True):
    """How much of an item lies in a location."""

    onhand: Rest
    committed: Annotated[float, Fixed("it follows from sales orders, which can be edited")] = 0
    available: Annotated[float, Fixed("it is onhand without committed")] = 0


class Inventory(Entry, kw_only=True):
    """The stock of an item."""

    item_id: Annotated[str, Fixed(OF_ITEM)]
    sku: Annotated[str, Fixed(OF_ITEM)]
    name: Annotated[str, Fixed(OF_ITEM)]
    vendors: Annotated[list[Source], Meta(max_length=1000)] = field(default_factory=list)
    onhand: Annotated[Any, Fixed(OF_STOCK)]
    committed: Annotated[Any, Fixed(OF_STOCK)]
    available: Annotated[Any, Fixed(OF_STOCK)]
    inventory_by_location_id: dict[LocationId, Figures]


class Location(Entry, kw_only=True):
    """A warehouse, or a place in one."""

    name: Text
    code: Text | None = None
    type: Text
    active: bool
    full_path: Text
    parent_location_id: LocationId | None = None
    address: Address


class Contact(Entry, kw_only=True):
    """Somebody, and how they are reached."""

    name: Text
    email_address: Text | None = None
    active: bool


class Customer(Contact, kw_only=True):
    """Who buys."""

    customer_number: Number
    phone_number: Text | None = None
    billing_address: Address
    shipping_addresses: Annotated[list[Address], Meta(min_length=1, max_length=100)]


class Vendor(Contact, kw_only=True):
    """Who is bought from."""

    vendor_number: Number
    phone_number: Text | None = None
    address: Address


class Limit(Struct, kw_only=True):
    """Up to what somebody may approve."""

    document_type: Text
    amount: Price
    currency_code: Currency


class Employee(Contact, kw_only=True):
    """Who orders."""

    employee_number: Number
    approval_limits: Annotated[list[Limit], Meta(max_length=100)] = field(default_factory=list)


class Line(Struct, kw_only=True):
    """Some of one item that is ordered."""

    line_item_id: Text
    item_id: ItemId
    sku: Number
    description: Text | None = None
    quantity: Quantity
    unit_of_measure: Text


class SalesLine(Line, kw_only=True):
    """Some of one item that is sold."""

    fulfilled_quantity: Rest = 0
    unit_price: Price | None = None
    discount: Price = 0


class SalesOrder(Entry, kw_only=True):
    """A sales order."""

    order_number: Number
    reference_id: Number | None = None
    customer_id: Annotated[Text, Refers("erp_customers")]
    location_id: LocationId
    status: Literal["open", "partially_fulfilled", "fulfilled", "cancelled"]
    order_date: Date
    required_ship_date: Date | None = None
    currency_code: Currency
    bill_to_address: Address
    ship_to_address: Address
    line_items: Annotated[list[SalesLine], Meta(min_length=1, max_length=1000)]
    total_price: Annotated[float, Fixed(OF_LINES)]
    total_discount: Annotated[float, Fixed(OF_LINES)]


class PurchaseLine(Line, kw_only=True):
    """Some of one item that is bought."""

    received_quantity: Rest = 0
    unit_cost: Price | None = None


class PurchaseOrder(Entry, kw_only=True):
    """A purchase order."""

    order_number: Number
    reference_id: Number | None = None
    vendor_id: Annotated[Text, Refers("erp_vendors")]
    employee_id: Annotated[Text, Refers("erp_employees")] | None = None
    location_id: LocationId
    status: Literal["open", "partially_received", "received", "cancelled"]
    order_date: Date
    expected_arrival_date: Date | None = None
    currency_code: Currency
    vendor_address: Address
    line_items: Annotated[list[PurchaseLine], Meta(min_length=1, max_length=1000)]
    total_price: Annotated[float, Fixed(OF_LINES)]


class MovedLine(Struct, kw_only=True):
    """Some of one line that left or arrived."""

    line_item_id: Text
    item_id: ItemId
    sku: Number
    quantity: Quantity
    location_id: LocationId


class Package(Struct, kw_only=True):
    """A parcel."""

    package_id: Text
    tracking_number: Text | None = None
    tracking_url: Text | None = None
    carrier_name: Text | None = None


class Shipment(Entry, kw_only=True):
    """What left of a sales order."""

    shipment_number: Number
    sales_order_id: Annotated[Text, Refers("erp_sales_orders")]
    location_id: LocationId
    status: Literal["open", "shipped", "cancelled", "other"]
    shipped_date: Date
    ship_to_address: Address
    line_items: Annotated[list[MovedLine], Meta(max_length=1000)] = field(default_factory=list)
    packages: Annotated[list[Package], Meta(max_length=1000)] = field(default_factory=list)


class Receipt(Entry, kw_only=True):
    """What arrived of a purchase order."""

    receipt_number: Number
    purchase_order_id: Annotated[Text, Refers("erp_purchase_orders")]
    location_id: LocationId
    status: Literal["open", "received", "cancelled", "other"]
    received_date: Date
    line_items: Annotated[list[MovedLine], Meta(max_length=1000)] = field(default_factory=list)
