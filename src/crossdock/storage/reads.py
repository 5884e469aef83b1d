"""Pages of stored records, by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crossdock.storage.conditions import NUMBERS, holds, in_document
from crossdock.storage.tables import records

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of records in one page, if it has more than one."""

FIRST_LOOK = 50
"""Rows that are read before it is known how large the others may be."""

FEW = 5_000
"""Rows that are sooner found by an index of their own and sorted than by going through the whole list."""

Condition = tuple[str, str, tuple[str, ...]]
"""A filter's field, operator and values."""


@dataclass(frozen=True, slots=True)
class Page:
    """Records as UTF-8 JSON in the order of their ids; `more` tells whether others follow the last."""

    texts: Sequence[bytes]
    last_id: str
    more: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A list of one connection; `within` limits it to records in which a field has a value."""

    connection_id: str
    resource: str
    within: tuple[str, str] | None = None


def read_page(
    db: sa.Connection,
    place: Place,
    after: str,
    limit: int,
    conditions: Sequence[Condition] = (),
    ids: Sequence[str] | None = None,
) -> Page:
    """The records behind the id `after` for which every condition holds; with `ids` those of them instead."""
    sqlite = db.dialect.name == "sqlite"
    query = _query(sqlite, place)
    key: sa.ColumnElement[str] = records.c.id
    if ids is None:
        query = query.where(*(holds(sqlite, *condition) for condition in conditions))
        if sqlite and any(_is_rare(db, place, *condition) for condition in conditions):
            key = sa.literal_column("+records.id", sa.Text)
    else:
        query = query.where(records.c.id.in_(ids))
    query = query.order_by(key)
    texts: list[bytes] = []
    size, last = 0, after
    step = min(FIRST_LOOK, limit)
    while True:
        rows = db.execute(query.where(key > last).limit(step + 1)).all()
        for record_id, text in rows[:step]:
            content = text if sqlite else text.encode()
            if texts and size + len(content) > LARGEST_ANSWER:
                return Page(texts, last, more=True)
            texts.append(content)
            size += len(content)
            last = record_id
        if len(rows) <= step or len(texts) >= limit:
            return Page(texts, last, more=len(rows) > step)
        average = max(1, size // len(texts))
        step = min(limit - len(texts), max(1, (LARGEST_ANSWER - size) // average))


def _is_rare(db: sa.Connection, place: Place, field: str, operator: str, values: tuple[str, ...]) -> bool:
    """Whether few rows meet a condition that SQLite has an index for.

    SQLite knows nothing of how values are distributed and walks the primary key, whose order is asked for;
    a sign before the id takes that index from its choice.
    """
    if field in NUMBERS:
        return operator in {"eq", "in"}
    if field != "trackstar_updated_date" or operator in {"neq", "nin"}:
        return False
    some = (
        sa.select(sa.literal(1))
        .where(
            records.c.connection_id == place.connection_id,
            records.c.resource == place.resource,
            holds(True, field, operator, values),
        )
        .limit(FEW)
    )
    return len(db.execute(some).all()) < FEW


def _query(sqlite: bool, place: Place) -> sa.Select[Any]:
    # SQLite hands over the bytes that it has, where a text would be decoded and encoded again.
    data = sa.cast(records.c.data, sa.LargeBinary) if sqlite else records.c.data
    query = sa.select(records.c.id, data).where(
        records.c.connection_id == place.connection_id,
        records.c.resource == place.resource,
        records.c.deleted_at.is_(None),
    )
    if place.within is None:
        return query
    field, value = place.within
    return query.where(in_document(sqlite, field) == value)
