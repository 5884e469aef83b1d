"""Conditions of a list as SQL, which both databases answer alike."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from crossdock.storage.tables import records

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


def in_document(sqlite: bool, field: str) -> ColumnElement[Any]:
    """A field of the stored JSON, as text."""
    found: ColumnElement[Any]
    if sqlite:
        found = sa.func.json_extract(records.c.data, f"$.{field}")
    else:
        found = sa.cast(records.c.data, sa.JSON)[field].as_string()
    return found


def holds(sqlite: bool, field: str, operator: str, values: tuple[str, ...]) -> Truth:
    """Whether a filter of the contract holds for a row of `records`."""
    if field == "trackstar_tags":
        has = [_has_tag(sqlite, tag) for tag in values]
        return sa.and_(*has) if operator == "contains" else sa.not_(sa.or_(*has))
    if field in OF_THE_COPY:
        return _of_the_copy(OF_THE_COPY[field], operator, values)
    if field in YES_OR_NO and sqlite:
        # SQLite gives the numbers 0 and 1 for what JSON calls false and true.
        return sa.cast(in_document(sqlite, field), sa.Integer) == int(values[0] == "true")
    column = records.c.number if field in NUMBERS else IN_COLUMNS.get(field)
    found = in_document(sqlite, field) if column is None else column
    return _of_text(sqlite, found, operator, values)


def _of_text(sqlite: bool, column: ColumnElement[Any], operator: str, values: tuple[str, ...]) -> Truth:
    """A comparison of texts byte by byte; what is null is different from everything."""
    # Whether texts are the same does not hang on the collation, and only the column's own has an index.
    same = operator in {"eq", "neq", "in", "nin"}
    compared = column if sqlite or same else sa.collate(column, "C")
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

        tags = sa.cast(sa.cast(records.c.data, sa.JSON)["trackstar_tags"], JSONB)
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
