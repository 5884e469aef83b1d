"""Misbehaviour on demand: what a vendor's server does on a bad day.

A fault is told for an operation and a number of calls. `before` faults keep the request from taking
effect; `after` faults let it take effect and spoil the answer.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, get_args

from starlette.types import Send

Kind = Literal[
    "delay_before", "delay_after", "status_before", "status_after", "drop_before", "drop_after",
    "hang_before", "hang_after", "garbage_after",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass
class Fault:
    """One misbehaviour: `path` as in the specification, for the next `times` calls.

    `seconds` is for the delays, `status`, `body` and `retry_after` for the statuses.
    """

    method: str
    path: str
    kind: Kind
    times: int = 1
    seconds: float = 0.0
    status: int = 500
    body: str = '{"message": "told to misbehave"}'
    retry_after: str | None = None


class Dropped(Exception):
    """The connection is to be cut without an answer."""


@dataclass
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._released = asyncio.Event()
        self.hanging = 0

    def add(self, fault: Fault) -> None:
        """Told from now on. Raises `ValueError` for an unknown kind."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown kind {fault.kind!r}; there are {', '.join(KINDS)}")
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forgets every fault and lets go of what hangs."""
        self._waiting.clear()
        self._released.set()
        self._released = asyncio.Event()

    def take(self, method: str, path: str, when: Literal["before", "after"]) -> Fault | None:
        """The fault for this call at this moment, counted down."""
        for fault in self._waiting:
            if (
                fault.method == method
                and fault.path == path
                and fault.kind.endswith(when)
                and fault.times > 0
            ):
                fault.times -= 1
                return fault
        return None

    async def happen(self, fault: Fault) -> Answer | None:
        """Plays a fault out: an answer in the place of the real one, or `None` to go on. Raises `Dropped`."""
        kind = fault.kind.split("_", maxsplit=1)[0]
        if kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif kind == "hang":
            self.hanging += 1
            await self._released.wait()
            raise Dropped
        elif kind == "drop":
            raise Dropped
        elif kind == "status":
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            return Answer(fault.status, fault.body.encode(), headers)
        elif kind == "garbage":
            return Answer(200, b"<html>not what was asked for</html>")
        return None


def cut_connection(send: Send) -> None:
    """Closes the TCP connection under an ASGI call at once.

    ASGI has no word for this; under uvicorn `send` is a method of the object that holds the transport.
    """
    send.__self__.transport.abort()  # type: ignore[attr-defined]
