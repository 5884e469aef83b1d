"""Extensiv's lists: HAL collections, filtered by `rql` and paged by number.

Orders, receivers and items are read in the order of their last change, each page from the last change of the
page before: what is changed meanwhile moves to the end and is read there, where page numbers alone would
let a record slip from one page to the one before it. The specification's README has the sources of this.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest, vendor_path
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import REL, embedded, rql
from crossdock.integrations.wms.extensiv.places import (
    methods_of,
    shipping_method,
    warehouse,
    warehouse_customer,
)
from crossdock.integrations.wms.extensiv.receivers import RETURN
from crossdock.integrations.wms.extensiv.records import (
    inbound_record,
    order_record,
    product_record,
    return_record,
)
from crossdock.integrations.wms.extensiv.stock import inventory_item
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Each resource of the specification with every field filled."""

PAGE = 100
"""Resources on a page: what the reference has for orders."""

CHANGED = "ReadOnly.LastModifiedDate"


def _owned(account: Account) -> str:
    return rql(readOnly__customerIdentifier__id=customer_id(account))


def _by_change(
    path: Callable[[Account], str], restricted: Callable[[Account], str], **more: str
) -> Callable[[Account, Span, Any], VendorRequest]:
    """Pages from a change on. `position` has that change and the page from there."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:
        since = None if span.since is None else span.since.strftime("%Y-%m-%dT%H:%M:%S")
        at = position or {"from": since, "page": 1}
        query = [part for part in (restricted(account),) if part]
        if at["from"] is not None:
            query.append(f"{CHANGED}=ge={at['from']}")
        paging = {"pgsiz": str(PAGE), "pgnum": str(at["page"]), "sort": CHANGED}
        named = {"rql": ";".join(query)} if query else {}
        return VendorRequest("GET", path(account), {**named, **paging, **more})

    return request


def _page_by_change(rel: str, wanted: Callable[[Any], bool] = lambda row: True) -> Any:  # noqa: ARG005
    def page(position: Any, decoded: Any) -> ListPage:
        rows = embedded(decoded, rel)
        if len(rows) < PAGE:
            return ListPage([row for row in rows if wanted(row)])
        last = (rows[-1].get("readOnly") or {}).get("lastModifiedDate")
        at = position or {"from": None, "page": 1}
        same = last is None or last == at["from"]
        following = {"from": at["from"], "page": at["page"] + 1} if same else {"from": last, "page": 1}
        return ListPage([row for row in rows if wanted(row)], following)

    return page


def _is_return(receiver: Any) -> bool:
    return bool((receiver.get("readOnly") or {}).get("receiverType") == RETURN)


def _items(account: Account) -> str:
    return vendor_path("customers", customer_id(account), "items")


def _stock_of(account: Account, item: Any) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """rels/inventory/stocksummaries of one item: a row for each facility."""
    query = {"rql": rql(itemIdentifier__id=item["itemId"]), "pgsiz": str(PAGE), "pgnum": "1"}
    return {"stock": VendorRequest("GET", "/inventory/stocksummaries", query)}


def _numbered(path: str, **more: str) -> Callable[[Account, Span, Any], VendorRequest]:
    return lambda account, span, position: VendorRequest(  # noqa: ARG005
        "GET", path, {"pgsiz": str(PAGE), "pgnum": str(position or 1), **more}
    )


def _page_by_number(rel: str) -> Any:
    def page(position: Any, decoded: Any) -> ListPage:
        rows = embedded(decoded, rel)
        return ListPage(rows, (position or 1) + 1 if len(rows) >= PAGE else None)

    return page


OPERATIONS: Sequence[ListOperation] = (
    ListOperation(
        function=list_function("wms", "get_orders"),
        request=_by_change(lambda account: "/orders", _owned, detail="OrderItems"),  # noqa: ARG005
        page=_page_by_change(REL + "orders/order"),
        record=order_record,
        samples=[SAMPLES["order"]],
        id_of=lambda row: str(row["readOnly"]["orderId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_products"),
        request=_by_change(_items, lambda account: ""),  # noqa: ARG005
        page=_page_by_change(REL + "customers/item"),
        record=product_record,
        samples=[SAMPLES["item"], SAMPLES["kit"]],
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_inventory"),
        request=_by_change(_items, lambda account: ""),  # noqa: ARG005
        page=_page_by_change(REL + "customers/item"),
        details=_stock_of,
        joined=lambda item, read: {"item": item, **read},
        record=inventory_item,
        samples=[SAMPLES["stock"]],
    ),
    ListOperation(
        function=list_function("wms", "get_inbound_shipments"),
        request=_by_change(lambda account: "/inventory/receivers", _owned, detail="ReceiveItems"),  # noqa: ARG005
        page=_page_by_change(REL + "inventory/receiver", lambda row: not _is_return(row)),
        record=inbound_record,
        samples=[SAMPLES["receiver"], SAMPLES["closed_receiver"]],
        id_of=lambda row: str(row["readOnly"]["receiverId"]),
        follows_changes=True,
    ),
    ListOperation(
        function=list_function("wms", "get_returns"),
        request=_by_change(lambda account: "/inventory/receivers", _owned, detail="ReceiveItems"),  # noqa: ARG005
        page=_page_by_change(REL + "inventory/receiver", _is_return),
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
        request=lambda account, span, position: _numbered(
            "/properties/facilities", customerId=str(customer_id(account))
        )(account, span, position),
        page=_page_by_number(REL + "properties/facility"),
        record=warehouse,
        samples=[SAMPLES["facility"]],
    ),
    ListOperation(
        function=list_function("wms", "get_warehouse_customers"),
        request=_numbered("/customers"),
        page=_page_by_number(REL + "customers/customer"),
        record=warehouse_customer,
        samples=[SAMPLES["customer"]],
    ),
)
