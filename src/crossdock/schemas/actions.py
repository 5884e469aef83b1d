"""The write actions of the wire contract: name, method and path.

Source: the contract's endpoint table, sections 2, 3 and 6, and the action names of its resource tables,
section 6; bookings of forwarders are ours (`docs/freight.md`). An integration implements some of them;
asking for another answers 501 by its name.
"""

from dataclasses import dataclass
from typing import Literal, get_args

IntegrationType = Literal["wms", "freight", "cart", "carrier", "erp"]
INTEGRATION_TYPES: tuple[IntegrationType, ...] = get_args(IntegrationType)


@dataclass(frozen=True, slots=True)
class Action:
    """One write of the contract. `path` is as in the contract, `{name}` marking a path parameter."""

    integration_type: IntegrationType
    name: str
    method: Literal["POST", "PUT"]
    path: str

    @property
    def url(self) -> str:
        """Method and path in one string, as the catalog and connection errors name it."""
        return f"{self.method} {self.path}"

    @property
    def collection(self) -> str:
        """The resource as stored records name it: `returns` of `/wms/returns`. A kit is a product."""
        named = self.path.split("/")[2]
        return "products" if named == "kits" else named

    @property
    def parameter(self) -> str | None:
        """The path parameter with the record's id: `return_id`; `None` where the write makes a new record."""
        return next((part[1:-1] for part in self.path.split("/") if part.startswith("{")), None)

    @property
    def takes_file(self) -> bool:
        """Whether the body is a multipart form, as files need it."""
        return self.name == "attach_file"

    @property
    def verb(self) -> str:
        """The first word of the name, capitalised: `Create` of `create_return`."""
        return self.name.split("_")[0].capitalize()

    @property
    def resource(self) -> str:
        """The rest of the name in camel case: `InboundShipment` of `create_inbound_shipment`."""
        return "".join(word.capitalize() for word in self.name.split("_")[1:])


WRITE_ACTIONS: tuple[Action, ...] = (
    Action("wms", "create_order", "POST", "/wms/orders"),
    Action("wms", "update_order", "PUT", "/wms/orders/{order_id}"),
    Action("wms", "cancel_order", "PUT", "/wms/orders/{order_id}/cancel"),
    Action("wms", "create_shipment", "POST", "/wms/orders/{order_id}/shipments"),
    Action("wms", "attach_file", "POST", "/wms/orders/{order_id}/file"),
    Action("wms", "create_product", "POST", "/wms/products"),
    Action("wms", "update_product", "PUT", "/wms/products/{product_id}"),
    Action("wms", "create_kit", "POST", "/wms/kits"),
    Action("wms", "update_kit", "PUT", "/wms/kits/{kit_id}"),
    Action("wms", "create_inbound_shipment", "POST", "/wms/inbound-shipments"),
    Action("wms", "update_inbound_shipment", "PUT", "/wms/inbound-shipments/{inbound_shipment_id}"),
    Action("wms", "receive_inbound_shipment", "PUT", "/wms/inbound-shipments/{inbound_shipment_id}/receive"),
    Action("wms", "create_return", "POST", "/wms/returns"),
    Action("wms", "update_return", "PUT", "/wms/returns/{return_id}"),
    Action("wms", "cancel_return", "PUT", "/wms/returns/{return_id}/cancel"),
    Action("wms", "adjust_inventory", "PUT", "/wms/inventory/{inventory_id}/adjust"),
    Action("cart", "create_shipment", "POST", "/cart/orders/{order_id}/shipments"),
    Action("cart", "refund_order", "POST", "/cart/orders/{order_id}/refund"),
    Action("cart", "adjust_inventory", "PUT", "/cart/products/{product_id}/adjust-inventory"),
    Action("cart", "batch_adjust_inventory", "PUT", "/cart/products/batch-adjust-inventory"),
    Action("freight", "create_booking", "POST", "/freight/bookings"),
    Action("erp", "create_sales_order", "POST", "/erp/sales-orders"),
    Action("erp", "update_sales_order", "PUT", "/erp/sales-orders/{sales_order_id}"),
    Action("erp", "cancel_sales_order", "PUT", "/erp/sales-orders/{sales_order_id}/cancel"),
    Action("erp", "create_sales_order_shipment", "POST", "/erp/sales-order-shipments"),
    Action("erp", "create_purchase_order", "POST", "/erp/purchase-orders"),
    Action("erp", "update_purchase_order", "PUT", "/erp/purchase-orders/{purchase_order_id}"),
    Action("erp", "cancel_purchase_order", "PUT", "/erp/purchase-orders/{purchase_order_id}/cancel"),
    Action("erp", "create_purchase_order_receipt", "POST", "/erp/purchase-order-receipts"),
)
"""Every write action, in the contract's order."""


def write_action(integration_type: IntegrationType, name: str) -> Action:
    """The action of that name. Raises `LookupError` when the contract has none."""
    for action in WRITE_ACTIONS:
        if action.integration_type == integration_type and action.name == name:
            return action
    raise LookupError(f"the contract has no write action {name} for {integration_type}")
