"""The budget of each access token: so many reads and so many writes in each second of the clock.

A process reserves its share of a second in blocks of a tenth of the budget, so that most requests cost no
more than a subtraction. What a process reserved and did not use is lost to the others for that second.
"""

import time
from dataclasses import dataclass

from cachetools import LRUCache

from crossdock.errors import TooManyRequests
from crossdock.storage.rate_counts import RateCounts

BLOCKS = 10
REMEMBERED = 20_000

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Class:
    """A class of methods, its name in the shared count, and its budget for a second."""

    name: str
    limit: int
    words: str


class Meter:
    """The requests of one token and one class of methods, as far as this process knows."""

    def __init__(self, key: str, kind: _Class, counts: RateCounts) -> None:
        self._key = f"{kind.name}:{key}"
        self._kind = kind
        self._counts = counts
        self._block = max(1, kind.limit // BLOCKS)
        self._limit_header = (b"x-ratelimit-limit", b"%d" % kind.limit)
        self._second = 0
        self._reset_header = (b"x-ratelimit-reset", b"0")
        self._left = 0
        self._left_elsewhere = 0

    async def take(self) -> Headers:
        """Counts a request and gives the headers that say what is left. Raises `TooManyRequests`."""
        second = int(time.time())
        if second != self._second:
            self._second, self._left, self._left_elsewhere = second, 0, self._kind.limit
            self._reset_header = (b"x-ratelimit-reset", b"%d" % (second + 1))
        if not self._left and self._left_elsewhere:
            used = await self._counts.add(self._key, second, self._block)
            self._left += max(0, min(self._block, self._kind.limit - used + self._block))
            self._left_elsewhere = max(0, self._kind.limit - used)
        if not self._left:
            raise self._refusal()
        self._left -= 1
        return self._headers()

    def _headers(self) -> Headers:
        return [
            self._limit_header,
            (b"x-ratelimit-remaining", b"%d" % (self._left + self._left_elsewhere)),
            self._reset_header,
        ]

    def _refusal(self) -> TooManyRequests:
        headers = {name.decode(): value.decode() for name, value in self._headers()}
        return TooManyRequests(
            f"An access token may make {self._kind.limit} {self._kind.words} requests a second.",
            headers={**headers, "retry-after": "1"},
        )


class RateLimits:
    """Meters by token. A limit of 0 is none."""

    def __init__(self, counts: RateCounts, *, reads: int, writes: int) -> None:
        self._counts = counts
        self._reads = _Class("reads", reads, "GET")
        self._writes = _Class("writes", writes, "POST, PUT, PATCH or DELETE")
        self._meters: LRUCache[tuple[str, str], Meter] = LRUCache(REMEMBERED)

    def meter(self, connection_id: str, method: str) -> Meter | None:
        """The meter for requests of that method; `None` where there is no limit."""
        kind = self._reads if method in {"GET", "HEAD"} else self._writes
        if not kind.limit:
            return None
        key = (connection_id, kind.name)
        if key not in self._meters:
            self._meters[key] = Meter(connection_id, kind, self._counts)
        return self._meters[key]
