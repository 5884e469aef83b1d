"""What one ERP sandbox has to choose from: locations, vendors and employees."""

from typing import Any

from crossdock.connector import Account, Choices, Option, VendorRequest, vendor_path


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`. Raises `ValueError` for anything else."""
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("id") for item in items):
        raise ValueError("the answer is not a list of records")
    return Choices([{"id": item["id"], "name": item.get("name")} for item in items])


def _option(name: str) -> Option:
    def request(account: Account) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", vendor_path(name))

    return Option(name, request, parse)


OPTIONS = tuple(_option(name) for name in ("locations", "vendors", "employees"))
