"""Places in a facility: rels/properties/locationsbyfac, for each facility of the customer in turn.

`position` is `{"facilities": those left, "at": page of the first of them, "then": where the list of
facilities goes on}`.
"""

from typing import Any

from crossdock.connector import Account, ListPage, Span, VendorRequest, vendor_path
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import REL, embedded
from crossdock.integrations.wms.extensiv.paging import following, numbered
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN

MOST = 100
"""Resources on a page. The reference names no limit for facilities and locations; other lists take 100."""

FURTHER = {
    "deactivated": "deactivated",
    "has_inventory": "hasInventory",
    "pick_path": "pickPath",
    "field1": "field1",
    "field2": "field2",
    "field3": "field3",
    "field4": "field4",
}

facilities = numbered(
    "/properties/facilities", MOST, lambda account: {"customerId": str(customer_id(account))}
)
"""Requests for the facilities of the customer."""


def request(account: Account, span: Span, position: Any) -> VendorRequest:
    """A page of the facilities, or of the locations of one."""
    at = position or {}
    if not at.get("facilities"):
        return facilities(account, span, at.get("then"))
    path = vendor_path("properties", "facilities", at["facilities"][0], "locations")
    return numbered(path, MOST)(account, span, at["at"])


def page(position: Any, decoded: Any) -> ListPage:
    """The locations of an answer; none of an answer that has facilities. Raises `ValueError`."""
    at = position or {}
    if not at.get("facilities"):
        rows = embedded(decoded, REL + "properties/facility")
        then = following(at.get("then"), decoded, len(rows))
        return ListPage([], _on([row["facilityId"] for row in rows], None, then))
    rows = embedded(decoded, REL + "properties/location")
    more = following(at["at"], decoded, len(rows))
    left = at["facilities"] if more else at["facilities"][1:]
    return ListPage(rows, _on(left, more, at["then"]))


def _on(left: list[int], at: Any, then: Any) -> dict[str, Any] | None:
    return {"facilities": left, "at": at, "then": then} if left or then is not None else None


def location(row: Any) -> wms.WarehouseLocation:
    """The canonical location. Raises `ValueError` when the row has no id or no facility."""
    if not isinstance(row, dict) or not isinstance(row.get("locationId"), int):
        raise ValueError("the row is not a location")  # noqa: TRY004
    facility = row.get("facilityIdentifier")
    if not isinstance(facility, dict) or not isinstance(facility.get("id"), int):
        raise ValueError("the location names no facility")  # noqa: TRY004
    return wms.WarehouseLocation(
        id=str(row["locationId"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name"),
        warehouse_id=str(facility["id"]),
        additional_fields={name: row.get(own) for name, own in FURTHER.items()},
    )
