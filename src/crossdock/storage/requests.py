"""The log of requests: rows written in batches, read by key, and deleted when they are old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crossdock.storage.accounts import organisation_ids
from crossdock.storage.latest_first import Place, cut, latest_first, within
from crossdock.storage.log_tables import requests

LOOKED_AT = 20_000
"""Rows that one page goes through, when it looks for what no index finds."""

MOST_VENDOR_CALLS = 200
"""Of one request."""

BODIES = ("request_headers", "response_headers", "request_body", "response_body", "truncated")
BRIEF = [column for column in requests.c if column.name not in BODIES]


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which rows of an organisation are wanted; `None` is any. Times are epoch seconds."""

    organisation_id: str
    kind: str | None = None
    request_id: str | None = None
    connection_id: str | None = None
    status_from: int | None = None
    path: str | None = None
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the latest first; `more_after` is where the next page begins, `None` when there is none."""

    rows: Sequence[sa.Row[Any]]
    more_after: Place | None


def add(db: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows."""
    db.execute(requests.insert(), rows)


def page(db: sa.Connection, wanted: RequestFilter, after: Place | None, limit: int) -> Page:
    """Rows behind a place. Where a text is looked for, a page may have fewer than `limit` and be followed."""
    query = sa.select(*BRIEF).where(*_indexed(wanted))
    query = latest_first(query, requests.c.at, requests.c.id, after)
    if wanted.path is None:
        return Page(*cut(db.execute(query.limit(limit + 1)).all(), limit))
    near = query.limit(LOOKED_AT).subquery()
    position = sa.func.instr if db.dialect.name == "sqlite" else sa.func.strpos
    found = (
        sa.select(near)
        .where(position(near.c.url, wanted.path) > 0)
        .order_by(near.c.at.desc(), near.c.id.desc())
        .limit(limit + 1)
    )
    rows, more_after = cut(db.execute(found).all(), limit)
    if more_after is None:
        last = db.execute(query.offset(LOOKED_AT - 1).limit(1)).first()
        more_after = None if last is None else (last.at, last.id)
    return Page(rows, more_after)


def _indexed(wanted: RequestFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [requests.c.organisation_id == wanted.organisation_id]
    for column, value in (
        (requests.c.kind, wanted.kind),
        (requests.c.request_id, wanted.request_id),
        (requests.c.connection_id, wanted.connection_id),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.status_from is not None:
        conditions.append(requests.c.status >= wanted.status_from)
        if wanted.status_from >= 400:
            # The index of refusals is used where its own words are said.
            conditions.append(sa.literal_column("requests.status") >= sa.literal_column("400"))
    return [*conditions, *within(requests.c.at, wanted.since, wanted.until)]


def one(db: sa.Connection, organisation_id: str, row_id: str) -> sa.Row[Any] | None:
    """The whole row of that id, if it is the organisation's."""
    own = (requests.c.id == row_id) & (requests.c.organisation_id == organisation_id)
    return db.execute(sa.select(requests).where(own)).first()


def vendor_calls(db: sa.Connection, organisation_id: str, request_id: str) -> Sequence[sa.Row[Any]]:
    """What a request made this service ask of vendors, in the order of time."""
    query = sa.select(*BRIEF).where(
        requests.c.request_id == request_id,
        requests.c.organisation_id == organisation_id,
        requests.c.kind == "vendor",
    )
    return db.execute(query.order_by(requests.c.at, requests.c.id).limit(MOST_VENDOR_CALLS)).all()


def prune(db: sa.Connection, before: float, limit: int) -> int:
    """Deletes rows that began before a time, at most so many; how many."""
    deleted = 0
    for organisation_id in organisation_ids(db):
        old = (
            sa.select(requests.c.id)
            .where(requests.c.organisation_id == organisation_id, requests.c.at < before)
            .limit(limit - deleted)
        )
        deleted += db.execute(requests.delete().where(requests.c.id.in_(old))).rowcount
        if deleted >= limit:
            break
    return deleted
