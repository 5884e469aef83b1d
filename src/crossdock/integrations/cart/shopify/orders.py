"""The list of orders: query `orders`, by the time of their last change.

A page has ids and times only, and each order is read by itself: what a query may cost is decided by how much
it could give, and an order with everything below it can give a lot. Shopify gives orders of the last 60 days,
unless the app has the scope `read_all_orders` (vendor's reference, object `Order`).
"""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.cart.shopify import order_record
from crossdock.integrations.cart.shopify.bulk import bulk_reading
from crossdock.integrations.cart.shopify.changed import following, search_of, updated
from crossdock.integrations.cart.shopify.graphql import answered, asked, end_cursor, nodes
from crossdock.integrations.cart.shopify.ids import number
from crossdock.integrations.cart.shopify.samples import SAMPLES
from crossdock.schemas.lists import list_function

PAGE = 50
QUERY = (
    "query($after: String, $search: String) "
    f"{{ orders(first: {PAGE}, after: $after, query: $search, sortKey: UPDATED_AT) "
    "{ pageInfo { hasNextPage endCursor } edges { node { id updatedAt } } } }"
)


def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """A page of ids."""
    return asked(QUERY, after=(position or {}).get("after"), search=search_of(span, position))


def page(position: Any, decoded: Any) -> ListPage:
    """The ids, and where the list goes on."""
    found = answered(decoded, "orders")
    rows = nodes(found)
    return ListPage(rows, following(position, end_cursor(found), rows))


def details(account: Account, row: Any) -> Mapping[str, VendorRequest]:
    """All of an order that a page named; of one that a bulk operation read, the shipments if it has any."""
    if "name" not in row:
        return {"order": order_record.read_order(account, number(row["id"]))}
    if not (row.get("fulfillmentsCount") or {}).get("count"):
        return {}
    return {"shipments": order_record.read_shipments(number(row["id"]))}


def joined(row: Any, decoded: Mapping[str, Any]) -> Any:
    """The order as a read of it alone gives it."""
    if "order" in decoded:
        return order_record.order_of(decoded["order"]) or row
    order = {name: value for name, value in row.items() if name != "fulfillmentsCount"}
    shipments = order_record.order_of(decoded["shipments"]) if "shipments" in decoded else None
    return {**order, "fulfillments": (shipments or {}).get("fulfillments") or []}


def _bulk_query(span: Span) -> str:
    search = updated(span)
    arguments = f'(query: "{search}", sortKey: UPDATED_AT)' if search else "(sortKey: UPDATED_AT)"
    return f"{{ orders{arguments} {{ edges {{ node {{ {order_record.selection(whole=True)} }} }} }} }}"


LIST = ListOperation(
    function=list_function("cart", "get_orders"),
    request=request,
    page=page,
    details=details,
    joined=joined,
    record=order_record.order_record,
    samples=[SAMPLES["order"]],
    id_of=lambda row: number(row["id"]),
    follows_changes=True,
    bulk=bulk_reading(
        _bulk_query,
        {
            "LineItem": ("Order", "lineItems"),
            "FulfillmentOrder": ("Order", "fulfillmentOrders"),
            "FulfillmentOrderLineItem": ("FulfillmentOrder", "lineItems"),
        },
        lambda order: [order],
    ),
)
