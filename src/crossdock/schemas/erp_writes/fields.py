"""The fields of ERP writes, each with its type, meaning and example.

The contract gives no bodies for these writes; the fields are those of the records (`crossdock.schemas.erp`)
that a caller can say, named alike. Quantities may be fractions.
"""

from typing import Annotated

from crossdock.schemas.fields import DateTime, described
from crossdock.schemas.wms_writes.fields import (
    Address1,
    Address2,
    City,
    Company,
    Country,
    ExpectedArrivalDate,
    FullName,
    PostalCode,
    Sku,
    State,
    TrackingNumber,
    TrackingUrl,
    UnitPrice,
)

__all__ = [
    "Address1",
    "Address2",
    "City",
    "Company",
    "Country",
    "ExpectedArrivalDate",
    "FullName",
    "PostalCode",
    "Sku",
    "State",
    "TrackingNumber",
    "TrackingUrl",
    "UnitPrice",
]

BinId = Annotated[str, described("Id of the bin", "bin_id")]
CarrierName = Annotated[str, described("Name of the carrier", "FedEx")]
CurrencyCode = Annotated[str, described("Currency of the prices, ISO 4217", "USD")]
CustomerId = Annotated[str, described("Id of the customer who buys", "customer_id")]
Description = Annotated[str, described("What the line says", "Blue shirt, size M")]
Discount = Annotated[float, described("Discount per unit", 1.5)]
EmployeeId = Annotated[str, described("Id of the employee who buys", "employee_id")]
ItemId = Annotated[str, described("Id of the item", "item_id")]
LineItemId = Annotated[str, described("Id of the line of the order", "line_item_id")]
LocationId = Annotated[str, described("Id of the location", "location_id")]
LotId = Annotated[str, described("Id of the lot", "lot_id")]
LotNumber = Annotated[str, described("Number that is printed on the lot", "lot_number")]
OrderDate = Annotated[DateTime, described("When it was ordered", "2022-10-10T01:02:03Z")]
OrderNumber = Annotated[str, described("Order number that people see", "order_number")]
PurchaseOrderId = Annotated[str, described("Id of the purchase order", "purchase_order_id")]
Quantity = Annotated[float, described("How much of the item", 1)]
ReceivedDate = Annotated[DateTime, described("When the goods arrived", "2022-10-10T01:02:03Z")]
ReferenceId = Annotated[str, described("The caller's own unique key of the order", "order_reference_id")]
RequiredShipDate = Annotated[DateTime, described("When the goods must leave", "2022-10-10T01:02:03Z")]
SalesOrderId = Annotated[str, described("Id of the sales order", "sales_order_id")]
ShippedDate = Annotated[DateTime, described("When the goods left", "2022-05-06T01:02:03Z")]
UnitCost = Annotated[float, described("Cost of one unit in the currency of the order", 6.5)]
VendorId = Annotated[str, described("Id of the vendor who sells", "vendor_id")]
