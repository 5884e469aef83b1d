"""A shop's Admin GraphQL API: `POST /admin/api/{version}/graphql.json`, every request checked."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.datastructures import Headers

from crossdock.doubles.double import Double, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.shopify import fulfillments, grant, inventory, reading, refunds
from crossdock.doubles.shopify.bulk import FILES, BulkOperations
from crossdock.doubles.shopify.cost import Points, actual_cost
from crossdock.doubles.shopify.declined import Declined, UserErrors
from crossdock.doubles.shopify.schema import Request, Schema
from crossdock.doubles.shopify.seed import seeded
from crossdock.doubles.shopify.shop import Record, Shop
from crossdock.doubles.specification import Call, Violation

VERSION = "2026-07"
GRAPHQL = f"/admin/api/{VERSION}/graphql.json"
TOKEN = "x-shopify-access-token"  # noqa: S105  (the name of a header)

Operation = Callable[[Shop, Mapping[str, Any]], Any]

QUERIES: Mapping[str, Operation] = reading.OPERATIONS
MUTATIONS: Mapping[str, Operation] = {
    **fulfillments.OPERATIONS,
    **refunds.OPERATIONS,
    **inventory.OPERATIONS,
}
KEYED = frozenset(refunds.OPERATIONS) | frozenset(inventory.OPERATIONS)
"""Mutations that have to have a key as of 2026-04 (their descriptions)."""


class ShopifyDouble(Double):
    """An ASGI application.

    A call of the GraphQL API is named for its first root field, as in `counts["POST fulfillmentCreate"]` and
    `misbehave("POST", "fulfillmentCreate", "drop_after")`; `GET /bulk-files/` is the fetching of a file. An
    `access_token` of `None` accepts any. `clock` gives seconds, for the points. With `ranges` false, files
    are always sent from their beginning. Tests may reach into `shop`, `points` and `bulk`.
    """

    def __init__(
        self,
        *,
        access_token: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        latency: float = 0.0,
        ranges: bool = True,
    ) -> None:
        super().__init__(latency=latency)
        self.schema = Schema()
        self.shop: Shop = seeded()
        self.points = Points(clock)
        self.bulk = BulkOperations(self.shop, self.schema)
        self._access_token = access_token
        self._ranges = ranges

    def call(self, received: Received, path: str) -> Call:
        """The root field that a request is for, or the fetching of a file. Raises `Violation`."""
        if received.method == "GET" and path.startswith(FILES):
            return Call("GET", FILES, {"name": path.removeprefix(FILES)})
        if (received.method, path) in grant.PATHS:
            return Call(received.method, path, {})
        if received.method != "POST" or path != GRAPHQL:
            raise Violation(f"there is no {received.method} {path}")
        return Call("POST", self.schema.read(received.body).fields[0], {})

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when no call is named so."""
        if (method, path) != ("GET", FILES) and not (method == "POST" and self.schema.has_operation(path)):
            raise ValueError(f"there is no {method} {path}")

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """The answer of an operation. Raises `Violation` or `Refused`."""
        if call.path == grant.AUTHORIZE:
            return grant.authorize(received.query, str(headers.get("host", "")))
        if call.path == grant.TOKEN:
            return grant.token(received.body, self._access_token or "shpat_given_to_an_app")
        if call.path == FILES:
            return self._file(call.path_parameters["name"], received.query, headers)
        if headers.get("content-type", "").partition(";")[0] != "application/json":
            raise Violation("the content type is not application/json")
        if self._access_token is not None and headers.get(TOKEN) != self._access_token:
            said = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            raise _Declined({"errors": said}, 401)
        address = f"http://{headers.get('host', '')}"
        return self._executed(self.schema.read(received.body), address)

    def _executed(self, request: Request, address: str) -> Answer:
        try:
            self.points.demand(request.cost)
        except Declined as throttled:
            cost = self.points.told(request.cost, None)
            told = {"message": throttled.message, "extensions": throttled.extensions}
            raise _Declined({"errors": [told], "extensions": {"cost": cost}}) from throttled
        data, errors = self.schema.run(request, _Performance(self, address).perform)
        actual = actual_cost(request.operation, data)
        self.points.spend(actual)
        answer: Record = {"data": data, "extensions": {"cost": self.points.told(request.cost, actual)}}
        if errors:
            raise _Declined({"errors": [_told(error) for error in errors], **answer})
        if any(isinstance(one, dict) and one.get("userErrors") for one in (data or {}).values()):
            raise _Declined(answer)
        return Answer(200, orjson.dumps(answer))

    def run_in_bulk(self, request: Request) -> Any:
        """The whole data of a query."""
        data, errors = self.schema.run(request, _Performance(self, "").perform, whole=True)
        if errors:
            raise Violation(errors[0].message)
        return data

    def _file(self, name: str, query: str, headers: Headers) -> Answer:
        """A file or a part of it. Its address opens it, and no credential may be sent there."""
        if TOKEN in headers:
            raise Violation("the access token was sent to where files are")
        content = self.bulk.files.get(name)
        if content is None or query != "signature=secret-of-the-file":
            return Answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        wanted = headers.get("range", "")
        if not (self._ranges and wanted.startswith("bytes=")):
            return Answer(200, content, {"content-type": "application/jsonl"})
        start, _, end = wanted.removeprefix("bytes=").partition("-")
        if int(start) >= len(content):
            return Answer(416, b"")
        return Answer(206, content[int(start) : int(end) + 1], {"content-type": "application/jsonl"})

    def refusal(self, refused: Refused) -> Answer:
        """What is declined in the vendor's form; what is refused before that in ours."""
        return refused.answer if isinstance(refused, _Declined) else super().refusal(refused)

    def state_shown(self) -> dict[str, Any]:
        """How many records there are, and the points that are left."""
        kept = ("Order", "Product", "ProductVariant", "Location", "Fulfillment", "Refund", "BulkOperation")
        return {name: len(self.shop.all(name)) for name in kept} | {"points": self.points.available}


class _Declined(Refused):
    """An answer with errors, which took no effect."""

    def __init__(self, answer: Record, status: int = 200) -> None:
        super().__init__("declined", status)
        self.answer = Answer(status, orjson.dumps(answer))


class _Performance:
    """The operations of one request."""

    def __init__(self, double: ShopifyDouble, address: str) -> None:
        self._double = double
        self._address = address

    def perform(self, name: str, arguments: Mapping[str, Any], key: str | None) -> Any:
        """The value of a root field. Raises `Declined`, `UserErrors` or `Refused`."""
        double = self._double
        if name == "bulkOperation":
            return double.bulk.ask(arguments["id"])
        if name == "bulkOperationRunQuery":
            return double.bulk.run(arguments, double.run_in_bulk, self._address)
        if name in QUERIES:
            return QUERIES[name](double.shop, arguments)
        if name not in MUTATIONS:
            raise Refused(f"This double does not have {name}.", 501)
        if name not in KEYED:
            return MUTATIONS[name](double.shop, arguments)
        return self._once(name, arguments, key)

    def _once(self, name: str, arguments: Mapping[str, Any], key: str | None) -> Any:
        """A mutation that has an effect once for a key; the same answer is given again."""
        if not (key or "").strip():
            raise Declined(f"{name} requires an idempotency key (@idempotent).", "BAD_REQUEST")
        performed = self._double.shop.performed
        before = performed.get((name, str(key)))
        if before is None:
            made = MUTATIONS[name](self._double.shop, arguments)
            performed[name, str(key)] = (arguments, made)
            return made
        if before[0] != arguments:
            said = "The idempotency key was used with other parameters before."
            raise UserErrors(said, ["input"], "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
        return before[1]


def _told(error: GraphQLError) -> Record:
    """A refusal in the vendor's form."""
    declined = error.original_error
    if not isinstance(declined, Declined):
        raise TypeError(f"no refusal: {error!r}")
    return {"message": declined.message, "path": list(error.path or ()), "extensions": declined.extensions}
