"""Lists that go back in time: where a row stands in one, and what comes behind a place."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

Place = tuple[float, str]
"""When a row happened, and its id."""


def within(
    at: sa.Column[float], since: float | None, until: float | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions for a window of time; `None` leaves it open."""
    if since is not None:
        yield at >= since
    if until is not None:
        yield at < until


def latest_first(
    query: sa.Select[Any], at: sa.Column[float], row_id: sa.Column[str], after: Place | None
) -> sa.Select[Any]:
    """The query's rows from the latest to the oldest, behind a place."""
    if after is not None:
        query = query.where(sa.tuple_(at, row_id) < sa.tuple_(*map(sa.literal, after)))
    return query.order_by(at.desc(), row_id.desc())


def cut(
    rows: Sequence[sa.Row[Any]], limit: int, at: str = "at"
) -> tuple[Sequence[sa.Row[Any]], Place | None]:
    """At most `limit` of the rows, and where the next page begins, when there is one.

    One row more than `limit` has to be read. `at` is the name of their time.
    """
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], (last._mapping[at], last.id)
