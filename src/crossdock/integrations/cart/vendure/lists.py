"""Vendure's lists, each read whole.

No date tells what changed: a transition of an order saves it twice and thereby keeps its `updatedAt` as
it was (`OrderService.transitionToState`), refunds and fulfillments do not touch it, nor do sales the
variants whose stock they take.

Vendure pages by number. Rows are asked for in the order in which they were made, and from the time of the
last rows on instead of from the beginning. Pages overlap, and what came before is left out, so that what
is deleted meanwhile moves no row past the reader.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.integrations.cart.vendure import order_record, product_record, stock_locations
from crossdock.integrations.cart.vendure.graphql import Record, graphql, items
from crossdock.integrations.cart.vendure.values import moment
from crossdock.schemas.lists import list_function

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""Records of each type of the schema in which every selected field is filled."""

MARGIN = timedelta(seconds=2)
"""What was made in the last moments of a page is asked for again; databases keep moments more or less
finely."""

PAGE = 200
OVERLAP = 10
"""Rows that are asked for again where so many were made at one time that they cannot be told apart by it."""

ORDERS = (
    "query($options: OrderListOptions) { orders(options: $options) "
    f"{{ items {{ {order_record.SELECTION} }} }} }}"
)
PRODUCTS = (
    "query($options: ProductListOptions) { products(options: $options) "
    f"{{ items {{ {product_record.PRODUCT} }} }} }}"
)
VARIANTS = (
    "query($options: ProductVariantListOptions) { productVariants(options: $options) "
    f"{{ items {{ {product_record.VARIANT} }} }} }}"
)
PLACED: Record = {"orderPlacedAt": {"isNull": False}}
"""Of carts that nobody has ordered yet, a merchant's systems know nothing."""


def _options(position: Any, only: Record) -> Record:
    """`take`, and where to go on: `skip` rows that were made after the moment `after`."""
    after = (position or {}).get("after")
    return {
        "take": PAGE,
        "skip": (position or {}).get("skip", 0),
        "sort": {"createdAt": "ASC", "id": "ASC"},
        "filter": {**only, **({"createdAt": {"after": after}} if after else {})},
    }


def _page(position: Any, rows: Sequence[Record], of: str) -> ListPage:
    """The rows that were not read before, and where the list goes on."""
    seen = set((position or {}).get("seen", ()))
    new = [row for row in rows if row["id"] not in seen]
    return ListPage(new, _next(position, rows, of) if len(rows) == PAGE else None)


def _next(position: Any, rows: Sequence[Record], of: str) -> Record:
    last = moment(rows[-1]["createdAt"])
    if last is None:
        raise ValueError("a row has no createdAt")
    after = last - MARGIN
    again = [row["id"] for row in rows if (made := moment(row["createdAt"])) is None or made > after]
    if len(again) <= PAGE // 2:
        return {"of": of, "after": _text(after), "skip": 0, "seen": again}
    skip = (position or {}).get("skip", 0) + PAGE - OVERLAP
    seen = [row["id"] for row in rows[-OVERLAP:]]
    return {"of": of, "after": (position or {}).get("after"), "skip": skip, "seen": seen}


def _text(there: datetime) -> str:
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _orders(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    return graphql(account, ORDERS, options=_options(position, PLACED))


def _orders_page(position: Any, decoded: Any) -> ListPage:
    return _page(position, items(decoded, "orders"), "orders")


def _products(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    """First the products, then the variants: what a variant names as its parent is there by then."""
    kind = (position or {}).get("of", "products")
    return graphql(account, PRODUCTS if kind == "products" else VARIANTS, options=_options(position, {}))


def _products_page(position: Any, decoded: Any) -> ListPage:
    kind = (position or {}).get("of", "products")
    page = _page(position, items(decoded, kind), kind)
    if page.next is None and kind == "products":
        return ListPage(page.rows, {"of": "productVariants"})
    return page


def _row_id(row: Any) -> str:
    return str(row["id"])


def _list(
    name: str,
    request: Callable[[Account, Span, Any], VendorRequest],
    page: Callable[[Any, Any], ListPage],
    record: Callable[[Any], Any],
    samples: Sequence[str],
    id_of: Callable[[Any], str | None] = _row_id,
) -> ListOperation:
    return ListOperation(
        function=list_function("cart", name),
        request=request,
        page=page,
        record=record,
        samples=[SAMPLES[sample] for sample in samples],
        id_of=id_of,
    )


OPERATIONS: Sequence[ListOperation] = (
    _list("get_orders", _orders, _orders_page, order_record.order_of_row, ["order"]),
    _list(
        "get_products",
        _products,
        _products_page,
        product_record.product_of_row,
        ["product", "variant"],
        product_record.id_of_row,
    ),
    _list(
        "get_warehouses",
        lambda account, span, position: stock_locations.request(account),  # noqa: ARG005
        lambda position, decoded: ListPage(items(decoded, "stockLocations")),  # noqa: ARG005
        stock_locations.warehouse,
        ["stock_location"],
    ),
)
