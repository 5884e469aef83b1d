"""What every answer has in common: a request id, the contract's error body, limits on headers."""

import logging
import os
from collections.abc import Mapping
from itertools import chain

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crossdock.errors import ApiError, HeadersTooLarge
from crossdock.http.requests import RATE_HEADERS
from crossdock.http.service import Service

log = logging.getLogger(__name__)

LARGEST_HEADERS = 32 * 1024
"""Bytes of all header names and values together."""

NO_SUCH_PATH = "There is nothing at this path. GET /openapi.json lists what there is."


class Envelope:
    """Wraps the routes: hands them the service, gives every answer an `x-request-id`, and turns every
    exception into JSON.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id: str = scope["cause"].request_id
        named = id_header(request_id)
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], named, *scope.get(RATE_HEADERS, ())]
            await send(message)

        scope["app"] = self  # Starlette's routes raise for 404 and 405 only when there is an app
        scope["service"] = self._service
        try:
            check_size(scope["headers"])
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            return
        except Exception as error:
            if started:
                raise
            status, body, headers = _answer(error, request_id)
            await _send_json(send_with_id, status, body, headers)


def new_request_id() -> str:
    """32 hexadecimal digits that no other request has."""
    return os.urandom(16).hex()


def id_header(request_id: str) -> tuple[bytes, bytes]:
    """The header of every answer that names its request in the log."""
    return b"x-request-id", request_id.encode()


def check_size(headers: list[tuple[bytes, bytes]]) -> None:
    """Raises `HeadersTooLarge`."""
    if sum(map(len, chain.from_iterable(headers))) > LARGEST_HEADERS:
        raise HeadersTooLarge(f"The headers are over {LARGEST_HEADERS} bytes.")


def _answer(error: Exception, request_id: str) -> tuple[int, bytes, Mapping[str, str]]:
    if isinstance(error, ApiError):
        body = {"error": error.message, "origin": error.origin, **error.extra}
        return error.status, orjson.dumps(body, default=str), error.headers
    if isinstance(error, HTTPException):
        words = {404: NO_SUCH_PATH, 405: "This path does not take this method."}
        body = {"error": words.get(error.status_code, error.detail), "origin": "trackstar"}
        return error.status_code, orjson.dumps(body), error.headers or {}
    log.error("request %s failed", request_id, exc_info=error)
    body = {
        "error": f"Crossdock failed to answer; its log has the cause under {request_id}.",
        "origin": "trackstar",
    }
    return 500, orjson.dumps(body), {}


async def _send_json(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    raw += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
