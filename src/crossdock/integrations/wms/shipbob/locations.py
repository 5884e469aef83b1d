"""Where an account's goods can be shipped from, received and returned to.

Sources: `GET /1.0/location` (model `InternalLocationViewModel`) for orders and returns, and
`GET /1.0/fulfillmentCenter` (`FulfillmentCenterViewModel`), which lists those that receive goods.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest

Reason = Callable[[Mapping[str, Any]], str | None]


def _locations(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", "/1.0/location")


def _centers(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", "/1.0/fulfillmentCenter")


def _closed(location: Mapping[str, Any]) -> str | None:
    if location.get("is_active") is False:
        return "it is not active"
    return "this account has no access to it" if location.get("access_granted") is False else None


def _ships_not(location: Mapping[str, Any]) -> str | None:
    return _closed(location) or (
        "it does not ship orders" if location.get("is_shipping_enabled") is False else None
    )


def _takes_no_returns(location: Mapping[str, Any]) -> str | None:
    services = location.get("services")
    returns = services is None or any(
        service.get("service_type") == "Returns" and service.get("enabled", True) for service in services
    )
    return _closed(location) or (None if returns else "it does not take returns")


def _never(location: Mapping[str, Any]) -> str | None:  # noqa: ARG001
    return None


def _parse(why_not: Reason) -> Callable[[Any], Choices]:
    def parse(answer: Any) -> Choices:
        """Rows of `id` and `name`. Raises `ValueError` when the answer is no list of locations."""
        if not isinstance(answer, list) or not all(isinstance(row, dict) and "id" in row for row in answer):
            raise ValueError("the answer is not a list of locations")
        rows, left_out = [], []
        for row in answer:
            if reason := why_not(row):
                left_out.append(LeftOut(f"{row['id']} {row.get('name') or ''}".strip(), reason))
            else:
                rows.append({"id": str(row["id"]), "name": row.get("name")})
        return Choices(rows, left_out)

    return parse


SHIPPING = Option("shipping_locations", _locations, _parse(_ships_not))
RETURNS = Option("return_locations", _locations, _parse(_takes_no_returns))
RECEIVING = Option("receiving_centers", _centers, _parse(_never))
