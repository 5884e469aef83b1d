"""What one sandbox has to choose from: warehouses, their locations, shipping methods and sales channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, Choices, Option, Rule, VendorRequest, vendor_path

COLUMNS = ("id", "name", "warehouse_id")


def parse(answer: Any) -> Choices:
    """Rows of `id` and `name`, locations also of `warehouse_id`. Raises `ValueError` for anything else."""
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("id") for item in items):
        raise ValueError("the answer is not a list of records")
    return Choices([{column: item.get(column) for column in COLUMNS if column in item} for item in items])


def _option(name: str) -> Option:
    def request(account: Account) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", vendor_path(name.replace("_", "-")))

    return Option(name, request, parse)


WAREHOUSES = _option("warehouses")
OPTIONS = (WAREHOUSES, _option("locations"), _option("shipping_methods"), _option("channels"))


def location_in_warehouse(locations: Sequence[Mapping[str, str | None]]) -> Rule:
    """A location that is named is one of the warehouse that is named."""
    pairs = [
        {
            "if": {"properties": {"location_id": {"const": row["id"]}}, "required": ["location_id"]},
            "then": {"properties": {"warehouse_id": {"const": row["warehouse_id"]}}},
        }
        for row in locations
    ]
    return Rule("The location is in the warehouse.", {"allOf": pairs} if pairs else {})


def one_shipping_method(methods: Sequence[Mapping[str, str | None]]) -> Rule:
    """Where a shipping method is said by both names of the field, both say the same."""
    pairs = [
        {
            "if": {
                "properties": {"shipping_method_id": {"const": row["id"]}},
                "required": ["shipping_method_id"],
            },
            "then": {"properties": {"shipping_method": {"const": row["id"]}}},
        }
        for row in methods
    ]
    said = "shipping_method is an older name of shipping_method_id; given both, they are the same."
    return Rule(said, {"allOf": pairs} if pairs else {})
