"""The warehouses of an Ongoing system: `GET /warehouses`, model `WarehouseModel`."""

from typing import Any

from crossdock.connector import Account, Choices, Option, VendorRequest


def request(account: Account) -> VendorRequest:  # noqa: ARG001
    """Operation `warehousesGetAll`; it is the same for all goods owners."""
    return VendorRequest("GET", "/warehouses")


def parse(answer: Any) -> Choices:
    """Rows of `id`, `code` and `name`. Raises `ValueError` when the answer is no list of warehouses."""
    if not isinstance(answer, list) or not all(isinstance(row, dict) and "id" in row for row in answer):
        raise ValueError("the answer is not a list of warehouses")
    return Choices(
        [{"id": str(row["id"]), "code": row.get("code"), "name": row.get("name")} for row in answer]
    )


OPTION = Option("warehouses", request, parse)
