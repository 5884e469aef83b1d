"""Every call of the API, handed to the request log when it has ended."""

import time
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crossdock.connector.calls import Call, Cause, on_behalf_of
from crossdock.errors import ApiError
from crossdock.http.envelope import new_request_id
from crossdock.http.requests import API_KEY, header
from crossdock.http.service import Service

OWN_PAGES = ("/requests", "/audit")
"""Reading the log would fill it with itself."""


class Recorded:
    """Says on whose behalf a call is made, and tells the log of it. Stands around the envelope."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _begun(scope)
        scope["cause"], scope["call"] = call.cause, call

        async def receive_seen() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                call.request.add(message.get("body", b""))
            return message

        async def send_seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                call.status = message["status"]
                call.response_headers = _texts(message["headers"])
                call.response.content_type = _content_type(call.response_headers)
            elif message["type"] == "http.response.body":
                call.response.add(message.get("body", b""))
            await send(message)

        started = time.perf_counter()
        with on_behalf_of(call.cause):
            try:
                await self._app(scope, receive_seen, send_seen)
            finally:
                call.seconds = time.perf_counter() - started
                await self._tell(scope, call)

    async def _tell(self, scope: Scope, call: Call) -> None:
        if call.status is None:
            call.error = "The caller went away before the answer."
        refused = call.status is None or call.status >= 400
        if scope["method"] == "GET" and not refused and scope["path"].startswith(OWN_PAGES):
            return
        if call.cause.organisation_id is None and refused:
            # A path that does not exist is asked for with a key, too.
            with suppress(ApiError):
                await self._service.access.caller(header(dict(scope["headers"]), API_KEY))
        self._service.request_log.add(call)


def _begun(scope: Scope) -> Call:
    path = scope.get("raw_path") or scope["path"].encode()
    query = scope["query_string"]
    url = path + b"?" + query if query else path
    headers = _texts(scope["headers"])
    call = Call("api", Cause(new_request_id()), scope["method"], url.decode("latin-1"), time.time(), headers)
    call.request.content_type = _content_type(headers)
    return call


def _texts(headers: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers]


def _content_type(headers: list[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name == "content-type"), "")
