"""What an account decides: its warehouses and its currencies."""

from typing import Annotated, Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.erp.tryton import rpc
from crossdock.schemas.fields import account_value

WarehouseId = Annotated[str, account_value("warehouses", "id", "Id of the warehouse, a location")]
Currency = Annotated[str, account_value("currencies", "code", "Currency of the prices, ISO 4217")]


def _warehouses(account: Account) -> VendorRequest:
    return rpc.search(account, "stock.location", [["type", "=", "warehouse"]], ["name"])


def _parsed_warehouses(decoded: Any) -> Choices:
    return Choices([{"id": str(row["id"]), "name": row["name"]} for row in rpc.rows(decoded)])


def _currencies(account: Account) -> VendorRequest:
    return rpc.search(account, "currency.currency", [], ["code", "name"])


def _parsed_currencies(decoded: Any) -> Choices:
    """Two of the same code cannot be told apart by it."""
    found = rpc.rows(decoded)
    codes = [row["code"] for row in found]
    offered = [row for row in found if row["code"] and codes.count(row["code"]) == 1]
    left = [
        LeftOut(str(row["name"]), "its code is missing or not its own") for row in found if row not in offered
    ]
    return Choices([{"code": row["code"], "id": str(row["id"])} for row in offered], left)


WAREHOUSES = Option("warehouses", _warehouses, _parsed_warehouses)
CURRENCIES = Option("currencies", _currencies, _parsed_currencies)
