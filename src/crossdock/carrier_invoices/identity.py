"""Ids of line items: the same charge has the same id in whatever file it comes, two equal charges have two.

An id is a digest of carrier, account, invoice, parcel, date, charge and amounts. Equal charges are counted,
and the second gets `-2`. Equal charges have the same parcel, and nearly every file has the charges of a
parcel one after the other: `WithinParcels` counts them there, and notices when a parcel comes again. Then the
counting must remember every charge of the file, which `Occurrences` does in a temporary database on disk.
Memory stays the same in both, however long the file is.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct
from types import TracebackType
from typing import Self

from crossdock.carrier_invoices.lines import Money, Parcel

_CACHE = 4 * 1024
"""KiB of the temporary database that are kept in memory."""

_FILTER_BITS = 1 << 27
_MASK = _FILTER_BITS - 1
_MOST_OF_A_PARCEL = 10_000
_FOUR_NUMBERS = Struct("4I").unpack


def digest(carrier: str, parcel: Parcel, money: Money) -> bytes:
    """16 bytes that identify a charge, equal charges having equal ones.

    Amounts count by value: `8.50` in one file and `8.5` in another are the same charge.
    """
    text = (
        f"{carrier}\x1f{parcel.account_id}\x1f{parcel.invoice_id}\x1f{parcel.tracking_number}\x1f"
        f"{parcel.transaction_date}\x1f{money.code}\x1f{money.description}\x1f"
        f"{parcel.currency}\x1f{_value(money.gross)}\x1f{_value(money.net)}"
    )
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _value(amount: object) -> str:
    text = str(amount)
    return text.rstrip("0").rstrip(".") if "." in text else text


Group = tuple[str | None, ...]


def group(parcel: Parcel) -> Group:
    """What all charges that could be equal share."""
    return parcel.tracking_number, parcel.group, parcel.invoice_id, parcel.account_id


class WithinParcels:
    """Counts equal charges among those of a parcel that come one after the other.

    A Bloom filter of 16 MB remembers the parcels. It never misses one that came before; of a million parcels
    it takes about one for one of those, which costs time and changes no result.
    """

    def __init__(self) -> None:
        self._filter = bytearray(_FILTER_BITS // 8)
        self._group: Group = ()
        self._seen: dict[bytes, int] = {}

    def count(self, groups: Sequence[Group], digests: Sequence[bytes]) -> Sequence[int] | None:
        """For each digest the how-manieth of its kind it is; `None` when a parcel seems to come again."""
        counted = []
        seen = self._seen
        for name, one in zip(groups, digests, strict=True):
            if name != self._group:
                if self._came_before(name):
                    return None
                self._group = name
                seen = self._seen = {}
            times = seen[one] = seen.get(one, 0) + 1
            counted.append(times)
        return counted if len(seen) <= _MOST_OF_A_PARCEL else None

    def _came_before(self, name: Group) -> bool:
        text = "\x1f".join(map(str, name)).encode("utf-8", "surrogatepass")
        a, b, c, d = _FOUR_NUMBERS(blake2b(text, digest_size=16).digest())
        bits = self._filter
        came = True
        for number in (a & _MASK, b & _MASK, c & _MASK, d & _MASK):
            at, bit = number >> 3, 1 << (number & 7)
            if not bits[at] & bit:
                came = False
                bits[at] |= bit
        return came


class Occurrences:
    """Counts how often each digest came before in one file.

    A row of the table is a digest, how often it came, and the batch in which it came first. Batches without
    a digest that came before, which nearly all are, cost one statement.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        # Nothing is ever rolled back, and without a journal a batch copies no pages.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE seen (digest INTEGER PRIMARY KEY, times INTEGER, batch INTEGER)")
        self._batch = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def count(self, groups: Sequence[Group], digests: Sequence[bytes]) -> Sequence[int]:  # noqa: ARG002
        """For each digest the how-manieth of its kind it is, beginning with 1."""
        self._batch += 1
        keys = [int.from_bytes(one[:8], "big", signed=True) for one in digests]
        self._db.execute("BEGIN")
        inserted = self._db.executemany(
            f"INSERT OR IGNORE INTO seen VALUES (?, 1, {self._batch})",  # noqa: S608  (a number of ours)
            [(key,) for key in sorted(keys)],
        ).rowcount
        counted = [1] * len(keys) if inserted == len(keys) else self._count_each(keys)
        self._db.execute("COMMIT")
        return counted

    def _count_each(self, keys: Sequence[int]) -> Sequence[int]:
        came: dict[int, int] = {}
        counted = []
        for key in keys:
            if key not in came:
                times, batch = self._db.execute(
                    "SELECT times, batch FROM seen WHERE digest = ?", (key,)
                ).fetchone()
                came[key] = 0 if batch == self._batch else times
            came[key] += 1
            counted.append(came[key])
        self._db.executemany(
            "UPDATE seen SET times = ? WHERE digest = ?",
            [(times, key) for key, times in came.items() if times > 1],
        )
        return counted


def line_id(digested: bytes, occurrence: int) -> str:
    """The id of the charge with that digest."""
    return digested.hex() if occurrence == 1 else f"{digested.hex()}-{occurrence}"
