"""Ids of line items: the same charge has the same id in whatever file it comes, two equal charges have two.

An id is a digest of carrier, account, invoice, parcel, date, charge and amounts. Equal charges are counted,
and the second gets `-2`. The counting must remember every charge of a file; it does so in a temporary
database on disk, so that memory stays the same however long the file is.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from types import TracebackType
from typing import Self

from crossdock.carrier_invoices.lines import Money, Parcel

_CACHE = 16 * 1024
"""KiB of the temporary database that are kept in memory."""


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

    def count(self, digests: Sequence[bytes]) -> Sequence[int]:
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
