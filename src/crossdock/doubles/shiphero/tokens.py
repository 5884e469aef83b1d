"""Who may call: a refresh token that does not change gives access tokens that last 28 days.

`POST /auth/refresh` and its answer, `expires_in` of 2419200 seconds among it, are in public clients, and so
is 401 for a token that is not accepted. The bodies of refusals are ours.
"""

import time
from collections.abc import Callable
from typing import Any

from crossdock.doubles.double import Refused

LASTS = 2_419_200
"""Seconds, 28 days."""


class Tokens:
    """Access tokens and when they end. `refresh_token` of `None` accepts any."""

    def __init__(self, refresh_token: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._refresh_token = refresh_token
        self._clock = clock
        self._ends: dict[str, float] = {}
        self.lasts = LASTS

    def refresh(self, asked: Any) -> dict[str, Any]:
        """A new access token for a body with a refresh token. Raises `Refused`."""
        given = asked.get("refresh_token") if isinstance(asked, dict) else None
        if not isinstance(given, str) or not given or self._refresh_token not in (None, given):
            raise Refused("Invalid refresh token", 403)
        token = f"access-{len(self._ends) + 1}"
        self._ends[token] = self._clock() + self.lasts
        return {
            "access_token": token,
            "expires_in": self.lasts,
            "scope": "openid profile offline_access",
            "token_type": "Bearer",
        }

    def check(self, authorization: str) -> None:
        """Raises `Refused` for an `Authorization` header without a token that is good now."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or self._ends.get(token, float("-inf")) <= self._clock():
            raise Refused("Unauthorized", 401, {"www-authenticate": "Bearer"})

    def expire(self) -> None:
        """Ends every access token that was given out."""
        self._ends = dict.fromkeys(self._ends, float("-inf"))
