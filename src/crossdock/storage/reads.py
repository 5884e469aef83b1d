"""Pages of stored records: one query by key, whose conditions both databases answer alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from crossdock.storage.tables import records

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of records in one page, if it has more than one."""

FIRST_LOOK = 50
"""Rows that are read before it is known how large the others may be."""

Truth = ColumnElement[bool]

NUMBERS = frozenset({"order_number", "sku", "purchase_order_number"})
IN_COLUMNS = {
    "status": records.c.status,
    "reference_id": records.c.reference,
    "warehouse_customer_id": records.c.customer_id,
    "created_date": records.c.created_date,
    "updated_date": records.c.updated_date,
}
YES_OR_NO = frozenset({"active"})
OF_THE_COPY = {
    "trackstar_created_date": records.c.created_at,
    "trackstar_updated_date": records.c.updated_at,
}
UPPER = {letter: letter + 32 for letter in range(ord("A"), ord("Z") + 1)}


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
    conditions: Sequence[tuple[str, str, tuple[str, ...]]],
) -> Page:
    """The records behind an id for which every condition (field, operator, values) holds."""
    sqlite = db.dialect.name == "sqlite"
    holds = [_holds(sqlite, *condition) for condition in conditions]
    query = _query(sqlite, place).where(*holds).order_by(records.c.id)
    texts: list[bytes] = []
    size, last = 0, after
    step = min(FIRST_LOOK, limit)
    while True:
        rows = db.execute(query.where(records.c.id > last).limit(step + 1)).all()
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


def read_ids(db: sa.Connection, place: Place, ids: Sequence[str]) -> Page:
    """The records of those ids, as far as they are there."""
    sqlite = db.dialect.name == "sqlite"
    query = _query(sqlite, place).where(records.c.id.in_(ids)).order_by(records.c.id)
    texts = [text if sqlite else text.encode() for _, text in db.execute(query)]
    return Page(texts, "", more=False)


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
    return query.where(_in_document(sqlite, field) == value)


def _in_document(sqlite: bool, field: str) -> ColumnElement[Any]:
    found: ColumnElement[Any]
    if sqlite:
        found = sa.func.json_extract(records.c.data, f"$.{field}")
    else:
        found = sa.cast(records.c.data, sa.JSON)[field].as_string()
    return found


def _holds(sqlite: bool, field: str, operator: str, values: tuple[str, ...]) -> Truth:
    if field == "trackstar_tags":
        has = [_has_tag(sqlite, tag) for tag in values]
        return sa.and_(*has) if operator == "contains" else sa.not_(sa.or_(*has))
    if field in OF_THE_COPY:
        return _of_the_copy(OF_THE_COPY[field], operator, values)
    if field in YES_OR_NO and sqlite:
        # SQLite gives the numbers 0 and 1 for what JSON calls false and true.
        return sa.cast(_in_document(sqlite, field), sa.Integer) == int(values[0] == "true")
    column = records.c.number if field in NUMBERS else IN_COLUMNS.get(field)
    found = _in_document(sqlite, field) if column is None else column
    return _of_text(sqlite, found, operator, values)


def _of_text(sqlite: bool, column: ColumnElement[Any], operator: str, values: tuple[str, ...]) -> Truth:
    """A comparison of texts byte by byte; what is null is different from everything."""
    compared = column if sqlite else sa.collate(column, "C")
    if operator.endswith("-insensitive"):
        compared = sa.func.lower(compared)
        values = tuple(value.translate(UPPER) for value in values)
        operator = operator.removesuffix("-insensitive")
    value = values[0]
    within = (sa.func.instr if sqlite else sa.func.strpos)(compared, value)
    comparisons: dict[str, Truth] = {
        "eq": compared == value,
        "neq": sa.or_(column.is_(None), compared != value),
        "in": compared.in_(values),
        "nin": sa.or_(column.is_(None), compared.not_in(values)),
        "contains": within > 0,
        "not_contains": sa.or_(column.is_(None), within == 0),
        "gt": compared > value,
        "gte": compared >= value,
        "lt": compared < value,
        "lte": compared <= value,
    }
    return comparisons[operator]


def _of_the_copy(column: ColumnElement[Any], operator: str, values: tuple[str, ...]) -> Truth:
    """The copy's times have fractions that are not shown, so a date stands for its whole second."""
    seconds = [_epoch(value) for value in values]
    first = seconds[0]
    within = [sa.and_(column >= second, column < second + 1) for second in seconds]
    match operator:
        case "eq" | "in":
            return sa.or_(*within)
        case "neq" | "nin":
            return sa.not_(sa.or_(*within))
        case "gt":
            return column >= first + 1
        case "gte":
            return column >= first
        case "lt":
            return column < first
        case _:
            return column < first + 1


def _epoch(value: str) -> float:
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()


def _has_tag(sqlite: bool, tag: str) -> Truth:
    """A tag is a text, or an object of one pair that is named `key:value`."""
    shapes = list(_shapes(tag))
    if not sqlite:
        from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415  (slow to import, often not needed)

        tags = sa.cast(records.c.data, JSONB)["trackstar_tags"]
        return sa.or_(*(tags.contains(sa.cast(sa.literal([shape], sa.JSON), JSONB)) for shape in shapes))
    each = sa.func.json_each(records.c.data, "$.trackstar_tags").table_valued("value", "type")
    same = [
        (each.c.type == "text") & (each.c.value == shape)
        if isinstance(shape, str)
        else (each.c.type == "object") & (each.c.value == orjson.dumps(shape).decode())
        for shape in shapes
    ]
    return sa.exists(sa.select(sa.literal(1)).select_from(each).where(sa.or_(*same)))


def _shapes(tag: str) -> Iterator[str | dict[str, str]]:
    yield tag
    key, separator, value = tag.partition(":")
    if separator:
        yield {key: value}
