"""How a door's function is mounted: without Starlette's own exception handling, which the envelope does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[ASGIApp]]
"""A function from a request to a response, which is any ASGI application."""


SCOPE_KEY = "crossdock.body"
"""Where the scope of a request has the body that its door names."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """An endpoint as an ASGI application."""

    endpoint: Endpoint
    body: object = None
    """What the door says of its body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Calls the endpoint and sends what it answers."""
        scope[SCOPE_KEY] = self.body
        response = await self.endpoint(Request(scope, receive))
        await response(scope, receive, send)
