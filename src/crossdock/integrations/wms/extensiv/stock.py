"""The stock of an item: rels/inventory/stocksummaries, a row for each facility that has some."""

from collections.abc import Mapping
from typing import Any

from crossdock.integrations.wms.extensiv.records import product_record
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def inventory_item(decoded: Any) -> wms.InventoryItem:
    """The canonical item of `{"item": ..., "stock": ...}`. Raises `ValueError` when there is no item.

    What is on hand and neither available nor on hold is committed.
    """
    product = product_record(decoded["item"])
    rows = (decoded.get("stock") or {}).get("summaries") or []
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
