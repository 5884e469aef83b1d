"""Ongoing's warehouses and transporters: models `WarehouseModel` and `GetTransporterContract`.

Neither tells when it was made or changed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from crossdock.integrations.wms.ongoing.shipping import BETWEEN, method_id, services_of
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def warehouse(row: Any) -> wms.Warehouse:
    """A warehouse. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or row.get("id") is None:
        raise ValueError("the row is not a warehouse")
    address = row.get("address") or {}
    return wms.Warehouse(
        id=str(row["id"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name") or row.get("code") or str(row["id"]),
        code=row.get("code"),
        address=wms.ShipFromAddress(
            address1=address.get("address1"),
            address2=address.get("address2"),
            address3=address.get("address3"),
            city=address.get("city"),
            state=address.get("countryStateCode"),
            postal_code=address.get("postCode"),
            country=address.get("countryCode"),
        ),
    )


def methods_of(contracts: Sequence[Any]) -> list[dict[str, Any]]:
    """A row for each service of the account's transporters, as orders name them."""
    return list(_methods(contracts))


def _methods(contracts: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for contract in contracts:
        code = contract.get("transporterCode")
        if not code or BETWEEN in code:
            continue
        for service, title in services_of(contract):
            yield {
                "id": method_id(code, service),
                "title": title,
                "transporterCode": code,
                "transporterName": contract.get("transporterName"),
            }


def shipping_method(row: Any) -> wms.ShippingMethod:
    """A transporter's service."""
    carrier = row["transporterName"]
    return wms.ShippingMethod(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=" ".join(filter(None, [carrier, row["title"]])) or row["id"],
        carrier=carrier,
        carrier_id=row["transporterCode"],
        carrier_name=carrier,
    )
