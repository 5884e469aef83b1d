"""The query of a list, read into conditions: `field[op]=value`, where a bare `field=value` is `eq`.

Operators, limits and errors: the contract's README, "Filters" and "Pagination". Where it is silent:

- `trackstar_tags[contains]=a,key:value` wants records that have every tag named, `[not_contains]` those that
  have none of them;
- `neq`, `nin` and `not_contains` hold for a record whose field is null;
- text is compared case by case, except by the operators that end in `-insensitive`, for which the letters A
  to Z are the same in both cases;
- dates may have an offset or a fraction, which are put into the contract's form.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.list_functions import DATE, DAY, ListFunction
from crossdock.schemas.times import wire_time

LARGEST_PAGE = 1_000
MOST_VALUES = 100
LONGEST_VALUE = 1_000
LONGEST_TOKEN = 2_000

PARAMETER = re.compile(r"([a-z_]{1,60})(?:\[([a-z_-]{1,30})\])?")
SEVERAL = frozenset({"in", "nin", "in-insensitive"})
YES_OR_NO = frozenset({"active"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter as it is asked for. `values` has one value unless the operator takes several, or tags."""

    field: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller wants of a list. With `ids` every condition is disregarded."""

    limit: int
    page_token: str | None
    ids: tuple[str, ...] | None
    conditions: tuple[Condition, ...]


def wanted(function: ListFunction, query: Sequence[tuple[str, str]]) -> Wanted:
    """The query of a list, as pairs in their order. Raises `Unprocessable` with every fault in it."""
    faults: list[FieldFault] = []
    limit, token, ids, seen = LARGEST_PAGE, None, None, set()
    conditions: list[Condition] = []
    for name, value in query:
        place = f"/{name[:100]}"
        if name in seen:
            faults.append(FieldFault(place, f"{name[:100]} is given more than once."))
        seen.add(name)
        try:
            if name == "limit":
                limit = _limit(value)
            elif name == "page_token":
                token = _text(value, LONGEST_TOKEN)
            elif name == "ids[in]":
                ids = _several(value)
            else:
                conditions.append(_condition(function, name, value))
        except _Fault as fault:
            faults.append(FieldFault(place, f"{name[:100]}: {fault.message}", fault.accepted))
    if faults:
        raise Unprocessable(faults[0].message, faults, location="query")
    return Wanted(limit, token, ids, tuple(conditions))


class _Fault(Exception):
    def __init__(self, message: str, accepted: object = None) -> None:
        super().__init__(message)
        self.message, self.accepted = message, accepted


def _limit(value: str) -> int:
    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= LARGEST_PAGE:
        return int(value)
    raise _Fault(f"must be a whole number from 1 to {LARGEST_PAGE}.")


def _condition(function: ListFunction, name: str, value: str) -> Condition:
    parts = PARAMETER.fullmatch(name)
    field, operator = (parts[1], parts[2] or "eq") if parts else (name, "")
    filters: Mapping[str, tuple[str, ...]] = function.filters
    if field not in filters:
        known = [*filters, "ids[in]", "limit", "page_token"]
        near = get_close_matches(field, known, n=1, cutoff=0.6)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise _Fault(f"{function.url} has no such filter.{hint}", known)
    if operator not in filters[field]:
        told = operator or name[len(field) :]
        raise _Fault(f"the operator {told[:40]} is not one of this filter's.", list(filters[field]))
    values = _several(value) if operator in SEVERAL or field == "trackstar_tags" else (_text(value),)
    if filters[field] in {DATE, DAY}:
        values = tuple(_date(one) for one in values)
    if field in YES_OR_NO and values[0] not in {"true", "false"}:
        raise _Fault("must be true or false.", ["true", "false"])
    return Condition(field, operator, values)


def _several(value: str) -> tuple[str, ...]:
    values = value.split(",")
    if len(values) > MOST_VALUES:
        raise _Fault(f"has {len(values)} values; {MOST_VALUES} are the most.")
    return tuple(_text(one) for one in values)


def _text(value: str, longest: int = LONGEST_VALUE) -> str:
    if not value:
        raise _Fault("is empty.")
    if len(value) > longest:
        raise _Fault(f"has {len(value)} characters; {longest} are the most.")
    if "\0" in value:
        raise _Fault("has a NUL character, which no record has.")
    return value


def _date(value: str) -> str:
    try:
        # In a query a plus sign that was not quoted arrives as a space.
        moment = datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", value))
        return wire_time(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise _Fault("must be a date such as 2026-01-31T00:00:00Z.") from None
