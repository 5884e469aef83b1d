"""The fields of cart writes, each with its type, meaning and example.

Source: the contract's resource tables, section 7. What means the same in a warehouse is taken from there.
"""

from typing import Annotated, Literal

from crossdock.schemas.fields import described
from crossdock.schemas.wms_writes.fields import ProductId, Quantity, TrackingNumber, WarehouseId

__all__ = ["ProductId", "Quantity", "TrackingNumber", "WarehouseId"]

AdjustmentType = Annotated[
    Literal["increase", "decrease", "exact"],
    described("Whether units are added, taken away, or the stock is to be this number", "increase"),
]
CarrierName = Annotated[str, described("Name of the carrier", "FedEx")]
ExactQuantity = Annotated[int, described("Units that there are to be", 1)]
LineItemId = Annotated[str, described("Id of the line of the order", "line_item_id")]
RefundAmount = Annotated[float, described("What is paid back, in the currency of the order", 10.99)]
RefundReason = Annotated[str, described("Why it is paid back", "Damaged")]
RequestedShippingMethod = Annotated[str, described("Shipping speed that the buyer asked for", "Standard")]
Restock = Annotated[bool, described("Whether the units go back into stock", True)]
ShippingGroupId = Annotated[str, described("Id of the shipping group", "shipping_group_id")]
ShippingMethodName = Annotated[str, described("Name of the shipping method", "Standard Shipping")]
TrackingUrl = Annotated[
    str, described("Where the shipment can be followed", "https://www.example.com/tracking")
]
