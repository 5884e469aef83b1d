"""What every double is: an ASGI application that remembers what it was asked and misbehaves when told to."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from crossdock.doubles.faults import Answer, Dropped, Fault, Faults, Kind, When, cut_connection
from crossdock.doubles.specification import Call, Violation

log = logging.getLogger(__name__)

CONTROL = "/_double/"
"""What stands before the doors for whoever runs a double in another process; no vendor has them."""

REQUESTS_KEPT = 1000


class Refused(Exception):
    """The vendor does not take a request; the message is what the vendor would say."""

    def __init__(self, message: str, status: int = 400, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.headers = dict(headers or {})


@dataclass(slots=True)
class Received:
    """A request as it came in, and the status it was answered with: `None` as long as there is no answer.

    `path` is as the specification has it, without what stands before the API's own paths. Bodies and
    queries are kept for tests; headers are not, since they hold credentials.
    """

    method: str
    path: str
    query: str
    body: bytes
    status: int | None = None


Door = Callable[[bytes], Any]
"""Takes the body of a call to a control door and gives what is answered as JSON. Raises `ValueError`."""


class Double:
    """The shell of a double. A subclass says what its vendor answers: `call`, `perform` and `refusal`.

    `latency` is in seconds and added to every call of the API. Tests may reach into `violations`, `requests`
    (the last 1000), `counts` (of all calls, by name) and `faults`.
    """

    def __init__(self, *, latency: float = 0.0) -> None:
        self.faults = Faults()
        self.violations: list[str] = []
        self.requests: deque[Received] = deque(maxlen=REQUESTS_KEPT)
        self.counts: Counter[str] = Counter()
        self.latency = latency

    def relative(self, path: str) -> str:
        """A path of the API as the specification has it. Any other path stays as it is."""
        return path

    def call(self, received: Received, path: str) -> Call:
        """The operation that a request is for; `path` is the whole of its path. Raises `Violation`."""
        raise NotImplementedError

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:
        """Checks a request, lets it take effect and gives the answer. Raises `Violation` or `Refused`."""
        raise NotImplementedError

    def refusal(self, refused: Refused) -> Answer:
        """A refusal in the vendor's own form."""
        return Answer(refused.status, orjson.dumps({"message": refused.message}), refused.headers)

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` when no call of the API can have this method and path."""

    def state_shown(self) -> dict[str, Any]:
        """What the control door `GET state` shows beside the counts."""
        return {}

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """Further control doors, by method and name."""
        return {}

    def misbehave(self, method: str, path: str, kind: Kind, times: int = 1, **details: Any) -> None:
        """Tells a `Fault`; `details` are its further fields.

        `path` is one of the specification, or of one record. Raises `ValueError` when no call can meet it.
        """
        self.tell(Fault(method, path, kind, times, **details))

    def tell(self, fault: Fault) -> None:
        """Adds a fault. Raises `ValueError` when no call can meet it."""
        self.known_call(fault.method, fault.path)
        self.faults.add(fault)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application, served by uvicorn."""
        body = await _read(receive)
        if body is None:
            return
        path = scope["raw_path"].decode("latin-1")
        try:
            if path.startswith(CONTROL):
                answer = self._control(scope["method"], path.removeprefix(CONTROL), body)
            else:
                answer = await self._answer(scope, path, body, receive)
            await _send(answer, send)
        except Dropped:
            await cut_connection(receive, send)

    async def _answer(self, scope: Scope, path: str, body: bytes, receive: Receive) -> Answer:
        if self.latency:
            await asyncio.sleep(self.latency)
        query = scope["query_string"].decode("latin-1")
        received = Received(scope["method"], self.relative(path), query, body)
        self.requests.append(received)
        try:
            answer = await self._play(received, path, Headers(scope=scope), receive)
        except Violation as violation:
            answer = self._violated(violation)
        except Refused as refused:
            answer = self.refusal(refused)
        received.status = answer.status
        return answer

    def _violated(self, violation: Violation) -> Answer:
        log.error("specification violation: %s", violation)
        self.violations.append(str(violation))
        return self.refusal(Refused(f"specification violation: {violation}", 500))

    async def _play(self, received: Received, path: str, headers: Headers, receive: Receive) -> Answer:
        call = self.call(received, path)
        self.counts[str(call)] += 1
        if early := await self._misbehave(call, received, "before", receive):
            return early
        answer = self.perform(call, received, headers)
        return await self._misbehave(call, received, "after", receive, answer) or answer

    async def _misbehave(
        self, call: Call, received: Received, when: When, receive: Receive, answer: Answer | None = None
    ) -> Answer | None:
        fault = self.faults.take(call.method, (call.path, received.path), when)
        return await self.faults.happen(fault, receive, answer) if fault else None

    def _control(self, method: str, name: str, body: bytes) -> Answer:
        """400 says what is wrong with the body, 404 that there is no such door."""
        doors: dict[tuple[str, str], Door] = {
            ("GET", "state"): self._state,
            ("POST", "faults"): self._tell_fault,
            ("DELETE", "faults"): self._clear_faults,
            **self.doors(),
        }
        door = doors.get((method, name))
        if door is None:
            said = {"message": f"the double has no door {method} {CONTROL}{name}"}
            return Answer(404, orjson.dumps(said))
        try:
            return Answer(200, orjson.dumps(door(body)))
        except (ValueError, Refused) as error:
            return Answer(400, orjson.dumps({"message": str(error)}))

    def _state(self, body: bytes) -> Any:  # noqa: ARG002
        """Calls by operation, calls that ever hung, violations, and what the double adds."""
        return {
            **self.state_shown(),
            "counts": dict(self.counts),
            "hanging": self.faults.hanging,
            "violations": self.violations,
        }

    def _tell_fault(self, body: bytes) -> Any:
        self.tell(msgspec.json.decode(body, type=Fault))
        return {}

    def _clear_faults(self, body: bytes) -> Any:  # noqa: ARG002
        self.faults.clear()
        return {}


async def _read(receive: Receive) -> bytes | None:
    """The body of a call; `None` when the caller went away before its end."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


async def _send(answer: Answer, send: Send) -> None:
    """Sends an answer. Raises `Dropped` where it is to break off."""
    given = {"content-type": "application/json", **answer.headers, "content-length": str(len(answer.body))}
    headers = [(name.encode(), value.encode()) for name, value in given.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.cut is not None:
        await send({"type": "http.response.body", "body": answer.body[: answer.cut], "more_body": True})
        raise Dropped
    await send({"type": "http.response.body", "body": answer.body})
