"""The list functions of the wire contract: their names, paths, records, filters and events.

Source: the contract's endpoint table, section 2, its event types, its default frequencies (README, "Sync
model") and the function names of its resource tables, section 6. The contract names no function for channels
and suppliers; `get_order_channels` and `get_suppliers` follow the pattern of the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from crossdock.schemas import wms
from crossdock.schemas.actions import IntegrationType

HOURLY = 3600
TWICE_A_DAY = 12 * 3600
"""Seconds between two syncs."""

STRING = ("eq", "neq", "in", "nin", "contains", "not_contains")
LOOSE = (
    "eq",
    "eq-insensitive",
    "in",
    "in-insensitive",
    "nin",
    "contains",
    "contains-insensitive",
    "not_contains",
)
SKU = ("eq", "in", "nin", "contains", "not_contains")
DAY = ("eq", "neq", "gt", "gte", "lt", "lte")
DATE = ("eq", "neq", "gt", "gte", "lt", "lte", "in", "nin")
PLAIN = ("eq",)
TAGS = ("contains", "not_contains")

OWNER = {"warehouse_customer_id": STRING}
COMMON: Mapping[str, tuple[str, ...]] = {
    "created_date": DATE,
    "updated_date": DATE,
    "trackstar_created_date": DATE,
    "trackstar_updated_date": DATE,
}
"""The filters that every list takes."""


@dataclass(frozen=True)
class ListFunction:
    """One list of the contract.

    `collection` names the stored records; `event` is what its event types begin with; `frequency` is in
    seconds; `on_demand` says whether the contract lets a caller fetch a window of it. `item` is the parameter
    of the path of a single record, `None` where there is no such path. `gains` maps an event type to the list
    field whose growth it tells of.
    """

    integration_type: IntegrationType
    name: str
    path: str
    collection: str
    record: type[Struct]
    event: str | None
    item: str | None = None
    frequency: int = HOURLY
    on_demand: bool = False
    own_filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gains: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Method and path in one string, as the catalog and connection errors name it."""
        return f"GET {self.path}"

    @property
    def resource(self) -> str:
        """The records as the event of a completed first sync names them: `orders`."""
        return self.name.removeprefix("get_")

    @cached_property
    def has_tags(self) -> bool:
        """Whether callers can put tags on the records."""
        return "trackstar_tags" in self.record.__struct_fields__

    @cached_property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """The operators that each filter takes."""
        tags = {"trackstar_tags": TAGS} if self.has_tags else {}
        return {**self.own_filters, **COMMON, **tags}


LIST_FUNCTIONS: tuple[ListFunction, ...] = (
    ListFunction(
        "wms",
        "get_orders",
        "/wms/orders",
        "orders",
        wms.Order,
        "order",
        "order_id",
        on_demand=True,
        own_filters={
            "status": STRING,
            "type": STRING,
            "channel": STRING,
            **OWNER,
            "order_number": LOOSE,
            "reference_id": LOOSE,
            "required_ship_date": DAY,
        },
        gains={"order.shipment.created": "shipments"},
    ),
    ListFunction(
        "wms",
        "get_order_channels",
        "/wms/orders/channels",
        "order-channels",
        wms.OrderChannel,
        None,
        frequency=TWICE_A_DAY,
        own_filters=OWNER,
    ),
    ListFunction(
        "wms",
        "get_inventory",
        "/wms/inventory",
        "inventory",
        wms.InventoryItem,
        "inventory",
        "inventory_id",
        own_filters={**OWNER, "active": PLAIN, "sku": SKU},
    ),
    ListFunction(
        "wms",
        "get_inventory_ledger",
        "/wms/inventory/ledger",
        "inventory-ledger",
        wms.InventoryLedgerEntry,
        "inventory_ledger",
        on_demand=True,
        own_filters={**OWNER, "event_type": STRING},
    ),
    ListFunction(
        "wms",
        "get_products",
        "/wms/products",
        "products",
        wms.Product,
        "product",
        "product_id",
        own_filters={**OWNER, "sku": SKU},
    ),
    ListFunction(
        "wms",
        "get_inbound_shipments",
        "/wms/inbound-shipments",
        "inbound-shipments",
        wms.InboundShipment,
        "inbound-shipment",
        "inbound_shipment_id",
        on_demand=True,
        own_filters={
            "status": STRING,
            **OWNER,
            "purchase_order_number": STRING,
            "warehouse_id": ("eq", "contains", "not_contains"),
            "expected_arrival_date": DAY,
        },
        gains={"inbound-shipment.receipt.created": "receipts"},
    ),
    ListFunction(
        "wms",
        "get_suppliers",
        "/wms/inbound-shipments/suppliers",
        "suppliers",
        wms.InboundShipmentSupplier,
        None,
        frequency=TWICE_A_DAY,
        own_filters=OWNER,
    ),
    ListFunction(
        "wms",
        "get_returns",
        "/wms/returns",
        "returns",
        wms.Return,
        "return",
        "return_id",
        on_demand=True,
        own_filters={"status": STRING, **OWNER},
    ),
    ListFunction(
        "wms",
        "get_shipping_methods",
        "/wms/shipping-methods",
        "shipping-methods",
        wms.ShippingMethod,
        "shipping-method",
        "shipping_method_id",
        frequency=TWICE_A_DAY,
    ),
    ListFunction(
        "wms",
        "get_bills",
        "/wms/billing",
        "billing",
        wms.Bill,
        "bill",
        "bill_id",
        on_demand=True,
        own_filters=OWNER,
    ),
    ListFunction(
        "wms",
        "get_warehouses",
        "/wms/warehouses",
        "warehouses",
        wms.Warehouse,
        "warehouse",
        "warehouse_id",
        frequency=TWICE_A_DAY,
    ),
    ListFunction(
        "wms",
        "get_warehouse_locations",
        "/wms/warehouses/{warehouse_id}/locations",
        "warehouse-locations",
        wms.WarehouseLocation,
        "warehouse-location",
        "location_id",
        frequency=TWICE_A_DAY,
        own_filters={"type": STRING},
    ),
    ListFunction(
        "wms",
        "get_warehouse_customers",
        "/wms/warehouse-customers",
        "warehouse-customers",
        wms.WarehouseCustomer,
        "warehouse-customer",
        "warehouse_customer_id",
        frequency=TWICE_A_DAY,
    ),
    ListFunction(
        "wms",
        "get_labor_activities",
        "/wms/labor-activities",
        "labor-activities",
        wms.LaborActivity,
        "labor_activity",
        "labor_activity_id",
        own_filters={
            **OWNER,
            "user_id": PLAIN,
            "warehouse_id": PLAIN,
            "activity_type": PLAIN,
            "associated_object_type": PLAIN,
            "associated_object_id": PLAIN,
            "activity_start_time": DATE,
            "activity_end_time": DATE,
        },
    ),
)
"""Every list function, in the contract's order."""


def list_function(integration_type: IntegrationType, name: str) -> ListFunction:
    """The function of that name. Raises `LookupError` when the contract has none."""
    for function in LIST_FUNCTIONS:
        if function.integration_type == integration_type and function.name == name:
            return function
    raise LookupError(f"the contract has no list function {name} for {integration_type}")


def function_of(integration_type: IntegrationType, collection: str) -> ListFunction:
    """The function that lists a collection of stored records. Raises `LookupError`."""
    for function in LIST_FUNCTIONS:
        if function.integration_type == integration_type and function.collection == collection:
            return function
    raise LookupError(f"the contract has no list of {collection} for {integration_type}")
