"""Shelves in plain memory, where the records of a new sandbox are made before they are kept."""

from collections import defaultdict
from collections.abc import Iterator

import orjson

from crossdock.sandbox.site import NUMBERED_BY, Kind, Record


class MemoryShelves:
    """Records as JSON text by kind and id; Python's dictionaries keep them oldest first."""

    def __init__(self) -> None:
        self._records: dict[Kind, dict[str, bytes]] = defaultdict(dict)
        self.numbers = 0

    def get(self, kind: Kind, record_id: str) -> Record | None:
        """See `Shelves.get`."""
        kept = self._records[kind].get(record_id)
        return None if kept is None else orjson.loads(kept)

    def find(self, kind: Kind, number: str) -> list[Record]:
        """See `Shelves.find`."""
        return [record for record in self.all(kind) if record[NUMBERED_BY[kind]] == number]

    def with_status(self, kind: Kind, status: str) -> list[Record]:
        """See `Shelves.with_status`."""
        return [record for record in self.all(kind) if record["status"] == status]

    def all(self, kind: Kind) -> list[Record]:
        """See `Shelves.all`."""
        return [orjson.loads(kept) for kept in self._records[kind].values()]

    def put(self, kind: Kind, record: Record) -> None:
        """See `Shelves.put`."""
        self._records[kind][record["id"]] = orjson.dumps(record)

    def next_number(self) -> int:
        """See `Shelves.next_number`."""
        self.numbers += 1
        return self.numbers

    def everything(self) -> Iterator[tuple[Kind, Record]]:
        """Every record with its kind; of each kind the oldest first."""
        for kind in self._records:
            for record in self.all(kind):
                yield kind, record
