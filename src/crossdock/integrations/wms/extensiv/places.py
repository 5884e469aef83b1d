"""Facilities, customers and carriers as canonical records. None tells when it was made or changed.

Sources: rels/properties/facilities, rels/customers/customers, rels/properties/carriers.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def warehouse(row: Any) -> wms.Warehouse:
    """A facility. Raises `ValueError` when it has no id."""
    if not isinstance(row, dict) or not isinstance(row.get("facilityId"), int):
        raise ValueError("the row is not a facility")  # noqa: TRY004
    return wms.Warehouse(
        id=str(row["facilityId"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name") or str(row["facilityId"]),
        code=row.get("code"),
        address=wms.ShipFromAddress(postal_code=row.get("shippingZip")),
        additional_fields={"deactivated": row.get("deactivated"), "time_zone": row.get("timeZoneName")},
    )


def warehouse_customer(row: Any) -> wms.WarehouseCustomer:
    """A customer of the warehouse. Raises `ValueError` when it has no id."""
    read_only = row.get("readOnly") if isinstance(row, dict) else None
    if not isinstance(read_only, dict) or not isinstance(read_only.get("customerId"), int):
        raise ValueError("the row is not a customer")  # noqa: TRY004
    company = row.get("companyInfo") or {}
    contact = company.get("primaryContact") or {}
    return wms.WarehouseCustomer(
        id=str(read_only["customerId"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=company.get("companyName") or str(read_only["customerId"]),
        email=contact.get("emailAddress"),
        additional_fields={
            "external_id": row.get("externalId"),
            "deactivated": read_only.get("deactivated"),
        },
    )


def methods_of(carriers: Sequence[Any]) -> list[dict[str, Any]]:
    """A row for each service of a carrier; a carrier without services is one itself."""
    return list(_methods(carriers))


def _methods(carriers: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for carrier in carriers:
        for service in carrier.get("shipmentServices") or [{}]:
            yield {"carrier": carrier, "service": service}


def shipping_method(row: Any) -> wms.ShippingMethod:
    """A carrier's service, named as orders name it: carrier and code of the service."""
    carrier, service = row["carrier"], row["service"]
    name, code = carrier["name"], service.get("code")
    return wms.ShippingMethod(
        id=f"{name}/{code}" if code else name,
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=" ".join(filter(None, [name, service.get("description") or code])),
        carrier=name,
        carrier_id=name,
        carrier_name=carrier.get("displayName") or name,
        scac=carrier.get("scacCode"),
        additional_fields={"deactivated": carrier.get("deactivated")},
    )
