"""Fulfillment handlers: the code in the server that carries out a shipment. Query `fulfillmentHandlers`."""

from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.cart.vendure.graphql import answered, graphql

MANUAL = "manual-fulfillment"
"""The handler of Vendure itself, which only keeps what it is told."""

ARGUMENTS = {"method", "trackingCode"}
"""What a shipment can say to a handler: the arguments of the manual one."""

DOCUMENT = "query { fulfillmentHandlers { code description args { name required } } }"


def request(account: Account) -> VendorRequest:
    """Every handler of the server."""
    return graphql(account, DOCUMENT)


def parse(decoded: Any) -> Choices:
    """A choice for each handler that needs nothing else. Raises `ValueError` for an answer of another
    shape."""
    rows = answered(decoded, "fulfillmentHandlers")
    if not isinstance(rows, list):
        raise ValueError("the answer has no list of fulfillmentHandlers")  # noqa: TRY004
    choices, left_out = [], []
    for row in rows:
        named = {argument["name"]: argument.get("required") for argument in row.get("args") or ()}
        needed = sorted(name for name, required in named.items() if required and name not in ARGUMENTS)
        if needed:
            left_out.append(LeftOut(row["code"], f"needs arguments of its own: {', '.join(needed)}"))
        elif not named.keys() >= ARGUMENTS:
            left_out.append(LeftOut(row["code"], "takes no method and tracking code"))
        else:
            choices.append({"code": row["code"], "description": row.get("description")})
    return Choices(choices, left_out)


OPTION = Option("fulfillment_handlers", request, parse)
