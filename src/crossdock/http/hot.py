"""Write-info that was just answered, answered again without a second look at anything but what may change.

Programs ask for write-info before every write. An answer is kept under the path, the query and the two
headers it was given for, and is good until a key or a connection changes or its account values are due.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.errors import ApiError
from crossdock.http.envelope import check_size, id_header, new_request_id
from crossdock.http.requests import ACCESS_TOKEN, API_KEY
from crossdock.http.service import Service
from crossdock.rate_limits import Meter
from crossdock.rate_limits.meters import Headers
from crossdock.write_info.published import Published

KEPT = 2_000


@dataclass(frozen=True, slots=True)
class _Kept:
    published: Published
    epoch: int
    meter: Meter | None


class HotAnswers:
    """Stands before everything else. The write-info route hands its answers over with `keep`."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service
        self._kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = dict(scope["headers"])
            key = _key(scope, headers)
            kept = self._kept.get(key)
            if kept is not None and time.time() < kept.published.fresh_until:
                self._kept.move_to_end(key)
                counted = await self._counted(kept, scope)
                if counted is not None:
                    self._service.request_log.left_out.write_info_repeats += 1
                    further = [id_header(new_request_id()), *counted]
                    await answer(kept.published, headers, send, further=further)
                    return
        scope["hot"] = self
        await self._app(scope, receive, send)

    async def _counted(self, kept: _Kept, scope: Scope) -> Headers | None:
        """Counts a request that may have the answer, and gives the headers that say so; `None` if it may not.

        What is refused here is refused again, in words, by the doors themselves.
        """
        try:
            check_size(scope["headers"])
            if await self._service.access.epoch() != kept.epoch:
                return None
            return [] if kept.meter is None else await kept.meter.take()
        except ApiError:
            return None

    async def keep(
        self, scope: Scope, headers: dict[bytes, bytes], published: Published, meter: Meter | None
    ) -> None:
        """Keeps an answer that this request earned by its key; `meter` counts those who get it again."""
        if API_KEY not in headers:
            # A session's answer would be found again without the session.
            return
        epoch = await self._service.access.epoch()
        key = _key(scope, headers)
        self._kept[key] = _Kept(published, epoch, meter)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _key(scope: Scope, headers: dict[bytes, bytes]) -> tuple[Any, ...]:
    return scope["path"], scope["query_string"], headers.get(API_KEY), headers.get(ACCESS_TOKEN)


async def answer(
    published: Published,
    headers: dict[bytes, bytes],
    send: Send,
    told: str | None = None,
    further: Headers | None = None,
) -> None:
    """Sends the document, or 304 when `If-None-Match` names it; `told` is said of its account values.

    `further` are headers for either answer.
    """
    given = [(b"etag", published.etag_header), (b"cache-control", b"private, no-cache")]
    age = published.age
    if age is not None:
        given.append((b"age", b"%d" % age))
    if told is not None:
        given.append((b"x-account-values", told.encode()))
    if further:
        given += further
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
