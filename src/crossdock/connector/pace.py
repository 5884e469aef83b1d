"""Keeping to what a vendor lets one account send: waiting before a request, not after a refusal."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from crossdock.connector.purse import Purse
from crossdock.connector.vendor import VendorAnswer, VendorRequest

SHORTAGES = 5
"""How often one request is tried again after it was refused for lack of credits."""

BURST = 0.1
"""The part of a rate that may be sent at once; the rest is spread, so that no window has more than that."""

Send = Callable[[VendorRequest], Awaitable[VendorAnswer]]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `requests` in any `seconds`."""

    requests: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Standing:
    """An account's own purse as an answer tells of it: what it can hold, holds, and gets back a second."""

    capacity: float
    available: float
    per_second: float


def nothing_told(answer: VendorAnswer) -> Standing | None:  # noqa: ARG001
    """For vendors whose accounts all have the same purse, and do not tell how full it is."""
    return None


@dataclass(frozen=True, slots=True)
class Credits:
    """A purse that holds `capacity` credits and is refilled at `per_second`; each request costs some.

    Requests of the same `kind` cost about the same. The cost of a kind that was never sent is asked for with
    `appraisal(request)`, which the vendor answers free of charge and without effect; where there is no such
    request (`None`) the first one is sent and its answer tells. `most(answer)` is how many credits the vendor
    wants to be there for such a request, and `cost(answer)` how many it charged; `None` when the answer does
    not say. `shortage(answer)` is for how many seconds to wait when the request was refused for lack of
    credits, and so had no effect; or else `None`. `standing(answer)` is the account's own purse where answers
    tell of it: it takes the place of `capacity` and `per_second`.
    """

    capacity: float
    per_second: float
    kind: Callable[[VendorRequest], str]
    appraisal: Callable[[VendorRequest], VendorRequest | None]
    most: Callable[[VendorAnswer], float | None]
    cost: Callable[[VendorAnswer], float | None]
    shortage: Callable[[VendorAnswer], float | None]
    standing: Callable[[VendorAnswer], Standing | None] = nothing_told


class Pacer:
    """Holds the requests of one account back as long as it takes. First come, first served."""

    def __init__(self, pace: Credits | Rate) -> None:
        self._pace = pace
        if isinstance(pace, Rate):
            burst = max(1.0, pace.requests * BURST)
            self._purse = Purse(burst, (pace.requests - burst) / pace.seconds)
        else:
            self._purse = Purse(pace.capacity, pace.per_second)
        self._most: dict[str, float] = {}
        self._short_until = 0.0

    async def send(self, request: VendorRequest, send: Send, appraise: Send) -> VendorAnswer:
        """The answer to a request, sent when it may be; `appraise` sends what has no effect.

        A shortage that does not end is answered as it is.
        """
        if isinstance(self._pace, Rate):
            await self._purse.take(1)
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
        if kind not in self._most:
            appraisal = credits_.appraisal(request)
            appraised = credits_.most(await appraise(appraisal)) if appraisal else None
            self._most.setdefault(kind, appraised or 0.0)
        # What the vendor may charge has to be there, also where it then charges less.
        set_aside = await self._purse.take(self._most[kind])
        await self._shortage_over()
        answer = await send(request)
        if (standing := credits_.standing(answer)) is not None:
            self._purse.resize(standing.capacity, standing.per_second)
        if credits_.shortage(answer) is not None:
            self._purse.give_back(set_aside)
            return answer
        charged = credits_.cost(answer)
        if charged is not None:
            self._purse.give_back(set_aside - charged)
        if standing is not None:
            # Whoever else spends of the same purse is seen only here.
            self._purse.lower_to(standing.available)
        self._most[kind] = credits_.most(answer) or self._most[kind]
        return answer

    async def _shortage_over(self) -> None:
        """Waits until the moment that the vendor named last, which may move on meanwhile."""
        left = self._short_until - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)
            await self._shortage_over()
