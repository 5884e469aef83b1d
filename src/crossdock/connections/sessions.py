"""Signing in: a password opens a session, whose cookie then opens what an API key would.

The cookie's value is 256 random bits and stored as a digest. The token against forged requests (CSRF) is made
from it, so that a page of another site, which cannot read either, cannot send it along.
"""

import asyncio
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import sqlalchemy as sa

from crossdock.connections.access import LONGEST_SECRET, Caller, Role
from crossdock.connections.keys import digest
from crossdock.connections.passwords import LONGEST, is_right
from crossdock.connector.calls import Actor, current_cause
from crossdock.errors import Forbidden, TooManyRequests, Unauthorized
from crossdock.storage import people
from crossdock.storage.database import Database
from crossdock.storage.people import UserRow

ATTEMPTS = 5
LOCKED_FOR = 15 * 60.0
"""Seconds that an address is refused after so many wrong passwords in a row."""

SEEN_EVERY = 60.0
"""Seconds after which the use of a session is written down anew."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that somebody has. `token` is the cookie's value."""

    token: str = field(repr=False)
    user: UserRow

    @property
    def csrf_token(self) -> str:
        """What requests that change something send along."""
        return hmac.new(self.token.encode(), b"crossdock csrf", hashlib.sha256).hexdigest()

    @property
    def caller(self) -> Caller:
        """The person as somebody who asks."""
        role = cast("Role", self.user.role)
        actor = Actor("user", self.user.id, self.user.email)
        return Caller(self.user.organisation_id, role == "viewer", actor, role)


class Sessions:
    """The sessions of the people who sign in: `idle` and `longest` say how long they last."""

    def __init__(self, database: Database, *, idle: timedelta, longest: timedelta) -> None:
        self._database = database
        self._idle = idle.total_seconds()
        self._longest = longest.total_seconds()

    async def sign_in(self, email: str, password: str) -> Opened:
        """Opens a session. Raises `Unauthorized`, or `TooManyRequests` while the address is locked."""
        user_id = await self._checked(email.strip().lower(), password)
        opened = None if user_id is None else await self._database.write(open_session, user_id)
        if opened is None:
            raise Unauthorized("The e-mail address or the password is not right.")
        return _noted(opened)

    async def _checked(self, email: str, password: str) -> str | None:
        """The id of the person whose password it is. Raises `TooManyRequests` while the address is locked."""
        of_address, now = digest(email), time.time()
        last = await self._database.write(people.note_attempt, of_address, now, LOCKED_FOR, ATTEMPTS)
        if last is not None:
            wait = max(1, int(last + LOCKED_FOR - now))
            raise TooManyRequests(
                f"There were {ATTEMPTS} wrong passwords in a row. Try again in {-(-wait // 60)} minutes.",
                headers={"retry-after": str(wait)},
            )
        known = await self._database.read(people.password_of, email)
        stored = None if known is None else known[1]
        right = len(password) <= LONGEST and await asyncio.to_thread(is_right, stored, password)
        if known is None or not right:
            return None
        await self._database.write(people.forget_attempts, of_address)
        return known[0]

    async def opened(self, token: str) -> Opened:
        """The session of a cookie. Raises `Unauthorized` when it is unknown or over."""
        now = time.time()
        found = None
        if token and len(token) <= LONGEST_SECRET:
            found = await self._database.read(
                people.session_user, digest(token), now - self._longest, now - self._idle
            )
        if found is None:
            raise Unauthorized("The session is over; sign in again.")
        user, seen_at = found
        if seen_at < now - SEEN_EVERY:
            await self._database.write(people.see_session, digest(token), now)
        return _noted(Opened(token, user))

    async def is_password_of(self, user: UserRow, password: str) -> bool:
        """Whether it is the password of somebody. Raises `TooManyRequests` as `sign_in` does."""
        return await self._checked(user.email, password) is not None

    async def end(self, token: str) -> None:
        """Ends the session of a cookie, if there is one."""
        await self._database.write(people.end_session, digest(token))

    async def sweep(self) -> None:
        """Forgets what is over."""
        now = time.time()
        await self._database.write(people.sweep_people, now, now - self._longest, now - LOCKED_FOR)


def open_session(db: sa.Connection, user_id: str) -> Opened | None:
    """Opens a session for a person; `None` when there is none such any more."""
    token = secrets.token_urlsafe(32)
    now = time.time()
    user = people.user_by_id(db, user_id)
    if user is None or user.disabled_at is not None:
        return None
    people.add_session(db, digest(token), user_id, now)
    people.change_user(db, user_id, {"last_sign_in": now})
    return Opened(token, user)


def check_csrf(opened: Opened, given: str | None) -> None:
    """Raises `Forbidden` when a request that changes something does not prove that the page sent it."""
    if given is None or not hmac.compare_digest(given.encode(), opened.csrf_token.encode()):
        raise Forbidden("The header x-crossdock-csrf is missing or not that of the session.")


def _noted(opened: Opened) -> Opened:
    cause = current_cause()
    if cause is not None:
        caller = opened.caller
        cause.organisation_id, cause.actor = caller.organisation_id, caller.actor
        cause.secrets.update({opened.token, opened.csrf_token})
    return opened
