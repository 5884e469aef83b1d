"""What a run has seen: the ids of a full list, and pages that come again."""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

CAME_AGAIN = 3
"""So many pages in a row that the run has seen before, and the list is held to be without end."""


def _number(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


class SeenIds:
    """Ids as 8 bytes each, so that a list of millions can be compared with what is stored."""

    def __init__(self, kept: bytes = b"") -> None:
        self._numbers = array("Q")
        self._numbers.frombytes(kept)
        self._in_order = False

    def add(self, ids: Iterable[str]) -> None:
        """Notes ids of records that the vendor lists."""
        self._numbers.extend(_number(record_id.encode()) for record_id in ids)
        self._in_order = False

    def missing(self, ids: Sequence[str]) -> list[str]:
        """Those that were not noted."""
        if not self._in_order:
            self._numbers = array("Q", sorted(self._numbers))
            self._in_order = True
        return [record_id for record_id in ids if not self._has(_number(record_id.encode()))]

    def _has(self, number: int) -> bool:
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number

    def encode(self) -> bytes:
        """As it is kept while the run waits."""
        return self._numbers.tobytes()


class Endless(Exception):
    """The vendor's list comes back to where it was."""


class SeenPages:
    """Notices a list that does not end."""

    def __init__(self) -> None:
        self._positions: set[int] = set()
        self._contents: set[int] = set()
        self._again = 0

    def check(self, position: bytes | None, content: Iterable[bytes]) -> None:
        """Notes where a page says that the list goes on and what stands for its rows. Raises `Endless`."""
        if position is not None:
            number = _number(position)
            if number in self._positions:
                raise Endless("the vendor says that the list goes on where it has been before")
            self._positions.add(number)
        whole = b"".join(content)
        number = _number(whole)
        self._again = self._again + 1 if whole and number in self._contents else 0
        self._contents.add(number)
        if self._again >= CAME_AGAIN:
            raise Endless(f"the last {CAME_AGAIN} pages had all come before")
