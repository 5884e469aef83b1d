"""Write-info that was just answered, answered again without a second look at anything but what may change.

Programs ask for write-info before every write. An answer is kept under the path, the query and the two
headers it was given for, and is good until a key or a connection changes or its account values are due.
"""

import time
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.http.requests import ACCESS_TOKEN, API_KEY, RATE_HEADERS
from crossdock.http.service import Service
from crossdock.rate_limits import Meter
from crossdock.write_info.published import Published

KEPT = 2_000


@dataclass(frozen=True, slots=True)
class _Kept:
    published: Published
    epoch: int
    meter: Meter | None


class HotAnswers:
    """Stands before the routes. The write-info route hands its answers over with `keep`."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service
        self._kept: LRUCache[tuple[Any, ...], _Kept] = LRUCache(KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = dict(scope["headers"])
            kept = self._kept.get(_key(scope, headers))
            if (
                kept is not None
                and time.time() < kept.published.fresh_until
                and await self._service.access.epoch() == kept.epoch
            ):
                if kept.meter is not None:
                    scope[RATE_HEADERS] = await kept.meter.take()
                await answer(kept.published, headers, send)
                return
        scope["hot"] = self
        await self._app(scope, receive, send)

    async def keep(
        self, scope: Scope, headers: dict[bytes, bytes], published: Published, meter: Meter | None
    ) -> None:
        """Keeps an answer that this very request has just earned; `meter` counts those who get it again."""
        epoch = await self._service.access.epoch()
        self._kept[_key(scope, headers)] = _Kept(published, epoch, meter)


def _key(scope: Scope, headers: dict[bytes, bytes]) -> tuple[Any, ...]:
    return scope["path"], scope["query_string"], headers.get(API_KEY), headers.get(ACCESS_TOKEN)


async def answer(
    published: Published, headers: dict[bytes, bytes], send: Send, told: str | None = None
) -> None:
    """Sends the document, or 304 when `If-None-Match` names it; `told` is said of its account values."""
    given = [(b"etag", published.etag_header), (b"cache-control", b"private, no-cache")]
    age = published.age
    if age is not None:
        given.append((b"age", b"%d" % age))
    if told is not None:
        given.append((b"x-account-values", told.encode()))
    if_none_match = headers.get(b"if-none-match")
    if if_none_match is not None and _matches(if_none_match, published.etag_header):
        await send({"type": "http.response.start", "status": 304, "headers": given})
        await send({"type": "http.response.body", "body": b""})
        return
    given.append((b"content-type", b"application/json"))
    given.append((b"content-length", published.length_header))
    await send({"type": "http.response.start", "status": 200, "headers": given})
    await send({"type": "http.response.body", "body": published.body})


def _matches(if_none_match: bytes, etag: bytes) -> bool:
    """RFC 9110, section 13.1.2: weak comparison, a list, or a star."""
    if if_none_match == etag:
        return True
    candidates = [tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")]
    return etag in candidates or candidates == [b"*"]
