"""What a client has at Flexport: a network of companies and places, bookings and shipments."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crossdock.doubles.double import Refused

Model = dict[str, Any]

API = "https://api.flexport.com"
"""What stands before every link in an answer."""

FIRST_IDS = {"shipment": 2000, "booking": 5000, "entity": 300, "location": 400}
"""Records are numbered from the next number on, whatever made them."""


@dataclass(slots=True)
class ClientAccount:
    """Records are kept as the specification's models of them, by id: `CompanyEntity`, `Location`, `Booking`
    and `Shipment`. `ports` are of the model `Place`, by UN/LOCODE. `stopped_at` stands for the time of day,
    as long as it is set.
    """

    entities: dict[int, Model] = field(default_factory=dict)
    locations: dict[int, Model] = field(default_factory=dict)
    ports: dict[str, Model] = field(default_factory=dict)
    bookings: dict[int, Model] = field(default_factory=dict)
    shipments: dict[int, Model] = field(default_factory=dict)
    stopped_at: str | None = None
    _last: Counter[str] = field(default_factory=lambda: Counter(FIRST_IDS))

    def now(self) -> str:
        """The time as Flexport writes it."""
        return self.stopped_at or stamp(datetime.now(UTC))

    def next_id(self, kind: str) -> int:
        """A new number; each kind of record has its own range."""
        self._last[kind] += 1
        return self._last[kind]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body."""

    account: ClientAccount
    parameters: Model
    body: Any


def stamp(moment: datetime) -> str:
    """A moment to the millisecond, UTC: texts of this form sort as the moments do."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def stamp_of(text: str, parameter: str) -> str:
    """A time of a query in that form; UTC where it has no offset. Raises `Refused`."""
    try:
        moment = datetime.fromisoformat(text)
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise Refused(f"{parameter} is not a valid time", 400) from error


def collection(ref_type: str, path: str) -> Model:
    """A link to a list: the specification's models whose names end in `CollectionRef`."""
    return {"_object": "/api/refs/collection", "ref_type": ref_type, "link": f"{API}{path}"}


def reference(ref_type: str, path: str, number: int) -> Model:
    """A link to a record: `BookingRef`, `ShipmentRef`."""
    return {
        "_object": "/api/refs/object",
        "ref_type": ref_type,
        "link": f"{API}{path}/{number}",
        "id": number,
    }
