"""The stock of an inventory item: model `InventoryViewModel` of the inventory API."""

from collections.abc import Mapping
from typing import Any

from crossdock.integrations.wms.shipbob.answers import utc
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def inventory_item(row: Any) -> wms.InventoryItem:
    """The canonical item. Raises `ValueError` when the row has no id.

    ShipBob knows an inventory item by its number and name; SKUs belong to products. What is neither
    committed nor fulfillable of what is on hand is unfulfillable.
    """
    if not isinstance(row, dict) or not isinstance(row.get("inventoryId"), int):
        raise ValueError("the row is not an inventory item")  # noqa: TRY004
    onhand, committed, fulfillable = _counts(
        row, "totalOnHandQuantity", "totalCommitedQuantity", "totalFulfillableQuantity"
    )
    size = row.get("dimensions") or {}
    return wms.InventoryItem(
        id=str(row["inventoryId"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name") or "",
        active=row.get("isActive") is not False,
        awaiting=_units(row, "totalAwaitingQuantity"),
        onhand=onhand,
        committed=committed,
        unfulfillable=onhand - committed - fulfillable,
        fulfillable=fulfillable,
        sellable=_units(row, "totalSellableQuantity"),
        inventory_by_warehouse_id={
            str(center["fulfillmentCenterId"]): _in_center(center)
            for center in row.get("fulfillableQuantityByFulfillmentCenter") or []
        },
        lots=[
            wms.Lot(
                lot_id=str(lot["lotNumber"]),
                onhand=_units(lot, "onHandQuantity"),
                expiration_date=utc(lot.get("expirationDate")),
            )
            for lot in row.get("fulfillableQuantityByLot") or []
            if lot.get("lotNumber") and row.get("isLot")
        ],
        measurements=wms.Measurements(
            length=size.get("length"),
            width=size.get("width"),
            height=size.get("depth"),
            unit="in" if size else None,
            weight=size.get("weight"),
            weight_unit="oz" if size else None,
        ),
        additional_fields={
            name: row.get(name)
            for name in ("isDigital", "isCasePick", "totalBackorderedQuantity", "totalExceptionQuantity")
        },
    )


def _in_center(center: Mapping[str, Any]) -> wms.InventoryInWarehouse:
    onhand, committed, fulfillable = _counts(
        center, "onHandQuantity", "committedQuantity", "fulfillableQuantity"
    )
    return wms.InventoryInWarehouse(
        awaiting=_units(center, "awaitingQuantity"),
        onhand=onhand,
        committed=committed,
        unfulfillable=onhand - committed - fulfillable,
        fulfillable=fulfillable,
        sellable=fulfillable,
    )


def _counts(row: Mapping[str, Any], onhand: str, committed: str, fulfillable: str) -> tuple[int, int, int]:
    """What is fulfillable and committed is never more than what is there: orders may wait for more."""
    there = _units(row, onhand)
    free = max(0, min(there, _units(row, fulfillable)))
    return there, min(there - free, _units(row, committed)), free


def _units(row: Mapping[str, Any], name: str) -> int:
    return int(row.get(name) or 0)
