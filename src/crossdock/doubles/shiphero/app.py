"""ShipHero's public API over an account: `POST /auth/refresh` and `POST /graphql`, every request checked."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.datastructures import Headers

from crossdock.doubles.double import Door, Double, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.shiphero import inventory, orders, products, purchase_orders, returns, shipments
from crossdock.doubles.shiphero.account import ACCOUNT_ID, Account
from crossdock.doubles.shiphero.asked import Asked, Operation, Record
from crossdock.doubles.shiphero.credits import INCREMENT_RATE, MAX_AVAILABLE, Credits
from crossdock.doubles.shiphero.declined import Declined
from crossdock.doubles.shiphero.schema import Request, Schema
from crossdock.doubles.shiphero.seed import seeded
from crossdock.doubles.shiphero.tokens import Tokens
from crossdock.doubles.specification import Call, Violation

GRAPHQL = "/graphql"
REFRESH = "/auth/refresh"


def _account(asked: Asked) -> Record:
    shown = {
        "id": ACCOUNT_ID,
        "legacy_id": 9001,
        "email": "ada@example.com",
        "username": "ada@example.com",
        "status": "active",
        "is_multi_warehouse": True,
        "is_3pl": False,
        "warehouses": list(asked.account.warehouses.values()),
    }
    return {"data": shown}


OPERATIONS: Mapping[str, Operation] = {
    "account": _account,
    **orders.OPERATIONS,
    **shipments.OPERATIONS,
    **products.OPERATIONS,
    **inventory.OPERATIONS,
    **purchase_orders.OPERATIONS,
    **returns.OPERATIONS,
}


class ShipHeroDouble(Double):
    """An ASGI application.

    A call of the GraphQL API is named for its first root field, as in `counts["POST order_create"]` and
    `misbehave("POST", "order_create", "drop_after")`; `/graphql` stands for all of them. A `refresh_token`
    of `None` accepts any. `clock` gives seconds, for tokens and credits. Tests may reach into `account`,
    `credits` and `tokens`.
    """

    def __init__(
        self,
        *,
        refresh_token: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        latency: float = 0.0,
    ) -> None:
        super().__init__(latency=latency)
        self.schema = Schema()
        self.account: Account = seeded()
        self.credits = Credits(clock)
        self.tokens = Tokens(refresh_token, clock)
        self._asked = 0

    def call(self, received: Received, path: str) -> Call:
        """The root field that a request is for, or the path of the authentication. Raises `Violation`."""
        if received.method != "POST" or path.rstrip("/") not in (GRAPHQL, REFRESH):
            raise Violation(f"there is no {received.method} {path}")
        if path == REFRESH:
            return Call("POST", REFRESH, {})
        return Call("POST", self.schema.read(received.body).fields[0], {})

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when no call is named so."""
        if method != "POST" or not (path in (GRAPHQL, REFRESH) or self.schema.has_operation(path)):
            raise ValueError(f"there is no {method} {path}")

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """The answer of an operation. Raises `Violation` or `Refused`."""
        if headers.get("content-type", "").partition(";")[0] != "application/json":
            raise Violation("the content type is not application/json")
        if call.path == REFRESH:
            return _answer(self.tokens.refresh(_json(received.body)))
        self.tokens.check(headers.get("authorization", ""))
        self._asked += 1
        return self._executed(self.schema.read(received.body))

    def _executed(self, request: Request) -> Answer:
        performance = _Performance(self, request, f"{self._asked:024x}")
        data, errors, given = self.schema.run(request, performance.perform)
        if performance.charged:
            self.credits.spend(min(request.cost, request.base_cost + given))
        if errors:
            told = [_told(error, performance.request_id) for error in errors]
            raise _Declined({"errors": told, "data": data})
        return _answer({"data": data})

    def refusal(self, refused: Refused) -> Answer:
        """What is declined in the vendor's form, status 200; what is refused before that in ours."""
        return refused.answer if isinstance(refused, _Declined) else super().refusal(refused)

    def state_shown(self) -> dict[str, Any]:
        """How many records there are, and the credits that are left."""
        kept = ("orders", "products", "shipments", "purchase_orders", "returns", "vendors")
        return {name: len(getattr(self.account, name)) for name in kept} | {"credits": self.credits.remaining}

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """A door that ends the access tokens that were given out."""
        return {("DELETE", "tokens"): self._expire}

    def _expire(self, body: bytes) -> Any:  # noqa: ARG002
        self.tokens.expire()
        return {}


class _Declined(Refused):
    """An answer with errors, which took no effect."""

    def __init__(self, answer: Record) -> None:
        super().__init__("declined", 200)
        self.answer = _answer(answer)


class _Performance:
    """The operations of one request. `charged` is true once one of them was not just analyzed."""

    def __init__(self, double: ShipHeroDouble, request: Request, request_id: str) -> None:
        self._double = double
        self._cost = request.cost
        self.request_id = request_id
        self.charged = False

    def perform(self, name: str, arguments: Mapping[str, Any]) -> Any:
        """The value of a root field. Raises `Declined` or `Refused`."""
        credits = self._double.credits
        if name == "user_quota":
            return {
                "credits_remaining": credits.remaining,
                "max_available": MAX_AVAILABLE,
                "increment_rate": INCREMENT_RATE,
                "is_expired": False,
            }
        about = {"request_id": self.request_id, "complexity": self._cost}
        if arguments.get("analyze"):
            return about
        operation = OPERATIONS.get(name)
        if operation is None:
            raise Refused(f"This double does not have {name}.", 501)
        credits.demand(self._cost)
        self.charged = True
        given = {argument: value for argument, value in arguments.items() if argument != "analyze"}
        return about | operation(Asked(self._double.account, given))


def _told(error: GraphQLError, request_id: str) -> Record:
    """A refusal in the vendor's form."""
    if not isinstance(error.original_error, Declined) or not error.path:
        raise TypeError(f"no refusal: {error!r}")
    declined = error.original_error
    told = {"message": declined.message, "code": declined.code, "request_id": request_id}
    return told | {"operation": error.path[0], "field": error.path[-1]} | declined.more


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Violation(f"the body is not JSON: {error}") from error


def _answer(value: Any) -> Answer:
    return Answer(200, orjson.dumps(value))
