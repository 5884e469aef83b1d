"""The fields of warehouse writes, each with its type, meaning and example.

A body of an integration takes from here the ones that mean the same, so that a field is described alike
wherever it stands. Source: the contract's resource tables, section 7.
"""

from typing import Annotated, Literal

from crossdock.schemas.fields import DateTime, described

Address1 = Annotated[str, described("Street and number")]
Address2 = Annotated[str, described("Second address line")]
AdjustmentType = Annotated[
    Literal["increase", "decrease"], described("Whether units are added or taken away", "increase")
]
Carrier = Annotated[str, described("DEPRECATED, use `carrier_id`/`carrier_name`", "FedEx")]
CarrierId = Annotated[str, described("Id of the carrier", "fedex")]
Channel = Annotated[str, described("DEPRECATED, use `channel_object`", "channel_id")]
ChannelId = Annotated[str, described("Id of the sales channel", "channel_id")]
ChannelName = Annotated[str, described("Name of the sales channel", "channel_name")]
City = Annotated[str, described("City")]
Company = Annotated[str, described("Name of the company")]
Country = Annotated[str, described("Country")]
DiscountAmount = Annotated[float, described("Discount per unit", 1.5)]
ExpectedArrivalDate = Annotated[DateTime, described("When the goods are expected", "2022-10-10T01:02:03Z")]
ExpectedQuantity = Annotated[int, described("Number of units that are expected", 1)]
FileContent = Annotated[bytes, described("The file itself")]
FileName = Annotated[str, described("Name of the file", "label.pdf")]
FileUrl = Annotated[str, described("Where the file can be fetched", "https://example.com/label.pdf")]
FullName = Annotated[str, described("Name of the person")]
Gtin = Annotated[str, described("UPC, EAN or ISBN", "gtin")]
InvoiceCurrencyCode = Annotated[str, described("Currency of the prices; USD when left out", "USD")]
LocationId = Annotated[str, described("Id of the location in the warehouse")]
Name = Annotated[str, described("Name", "name")]
OrderId = Annotated[str, described("Id of the order", "order_id")]
OrderNumber = Annotated[str, described("Order number that people see", "order_number")]
OrderStatus = Annotated[
    Literal[
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
    ],
    described("Status of the order", "open"),
]
PackageId = Annotated[str, described("Id of the package")]
PostalCode = Annotated[str, described("Postal code")]
ProductId = Annotated[str, described("Id of the product", "product_id")]
PurchaseOrderNumber = Annotated[str, described("Purchase order number", "po_number")]
Quantity = Annotated[int, described("Number of units", 1)]
ReferenceId = Annotated[str, described("The caller's own unique key of the order", "order_reference_id")]
ServiceLevel = Annotated[str, described("Shipping speed that the buyer asked for", "Standard")]
ShippedDate = Annotated[DateTime, described("When the goods left", "2022-05-06T01:02:03Z")]
ShippingCost = Annotated[float, described("What the warehouse pays for the shipping", 2.5)]
ShippingMethod = Annotated[str, described("DEPRECATED, use `shipping_method_id`", "shipping_method_id")]
ShippingMethodId = Annotated[str, described("Id of the shipping method", "fedex_ground")]
Sku = Annotated[str, described("SKU of the product", "sku")]
State = Annotated[str, described("State, province or region")]
Supplier = Annotated[str, described("DEPRECATED, use `supplier_object`", "supplier")]
SupplierId = Annotated[str, described("Id of the supplier", "supplier_id")]
SupplierName = Annotated[str, described("Name of the supplier", "supplier_name")]
TotalDiscount = Annotated[float, described("Discount on the whole order", 2.5)]
TotalPrice = Annotated[float, described("What the buyer paid", 13.49)]
TotalShipping = Annotated[float, described("What the buyer paid for the shipping", 3.5)]
TotalTax = Annotated[float, described("Tax on the whole order", 1.5)]
TrackingNumber = Annotated[str, described("Tracking number", "tracking_number")]
TrackingUrl = Annotated[str, described("Where the shipment can be followed")]
TradingPartner = Annotated[str, described("The retailer that the order is for", "Target")]
UnitPrice = Annotated[float, described("Price of one unit in the currency of the order", 10.99)]
UnitQuantity = Annotated[int, described("Units of this SKU in one kit", 1)]
WarehouseCustomerId = Annotated[
    str, described("Id of the warehouse customer whose goods these are", "warehouse_customer_id")
]
WarehouseId = Annotated[str, described("Id of the warehouse", "warehouse_id")]
WarehouseLocationId = Annotated[str, described("Id of the location that receives the goods", "location")]
Length = Annotated[float, described("Length in `unit`", 1.5)]
Width = Annotated[float, described("Width in `unit`", 1.5)]
Height = Annotated[float, described("Height in `unit`", 1.5)]
LengthUnit = Annotated[Literal["cm", "in"], described("Unit of length, width and height", "in")]
Weight = Annotated[float, described("Weight in `weight_unit`", 2.5)]
WeightUnit = Annotated[Literal["kg", "oz", "lb"], described("Unit of the weight", "lb")]
