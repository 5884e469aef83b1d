"""Values as Business Central has them: empty texts, ids and days for nothing, and encoded names."""

import re
from datetime import UTC, datetime
from typing import Any

from crossdock.connector import Rule
from crossdock.integrations.erp.business_central.odata import CHANGED, NO_ID, Row
from crossdock.schemas.addresses import BillToAddress, ShipFromAddress, ShipToAddress
from crossdock.schemas.fields import UNSET
from crossdock.schemas.times import UNKNOWN, wire_time

NO_DAY = "0001-01-01"
ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def text(value: Any) -> str | None:
    """A text that says something."""
    return str(value) if value else None


def identifier(value: Any) -> str | None:
    """The id of another record, unless there is none."""
    return None if not value or value == NO_ID else str(value)


def name(value: Any) -> str | None:
    """A value of an enumeration: `In_x0020_Review` is `In Review`; a blank one is none."""
    if not isinstance(value, str):
        return None
    return ENCODED.sub(lambda found: chr(int(found[1], 16)), value).strip() or None


def amount(value: Any) -> float | None:
    """A number, if it is one."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def wire_day(value: Any) -> str | None:
    """A day as its midnight in UTC. Raises `ValueError` for a text that is no day."""
    if not value or value == NO_DAY:
        return None
    return wire_time(datetime.fromisoformat(value).replace(tzinfo=UTC))


def day(moment: str) -> str:
    """The day in UTC of a moment of RFC 3339."""
    there = datetime.fromisoformat(moment.upper().replace(":60", ":59"))
    return there.astimezone(UTC).date().isoformat()


def updated(row: Row) -> str:
    """When the record was last changed. Raises `ValueError` for a text that is no time."""
    told = row.get(CHANGED)
    if not told or str(told).startswith(NO_DAY):
        return UNKNOWN
    moment = datetime.fromisoformat(told)
    return wire_time(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def place(row: Row, prefix: str = "") -> dict[str, str | None]:
    """Street, city, state and country; `prefix` is what stands before the names in an order."""
    names = {
        "address1": "AddressLine1",
        "address2": "AddressLine2",
        "city": "City",
        "state": "State",
        "postal_code": "PostCode" if prefix else "PostalCode",
        "country": "Country",
    }
    plain = {} if prefix else {theirs: theirs[0].lower() + theirs[1:] for theirs in names.values()}
    return {own: text(row.get(plain.get(theirs, prefix + theirs))) for own, theirs in names.items()}


def ship_to(row: Row) -> ShipToAddress:
    """Where the goods of an order go: a contact at whatever has a name there."""
    return ShipToAddress(
        full_name=text(row.get("shipToContact")),
        company=text(row.get("shipToName")),
        phone_number=text(row.get("phoneNumber")),
        email_address=text(row.get("email")),
        **place(row, "shipTo"),
    )


def ship_from(row: Row, prefix: str = "") -> ShipFromAddress:
    """Where goods come from."""
    return ShipFromAddress(**place(row, prefix))


def bill_to(row: Row, prefix: str = "") -> BillToAddress:
    """Who pays."""
    return BillToAddress(
        full_name=text(row.get("billToName" if prefix else "displayName")), **place(row, prefix)
    )


def sent(values: dict[str, Any]) -> dict[str, Any]:
    """Without what was not sent."""
    return {theirs: value for theirs, value in values.items() if value is not UNSET}


def shape(description: str, **properties: Any) -> Rule:
    """A rule on single fields."""
    return Rule(description, {"properties": properties})
