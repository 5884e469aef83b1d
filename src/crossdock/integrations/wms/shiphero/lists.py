"""ShipHero's lists: connections, read by cursor.

Orders and products say what was updated since a moment, and a change of stock stays as it was made. Purchase
orders and returns filter by the day they were made only, and are read whole; so is stock, since a product
that is sold is not updated. A page is so large that its query costs well below what an account may spend at
once (`pace.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.wms.shiphero import (
    inbound_shipment_record,
    ledger_record,
    order_record,
    product_record,
    return_record,
)
from crossdock.integrations.wms.shiphero.graphql import (
    answered,
    as_answer,
    is_cut_off,
    list_query,
    nodes,
    query,
)
from crossdock.integrations.wms.shiphero.places import (
    LOCATION,
    SUPPLIER,
    WAREHOUSES,
    location,
    supplier,
    warehouse,
)
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Records of each type of the schema in which every selected field is filled."""

Arguments = dict[str, tuple[str, Any]]


def _none(span: Span) -> Arguments:  # noqa: ARG001
    return {}


def _from_to(first: str, last: str) -> Callable[[Span], Arguments]:
    """Arguments of these names for the ends of a span.

    Times of an account without an offset are UTC, which is how `ISODateTime` is read here.
    """

    def arguments(span: Span) -> Arguments:
        ends = {first: span.since, last: span.until}
        return {
            name: ("ISODateTime", moment.strftime("%Y-%m-%dT%H:%M:%S"))
            for name, moment in ends.items()
            if moment is not None
        }

    return arguments


_updated = _from_to("updated_from", "updated_to")
_made = _from_to("date_from", "date_to")


def _list(
    name: str,
    field: str,
    selection: str,
    first: int,
    record: Callable[[Any], Struct],
    sample: str,
    arguments: Callable[[Span], Arguments] = _none,
) -> ListOperation:
    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        return list_query(field, arguments(span), selection, first, position)

    def page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
        found = answered(decoded, field)
        info = (found or {}).get("pageInfo") or {}
        if not info.get("hasNextPage"):
            return ListPage(nodes(found))
        if not info.get("endCursor"):
            raise ValueError("the list goes on and does not say where")
        return ListPage(nodes(found), info["endCursor"])

    return ListOperation(
        function=list_function("wms", name),
        request=request,
        page=page,
        record=record,
        samples=[SAMPLES[sample]],
        id_of=lambda row: row["id"],
        follows_changes=arguments is not _none,
    )


def _as_read(field: str, record: Callable[[Any], Struct]) -> Callable[[Any], Struct]:
    """A row of a list is what a query of one record has under its name.

    One that is not whole is put aside, rather than shown as if it were.
    """

    def read(row: Any) -> Struct:
        if is_cut_off(row):
            raise ValueError("it has more lines or the like than one answer of ShipHero's is asked for")
        return record(as_answer(field, row))

    return read


OPERATIONS: Sequence[ListOperation] = (
    _list(
        "get_orders",
        "orders",
        order_record.SELECTION,
        10,
        _as_read("order", order_record.order_record),
        "order",
        _updated,
    ),
    _list(
        "get_products",
        "products",
        product_record.SELECTION,
        100,
        _as_read("product", product_record.product_record),
        "product",
        _updated,
    ),
    _list(
        "get_inventory",
        "products",
        product_record.SELECTION,
        100,
        _as_read("product", product_record.inventory_record),
        "product",
    ),
    _list(
        "get_inventory_ledger",
        "inventory_changes",
        ledger_record.SELECTION,
        100,
        ledger_record.ledger_entry,
        "inventory_change",
        _made,
    ),
    _list(
        "get_inbound_shipments",
        "purchase_orders",
        inbound_shipment_record.SELECTION,
        15,
        _as_read("purchase_order", inbound_shipment_record.inbound_shipment_record),
        "purchase_order",
    ),
    _list(
        "get_returns",
        "returns",
        return_record.SELECTION,
        100,
        _as_read("return", return_record.return_record),
        "return",
    ),
    _list("get_suppliers", "vendors", SUPPLIER, 100, supplier, "vendor"),
    _list("get_warehouse_locations", "locations", LOCATION, 100, location, "location"),
    ListOperation(
        function=list_function("wms", "get_warehouses"),
        request=lambda account, span, position: query("account", {}, WAREHOUSES),  # noqa: ARG005
        page=lambda position, decoded: ListPage(  # noqa: ARG005
            (answered(decoded, "account") or {}).get("warehouses") or []
        ),
        record=warehouse,
        samples=[SAMPLES["warehouse"]],
    ),
)
