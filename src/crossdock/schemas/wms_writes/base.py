"""The base body of every warehouse write: all fields that the contract knows for it, none of them required.

No integration takes all of them. The catalog tells by these which fields of an integration's body are the
contract's and which are its own. Source: the contract's resource tables, section 7.
"""

from crossdock.schemas.fields import UNSET, Absent, NoBody, Tags, WriteBody
from crossdock.schemas.wms_writes import fields


class Measurements(WriteBody, kw_only=True):
    """Size and weight with their units."""

    length: fields.Length | Absent = UNSET
    width: fields.Width | Absent = UNSET
    height: fields.Height | Absent = UNSET
    unit: fields.LengthUnit | Absent = UNSET
    weight: fields.Weight | Absent = UNSET
    weight_unit: fields.WeightUnit | Absent = UNSET


class OrderAddress(WriteBody, kw_only=True):
    """Where an order goes."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1 | Absent = UNSET
    address2: fields.Address2 | Absent = UNSET
    city: fields.City | Absent = UNSET
    state: fields.State | Absent = UNSET
    postal_code: fields.PostalCode | Absent = UNSET
    country: fields.Country | Absent = UNSET


class OrderLine(WriteBody, kw_only=True):
    """Units of one product in an order."""

    product_id: fields.ProductId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    discount_amount: fields.DiscountAmount | Absent = UNSET


class ChannelReference(WriteBody, kw_only=True):
    """A sales channel, by its id or by its name."""

    channel_id: fields.ChannelId | Absent = UNSET
    channel_name: fields.ChannelName | Absent = UNSET


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    channel: fields.Channel | Absent = UNSET
    channel_object: ChannelReference | Absent = UNSET
    trading_partner: fields.TradingPartner | Absent = UNSET
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    service_level: fields.ServiceLevel | Absent = UNSET
    invoice_currency_code: fields.InvoiceCurrencyCode | Absent = UNSET
    total_price: fields.TotalPrice | Absent = UNSET
    total_tax: fields.TotalTax | Absent = UNSET
    total_discount: fields.TotalDiscount | Absent = UNSET
    total_shipping: fields.TotalShipping | Absent = UNSET
    ship_to_address: OrderAddress | Absent = UNSET
    line_items: list[OrderLine] | Absent = UNSET


class UpdateOrder(WriteBody, kw_only=True):
    """What is to change of an order."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    channel: fields.Channel | Absent = UNSET
    channel_object: ChannelReference | Absent = UNSET
    trading_partner: fields.TradingPartner | Absent = UNSET
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    service_level: fields.ServiceLevel | Absent = UNSET
    invoice_currency_code: fields.InvoiceCurrencyCode | Absent = UNSET
    total_price: fields.TotalPrice | Absent = UNSET
    total_tax: fields.TotalTax | Absent = UNSET
    total_discount: fields.TotalDiscount | Absent = UNSET
    total_shipping: fields.TotalShipping | Absent = UNSET
    ship_to_address: OrderAddress | Absent = UNSET
    line_items: list[OrderLine] | Absent = UNSET
    status: fields.OrderStatus | Absent = UNSET


class PackageTracking(WriteBody, kw_only=True):
    """A package and what it is tracked by."""

    package_id: fields.PackageId | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    shipped_date: fields.ShippedDate | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    tracking_url: fields.TrackingUrl | Absent = UNSET
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    shipping_cost: fields.ShippingCost | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    packages: list[PackageTracking] | Absent = UNSET


class AttachFile(WriteBody, kw_only=True):
    """A file for an order, itself or by its address."""

    file_url: fields.FileUrl | Absent = UNSET
    file_name: fields.FileName | Absent = UNSET
    file: fields.FileContent | Absent = UNSET


class CreateProduct(WriteBody, kw_only=True):
    """A new product."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of a product."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET


class KitComponent(WriteBody, kw_only=True):
    """A product in a kit, and how many units of it."""

    sku: fields.Sku | Absent = UNSET
    unit_quantity: fields.UnitQuantity | Absent = UNSET


class CreateKit(WriteBody, kw_only=True):
    """A new kit."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    inventory_items: list[KitComponent] | Absent = UNSET


class UpdateKit(WriteBody, kw_only=True):
    """What is to change of a kit."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    inventory_items: list[KitComponent] | Absent = UNSET


class SupplierReference(WriteBody, kw_only=True):
    """A supplier, by its id or by its name."""

    supplier_id: fields.SupplierId | Absent = UNSET
    supplier_name: fields.SupplierName | Absent = UNSET


class InboundShipmentLine(WriteBody, kw_only=True):
    """Units of one SKU that are expected."""

    sku: fields.Sku | Absent = UNSET
    expected_quantity: fields.ExpectedQuantity | Absent = UNSET


class CreateInboundShipment(WriteBody, kw_only=True):
    """Goods on their way to a warehouse (an ASN)."""

    trackstar_tags: Tags | Absent = UNSET
    supplier: fields.Supplier | Absent = UNSET
    supplier_object: SupplierReference | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    line_items: list[InboundShipmentLine] | Absent = UNSET


class UpdateInboundShipment(WriteBody, kw_only=True):
    """What is to change of an inbound shipment."""

    trackstar_tags: Tags | Absent = UNSET
    supplier: fields.Supplier | Absent = UNSET
    supplier_object: SupplierReference | Absent = UNSET
    purchase_order_number: fields.PurchaseOrderNumber | Absent = UNSET
    expected_arrival_date: fields.ExpectedArrivalDate | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    tracking_number: fields.TrackingNumber | Absent = UNSET
    line_items: list[InboundShipmentLine] | Absent = UNSET


class ReceivedLine(WriteBody, kw_only=True):
    """Units of one SKU that arrived."""

    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class ReceiveInboundShipment(WriteBody, kw_only=True):
    """What arrived of an inbound shipment."""

    line_items: list[ReceivedLine] | Absent = UNSET
    warehouse_location_id: fields.WarehouseLocationId | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU that come back."""

    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class CreateReturn(WriteBody, kw_only=True):
    """Goods that come back from an order (an RMA)."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    order_id: fields.OrderId | Absent = UNSET
    line_items: list[ReturnLine] | Absent = UNSET


class UpdateReturn(WriteBody, kw_only=True):
    """What is to change of a return."""

    trackstar_tags: Tags | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    order_id: fields.OrderId | Absent = UNSET
    line_items: list[ReturnLine] | Absent = UNSET


class AdjustInventory(WriteBody, kw_only=True):
    """Units that are added to stock or taken from it."""

    quantity: fields.Quantity | Absent = UNSET
    adjustment_type: fields.AdjustmentType | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET
    location_id: fields.LocationId | Absent = UNSET


BASE_BODIES: dict[str, type[WriteBody]] = {
    "create_order": CreateOrder,
    "update_order": UpdateOrder,
    "cancel_order": NoBody,
    "create_shipment": CreateShipment,
    "attach_file": AttachFile,
    "create_product": CreateProduct,
    "update_product": UpdateProduct,
    "create_kit": CreateKit,
    "update_kit": UpdateKit,
    "create_inbound_shipment": CreateInboundShipment,
    "update_inbound_shipment": UpdateInboundShipment,
    "receive_inbound_shipment": ReceiveInboundShipment,
    "create_return": CreateReturn,
    "update_return": UpdateReturn,
    "cancel_return": NoBody,
    "adjust_inventory": AdjustInventory,
}
"""By the name of the action."""
