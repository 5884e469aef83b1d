"""The base body of every cart write: all fields that the contract knows for it, none of them required.

Source: the contract's resource tables, section 7. It has no body for a refund; that one is what those tables
infer.
"""

from crossdock.schemas.cart_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody


class ShippingGroupLine(WriteBody, kw_only=True):
    """Units of one line that leave."""

    line_item_id: fields.LineItemId | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class ShippingGroup(WriteBody, kw_only=True):
    """What leaves of a shipping group; without lines, all of it."""

    shipping_group_id: fields.ShippingGroupId | Absent = UNSET
    line_items: list[ShippingGroupLine] | Absent = UNSET


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    tracking_number: fields.TrackingNumber | Absent = UNSET
    tracking_url: fields.TrackingUrl | Absent = UNSET
    carrier_name: fields.CarrierName | Absent = UNSET
    requested_shipping_method: fields.RequestedShippingMethod | Absent = UNSET
    shipping_method_name: fields.ShippingMethodName | Absent = UNSET
    shipping_groups: list[ShippingGroup] | Absent = UNSET


class RefundLine(WriteBody, kw_only=True):
    """Units of one line that are paid back."""

    line_item_id: fields.LineItemId | Absent = UNSET
    quantity: fields.Quantity | Absent = UNSET


class RefundOrder(WriteBody, kw_only=True):
    """What is paid back of an order."""

    line_items: list[RefundLine] | Absent = UNSET
    amount: fields.RefundAmount | Absent = UNSET
    reason: fields.RefundReason | Absent = UNSET
    restock: fields.Restock | Absent = UNSET


class AdjustInventory(WriteBody, kw_only=True):
    """Units that are added to the stock of a variant, taken from it, or counted."""

    quantity: fields.Quantity | Absent = UNSET
    adjustment_type: fields.AdjustmentType | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET


class ExactStock(WriteBody, kw_only=True):
    """The stock that a variant is to have in a warehouse."""

    product_id: fields.ProductId | Absent = UNSET
    quantity: fields.ExactQuantity | Absent = UNSET
    warehouse_id: fields.WarehouseId | Absent = UNSET


class BatchAdjustInventory(WriteBody, kw_only=True):
    """The stock of many variants."""

    line_items: list[ExactStock] | Absent = UNSET


BASE_BODIES: dict[str, type[WriteBody]] = {
    "create_shipment": CreateShipment,
    "refund_order": RefundOrder,
    "adjust_inventory": AdjustInventory,
    "batch_adjust_inventory": BatchAdjustInventory,
}
"""By the name of the action."""
