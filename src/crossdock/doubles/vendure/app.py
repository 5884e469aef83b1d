"""What stands before a real Vendure: hands every request on, keeps count, and misbehaves when told to.

Nothing is answered by it but what it was told to answer. A request that the server's own schema refuses
is a violation.
"""

import httpx
import orjson
from starlette.datastructures import Headers

from crossdock.doubles.double import Double, Received
from crossdock.doubles.faults import Answer, Dropped
from crossdock.doubles.specification import Call
from crossdock.doubles.vendure.server import VendureServer

AGAINST_THE_SCHEMA = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}
"""What Vendure's GraphQL server calls a document or variables that its schema does not allow."""

HANDED_ON = {"authorization", "content-type", "vendure-api-key", "vendure-token"}
GIVEN_BACK = {"vendure-auth-token", "content-type"}
ANSWERS_WITHIN = 60.0


class VendureDouble(Double):
    """The server, seen through a window. `server` may be stopped and started behind it."""

    def __init__(self, server: VendureServer) -> None:
        super().__init__()
        self.server = server
        self._http = httpx.Client(base_url=server.url, timeout=ANSWERS_WITHIN, trust_env=False)

    def call(self, received: Received, path: str) -> Call:
        """A GraphQL operation goes by the field of Vendure that it asks for; anything else by its path."""
        return Call(received.method, _root_field(received.body) or path, {})

    def known_call(self, method: str, path: str) -> None:
        """The schema has too many fields to list."""

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:  # noqa: ARG002
        """The server's own answer. Raises `Dropped` when it ends meanwhile, or is not running."""
        sent = {name: value for name, value in headers.items() if name in HANDED_ON}
        try:
            answer = self._http.request(
                received.method, received.path, content=received.body, headers=sent, params=received.query
            )
        except httpx.TransportError as error:
            raise Dropped from error
        given = {name: value for name, value in answer.headers.items() if name in GIVEN_BACK}
        self._check(answer)
        return Answer(answer.status_code, answer.content, given)

    def _check(self, answer: httpx.Response) -> None:
        try:
            errors = answer.json().get("errors") or ()
        except (ValueError, AttributeError):
            return
        for error in errors:
            if (error.get("extensions") or {}).get("code") in AGAINST_THE_SCHEMA:
                self.violations.append(str(error.get("message")))


def _root_field(body: bytes) -> str | None:
    """The last root field of a document in the manner of the connector, `updateProductVariants`."""
    try:
        document = orjson.loads(body)["query"]
    except (ValueError, TypeError, LookupError):
        return None
    depth, word, last = 0, "", None
    for letter in document.partition("{")[2]:
        if letter.isalnum() or letter == "_":
            word += letter
            continue
        if depth == 0 and word:
            last = word
        word = ""
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(letter, 0)
    return last
