"""Sales orders, purchase orders, and what moved because of them.

The statuses of orders: the contract's resource tables, section 5.
"""

from typing import Any, Literal

from msgspec import Struct, field

from crossdock.schemas.addresses import BillToAddress, Measurements, ShipFromAddress, ShipToAddress

SalesOrderStatus = Literal[
    "pending_approval", "open", "partially_fulfilled", "fulfilled", "closed", "cancelled", "other"
]

PurchaseOrderStatus = Literal[
    "pending_approval",
    "pending_supplier",
    "open",
    "partially_received",
    "received",
    "closed",
    "cancelled",
    "other",
]


class SalesOrderLineItem(Struct, kw_only=True):
    """A line of a sales order; price, discount and tax are per unit."""

    line_item_id: str
    item_id: str | None = None
    sku: str | None = None
    description: str | None = None
    quantity: float
    fulfilled_quantity: float = 0
    unit_of_measure: str | None = None
    unit_price: float | None = None
    discount: float | None = None
    tax: float | None = None
    location_id: str | None = None


class SalesOrder(Struct, kw_only=True):
    """What a customer ordered. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`; amounts in the order's currency."""

    id: str
    created_date: str
    updated_date: str
    order_number: str | None = None
    reference_id: str | None = None
    customer_id: str
    location_id: str | None = None
    status: SalesOrderStatus
    raw_status: str | None = None
    order_date: str | None = None
    required_ship_date: str | None = None
    currency_code: str | None = None
    total_price: float | None = None
    total_tax: float | None = None
    total_discount: float | None = None
    total_shipping: float | None = None
    bill_to_address: BillToAddress = field(default_factory=BillToAddress)
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    line_items: list[SalesOrderLineItem] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class LotQuantity(Struct, kw_only=True):
    """Units of a line that are of one lot."""

    lot_id: str
    lot_number: str | None = None
    quantity: float


class BinQuantity(Struct, kw_only=True):
    """Units of a line that left or entered one bin, perhaps of one lot."""

    bin_id: str
    bin_name: str | None = None
    lot_id: str | None = None
    quantity: float


class SalesOrderShipmentLineItem(Struct, kw_only=True):
    """Units of one line of a sales order in a shipment. `line_item_id` is that of the order."""

    line_item_id: str | None = None
    item_id: str | None = None
    sku: str | None = None
    quantity: float
    lots: list[LotQuantity] = []
    bins: list[BinQuantity] = []


class ShipmentPackage(Struct, kw_only=True):
    """One parcel or pallet of a shipment."""

    package_id: str
    tracking_number: str | None = None
    tracking_url: str | None = None
    carrier_name: str | None = None
    measurements: Measurements = field(default_factory=Measurements)


class SalesOrderShipment(Struct, kw_only=True):
    """Goods of a sales order that leave together (an item fulfilment, a delivery note)."""

    id: str
    created_date: str
    updated_date: str
    shipment_number: str | None = None
    sales_order_id: str | None = None
    location_id: str | None = None
    status: Literal["open", "shipped", "cancelled", "other"]
    raw_status: str | None = None
    shipped_date: str | None = None
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    line_items: list[SalesOrderShipmentLineItem] = []
    packages: list[ShipmentPackage] = []
    external_system_url: str | None = None
    additional_fields: dict[str, Any] = {}


class PurchaseOrderLineItem(Struct, kw_only=True):
    """A line of a purchase order; cost and tax are per unit."""

    line_item_id: str
    item_id: str | None = None
    sku: str | None = None
    description: str | None = None
    quantity: float
    received_quantity: float = 0
    unit_of_measure: str | None = None
    unit_cost: float | None = None
    tax: float | None = None
    location_id: str | None = None


class PurchaseOrder(Struct, kw_only=True):
    """What was ordered from a vendor. Amounts are in the order's currency, dates UTC."""

    id: str
    created_date: str
    updated_date: str
    order_number: str | None = None
    reference_id: str | None = None
    vendor_id: str
    employee_id: str | None = None
    location_id: str | None = None
    status: PurchaseOrderStatus
    raw_status: str | None = None
    order_date: str | None = None
    expected_arrival_date: str | None = None
    currency_code: str | None = None
    total_price: float | None = None
    total_tax: float | None = None
    vendor_address: ShipFromAddress = field(default_factory=ShipFromAddress)
    ship_to_address: ShipToAddress = field(default_factory=ShipToAddress)
    line_items: list[PurchaseOrderLineItem] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class PurchaseOrderReceiptLineItem(Struct, kw_only=True):
    """Units of one line of a purchase order that arrived. `line_item_id` is that of the order."""

    line_item_id: str | None = None
    item_id: str | None = None
    sku: str | None = None
    quantity: float
    lots: list[LotQuantity] = []
    bins: list[BinQuantity] = []


class PurchaseOrderReceipt(Struct, kw_only=True):
    """Goods of a purchase order that arrived together (an item receipt, a goods receipt)."""

    id: str
    created_date: str
    updated_date: str
    receipt_number: str | None = None
    purchase_order_id: str | None = None
    location_id: str | None = None
    status: Literal["open", "received", "cancelled", "other"]
    raw_status: str | None = None
    received_date: str | None = None
    line_items: list[PurchaseOrderReceiptLineItem] = []
    external_system_url: str | None = None
    additional_fields: dict[str, Any] = {}
