"""Extensiv's lists: HAL collections, filtered by `rql`.

Orders, receivers and items tell when they were last changed; the rest is read whole. Extensiv lists neither
suppliers nor channels. Of its adjustments, which are only some of the movements of stock, and of what it
charges, the public reference says too little for a ledger or bills.

Times have no zone in the API's answers, and the reference does not say which one they are in: they are taken
for UTC here, in records and in queries alike. Where they are the warehouse's own, records are off by its
zone, but syncs miss nothing by that: they go on from the newest time that a record had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest, vendor_path
from crossdock.integrations.wms.extensiv import locations
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import REL, embedded, rql
from crossdock.integrations.wms.extensiv.order_record import DETAIL, order_record
from crossdock.integrations.wms.extensiv.paging import (
    Collection,
    changed_rows,
    changes,
    numbered,
    numbered_rows,
)
from crossdock.integrations.wms.extensiv.places import (
    methods_of,
    shipping_method,
    warehouse,
    warehouse_customer,
)
from crossdock.integrations.wms.extensiv.receivers import RETURN
from crossdock.integrations.wms.extensiv.records import inbound_record, product_record, return_record
from crossdock.integrations.wms.extensiv.stock import inventory_item, stock_of, with_stock
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each resource of the specification with every field filled."""

LATELY = timedelta(days=14)
"""How far back changes of items are asked for."""

ORDERS = Collection(lambda account: "/orders", REL + "orders/order", 1000, "readOnly.orderId")  # noqa: ARG005
ITEMS = Collection(
    lambda account: vendor_path("customers", customer_id(account), "items"),
    REL + "customers/item",
    100,
    "itemId",
)
RECEIVERS = Collection(
    lambda account: "/inventory/receivers",  # noqa: ARG005
    REL + "inventory/receiver",
    500,
    "readOnly.receiverId",
)


def _owned(account: Account) -> str:
    return rql(readOnly__customerIdentifier__id=customer_id(account))


every_item = changes(ITEMS)


def _items(account: Account, span: Span, position: Any) -> VendorRequest:
    """Items that changed lately, and all of them when more than that is asked for.

    What is sold is needed however long ago it was last changed.
    """
    late = span.since is not None and datetime.now(UTC) - span.since < LATELY
    return every_item(account, span if late else replace(span, since=None), position)


def _is_return(receiver: Any) -> bool:
    """A row that does not tell counts as an inbound shipment, where its translation says what is wrong."""
    read_only = receiver.get("readOnly") if isinstance(receiver, dict) else None
    return isinstance(read_only, dict) and read_only.get("receiverType") == RETURN


def _item_id(item: Any) -> str:
    return f"{item['readOnly']['customerIdentifier']['id']}-{item['itemId']}"


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("wms", "get_orders"),
        request=changes(ORDERS, _owned, detail=DETAIL),
        page=changed_rows(ORDERS),
        record=order_record,
        samples=[SAMPLES["order"]],
        id_of=lambda row: str(row["readOnly"]["orderId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_products"),
        request=_items,
        page=changed_rows(ITEMS),
        record=product_record,
        samples=[SAMPLES["item"], SAMPLES["kit"]],
        id_of=_item_id,
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_inventory"),
        request=every_item,
        page=changed_rows(ITEMS),
        beside=stock_of,
        joined=with_stock,
        record=inventory_item,
        samples=[SAMPLES["stock"]],
        id_of=lambda joined: _item_id(joined["item"]),
    ),
    ListOperation(
        function=list_function("wms", "get_inbound_shipments"),
        request=changes(RECEIVERS, _owned, detail="ReceiveItems"),
        page=changed_rows(RECEIVERS, lambda row: not _is_return(row)),
        record=inbound_record,
        samples=[SAMPLES["receiver"], SAMPLES["closed_receiver"]],
        id_of=lambda row: str(row["readOnly"]["receiverId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_returns"),
        request=changes(RECEIVERS, _owned, detail="ReceiveItems", receivertype=str(RETURN)),
        page=changed_rows(RECEIVERS, _is_return),
        record=return_record,
        samples=[SAMPLES["return"], SAMPLES["closed_return"]],
        id_of=lambda row: str(row["readOnly"]["receiverId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_shipping_methods"),
        request=lambda account, span, position: VendorRequest("GET", "/properties/carriers"),  # noqa: ARG005
        page=lambda position, decoded: ListPage(  # noqa: ARG005
            methods_of(embedded(decoded, REL + "properties/carrier"))
        ),
        record=shipping_method,
        samples=[SAMPLES["method"]],
    ),
    ListOperation(
        function=list_function("wms", "get_warehouses"),
        request=locations.facilities,
        page=numbered_rows(REL + "properties/facility"),
        record=warehouse,
        samples=[SAMPLES["facility"]],
        id_of=lambda row: str(row["facilityId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_warehouse_locations"),
        request=locations.request,
        page=locations.page,
        record=locations.location,
        samples=[SAMPLES["location"]],
        id_of=lambda row: str(row["locationId"]),
    ),
    ListOperation(
        function=list_function("wms", "get_warehouse_customers"),
        request=numbered("/customers", 100, lambda account: {"sort": "readOnly.creationDate"}),  # noqa: ARG005
        page=numbered_rows(REL + "customers/customer"),
        record=warehouse_customer,
        samples=[SAMPLES["customer"]],
        id_of=lambda row: str(row["readOnly"]["customerId"]),
    ),
)
