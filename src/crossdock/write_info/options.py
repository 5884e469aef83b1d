"""What an account accepts, read from the vendor and kept for a while.

Kept per connection, in memory and in the database. Read once however many requests wait for it. When
the vendor does not answer, the last values that are known are served, with their age.
"""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from cachetools import LRUCache

from crossdock.connections.access import Connection
from crossdock.connector import Choices, LeftOut, Option, VendorRequest
from crossdock.connector.pool import VendorPool
from crossdock.errors import Unavailable, VendorError
from crossdock.storage import options as stored
from crossdock.storage.database import Database

REMEMBERED = 10_000
MOST_PAGES = 100
PAUSE_AFTER_FAILURE = 15.0
"""Seconds that old values are served without asking a vendor again that just did not answer."""

SAVED_WITHIN = 1.0
"""Seconds that a caller waits for the database to keep what was read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Choices and when they were read (epoch seconds); one reading is equal to itself only."""

    choices: Choices
    read_at: float


@dataclass(slots=True)
class _Kept:
    known: Known
    good_until: float


class OptionReader:
    """Reads account options. `lifetime` is in seconds."""

    def __init__(self, database: Database, vendors: VendorPool, lifetime: float) -> None:
        self._database = database
        self._vendors = vendors
        self._lifetime = lifetime
        self._kept: LRUCache[tuple[str, str], _Kept] = LRUCache(REMEMBERED)
        self._under_way: dict[tuple[str, str], asyncio.Task[Known]] = {}

    def at_hand(self, connection: Connection, names: Sequence[str]) -> Mapping[str, Known] | None:
        """The options, if every one of them is in memory and still good."""
        now = time.time()
        found = {}
        for name in names:
            kept = self._kept.get((connection.id, name))
            if kept is None or now >= kept.good_until:
                return None
            found[name] = kept.known
        return found

    async def read(self, connection: Connection, names: Sequence[str]) -> Mapping[str, Known]:
        """The options. Raises `VendorError` when nothing is known of one and the vendor does not answer."""
        found = await asyncio.gather(*(self._read_one(connection, name) for name in names))
        return dict(zip(names, found, strict=True))

    async def _read_one(self, connection: Connection, name: str) -> Known:
        key = (connection.id, name)
        kept = self._kept.get(key)
        if kept is not None and time.time() < kept.good_until:
            return kept.known
        if key not in self._under_way:
            task = asyncio.create_task(self._renew(connection, connection.integration.option(name)))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(self._under_way[key])

    async def _renew(self, connection: Connection, option: Option) -> Known:
        key = (connection.id, option.name)
        last = await self._last_known(connection, option)
        if last is not None and last.read_at + self._lifetime > time.time():
            self._kept[key] = _Kept(last, last.read_at + self._lifetime)
            return last
        try:
            known = Known(await self._ask_vendor(connection, option), time.time())
        except VendorError as error:
            if last is None:
                raise
            log.warning("%s: serving %s as last known: %s", connection, option.name, error.message)
            self._kept[key] = _Kept(last, time.time() + PAUSE_AFTER_FAILURE)
            return last
        await self._store(connection, option, known)
        self._kept[key] = _Kept(known, known.read_at + self._lifetime)
        return known

    async def _store(self, connection: Connection, option: Option, known: Known) -> None:
        """Keeps the values for other processes; a database that cannot is no reason not to serve them."""
        text = _encode(known.choices)
        saving = asyncio.ensure_future(
            self._database.write(stored.save_choices, connection.id, option.name, text, known.read_at)
        )
        saving.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            async with asyncio.timeout(SAVED_WITHIN):
                await asyncio.shield(saving)
        except (TimeoutError, Unavailable):
            log.warning("%s: %s could not be kept in the database", connection, option.name)

    async def _last_known(self, connection: Connection, option: Option) -> Known | None:
        row = await self._database.read(stored.load_choices, connection.id, option.name)
        return None if row is None else Known(_decode(row[0]), row[1])

    async def _ask_vendor(self, connection: Connection, option: Option) -> Choices:
        """Any failure is a 502 here: to the caller of write-info a refusal is as good as no answer."""
        vendor = self._vendors.client(connection.integration, connection.account)
        name = connection.integration.display_name
        pages: list[Choices] = []
        request: VendorRequest | None = option.request(connection.account)
        try:
            while request is not None and len(pages) < MOST_PAGES:
                answer = await vendor.read_json(request)
                pages.append(option.parse(answer))
                request = option.following(answer)
        except VendorError as error:
            raise VendorError(error.message, extra=error.extra, headers=error.headers) from error
        except ValueError as error:
            raise VendorError(f"{name}'s answer about {option.name} was not understood: {error}.") from error
        if request is not None:
            raise VendorError(f"{name} has more than {MOST_PAGES} pages of {option.name}.")
        rows = [row for page in pages for row in page.rows]
        return Choices(rows, [left for page in pages for left in page.left_out])


def _encode(choices: Choices) -> str:
    left_out = [[left.value, left.reason] for left in choices.left_out]
    return orjson.dumps({"rows": [dict(row) for row in choices.rows], "left_out": left_out}).decode()


def _decode(text: str) -> Choices:
    kept = orjson.loads(text)
    return Choices(kept["rows"], [LeftOut(*pair) for pair in kept["left_out"]])
