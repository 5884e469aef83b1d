"""How often each connection is used, counted in memory and written down now and then."""

import time
from collections import Counter

import sqlalchemy as sa

from crossdock.storage import accounts
from crossdock.storage.database import Database


class Usage:
    """The requests of this process; a process that is killed loses what it counted since the last flush."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: Counter[str] = Counter()

    def count(self, connection_id: str) -> None:
        """Counts one request."""
        self._counts[connection_id] += 1

    async def flush(self) -> None:
        """Adds what was counted to the connections. Raises `Unavailable`, and then nothing is lost."""
        if not self._counts:
            return
        counted, self._counts = self._counts, Counter()
        try:
            await self._database.write(_add, counted, time.time())
        except BaseException:
            self._counts.update(counted)
            raise


def _add(db: sa.Connection, counted: Counter[str], now: float) -> None:
    accounts.add_uses(db, counted, now)
