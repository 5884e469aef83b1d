"""ShipHero's warehouses, locations and vendors: types `Warehouse`, `Location` and `Vendor` of the schema."""

from typing import Any

from crossdock.integrations.wms.shiphero.values import told_or_unknown
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN

WAREHOUSES = (
    " { warehouses { id identifier address { name address1 address2 city state country zip phone } } }"
)
LOCATION = " { id warehouse_id name zone pickable sellable created_at type { name } }"
SUPPLIER = " { id name email account_number }"


def warehouse(row: Any) -> wms.Warehouse:
    """A warehouse of the account. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is not a warehouse")
    address = row.get("address") or {}
    return wms.Warehouse(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("identifier") or address.get("name") or row["id"],
        address=wms.ShipFromAddress(
            address1=address.get("address1"),
            address2=address.get("address2"),
            city=address.get("city"),
            state=address.get("state"),
            postal_code=address.get("zip"),
            country=address.get("country"),
        ),
    )


def location(row: Any) -> wms.WarehouseLocation:
    """A bin. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is not a location")
    created = told_or_unknown(row.get("created_at"))
    return wms.WarehouseLocation(
        id=row["id"],
        created_date=created,
        updated_date=UNKNOWN,
        name=row.get("name"),
        warehouse_id=row["warehouse_id"],
        type=(row.get("type") or {}).get("name"),
        additional_fields={name: row.get(name) for name in ("zone", "pickable", "sellable")},
    )


def supplier(row: Any) -> wms.InboundShipmentSupplier:
    """A vendor that purchase orders name. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or not row.get("id"):
        raise ValueError("the row is not a vendor")
    return wms.InboundShipmentSupplier(
        id=row["id"],
        name=row.get("name"),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        additional_fields={name: row.get(name) for name in ("email", "account_number")},
    )
