"""How a door's function is mounted: without Starlette's own exception handling, which the envelope does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[ASGIApp]]
"""A function from a request to a response, any of Starlette's or `Prepared`."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """An endpoint as an ASGI application."""

    endpoint: Endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Calls the endpoint and sends what it answers."""
        response = await self.endpoint(Request(scope, receive))
        await response(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A response whose headers and body are bytes already, for the doors that are asked most."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Sends it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})
