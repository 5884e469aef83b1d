"""ShipHero's inventory change as an entry of the ledger: type `InventoryChange` of the schema."""

from typing import Any

from crossdock.integrations.wms.shiphero.values import utc
from crossdock.schemas import wms

SELECTION = (
    " { id user_id warehouse_id location_id sku previous_on_hand change_in_on_hand reason cycle_counted "
    "created_at product { id } }"
)


def ledger_entry(row: Any) -> wms.InventoryLedgerEntry:
    """The canonical entry. Raises `ValueError` when the row is none, or tells no time or no number of units.

    Why stock moved is told in `reason` alone, in words for people: what was counted is an adjustment, and of
    anything else the kind is left open. An account may have no product of the SKU any more; the SKU stands
    for it then.
    """
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is not an inventory change")
    moment, units = utc(row.get("created_at")), row.get("change_in_on_hand")
    if moment is None or not isinstance(units, int):
        raise ValueError("the inventory change tells no time or no number of units")
    return wms.InventoryLedgerEntry(
        id=row["id"],
        created_date=moment,
        updated_date=moment,
        entry_date=moment,
        inventory_item_id=(row.get("product") or {}).get("id") or row["sku"],
        sku=row["sku"],
        quantity=units,
        event_type="adjustment" if row.get("cycle_counted") else "other",
        reason=row.get("reason"),
        warehouse_id=row.get("warehouse_id"),
        location_id=row.get("location_id"),
        additional_fields={name: row.get(name) for name in ("previous_on_hand", "cycle_counted", "user_id")},
    )
