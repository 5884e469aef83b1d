"""The warehouses of one ShipHero account: query `account`, type `Warehouse`."""

from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import answered, query


def request(account: Account) -> VendorRequest:  # noqa: ARG001
    """Query `account`."""
    return query("account", {}, " { warehouses { id identifier } }")


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`. Raises `ValueError` when the answer is no account."""
    account = answered(answer, "account")
    warehouses = account.get("warehouses") if isinstance(account, dict) else None
    if not isinstance(warehouses, list) or not all(isinstance(one, dict) for one in warehouses):
        raise ValueError("the answer is not an account with warehouses")
    rows = [{"id": one["id"], "name": one.get("identifier")} for one in warehouses if one.get("id")]
    left_out = [
        LeftOut(str(one.get("identifier") or ""), "it has no id") for one in warehouses if not one.get("id")
    ]
    return Choices(rows, left_out)


OPTION = Option("warehouses", request, parse)
