"""The packed boxes of an order, from the packages of its shipments: the contract's "Order packs"."""

from collections.abc import Iterator, Mapping
from typing import Any


def packs(order: Mapping[str, Any]) -> dict[str, Any]:
    """The packs of a canonical order. Carrier and method are those of the first box that names one."""
    boxes = [box for shipment in order["shipments"] for box in shipment["packages"]]
    named = (box for box in boxes if box["carrier_name"] or box["shipping_method_name"])
    first: Mapping[str, Any] = next(named, {})
    return {
        "packs": [_pack(box) for box in boxes],
        "carrier": first.get("carrier_name") or order["carrier_name"],
        "carrier_id": first.get("carrier_id") or order["carrier_id"],
        "carrier_name": first.get("carrier_name") or order["carrier_name"],
        "scac": first.get("scac") or order["scac"],
        "shipping_method": first.get("shipping_method_name") or order["shipping_method_name"],
        "shipping_method_id": first.get("shipping_method_id") or order["shipping_method_id"],
        "shipping_method_name": first.get("shipping_method_name") or order["shipping_method_name"],
        "ship_to_address": order["ship_to_address"],
        "order_line_items": [
            {name: line[name] for name in ("product_id", "sku", "quantity")} for line in order["line_items"]
        ],
        "additional_fields": {},
    }


def _pack(box: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "pack_id": box["package_id"],
        "measurements": box["measurements"],
        "line_items": list(_lines(box)),
    }


def _lines(box: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in box["line_items"]:
        yield {name: line[name] for name in ("inventory_item_id", "sku", "quantity")}
