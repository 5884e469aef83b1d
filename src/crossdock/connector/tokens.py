"""Bearer tokens that an account is given for a while: kept in memory, renewed before they end."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from crossdock.connector.vendor import Token

RENEWED_BEFORE = 60.0
"""Seconds before its end that a token is no longer used, or half its lifetime where that is less."""


Ask = Callable[[str | None], Awaitable[Token]]
"""Gets a new token; told the value of the one that the vendor did not take, if that is why it is asked."""


def used_for(lifetime: float) -> float:
    """The seconds after which a token with that lifetime is no longer used."""
    return lifetime - min(RENEWED_BEFORE, lifetime / 2)


class TokenKeeper:
    """The token of one account. However many requests need one at the same time, it is asked for once."""

    def __init__(self) -> None:
        self._token: Token | None = None
        self._good_until = 0.0
        self._refused: str | None = None
        self._asking: asyncio.Task[Token] | None = None

    async def token(self, ask: Ask) -> str:
        """A token that is good; `ask` gets a new one. Raises whatever `ask` raises."""
        if self._token is not None and time.monotonic() < self._good_until:
            return self._token.value
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._renew(ask))
            self._asking.add_done_callback(self._asked)
        return (await asyncio.shield(self._asking)).value

    async def _renew(self, ask: Ask) -> Token:
        asked_at = time.monotonic()
        token = await ask(self._refused)
        self._keep(token, asked_at)
        return token

    def remember(self, token: Token) -> None:
        """Takes a token that the vendor gave just now, for something else."""
        self._keep(token, time.monotonic())

    def _keep(self, token: Token, since: float) -> None:
        self._token = token
        self._refused = None
        self._good_until = since + used_for(token.lifetime)

    def _asked(self, task: asyncio.Task[Token]) -> None:
        self._asking = None
        if not task.cancelled():
            task.exception()

    def refused(self, value: str) -> None:
        """Forgets a token that the vendor did not take."""
        if self._token is not None and self._token.value == value:
            self._token = None
            self._refused = value
