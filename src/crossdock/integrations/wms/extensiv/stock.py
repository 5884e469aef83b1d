"""The stock of items: rels/inventory/stocksummaries, a row for each facility that has some, and qualifier."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest
from crossdock.integrations.wms.extensiv.records import product_record
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN

MOST_ROWS = 500
"""Rows on a page of rels/inventory/stocksummaries, at most."""

ITEMS_AT_ONCE = 25
"""Items whose stock is asked for together: each may lie in twenty facilities before the rows are too many."""


def stock_of(account: Account, items: Sequence[Any]) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """Reads of the stock of a page of items."""
    known = [item.get("itemId") for item in items if isinstance(item, dict)]
    ids = [number for number in known if isinstance(number, int)]
    parts = [ids[start : start + ITEMS_AT_ONCE] for start in range(0, len(ids), ITEMS_AT_ONCE)]
    return {f"stock {part[0]} to {part[-1]}": _summaries(part) for part in parts}


def _summaries(ids: Sequence[int]) -> VendorRequest:
    query = f"itemIdentifier.id=in=({','.join(map(str, ids))})"
    parameters = {"rql": query, "pgsiz": str(MOST_ROWS), "pgnum": "1"}
    return VendorRequest("GET", "/inventory/stocksummaries", parameters)


def with_stock(item: Any, read: Mapping[str, Any]) -> Any:
    """The item and its rows of stock; `None` for those when an answer does not have all of its rows."""
    rows = []
    for answer in read.values():
        summaries = answer["summaries"]
        if answer["totalResults"] > len(summaries):
            return {"item": item, "stock": None}
        rows += [row for row in summaries if row["itemIdentifier"]["id"] == item["itemId"]]
    return {"item": item, "stock": rows}


def inventory_item(decoded: Any) -> wms.InventoryItem:
    """The canonical item of `{"item": ..., "stock": ...}`. Raises `ValueError` when it is none.

    What is on hand and neither available nor on hold is committed.
    """
    if not isinstance(decoded, dict) or "item" not in decoded:
        raise ValueError("the row is not an item with its stock")
    rows = decoded["stock"]
    if rows is None:
        raise ValueError("the stock of the item and of those beside it has more rows than one answer")
    product = product_record(decoded["item"])
    by_facility: dict[str, wms.InventoryInWarehouse] = {}
    for row in rows:
        key = str(row.get("facilityId") or "")
        by_facility[key] = _sum(by_facility.get(key), row)
    parts = list(by_facility.values())
    return wms.InventoryItem(
        id=product.id,
        warehouse_customer_id=product.warehouse_customer_id,
        created_date=product.created_date,
        updated_date=UNKNOWN,
        name=product.name,
        sku=product.sku,
        active=product.active,
        onhand=sum(part.onhand for part in parts),
        committed=sum(part.committed or 0 for part in parts),
        unfulfillable=sum(part.unfulfillable or 0 for part in parts),
        fulfillable=sum(part.fulfillable or 0 for part in parts),
        sellable=sum(part.sellable or 0 for part in parts),
        inventory_by_warehouse_id=by_facility,
    )


def _sum(before: wms.InventoryInWarehouse | None, row: Mapping[str, Any]) -> wms.InventoryInWarehouse:
    """Stock with another row of the same facility: rows differ by qualifier."""
    onhand = int(row.get("onHand") or 0)
    available = max(0, min(onhand, int(row.get("available") or 0)))
    held = max(0, min(onhand - available, int(row.get("onHold") or 0)))
    if before is not None:
        onhand += before.onhand
        available += before.fulfillable or 0
        held += before.unfulfillable or 0
    return wms.InventoryInWarehouse(
        onhand=onhand,
        committed=onhand - available - held,
        unfulfillable=held,
        fulfillable=available,
        sellable=available,
    )
