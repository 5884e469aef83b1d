"""Somebody who receives webhooks, and answers what it is told to."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crossdock.doubles.server import running


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The event."""
        found: dict[str, Any] = orjson.loads(self.body)
        return found


@dataclass
class Receiver:
    """Answers by path: a status, with headers; `hang` has paths that are never answered."""

    received: list[Received] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    hang: set[str] = field(default_factory=set)
    url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        request = Request(scope, receive)
        path = request.url.path
        self.received.append(Received(path, dict(request.headers), await request.body()))
        if path in self.hang:
            await asyncio.sleep(3600)
        status, headers = self.answers.get(path, (204, {}))
        await Response(b"" if status == 204 else b"told", status, headers)(scope, receive, send)

    def at(self, path: str) -> list[Received]:
        """What came to a path."""
        return [received for received in self.received if received.path == path]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens on the loopback."""
    receiver = Receiver()
    with running(receiver) as url:
        receiver.url = url
        yield receiver
