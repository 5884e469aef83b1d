"""Customers, vendors, employees and locations: from Tryton's rows to the canonical records.

Tryton does not mark a party as a customer or a vendor; whoever buys is one, and whoever sells. So both
lists have every party.
"""

from typing import Any

from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import created, identifier, updated
from crossdock.schemas.addresses import BillToAddress, ShipFromAddress, ShipToAddress
from crossdock.schemas.erp import Customer, Employee, Location, Vendor

ADDRESS = (
    "party_name",
    "street",
    "city",
    "postal_code",
    "country.code",
    "subdivision.code",
)
"""What is read of a `party.address`."""


def below(prefix: str, names: tuple[str, ...]) -> list[str]:
    """Names of fields of what a field refers to."""
    return [f"{prefix}.{name}" for name in names]


PARTY = [
    "code",
    "name",
    "email",
    "phone",
    "active",
    "create_date",
    "write_date",
    *below("addresses", (*ADDRESS, "invoice", "delivery", "create_date", "write_date")),
]
EMPLOYEE = [
    "active",
    "create_date",
    "write_date",
    "party.name",
    "party.email",
    "party.code",
    "party.write_date",
]
DEPTH = 8
"""Locations are nested no deeper than this in the names that are read."""

LOCATION = [
    "name",
    "code",
    "type",
    "active",
    "create_date",
    "write_date",
    "parent",
    *below("address", ADDRESS),
    *[f"{'parent.' * depth}name" for depth in range(1, DEPTH)],
]


def place(address: Any) -> dict[str, str | None]:
    """The fields that all canonical addresses have; a street of several lines fills several."""
    given = address if isinstance(address, dict) else {}
    lines = [*str(given.get("street") or "").splitlines(), "", "", ""]
    return {
        "address1": lines[0] or None,
        "address2": lines[1] or None,
        "address3": lines[2] or None,
        "city": given.get("city") or None,
        "state": (given.get("subdivision.") or {}).get("code"),
        "postal_code": given.get("postal_code") or None,
        "country": (given.get("country.") or {}).get("code"),
    }


def ship_to(address: Any, name: str | None) -> ShipToAddress:
    """Where goods go; `name` is the party's, where the address has none of its own."""
    given = address if isinstance(address, dict) else {}
    return ShipToAddress(full_name=given.get("party_name") or (name if given else None), **place(address))


def bill_to(address: Any, name: str | None) -> BillToAddress:
    """Who pays."""
    given = address if isinstance(address, dict) else {}
    return BillToAddress(full_name=given.get("party_name") or (name if given else None), **place(address))


def customer(row: Row) -> Customer:
    """A `party.party`. Its invoice address is the one marked so, else its first, as Tryton chooses it."""
    addresses = row.get("addresses.") or []
    deliveries = [address for address in addresses if address.get("delivery")] or addresses
    return Customer(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(row),
        customer_number=row.get("code"),
        name=row.get("name") or "",
        email_address=row.get("email") or None,
        phone_number=row.get("phone") or None,
        active=bool(row["active"]),
        billing_address=bill_to(_first(addresses, "invoice"), row.get("name")),
        shipping_addresses=[ship_to(address, row.get("name")) for address in deliveries],
    )


def vendor(row: Row) -> Vendor:
    """A `party.party`."""
    addresses = row.get("addresses.") or []
    return Vendor(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(row),
        vendor_number=row.get("code"),
        name=row.get("name") or "",
        email_address=row.get("email") or None,
        phone_number=row.get("phone") or None,
        active=bool(row["active"]),
        address=ShipFromAddress(**place(_first(addresses, "delivery"))),
    )


def _first(addresses: list[Row], kind: str) -> Row | None:
    return next((address for address in addresses if address.get(kind)), next(iter(addresses), None))


def employee(row: Row) -> Employee:
    """A `company.employee`; its number is that of the party."""
    party = row["party."]
    return Employee(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(row),
        employee_number=party.get("code"),
        name=party.get("name") or "",
        email_address=party.get("email") or None,
        active=bool(row["active"]),
    )


def location(row: Row) -> Location:
    """A `stock.location` of any type: Tryton has places for customers, suppliers and losses too."""
    names, outer = [row["name"]], row.get("parent.")
    while outer:
        names.append(outer["name"])
        outer = outer.get("parent.")
    return Location(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated({"create_date": row.get("create_date"), "write_date": row.get("write_date")}),
        name=row["name"],
        code=row.get("code"),
        type=row["type"],
        active=bool(row["active"]),
        parent_location_id=identifier(row.get("parent")),
        full_path=" / ".join(reversed(names)),
        address=ShipFromAddress(**place(row.get("address."))),
    )
