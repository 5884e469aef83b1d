"""Keeping to what a vendor lets one account send: waiting before a request, not after a refusal."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

from crossdock.connector.vendor import VendorAnswer, VendorRequest

SHORTAGES = 5
"""How often one request is tried again after it was refused for lack of credits."""

Send = Callable[[VendorRequest], Awaitable[VendorAnswer]]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `requests` in any `seconds`."""

    requests: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Credits:
    """A purse that holds `capacity` credits and is refilled at `per_second`; each request costs some.

    Requests of the same `kind` cost about the same. The cost of a kind that was never sent is asked for with
    `appraisal(request)`, which the vendor answers free of charge and without effect; where there is no such
    request (`None`) the first one is sent and its answer tells. `cost(answer)` is what
    an answer says was, or would be, charged; `None` when it does not say. `shortage(answer)` is for how many
    seconds to wait when the request was refused for lack of credits, and so had no effect; or else `None`.
    """

    capacity: float
    per_second: float
    kind: Callable[[VendorRequest], str]
    appraisal: Callable[[VendorRequest], VendorRequest | None]
    cost: Callable[[VendorAnswer], float | None]
    shortage: Callable[[VendorAnswer], float | None]


class Pacer:
    """Holds the requests of one account back as long as it takes. First come, first served."""

    def __init__(self, pace: Credits | Rate) -> None:
        self._pace = pace
        if isinstance(pace, Rate):
            self._limiter = AsyncLimiter(pace.requests, pace.seconds)
        else:
            self._limiter = AsyncLimiter(pace.capacity, pace.capacity / pace.per_second)
        self._costs: dict[str, float] = {}
        self._short_until = 0.0

    async def send(self, request: VendorRequest, send: Send, appraise: Send) -> VendorAnswer:
        """The answer to a request, sent when it may be; `appraise` sends what has no effect.

        A shortage that does not end is answered as it is.
        """
        if isinstance(self._pace, Rate):
            await self._limiter.acquire()
            return await send(request)
        answer = await self._spend(self._pace, request, send, appraise)
        for _ in range(SHORTAGES):
            seconds = self._pace.shortage(answer)
            if seconds is None:
                break
            self._short_until = max(self._short_until, time.monotonic() + seconds)
            answer = await self._spend(self._pace, request, send, appraise)
        return answer

    async def _spend(
        self, credits_: Credits, request: VendorRequest, send: Send, appraise: Send
    ) -> VendorAnswer:
        kind = credits_.kind(request)
        if kind not in self._costs:
            appraisal = credits_.appraisal(request)
            appraised = credits_.cost(await appraise(appraisal)) if appraisal else None
            self._costs.setdefault(kind, appraised or 0.0)
        await self._limiter.acquire(min(self._costs[kind], credits_.capacity))
        await self._shortage_over()
        answer = await send(request)
        charged = credits_.cost(answer)
        if charged is not None and credits_.shortage(answer) is None:
            self._costs[kind] = charged
        return answer

    async def _shortage_over(self) -> None:
        """Waits until the moment that the vendor named last, which may move on meanwhile."""
        left = self._short_until - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)
            await self._shortage_over()
