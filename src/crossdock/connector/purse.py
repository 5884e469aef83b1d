"""A purse of credits that is refilled all the time, as vendors keep one for each account."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress


class Purse:
    """Holds at most `capacity` credits, gets `per_second` of them back, and is full at first.

    `clock` gives seconds that never run backwards.
    """

    def __init__(
        self, capacity: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._clock = clock
        self._held = capacity
        self._at = clock()
        self._turn = asyncio.Lock()
        self._given_back = asyncio.Event()

    async def take(self, amount: float) -> float:
        """Takes that much, at most the capacity, as soon as it is there; first come, first served.

        What was taken.
        """
        async with self._turn:
            while (missing := min(amount, self._capacity) - self._now_held()) > 0:
                self._given_back.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(missing / self._per_second):
                        await self._given_back.wait()
            taken = min(amount, self._capacity)
            self._held -= taken
            return taken

    def resize(self, capacity: float, per_second: float) -> None:
        """Changes what the purse can hold and gets back; what was spent of it stays spent."""
        if (capacity, per_second) != (self._capacity, self._per_second):
            self._held = max(0.0, self._now_held() + capacity - self._capacity)
            self._capacity, self._per_second = capacity, per_second
            self._given_back.set()

    def lower_to(self, amount: float) -> None:
        """Holds no more than that, because somebody else spent the rest."""
        self._held = min(self._now_held(), amount)

    def give_back(self, amount: float) -> None:
        """Puts back what was taken and not spent; a negative amount is what was spent beyond it."""
        self._held = min(self._capacity, self._now_held() + amount)
        self._given_back.set()

    def _now_held(self) -> float:
        now = self._clock()
        self._held = min(self._capacity, self._held + (now - self._at) * self._per_second)
        self._at = now
        return self._held
