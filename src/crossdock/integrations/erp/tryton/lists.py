"""Tryton's lists: searches by domain, paged by the number of the record.

`last_modified_at` is the last change of a record, its making included (Tryton 8.2, `ModelStorage`). An order
also changes with its lines and with their moves. Stock has no such moment and is read whole.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.erp.tryton import goods, movements, orders, parties, rpc
from crossdock.integrations.erp.tryton.values import moment
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""A record of each model in which every field that is read is filled."""

PAGE = 200
"""Records a page."""

ANY = ["active", "in", [True, False]]
"""Without this, Tryton leaves out what is not active any more."""


def _list(
    name: str,
    model: str,
    names: Sequence[str],
    record: Callable[[Any], Struct],
    sample: str,
    below: Sequence[str] = (),
    domain: Sequence[Any] = (),
) -> ListOperation:
    """A list of a model; `below` names the fields whose records' changes count as changes of it."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:
        wanted = [*domain, ["id", ">", position or 0]]
        if span.since is not None:
            since = moment(span.since)
            paths = ["last_modified_at", *[f"{path}.last_modified_at" for path in below]]
            wanted.append(["OR", *[[path, ">=", since] for path in paths]])
        return rpc.search(account, model, wanted, names, PAGE)

    return ListOperation(
        function=list_function("erp", name),
        request=request,
        page=_page,
        record=record,
        samples=[SAMPLES[sample]],
        id_of=_id,
        follows_changes=True,
    )


def _page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    found = rpc.rows(decoded)
    return ListPage(found, found[-1]["id"] if len(found) >= PAGE else None)


def _id(row: Any) -> str:
    return str(row["id"])


def _stock_request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """First the warehouses, then the products that are kept in stock."""
    if position is None:
        return rpc.search(account, "stock.location", [["type", "=", "warehouse"]], ["id"])
    domain = [["id", ">", position["after"]], ["type", "=", "goods"]]
    return rpc.search(account, "product.product", domain, goods.STOCKED, PAGE)


def _stock_page(position: Any, decoded: Any) -> ListPage:
    found = rpc.rows(decoded)
    if position is None:
        return ListPage((), {"after": 0, goods.WAREHOUSES: [row["id"] for row in found]})
    warehouses = position[goods.WAREHOUSES]
    further = {"after": found[-1]["id"], goods.WAREHOUSES: warehouses} if len(found) >= PAGE else None
    return ListPage([{**row, goods.WAREHOUSES: warehouses} for row in found], further)


def _stock_beside(account: Account, found: Sequence[Any]) -> Mapping[str, VendorRequest]:
    """What each warehouse has of the products of a page, with and without what is assigned."""
    if not found:
        return {}
    ids = [row["id"] for row in found]
    asked = {}
    for warehouse in found[0][goods.WAREHOUSES]:
        for name, context in (("onhand", {}), ("free", {"stock_assign": True})):
            asked[f"{name}/{warehouse}"] = rpc.call(
                account,
                "model.product.product.read",
                ids,
                goods.QUANTITY,
                locations=[warehouse],
                **context,
            )
    return asked


INVENTORY = ListOperation(
    function=list_function("erp", "get_inventory"),
    request=_stock_request,
    page=_stock_page,
    record=goods.inventory,
    samples=[SAMPLES["stock"]],
    beside=_stock_beside,
    joined=goods.with_stock,
    id_of=_id,
)

OPERATIONS: Sequence[ListOperation] = (
    _list("get_items", "product.product", goods.ITEM, goods.item, "product", ("template",), (ANY,)),
    INVENTORY,
    _list("get_locations", "stock.location", parties.LOCATION, parties.location, "location", (), (ANY,)),
    _list("get_customers", "party.party", parties.PARTY, parties.customer, "party", ("addresses",), (ANY,)),
    _list("get_vendors", "party.party", parties.PARTY, parties.vendor, "party", ("addresses",), (ANY,)),
    _list(
        "get_employees",
        "company.employee",
        parties.EMPLOYEE,
        parties.employee,
        "employee",
        ("party",),
        (ANY,),
    ),
    _list(
        "get_sales_orders",
        "sale.sale",
        orders.SALE,
        orders.sales_order,
        "sale",
        ("lines", "lines.moves"),
    ),
    _list(
        "get_sales_order_shipments",
        "stock.shipment.out",
        movements.SHIPMENT,
        movements.shipment,
        "shipment",
        ("moves",),
    ),
    _list(
        "get_purchase_orders",
        "purchase.purchase",
        orders.PURCHASE,
        orders.purchase_order,
        "purchase",
        ("lines", "lines.moves"),
    ),
    _list(
        "get_purchase_order_receipts",
        "stock.shipment.in",
        movements.RECEIPT,
        movements.receipt,
        "receipt",
        ("moves",),
    ),
)
