"""What a shop has: records by global id, in the shape of the schema's types.

A record holds the records that it leads to; a connection is a list. Each change moves the shop's clock by a
second, so that what changed can be told from what did not.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.doubles.shopify.declined import Declined

Record = dict[str, Any]
PREFIX = "gid://shopify/"
PARTS = 5
OPENED = datetime(2026, 5, 1, 12, tzinfo=UTC)
FIRST_NUMBER = 1001


class Shop:
    """Tests may reach into `records`, by type and id."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = {}
        self.performed: dict[tuple[str, str], tuple[Any, Any]] = {}
        """What an idempotent mutation was asked and answered, by its name and key."""
        self._number = FIRST_NUMBER
        self._now = OPENED

    @property
    def now(self) -> str:
        """The shop's time."""
        return f"{self._now:%Y-%m-%dT%H:%M:%SZ}"

    def tick(self) -> str:
        """The next moment."""
        self._now += timedelta(seconds=1)
        return self.now

    def add(self, type_: str, **fields: Any) -> Record:
        """A new record with an id of its own."""
        number = self._number
        self._number += 1
        record = {"id": f"{PREFIX}{type_}/{number}", **fields}
        self.records.setdefault(type_, {})[record["id"]] = record
        return record

    def all(self, type_: str) -> list[Record]:
        """Every record of a type, in the order of their making."""
        return list(self.records.get(type_, {}).values())

    def find(self, type_: str, identifier: str) -> Record | None:
        """The record of an id. Raises `Declined` for what is no id of that type, as Shopify does."""
        parts = identifier.split("/")
        if len(parts) != PARTS or not identifier.startswith(f"{PREFIX}{type_}/") or not parts[-1].isdecimal():
            raise Declined(f"Invalid global id '{identifier}'", "argumentLiteralsIncompatible")
        return self.records.get(type_, {}).get(identifier)

    def touch(self, *records: Record) -> str:
        """Notes that records changed at the next moment."""
        moment = self.tick()
        for record in records:
            record["updatedAt"] = moment
        return moment


def money(amount: Any, currency: str = "USD") -> Record:
    """A `MoneyBag` of a shop that sells in its own currency."""
    one = {"amount": f"{amount:.2f}", "currencyCode": currency}
    return {"shopMoney": one, "presentmentMoney": one}


def sorted_by(records: Iterable[Record], key: Callable[[Record], Any]) -> list[Record]:
    """The records in that order, those that are alike by id."""
    return sorted(records, key=lambda record: (key(record), int(record["id"].rpartition("/")[2])))
