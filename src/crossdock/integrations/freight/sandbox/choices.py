"""What one freight sandbox has to choose from: companies and places, by their references."""

from typing import Any

from crossdock.connector import Account, Choices, Option, VendorRequest, vendor_path


def parse(answer: Any) -> Choices:
    """Rows of `ref` and `name`. Raises `ValueError` for anything else."""
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(i, dict) and i.get("reference_id") for i in items):
        raise ValueError("the answer is not a list of records")
    return Choices([{"ref": item["reference_id"], "name": item.get("name")} for item in items])


def _option(name: str) -> Option:
    def request(account: Account) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", vendor_path(name))

    return Option(name, request, parse)


OPTIONS = tuple(_option(name) for name in ("companies", "places"))
