"""Business Central's lists: collections that are followed by `lastModifiedDateTime`.

Three are read whole each time. Stock is no change of an item. Sales orders and purchase orders are in their
collections only as long as something of them is to be posted: what is complete, like what is deleted, is not
listed any more, which only a whole reading sees. So these collections stay small.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import ListOperation
from crossdock.integrations.erp.business_central import goods, movements, odata, orders, parties
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each entity with every property filled."""


def _list(
    function: str,
    name: str,
    record: Callable[[Any], Struct],
    *,
    lines: str | None = None,
    by_change: bool = True,
) -> ListOperation:
    return ListOperation(
        function=list_function("erp", function),
        request=odata.pages(name, lines, by_change=by_change),
        page=odata.page,
        record=record,
        samples=[SAMPLES[name]],
        id_of=odata.id_of,
        follows_changes=by_change,
    )


OPERATIONS: Sequence[ListOperation] = (
    _list("get_items", "items", goods.item),
    _list("get_inventory", "items", goods.inventory, by_change=False),
    _list("get_locations", "locations", parties.location),
    _list("get_customers", "customers", parties.customer),
    _list("get_vendors", "vendors", parties.vendor),
    _list("get_employees", "employees", parties.employee),
    _list("get_sales_orders", "salesOrders", orders.sales_order, lines="salesOrderLines", by_change=False),
    _list("get_sales_order_shipments", "salesShipments", movements.shipment, lines="salesShipmentLines"),
    _list(
        "get_purchase_orders",
        "purchaseOrders",
        orders.purchase_order,
        lines="purchaseOrderLines",
        by_change=False,
    ),
    _list("get_purchase_order_receipts", "purchaseReceipts", movements.receipt, lines="purchaseReceiptLines"),
)
