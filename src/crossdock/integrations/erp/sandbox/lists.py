"""The lists of the ERP sandbox."""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import ListOperation
from crossdock.integrations.erp.sandbox import records
from crossdock.integrations.sandboxes.lists import sandbox_list
from crossdock.schemas import erp

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""A complete row of each list."""


def _list(name: str, collection: str, record: Callable[[Any], Struct]) -> ListOperation:
    return sandbox_list("erp", name, collection, record, SAMPLES[collection])


def _as(kind: type[Struct]) -> Callable[[Any], Struct]:
    """For records that are canonical as they are."""
    return lambda decoded: msgspec.convert(decoded, kind)


OPERATIONS: Sequence[ListOperation] = (
    _list("get_items", "items", _as(erp.Item)),
    _list("get_inventory", "inventory", _as(erp.Inventory)),
    _list("get_locations", "locations", _as(erp.Location)),
    _list("get_customers", "customers", _as(erp.Customer)),
    _list("get_vendors", "vendors", _as(erp.Vendor)),
    _list("get_employees", "employees", _as(erp.Employee)),
    _list("get_sales_orders", "sales-orders", records.sales_order),
    _list("get_sales_order_shipments", "sales-order-shipments", records.sales_order_shipment),
    _list("get_purchase_orders", "purchase-orders", records.purchase_order),
    _list("get_purchase_order_receipts", "purchase-order-receipts", records.purchase_order_receipt),
)
