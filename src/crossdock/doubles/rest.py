"""The shell of a double whose vendor publishes an OpenAPI description: both sides are checked."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers

from crossdock.doubles.double import Double, Received, Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Call, Specification, Violation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operation gives when it is not just a value of status 200; `None` is an answer without body."""

    value: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class RestDouble(Double):
    """A double that answers the operations it has, and refuses the others of its specification with 501.

    `operations` are functions by method and path of the specification. Each is given what `asked` makes of a
    request, and gives a value or a `Reply`. `api` is what stands before the specification's paths; anything
    may stand before it, as real base URLs have an account's name there.
    """

    def __init__(
        self,
        specification: Specification,
        operations: Mapping[str, Callable[[Any], Any]],
        *,
        api: str = "",
        latency: float = 0.0,
    ) -> None:
        super().__init__(latency=latency)
        self.specification = specification
        self._operations = operations
        self._api = api

    def caller(self, call: Call, headers: Headers) -> Any:
        """Who calls, by the request's headers. Raises `Refused`."""
        raise NotImplementedError

    def asked(self, caller: Any, parameters: Mapping[str, Any], body: Any) -> Any:
        """What the operations are given: who calls, with which parameters and body.

        `parameters` are those of path, query and headers by name, with the types of the specification.
        """
        raise NotImplementedError

    def relative(self, path: str) -> str:
        """A path of the API without what stands before it."""
        if not self._api:
            return path
        _, separator, after = path.partition(f"{self._api}/")
        return f"/{after}" if separator else path

    def call(self, received: Received, path: str) -> Call:
        """The operation of the specification. Raises `Violation`."""
        if self._api and received.path == path:
            raise Violation(f"{received.method} {path} is not under {self._api}/")
        return self.specification.operation(received.method, received.path)

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when the specification has no such method and path."""
        try:
            self.specification.operation(method, path)
        except Violation as violation:
            raise ValueError(str(violation)) from violation

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """The answer of an operation, both sides checked. Raises `Violation` or `Refused`."""
        caller = self.caller(call, headers)
        query = parse_qsl(received.query, keep_blank_values=True)
        parameters, body = self.specification.check_request(call, query, headers, received.body)
        operation = self._operations.get(str(call))
        if operation is None:
            log.error("not implemented: %s", call)
            raise Refused(f"This double does not have {call}.", 501)
        given = operation(self.asked(caller, parameters, body))
        reply = given if isinstance(given, Reply) else Reply(given)
        if reply.status < 400:
            self.specification.check_answer(call, reply.value, reply.status)
        content = b"" if reply.value is None else orjson.dumps(reply.value)
        return Answer(reply.status, content, dict(reply.headers))
