"""What the records of the warehouse sandbox are, as they are answered: by this an edited one is checked."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, field

from crossdock.sandbox.declared import Amount, Count, Date, Entry, Fixed, Refers
from crossdock.sandbox.parts import Absent, Number, Text, Units
from crossdock.sandbox.wms.bodies import Address, Disposition, Measurements
from crossdock.schemas.wms.orders import OrderStatus, ShipmentStatus

WarehouseId = Annotated[Text, Refers("warehouses")]
ItemId = Annotated[Text, Refers("inventory")]
MethodId = Annotated[Text, Refers("shipping_methods")]
OF_PRODUCT = "it follows from the product, which can be edited"
OF_STOCK = "it follows from locations, orders and inbound shipments, which can be edited"


class Component(Struct, kw_only=True):
    """Units of an inventory item in a product."""

    inventory_item_id: ItemId
    sku: Number
    unit_quantity: Units


class OrderLine(Struct, kw_only=True):
    """Units of a product that are ordered; of a new line, what is left out is the product's."""

    product_id: Annotated[Text, Refers("products")]
    sku: Number | Absent = UNSET
    quantity: Units
    unit_price: Amount | None = None
    discount_amount: Amount | None = None
    is_picked: bool = False
    shipped_quantity: Count = 0
    is_kit: bool | Absent = UNSET
    components: Annotated[list[Component], Meta(max_length=100)] | Absent = UNSET


class ShippedLine(Struct, kw_only=True):
    """Units of an inventory item that left."""

    inventory_item_id: ItemId
    sku: Number
    quantity: Units
    parent_product_id: Annotated[Text, Refers("products")] | None = None


ShippedLines = Annotated[list[ShippedLine], Meta(max_length=10_000)]


class Package(Struct, kw_only=True):
    """A parcel."""

    package_id: Text
    tracking_number: Text | None = None
    tracking_url: Text | None = None
    shipping_method_id: MethodId | None = None
    shipping_method_name: Text | None = None
    carrier_id: Text | None = None
    carrier_name: Text | None = None
    scac: Text | None = None
    shipping_cost: Amount | None = None
    measurements: Measurements = field(default_factory=Measurements)
    line_items: ShippedLines = field(default_factory=list)


class Shipment(Struct, kw_only=True):
    """What left of an order at once."""

    shipment_id: Text
    warehouse_id: WarehouseId
    status: ShipmentStatus
    shipped_date: Date | None = None
    line_items: ShippedLines = field(default_factory=list)
    ship_to_address: Address = field(default_factory=Address)
    ship_from_address: Address = field(default_factory=Address)
    packages: Annotated[list[Package], Meta(max_length=1000)] = field(default_factory=list)


class File(Struct, kw_only=True):
    """A file that is attached to an order."""

    name: Text | None = None
    url: Text | None = None
    size: Annotated[int, Meta(ge=0, le=1_000_000_000)] | None = None
    sha256: Text | None = None
    attached_date: Date


class Channel(Struct, kw_only=True):
    """The sales channel of an order."""

    channel_id: Annotated[Text, Refers("channels")]
    channel_name: Text | None = None


class Order(Entry, kw_only=True):
    """An order."""

    order_number: Number
    status: OrderStatus
    reference_id: Text
    trading_partner: Text | None = None
    service_level: Text | None = None
    invoice_currency_code: Text
    total_price: Amount | None = None
    total_tax: Amount | None = None
    total_discount: Amount | None = None
    total_shipping: Amount | None = None
    warehouse_id: WarehouseId | None = None
    channel_object: Channel | None = None
    shipping_method_id: MethodId | None = None
    shipping_method_name: Text | None = None
    carrier_id: Text | None = None
    carrier_name: Text | None = None
    scac: Text | None = None
    ship_to_address: Address
    line_items: Annotated[list[OrderLine], Meta(min_length=1, max_length=1000)]
    shipments: Annotated[list[Shipment], Meta(max_length=1000)] = field(default_factory=list)
    files: Annotated[list[File], Meta(max_length=1000)] = field(default_factory=list)


class Product(Entry, kw_only=True):
    """A product or a kit."""

    sku: Number
    name: Text
    gtin: Text | None = None
    unit_price: Amount | None = None
    measurements: Measurements | None = None
    is_kit: Annotated[bool, Fixed("a kit has no stock of its own, a product has")]
    active: bool
    inventory_items: Annotated[list[Component], Meta(min_length=1, max_length=100)]


class Pile(Struct, kw_only=True):
    """Units of an inventory item in one location."""

    location_id: Annotated[Text, Refers("locations")]
    quantity: Count
    warehouse_id: WarehouseId | Absent = UNSET


class InventoryItem(Entry, kw_only=True):
    """The stock of a product."""

    name: Annotated[str, Fixed(OF_PRODUCT)]
    sku: Annotated[str, Fixed(OF_PRODUCT)]
    measurements: Annotated[Any, Fixed(OF_PRODUCT)]
    unit_cost: Amount | None = None
    active: bool
    awaiting: Annotated[int, Fixed(OF_STOCK)]
    committed: Annotated[int, Fixed(OF_STOCK)]
    unfulfillable: Annotated[int, Fixed(OF_STOCK)]
    fulfillable: Annotated[int, Fixed(OF_STOCK)]
    onhand: Annotated[int, Fixed(OF_STOCK)]
    unsellable: Annotated[int, Fixed(OF_STOCK)]
    sellable: Annotated[int, Fixed(OF_STOCK)]
    inventory_by_warehouse_id: Annotated[Any, Fixed(OF_STOCK)]
    locations: Annotated[list[Pile], Meta(max_length=1000)] = field(default_factory=list)


class ExpectedLine(Struct, kw_only=True):
    """Units of one SKU that are expected."""

    inventory_item_id: ItemId
    sku: Number
    expected_quantity: Units
    received_quantity: Count = 0


class ReceivedLine(Struct, kw_only=True):
    """Units of one SKU that arrived."""

    inventory_item_id: ItemId
    sku: Number
    quantity: Units


class Receipt(Struct, kw_only=True):
    """What arrived at once."""

    id: Text
    arrived_date: Date
    line_items: Annotated[list[ReceivedLine], Meta(max_length=1000)] = field(default_factory=list)


class Supplier(Struct, kw_only=True):
    """Whose goods they are."""

    supplier_id: Annotated[Text, Refers("suppliers")]
    supplier_name: Text | None = None


class InboundShipment(Entry, kw_only=True):
    """Goods on their way to a warehouse."""

    purchase_order_number: Number
    status: Literal["open", "receiving", "received"]
    supplier_object: Supplier | None = None
    expected_arrival_date: Date | None = None
    warehouse_id: WarehouseId
    line_items: Annotated[list[ExpectedLine], Meta(min_length=1, max_length=1000)]
    receipts: Annotated[list[Receipt], Meta(max_length=1000)] = field(default_factory=list)
    tracking_numbers: Annotated[list[Text], Meta(max_length=1000)] = field(default_factory=list)


class ReturnLine(ExpectedLine, kw_only=True):
    """Units of one SKU that come back."""

    restocked_quantity: Count = 0


class Found(Struct, kw_only=True):
    """How units that came back were found, and where they went."""

    quantity: Units
    condition: Literal["good", "damaged"]
    disposition: Disposition


class ReturnedLine(ReceivedLine, kw_only=True):
    """Units of one SKU that came back."""

    receiving_details: Annotated[list[Found], Meta(max_length=1000)] = field(default_factory=list)


class ReturnParcel(Struct, kw_only=True):
    """What came back at once."""

    arrived_date: Date
    warehouse_id: WarehouseId
    line_items: Annotated[list[ReturnedLine], Meta(max_length=1000)] = field(default_factory=list)


class Return(Entry, kw_only=True):
    """Goods that come back."""

    status: Literal["open", "receiving", "received", "cancelled"]
    order_id: Annotated[Text, Refers("orders")] | None = None
    warehouse_id: WarehouseId
    line_items: Annotated[list[ReturnLine], Meta(min_length=1, max_length=1000)]
    shipments: Annotated[list[ReturnParcel], Meta(max_length=1000)] = field(default_factory=list)


class Warehouse(Entry, kw_only=True):
    """A warehouse."""

    name: Text
    code: Text | None = None
    address: Address


class Location(Entry, kw_only=True):
    """A place in a warehouse."""

    name: Text
    warehouse_id: Annotated[str, Fixed("a location stays where it is")]
    type: Literal["shelf", "pallet", "receiving", "quarantine"]


class ShippingMethod(Entry, kw_only=True):
    """A service of a carrier."""

    name: Text
    carrier_id: Text | None = None
    carrier_name: Text | None = None
    scac: Text | None = None


class Named(Entry, kw_only=True):
    """A sales channel or a supplier."""

    name: Text
