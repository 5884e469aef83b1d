"""A shop's locations: query `locations`, type `Location`. They are the contract's warehouses."""

from typing import Any

from crossdock.connector import (
    Account,
    Choices,
    LeftOut,
    ListOperation,
    ListPage,
    Option,
    Span,
    VendorRequest,
)
from crossdock.integrations.cart.shopify.graphql import answered, asked, end_cursor, nodes
from crossdock.integrations.cart.shopify.ids import number
from crossdock.integrations.cart.shopify.samples import SAMPLES
from crossdock.integrations.cart.shopify.values import required
from crossdock.schemas import cart
from crossdock.schemas.addresses import ShipFromAddress
from crossdock.schemas.lists import list_function

PAGE = 100
MOST_OFFERED = 250
"""As many records as a connection gives at a time; a shop has at most 200 locations (vendor's help pages)."""

SELECTION = (
    "id name isActive fulfillsOnlineOrders shipsInventory createdAt updatedAt "
    "address { address1 address2 city provinceCode province zip countryCode }"
)


def request(account: Account) -> VendorRequest:  # noqa: ARG001
    """The locations, also those that are not active."""
    return asked(
        f"query {{ locations(first: {MOST_OFFERED}, includeInactive: true) "
        "{ edges { node { id name isActive } } } }"
    )


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`. Raises `ValueError` when the answer has no locations."""
    found = nodes(answered(answer, "locations"))
    rows = [{"id": number(one["id"]), "name": one.get("name")} for one in found if one.get("isActive")]
    left_out = [
        LeftOut(str(one.get("name") or one["id"]), "it is not active")
        for one in found
        if not one.get("isActive")
    ]
    return Choices(rows, left_out)


OPTION = Option("warehouses", request, parse)


def _page_request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
    return asked(
        f"query($after: String) {{ locations(first: {PAGE}, after: $after, includeInactive: true) "
        f"{{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {SELECTION} }} }} }} }}",
        after=position,
    )


def _page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    found = answered(decoded, "locations")
    return ListPage(nodes(found), end_cursor(found))


def warehouse(location: Any) -> cart.CartWarehouse:
    """The canonical record of a `Location`."""
    address = location.get("address") or {}
    return cart.CartWarehouse(
        id=number(location["id"]),
        created_date=required(location["createdAt"]),
        updated_date=required(location["updatedAt"]),
        name=location.get("name") or "",
        address=ShipFromAddress(
            address1=address.get("address1"),
            address2=address.get("address2"),
            city=address.get("city"),
            state=address.get("provinceCode") or address.get("province"),
            postal_code=address.get("zip"),
            country=address.get("countryCode"),
        ),
        additional_fields={
            "is_active": location.get("isActive"),
            "ships_inventory": location.get("shipsInventory"),
            "fulfills_online_orders": location.get("fulfillsOnlineOrders"),
        },
    )


LIST = ListOperation(
    function=list_function("cart", "get_warehouses"),
    request=_page_request,
    page=_page,
    record=warehouse,
    samples=[SAMPLES["location"]],
    id_of=lambda row: number(row["id"]),
)
"""Shopify cannot say which locations changed since a moment: they are read whole."""
