"""ShipBob's Developer API over a merchant, every request and answer checked."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import Headers

from crossdock.doubles.double import Door, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.rest import RestDouble
from crossdock.doubles.shipbob import grant
from crossdock.doubles.shipbob.asked import Asked
from crossdock.doubles.shipbob.control import doors, ship_order
from crossdock.doubles.shipbob.merchant import Merchant
from crossdock.doubles.shipbob.operations import OPERATIONS
from crossdock.doubles.shipbob.rate_limit import RateLimit
from crossdock.doubles.shipbob.receiving import receive
from crossdock.doubles.shipbob.refusals import refusal
from crossdock.doubles.shipbob.returns import move
from crossdock.doubles.shipbob.seed import seeded
from crossdock.doubles.specification import Call, specification_of

FOLDER = Path(__file__).parent / "specification"
CALLS_PER_MINUTE = 150


class ShipBobDouble(RestDouble):
    """An ASGI application; `state` is its merchant, seeded as `seed` says.

    `token` is the personal access token that is accepted, any unless told. `calls_per_minute` turns the rate
    limit on, which is 150 for the real API, by a `clock` in seconds. `grants` is its authorization server,
    which for the real API is another host.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        calls_per_minute: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        latency: float = 0.0,
    ) -> None:
        specification = specification_of(
            FOLDER / "openapi.json", corrections=FOLDER / "corrections.json", lists_by_comma=True
        )
        super().__init__(specification, OPERATIONS, latency=latency)
        self.state: Merchant = seeded()
        self.grants = grant.Grants(lambda: self.state, clock)
        self._token = token
        self._limit = RateLimit(calls_per_minute, clock) if calls_per_minute else None
        # One record at a time: a reference id is looked up before it is used.
        self._writing = threading.Lock()

    def ship_order(self, order_id: int) -> None:
        """What is open of an order leaves its fulfilment center. Raises `ValueError` for no such order."""
        ship_order(self.state, order_id)

    def receive(self, wro_id: int, share: float = 1.0) -> None:
        """That share of every line of a WRO arrives. Raises `KeyError` for no such id."""
        receive(self.state, wro_id, share)

    def move_return(self, return_id: int, status: str) -> None:
        """A return's next status, one of `ReturnStatus`. Raises `KeyError` for no such id."""
        move(self.state, return_id, status)

    def caller(self, call: Call, headers: Headers) -> str:  # noqa: ARG002
        """The token. Raises `Refused`."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused("Unauthorized", 401)
        given_here = self.grants.knows(token)
        good = self.grants.is_good(token) if given_here else self._token in (None, token)
        if not good:
            raise Refused("Unauthorized", 401)
        return token

    def call(self, received: Received, path: str) -> Call:
        """The operation of the specification, or of the authorization server. Raises `Violation`."""
        if (received.method, path) in grant.PATHS:
            return Call(received.method, path, {})
        return super().call(received, path)

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when neither has such a method and path."""
        if (method, path) not in grant.PATHS:
            super().known_call(method, path)

    def asked(self, caller: Any, parameters: Mapping[str, Any], body: Any) -> Asked:  # noqa: ARG002
        """As the operations have it."""
        return Asked(self.state, parameters, body)

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """As every REST double, with refusals in the operation's own form and within the rate limit."""
        if call.path == grant.AUTHORIZE:
            return self.grants.authorize(received.query)
        if call.path == grant.TOKEN:
            return self.grants.token(received.body)
        try:
            limits = self._within_limit(self.caller(call, headers))
            with self._writing:
                answer = super().perform(call, received, headers)
        except Refused as refused:
            if refused.status in (429, 501):
                raise
            return refusal(self.specification, call, refused)
        answer.headers |= limits
        return answer

    def _within_limit(self, caller: str) -> dict[str, str]:
        if self._limit is None:
            return {}
        remaining, wait = self._limit.count(caller)
        headers = {"x-remaining-calls": str(remaining)}
        if wait:
            raise Refused(
                f"Rate limit is exceeded. Try again in {wait} seconds.",
                429,
                {**headers, "x-retry-after": str(wait)},
            )
        return headers

    def refusal(self, refused: Refused) -> Answer:
        """Where the specification has no form: as the vendor's page on the rate limit shows one."""
        said = {"statusCode": refused.status, "message": refused.message}
        return Answer(refused.status, orjson.dumps(said), refused.headers)

    def state_shown(self) -> dict[str, Any]:
        """Orders, WROs and returns by id."""
        kept = {"orders": self.state.orders, "receiving": self.state.receiving, "returns": self.state.returns}
        return {
            name: {str(number): record for number, record in records.items()}
            for name, records in kept.items()
        }

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """Doors for what the warehouse does."""
        return doors(self.state)
