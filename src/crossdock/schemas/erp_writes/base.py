"""The base body of every ERP write: all fields that Crossdock knows for it, none of them required.

The contract gives no bodies for these writes (its endpoint table, section 6, has their pages only); what was
decided is in `docs/erp.md`.
"""

from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody


class Address(WriteBody, kw_only=True):
    """Where goods go."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1 | Absent = UNSET
    address2: fields.Address2 | Absent = UNSET
    city: fields.City | Absent = UNSET
    state: fields.State | Absent = UNSET
    postal_code: fields.PostalCode | Absent = UNSET
    country: fields.Country | Absent = UNSET


class SalesOrderLine(WriteBody, kw_only=True):
    """Units of one item that are sold; price and discount are per unit."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    discount: fields.Discount | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET


class CreateSalesOrder(WriteBody, kw_only=True):
    """What a customer orders."""

    trackstar_tags: Tags | Absent = UNSET
    customer_id: fields.CustomerId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: list[SalesOrderLine] | Absent = UNSET


class UpdateSalesOrder(WriteBody, kw_only=True):
    """What is to change of a sales order."""

    trackstar_tags: Tags | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    required_ship_date: fields.RequiredShipDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    ship_to_address: Address | Absent = UNSET
    line_items: list[SalesOrderLine] | Absent = UNSET


class LotMoved(WriteBody, kw_only=True):
    """Units that are of one lot, named by its id or its number."""

    lot_id: fields.LotId | Absent = UNSET
    lot_number: fields.LotNumber | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class BinMoved(WriteBody, kw_only=True):
    """Units that leave or enter one bin."""

    bin_id: fields.BinId | Absent = UNSET
    lot_id: fields.LotId | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class LineMoved(WriteBody, kw_only=True):
    """Units of one line of the order that leave or arrive."""

    line_item_id: fields.LineItemId | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET
    lots: list[LotMoved] | Absent = UNSET
    bins: list[BinMoved] | Absent = UNSET


class Package(WriteBody, kw_only=True):
    """One parcel or pallet."""

    tracking_number: fields.TrackingNumber | Absent = UNSET
    tracking_url: fields.TrackingUrl | Absent = UNSET
    carrier_name: fields.CarrierName | Absent = UNSET


class CreateSalesOrderShipment(WriteBody, kw_only=True):
    """What left of a sales order."""

    sales_order_id: fields.SalesOrderId | Absent = UNSET
    shipped_date: fields.ShippedDate | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    line_items: list[LineMoved] | Absent = UNSET
    packages: list[Package] | Absent = UNSET


class PurchaseOrderLine(WriteBody, kw_only=True):
    """Units of one item that are bought."""

    item_id: fields.ItemId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    description: fields.Description | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET
    unit_cost: fields.UnitCost | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET


class CreatePurchaseOrder(WriteBody, kw_only=True):
    """What is ordered from a vendor."""

    trackstar_tags: Tags | Absent = UNSET
    vendor_id: fields.VendorId | Absent = UNSET
    employee_id: fields.EmployeeId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    line_items: list[PurchaseOrderLine] | Absent = UNSET


class UpdatePurchaseOrder(WriteBody, kw_only=True):
    """What is to change of a purchase order."""

    trackstar_tags: Tags | Absent = UNSET
    employee_id: fields.EmployeeId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    order_date: fields.OrderDate | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    currency_code: fields.CurrencyCode | Absent = UNSET
    line_items: list[PurchaseOrderLine] | Absent = UNSET


class CreatePurchaseOrderReceipt(WriteBody, kw_only=True):
    """What arrived of a purchase order."""

    purchase_order_id: fields.PurchaseOrderId | Absent = UNSET
    received_date: fields.ReceivedDate | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET
    line_items: list[LineMoved] | Absent = UNSET


BASE_BODIES: dict[str, type[WriteBody]] = {
    "create_sales_order": CreateSalesOrder,
    "update_sales_order": UpdateSalesOrder,
    "cancel_sales_order": NoBody,
    "create_sales_order_shipment": CreateSalesOrderShipment,
    "create_purchase_order": CreatePurchaseOrder,
    "update_purchase_order": UpdatePurchaseOrder,
    "cancel_purchase_order": NoBody,
    "create_purchase_order_receipt": CreatePurchaseOrderReceipt,
}
"""By the name of the action."""
