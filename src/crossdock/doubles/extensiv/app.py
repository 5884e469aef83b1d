"""Extensiv's REST API over a small third-party warehouse, every request and answer checked.

The specification is derived, see the README beside it. Words in `Hint` are ours.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import Headers

from crossdock.doubles.double import Door, Received, Refused
from crossdock.doubles.extensiv.asked import Asked, Fault
from crossdock.doubles.extensiv.operations import OPERATIONS
from crossdock.doubles.extensiv.seed import seeded
from crossdock.doubles.extensiv.tokens import TOKEN, Tokens
from crossdock.doubles.faults import Answer
from crossdock.doubles.rest import RestDouble
from crossdock.doubles.specification import Call, specification_of

FILE = Path(__file__).parent / "specification" / "openapi.json"
HAL = "application/hal+json"


class ExtensivDouble(RestDouble):
    """An ASGI application. `clock` gives seconds; tokens end by it.

    Tests may reach into `warehouse` and `tokens` besides what every double shows.
    """

    def __init__(
        self,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        latency: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(specification_of(FILE), OPERATIONS, latency=latency)
        self.warehouse = seeded()
        self.tokens = Tokens(client_id, client_secret, clock)

    def caller(self, call: Call, headers: Headers) -> str:
        """What was sent as authorization, if it is accepted for the call. Raises `Refused` with 401."""
        authorization = headers.get("authorization", "")
        if str(call) == TOKEN:
            self.tokens.check_client(authorization)
        else:
            self.tokens.check_bearer(authorization)
        return authorization

    def asked(self, caller: str, parameters: Mapping[str, Any], body: Any) -> Asked:  # noqa: ARG002
        """As the operations have it."""
        return Asked(self.warehouse, self.tokens, parameters, body)

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """As every REST double, in HAL."""
        answer = super().perform(call, received, headers)
        if str(call) != TOKEN:
            answer.headers.setdefault("content-type", HAL)
        return answer

    def refusal(self, refused: Refused) -> Answer:
        """The exception body of the reference where the refusal has one; plain text for a 500."""
        if isinstance(refused, Fault):
            return Answer(refused.status, orjson.dumps(refused.body))
        if refused.status >= 500:
            return Answer(refused.status, refused.message.encode(), {"content-type": "text/plain"})
        return Answer(refused.status, orjson.dumps({"ErrorCode": "None", "Hint": refused.message}))

    def state_shown(self) -> dict[str, Any]:
        """Orders, receivers and items by id."""
        return {name: list(records) for name, records in self.warehouse.collections().items()}

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """A door that ends every access token."""
        return {("DELETE", "tokens"): self._end_tokens}

    def _end_tokens(self, body: bytes) -> Any:  # noqa: ARG002
        self.tokens.expire()
        return {}
