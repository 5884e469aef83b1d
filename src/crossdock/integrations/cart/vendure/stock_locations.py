"""Stock locations: the warehouses of a shop, and what `warehouse_id` accepts. Type `StockLocation`."""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, Choices, FieldFault, Option, VendorRequest
from crossdock.integrations.cart.vendure.graphql import FILTERED_AT_ONCE, as_items, graphql, items
from crossdock.integrations.cart.vendure.values import utc
from crossdock.schemas import cart

SELECTION = "id createdAt updatedAt name description"
DOCUMENT = (
    "query($options: StockLocationListOptions) { stockLocations(options: $options) "
    f"{{ items {{ {SELECTION} }} }} }}"
)


def request(account: Account) -> VendorRequest:
    """Every stock location of the channel."""
    return graphql(account, DOCUMENT, options={"take": FILTERED_AT_ONCE, "sort": {"createdAt": "ASC"}})


def parse(decoded: Any) -> Choices:
    """A choice for each location. Raises `ValueError` for an answer of another shape."""
    rows = items(decoded, "stockLocations")
    return Choices([{"id": str(row["id"]), "name": row.get("name")} for row in rows if row.get("id")])


OPTION = Option("stock_locations", request, parse)


def missing(decoded: Any, wanted: Mapping[str, str]) -> list[FieldFault]:
    """A fault for each pointer of `wanted` whose location is not among those of an answer to `request`."""
    there = parse(decoded).column("id")
    return [
        FieldFault(pointer, "is no stock location of the shop any more", there)
        for pointer, location in wanted.items()
        if location not in there
    ]


def sample(*locations: str) -> Any:
    """A made-up answer to `request` with those locations."""
    return as_items("stockLocations", [{"id": location} for location in locations])


def warehouse(row: Any) -> cart.CartWarehouse:
    """A stock location. Vendure keeps no address of it. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is not a stock location")
    return cart.CartWarehouse(
        id=str(row["id"]),
        created_date=utc(row.get("createdAt")),
        updated_date=utc(row.get("updatedAt")),
        name=row.get("name") or str(row["id"]),
        additional_fields={"description": row.get("description")},
    )
