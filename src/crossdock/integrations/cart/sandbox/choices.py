"""What one shop sandbox has to choose from: its warehouses."""

from typing import Any

from crossdock.connector import Account, Choices, Option, VendorRequest, vendor_path


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`. Raises `ValueError` for anything else."""
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("id") for item in items):
        raise ValueError("the answer is not a list of records")
    return Choices([{"id": item["id"], "name": item.get("name")} for item in items])


def _warehouses(account: Account) -> VendorRequest:  # noqa: ARG001
    return VendorRequest("GET", vendor_path("warehouses"))


OPTIONS = (Option("warehouses", _warehouses, parse),)
