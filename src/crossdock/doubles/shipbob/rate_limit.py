"""ShipBob's rate limit: calls per minute in a sliding window, for each user of the API.

From the vendor's page "Rate limit": 150 calls, the headers `x-remaining-calls` and `x-retry-after` (whole
seconds), and the body of a 429. Which answers carry `x-remaining-calls` it does not say: here all do.
"""

import math
import threading
from collections import deque
from collections.abc import Callable

WINDOW = 60.0


class RateLimit:
    """Counts calls by caller. `clock` is in seconds and never runs backwards."""

    def __init__(self, calls: int, clock: Callable[[], float]) -> None:
        self._calls = calls
        self._clock = clock
        self._made: dict[str, deque[float]] = {}
        self._counting = threading.Lock()

    def count(self, caller: str) -> tuple[int, int]:
        """Counts a call: how many remain, and in how many seconds to try again; 0 when it is let through."""
        now = self._clock()
        with self._counting:
            made = self._made.setdefault(caller, deque())
            while made and made[0] <= now - WINDOW:
                made.popleft()
            if len(made) >= self._calls:
                return 0, max(1, math.ceil(made[0] + WINDOW - now))
            made.append(now)
            return self._calls - len(made), 0
