"""Ongoing's Goods Owner REST API over the warehouse, every request and answer checked.

The specification describes answers of status 200 only: the form of every other one, `{"message": "..."}`,
is ours.
"""

import asyncio
import logging
import threading
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from crossdock.doubles.faults import Answer, Dropped, Fault, Faults, Kind, When, cut_connection
from crossdock.doubles.ongoing.access import Access
from crossdock.doubles.ongoing.causes import DEFAULT_CAUSES, ReturnCause
from crossdock.doubles.ongoing.control import CONTROL, control
from crossdock.doubles.ongoing.operations import OPERATIONS, Asked
from crossdock.doubles.ongoing.seed import seed
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Refused, Warehouse
from crossdock.doubles.specification import Call, Specification, Violation

log = logging.getLogger(__name__)

API = "/api/v1"
REQUESTS_KEPT = 1000


@dataclass(slots=True)
class Received:
    """A request to the API as it came in, without its headers, and the status it was answered with.

    `path` is without what stands before and including `/api/v1`. `status` is `None` as long as there is no
    answer.
    """

    method: str
    path: str
    query: str
    body: bytes
    status: int | None = None


class OngoingDouble:
    """An ASGI application.

    Any prefix may stand before `/api/v1`: the real API has the warehouse's name there. Any user name,
    password and positive goods owner is accepted unless told which. `latency` is in seconds and added to
    every call of the API. Tests may reach into `state` (the warehouse, also as `warehouse`), `violations`,
    `requests` (the last 1000), `counts` (of all requests, by method and path) and `faults`.
    """

    def __init__(
        self,
        *,
        return_causes: Sequence[ReturnCause] = DEFAULT_CAUSES,
        username: str | None = None,
        password: str | None = None,
        goods_owners: Iterable[int] | None = None,
        latency: float = 0.0,
    ) -> None:
        self.warehouse = Warehouse(list(return_causes))
        self.faults = Faults()
        self.violations: list[str] = []
        self.requests: deque[Received] = deque(maxlen=REQUESTS_KEPT)
        self.counts: Counter[str] = Counter()
        self.latency = latency
        self._seeding = threading.Lock()
        self._access = Access(username, password, goods_owners)
        self._specification = Specification(
            Path(__file__).parent / "specification" / "openapi.json", prefix=API
        )

    @property
    def state(self) -> Warehouse:
        """What the double keeps: return causes, goods owners, their articles, orders and return orders."""
        return self.warehouse

    def owner(self, goods_owner_id: int) -> GoodsOwner:
        """The goods owner, seeded when it is new. Raises `Refused` when it is not one of those accepted."""
        self._access.check(goods_owner_id)
        known = self.warehouse.goods_owners
        # Tests ask from their own thread while calls come in on the server's.
        with self._seeding:
            if goods_owner_id not in known:
                known[goods_owner_id] = GoodsOwner(goods_owner_id)
                seed(self.warehouse, known[goods_owner_id])
        return known[goods_owner_id]

    def add_order(
        self,
        goods_owner_id: int,
        lines: Sequence[tuple[str, int]],
        order_id: int | None = None,
        ordered: Sequence[int] | None = None,
    ) -> int:
        """An order of (SKU, shipped quantity) lines, its articles made where they are new; its id.

        `ordered` has each line's ordered quantity where it differs. Raises `Refused` and `ValueError`.
        """
        return self.warehouse.add_order(self.owner(goods_owner_id), lines, order_id=order_id, ordered=ordered)

    def receive_return(self, return_order_id: int, share: float = 1.0) -> None:
        """Books that share of every line of a return order as arrived. Raises `KeyError` for no such id."""
        owner, return_order = self.warehouse.return_orders[return_order_id]
        self.warehouse.receive_return(owner, return_order["returnOrderInfo"]["returnOrderNumber"], share)

    def misbehave(self, method: str, path: str, kind: Kind, times: int = 1, **details: Any) -> None:
        """Tells a `Fault`; `details` are its further fields.

        `path` is one of the specification, or of one record. Raises `ValueError` when no call can meet it.
        """
        self.tell(Fault(method, path, kind, times, **details))

    def tell(self, fault: Fault) -> None:
        """Adds a fault. Raises `ValueError` when the specification has no such method and path."""
        try:
            self._specification.operation(fault.method, fault.path)
        except Violation as violation:
            raise ValueError(str(violation)) from violation
        self.faults.add(fault)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application, served by uvicorn."""
        body = await _read(receive)
        if body is None:
            return
        path = scope["raw_path"].decode("latin-1")
        try:
            if path.startswith(CONTROL):
                answer = control(self, scope["method"], path.removeprefix(CONTROL), body)
            else:
                answer = await self._answer(scope, path, body, receive)
            await _send(answer, send)
        except Dropped:
            await cut_connection(receive, send)

    async def _answer(self, scope: Scope, path: str, body: bytes, receive: Receive) -> Answer:
        if self.latency:
            await asyncio.sleep(self.latency)
        received = Received(scope["method"], _relative(path), scope["query_string"].decode("latin-1"), body)
        self.requests.append(received)
        try:
            call = self._call(received.method, path)
            answer = await self._play(call, received, Headers(scope=scope), receive)
        except Violation as violation:
            answer = self._violated(violation)
        except Refused as refused:
            answer = Answer(refused.status, orjson.dumps({"message": refused.message}))
            if refused.status == 401:
                answer.headers = {"www-authenticate": "Basic"}
        received.status = answer.status
        return answer

    def _call(self, method: str, path: str) -> Call:
        if _relative(path) == path:
            raise Violation(f"{method} {path} is not under {API}/")
        return self._specification.operation(method, _relative(path))

    async def _play(self, call: Call, received: Received, headers: Headers, receive: Receive) -> Answer:
        self.counts[str(call)] += 1
        if early := await self._misbehave(call, received, "before", receive):
            return early
        user = self._access.user(headers.get("authorization", ""))
        query = parse_qsl(received.query, keep_blank_values=True)
        content_type = headers.get("content-type", "")
        parameters, body = self._specification.check_request(call, query, content_type, received.body)
        operation = OPERATIONS.get(str(call))
        if operation is None:
            log.error("not implemented: %s", call)
            raise Refused(f"This double does not have {call}.", 501)
        asked = Asked(
            self.warehouse,
            parameters,
            body,
            owner=partial(self._owner_for, user),
            sees=partial(self._access.sees, user),
        )
        given = operation(asked)
        self._specification.check_answer(call, given)
        answer = Answer(200, orjson.dumps(given))
        return await self._misbehave(call, received, "after", receive, answer) or answer

    def _owner_for(self, user: str, goods_owner_id: int) -> GoodsOwner:
        owner = self.owner(goods_owner_id)
        self._access.named(user, goods_owner_id)
        return owner

    async def _misbehave(
        self, call: Call, received: Received, when: When, receive: Receive, answer: Answer | None = None
    ) -> Answer | None:
        fault = self.faults.take(call.method, (call.path, received.path), when)
        return await self.faults.happen(fault, receive, answer) if fault else None

    def _violated(self, violation: Violation) -> Answer:
        log.error("specification violation: %s", violation)
        self.violations.append(str(violation))
        return Answer(500, orjson.dumps({"message": f"specification violation: {violation}"}))


def _relative(path: str) -> str:
    """A path of the API as the specification has it; any other path as it is."""
    _, separator, after = path.partition(f"{API}/")
    return f"/{after}" if separator else path


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
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer.body))]
    headers += [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.cut is not None:
        await send({"type": "http.response.body", "body": answer.body[: answer.cut], "more_body": True})
        raise Dropped
    await send({"type": "http.response.body", "body": answer.body})
