"""The shipping methods of an account: names that it has mapped to services of ShipBob.

Source: `GET /1.0/shippingmethod`, model `ShipMethodDetailViewModel`. An order names one. The specification
says of a name that is not there that ShipBob makes it, and ships by Standard.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest

STANDARD = "Standard"


def request(account: Account) -> VendorRequest:  # noqa: ARG001
    """All of them, as far as one page goes."""
    return VendorRequest("GET", "/1.0/shippingmethod", {"Limit": 250})


def methods_of(answer: Any) -> Sequence[Mapping[str, Any]]:
    """Those with a name. Raises `ValueError` when the answer is no list of them."""
    if not isinstance(answer, list) or not all(isinstance(row, dict) and "id" in row for row in answer):
        raise ValueError("the answer is not a list of shipping methods")
    return [row for row in answer if row.get("name")]


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`; the inactive ones are left out. Raises `ValueError`."""
    rows, left_out = [], []
    for method in methods_of(answer):
        if method.get("active") is False:
            left_out.append(LeftOut(f"{method['id']} {method['name']}", "it is not active"))
        else:
            rows.append({"id": str(method["id"]), "name": method["name"]})
    return Choices(rows, left_out)


def default_method(answer: Any) -> str:
    """The name that ShipBob marks as default; Standard where it marks none. Raises `ValueError`."""
    marked = [row["name"] for row in methods_of(answer) if row.get("default") and row.get("active", True)]
    return str(marked[0]) if marked else STANDARD


OPTION = Option("shipping_methods", request, parse)
