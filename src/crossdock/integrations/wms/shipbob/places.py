"""ShipBob's fulfilment centers, channels and shipping methods. None tells when it was made or changed.

Models `FulfillmentCenterViewModel`, `ChannelViewModel` and `ShipMethodDetailViewModel`.
"""

from typing import Any

from crossdock.integrations.wms.shipbob.answers import numbered
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN


def warehouse(row: Any) -> wms.Warehouse:
    """A fulfilment center that receives goods."""
    row = numbered(row, "fulfilment center")
    return wms.Warehouse(
        id=str(row["id"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name") or str(row["id"]),
        address=wms.ShipFromAddress(
            address1=row.get("address1"),
            address2=row.get("address2"),
            city=row.get("city"),
            state=row.get("state"),
            postal_code=row.get("zip_code"),
            country=row.get("country"),
        ),
        additional_fields={name: row.get(name) for name in ("email", "phone_number", "timezone")},
    )


def channel(row: Any) -> wms.OrderChannel:
    """A channel of the merchant."""
    row = numbered(row, "channel")
    return wms.OrderChannel(
        id=str(row["id"]),
        name=row.get("name"),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        additional_fields={"application_name": row.get("application_name")},
    )


def shipping_method(row: Any) -> wms.ShippingMethod:
    """A name that the merchant has mapped to a service of ShipBob."""
    row = numbered(row, "shipping method")
    return wms.ShippingMethod(
        id=str(row["id"]),
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name") or str(row["id"]),
        additional_fields={
            "active": row.get("active"),
            "default": row.get("default"),
            "service_level": row.get("service_level"),
        },
    )
