"""Flexport's API over a client's account, every request and answer checked."""

import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from starlette.datastructures import Headers

from crossdock.doubles.double import Door, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.flexport import bookings, network, shipments
from crossdock.doubles.flexport.answers import refusal
from crossdock.doubles.flexport.client_account import Asked, ClientAccount
from crossdock.doubles.flexport.seed import STATUSES, seeded
from crossdock.doubles.rest import RestDouble
from crossdock.doubles.specification import Call, specification_of

FILE = Path(__file__).parent / "specification" / "openapi.json"
VERSION = "2"

OPERATIONS: Mapping[str, Callable[[Any], Any]] = {
    "GET /shipments": shipments.list_shipments,
    "GET /shipments/{id}": shipments.get_shipment,
    "GET /bookings": bookings.list_bookings,
    "POST /bookings": bookings.create_booking,
    "GET /bookings/{id}": bookings.get_booking,
    "GET /network/company_entities": network.list_entities,
    "GET /network/locations": network.list_locations,
}


class _Move(msgspec.Struct, forbid_unknown_fields=True):
    id: int
    status: str


class _Record(msgspec.Struct, forbid_unknown_fields=True):
    id: int


class FlexportDouble(RestDouble):
    """An ASGI application; `state` is its account, seeded as `seed` says.

    `key` is the API key that is accepted, any unless told.
    """

    def __init__(self, *, key: str | None = None, latency: float = 0.0) -> None:
        super().__init__(specification_of(FILE), OPERATIONS, latency=latency)
        self.state: ClientAccount = seeded()
        self._key = key
        # One record at a time: numbers are given out in order.
        self._writing = threading.Lock()

    def caller(self, call: Call, headers: Headers) -> str:  # noqa: ARG002
        """The API key. Raises `Refused`, also for a request of another version of the API."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key or self._key not in (None, key):
            raise Refused("Invalid API key", 401)
        if headers.get("flexport-version") != VERSION:
            raise Refused(f"This double speaks version {VERSION} of the API only", 400)
        return key

    def asked(self, caller: Any, parameters: Mapping[str, Any], body: Any) -> Asked:  # noqa: ARG002
        """As the operations have it."""
        return Asked(self.state, dict(parameters), body)

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """As every REST double, one request after the other."""
        with self._writing:
            return super().perform(call, received, headers)

    def refusal(self, refused: Refused) -> Answer:
        """A response with an error."""
        return refusal(refused)

    def state_shown(self) -> dict[str, Any]:
        """Shipments and bookings by id."""
        kept = {"shipments": self.state.shipments, "bookings": self.state.bookings}
        return {
            name: {str(number): record for number, record in records.items()}
            for name, records in kept.items()
        }

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """Doors for what Flexport does by itself. They are no part of its API."""
        return {
            ("POST", "move-shipment"): partial(_move, self.state),
            ("POST", "ship-booking"): partial(_ship, self.state),
        }


def _move(account: ClientAccount, body: bytes) -> Any:
    """Raises `ValueError` for an id or a status that there is not."""
    move = msgspec.json.decode(body, type=_Move)
    if move.id not in account.shipments or move.status not in STATUSES:
        raise ValueError(f"there is no shipment {move.id}, or no status {move.status}")
    shipments.moved(account, move.id, status=move.status)
    return {}


def _ship(account: ClientAccount, body: bytes) -> Any:
    """Raises `ValueError` for no such id."""
    number = msgspec.json.decode(body, type=_Record).id
    if number not in account.bookings:
        raise ValueError(f"there is no booking {number}")
    return {"id": shipments.shipped(account, number)["id"]}
