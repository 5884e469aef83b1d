"""Misbehaviour on demand: what a vendor's server does on a bad day.

A fault is told for an operation and a number of calls. `before` faults keep the request from taking
effect; `after` faults let it take effect and spoil the answer. A refused request takes no effect, so an
`after` fault waits for the next that does.
"""

import asyncio
from typing import Any, Literal, get_args

import msgspec
from starlette.types import Receive, Send

Kind = Literal[
    "delay_before", "delay_after", "status_before", "status_after", "drop_before", "drop_after",
    "hang_before", "hang_after", "garbage_after", "truncated_after",
    "delay", "status", "garbage", "truncated",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
SHORT_FOR = {
    "delay": "delay_before",
    "status": "status_before",
    "garbage": "garbage_after",
    "truncated": "truncated_after",
}
When = Literal["before", "after"]


class Fault(msgspec.Struct, forbid_unknown_fields=True):
    """One misbehaviour: `path` as in the specification or of one record, for the next `times` calls.

    `delay` holds the call up for `seconds`. `status` answers `status`, `body` and `retry_after`. `drop`
    closes the connection without an answer. `hang` answers nothing until faults are cleared or the server
    stops, and then drops. `garbage` is a 200 that is no JSON, `truncated` half of the real answer.
    Without `_before` or `_after`, delays and statuses come before the effect, the other two after it.
    """

    method: str
    path: str
    kind: Kind
    times: int = 1
    seconds: float = 0.0
    status: int = 500
    body: str = '{"message": "told to misbehave"}'
    retry_after: str | int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; there are {', '.join(KINDS)}")
        if self.times < 1:
            raise ValueError("a fault happens at least 1 time")
        if self.act == "delay" and self.seconds <= 0:
            raise ValueError("a delay needs seconds above 0")
        if not 200 <= self.status <= 599:
            raise ValueError("a status is from 200 to 599")

    @property
    def act(self) -> str:
        """What happens, without when."""
        return self.kind.split("_", maxsplit=1)[0]

    @property
    def when(self) -> str:
        """`before` or `after` the effect."""
        return SHORT_FOR.get(self.kind, self.kind).split("_", maxsplit=1)[1]


class Dropped(Exception):
    """The connection is to be cut without an answer."""


class Answer(msgspec.Struct):
    """What goes back over the wire; `cut` says after how many bytes of the body the connection breaks."""

    status: int
    body: bytes
    headers: dict[str, str] = {}
    cut: int | None = None


class Faults:
    """The faults that are still to come, and the calls that hang because of one.

    Told and cleared from any thread; played out on the event loop of each call. `hanging` counts the calls
    that ever hung.
    """

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._hung: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self.hanging = 0

    def add(self, fault: Fault) -> None:
        """Told from now on."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forgets every fault and lets go of what hangs."""
        self._waiting.clear()
        for loop, released in list(self._hung):
            loop.call_soon_threadsafe(released.set)

    def take(self, method: str, paths: tuple[str, str], when: When) -> Fault | None:
        """The fault for a call at this moment, counted down; `paths` are the described and the real one."""
        for fault in self._waiting:
            if fault.method == method and fault.path in paths and fault.when == when:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    async def happen(self, fault: Fault, receive: Receive, answer: Answer | None) -> Answer | None:
        """Plays a fault out on a call whose body was read. Raises `Dropped`.

        The answer to give at once, or `None` to go on as if nothing had happened.
        """
        if fault.act == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.act == "hang":
            await self._hang(receive)
            raise Dropped
        elif fault.act == "drop":
            raise Dropped
        elif fault.act == "status":
            headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
            return Answer(fault.status, fault.body.encode(), headers)
        elif fault.act == "garbage":
            return Answer(200, b"<html>not what was asked for</html>")
        elif answer is not None:
            return Answer(answer.status, answer.body, cut=len(answer.body) // 2)
        return None

    async def _hang(self, receive: Receive) -> None:
        """Until released, or until the caller or the server has closed the connection."""
        hung = (asyncio.get_running_loop(), asyncio.Event())
        ends = {asyncio.ensure_future(hung[1].wait()), asyncio.ensure_future(_closed(receive))}
        self._hung.add(hung)
        self.hanging += 1
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hung.discard(hung)
            for end in ends:
                end.cancel()


async def cut_connection(receive: Receive, send: Send) -> None:
    """Closes the TCP connection under an ASGI call at once.

    ASGI has no word for this; under uvicorn `send` is a method of the object that holds the transport. It
    waits until uvicorn has noticed, which would otherwise report a call that ended without an answer.
    """
    cycle: Any = send.__self__  # type: ignore[attr-defined]
    cycle.transport.abort()
    await _closed(receive)


async def _closed(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
