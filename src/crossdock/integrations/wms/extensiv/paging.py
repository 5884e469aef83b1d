"""How a list of Extensiv is read to its end. The sources are in the README of the double's specification.

Orders, receivers and items are read in the order of their last change. A page begins at the second that the
page before ended in, and what changed in that second is left to it: so what is changed or added meanwhile
moves to the end and is read there, and no page number shifts. A second in which more changed than fits on a
page (an import) is read by id. `position` is `{"from": second}`, or `{"second": second, "after": id}`.

The other lists have few resources and are read by page number; `position` is `{"page": number, "read": how
many came before}`.

Neither takes a page that is shorter than was asked for as the last one: `totalResults` tells.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.connector import Account, ListPage, Span, VendorRequest
from crossdock.integrations.wms.extensiv.hal import Model, embedded

CHANGED = "readOnly.lastModifiedDate"
LONG_AGO = "1900-01-01T00:00:00"
SECOND = timedelta(seconds=1)

Request = Callable[[Account, Span, Any], VendorRequest]
Page = Callable[[Any, Any], ListPage]
Wanted = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Collection:
    """A list whose resources tell when they were last changed.

    `rel` is the relation of a resource, `most` the largest page, and `id` the path of the id, which is also
    its name in `rql` and `sort`.
    """

    path: Callable[[Account], str]
    rel: str
    most: int
    id: str


def in_rql(moment: datetime) -> str:
    """A time as the API writes them, without a zone; what is less than a second is left out."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()


def _up_to(moment: datetime) -> str:
    """The first whole second that is not before a moment."""
    return in_rql(moment + SECOND) if moment.microsecond else in_rql(moment)


def _second_after(second: str) -> str:
    return in_rql(datetime.fromisoformat(second).replace(tzinfo=UTC) + SECOND)


def changes(collection: Collection, owned: Callable[[Account], str] | None = None, **more: str) -> Request:
    """Requests for what changed in a span. `owned` restricts the list, and `more` are further parameters."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:
        at = position or {"from": None if span.since is None else in_rql(span.since)}
        query = [owned(account)] if owned is not None else []
        query += _part(collection, at)
        if span.until is not None:
            query.append(f"{CHANGED}=lt={_up_to(span.until)}")
        parameters = {"pgsiz": str(collection.most), "pgnum": "1"}
        parameters["sort"] = collection.id if "second" in at else CHANGED
        if query:
            parameters["rql"] = ";".join(query)
        return VendorRequest("GET", collection.path(account), {**parameters, **more})

    return request


def _part(collection: Collection, at: Mapping[str, Any]) -> list[str]:
    """The predicates of a position."""
    if "second" not in at:
        return [] if at["from"] is None else [f"{CHANGED}=ge={at['from']}"]
    second, after = at["second"], f"{collection.id}=gt={at['after']}"
    if second is None:
        return [f"{CHANGED}=hv=false", after]
    return [f"{CHANGED}=ge={second}", f"{CHANGED}=lt={_second_after(second)}", after]


def changed_rows(collection: Collection, wanted: Wanted = lambda row: True) -> Page:  # noqa: ARG005
    """What is made of the answers to `changes`; rows that are not wanted are left out."""

    def page(position: Any, decoded: Any) -> ListPage:
        rows = embedded(decoded, collection.rel)
        at = position or {"from": None}
        more = has_more(decoded, len(rows))
        found = _of_second(collection, at, rows, more) if "second" in at else _of_time(at, rows, more)
        return ListPage([row for row in found.rows if wanted(row)], found.next)

    return page


def _of_time(at: Mapping[str, Any], rows: Sequence[Any], more: bool) -> ListPage:
    seconds = [_second_of(row) for row in rows]
    told = [second for second in seconds if second is not None]
    if told != sorted(told):
        raise ValueError("the rows are not in the order of their changes")
    if not more:
        return ListPage(rows)
    if not told:
        if at["from"] is not None:
            raise ValueError("no row tells when it was changed")
        return ListPage([], {"second": None, "after": 0})
    last = told[-1]
    if last == at["from"]:
        return ListPage([], {"second": last, "after": 0})
    before = [row for row, second in zip(rows, seconds, strict=True) if second != last]
    return ListPage(before, {"from": last})


def _of_second(collection: Collection, at: Mapping[str, Any], rows: Sequence[Any], more: bool) -> ListPage:
    second = at["second"]
    if not more:
        return ListPage(rows, {"from": LONG_AGO if second is None else _second_after(second)})
    return ListPage(rows, {"second": second, "after": highest(rows, collection.id)})


def highest(rows: Sequence[Any], path: str) -> int:
    """The highest id of rows. Raises `ValueError` when none has one: they would be read again and again."""
    ids = [number for number in (_at(row, path) for row in rows) if isinstance(number, int)]
    if not ids:
        raise ValueError("no row of the answer has an id")
    return max(ids)


def _second_of(row: Any) -> str | None:
    """The second of a row's last change; `None` for a row that does not tell."""
    told = _at(row, CHANGED)
    if not isinstance(told, str):
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return in_rql(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def _at(row: Any, path: str) -> Any:
    for step in path.split("."):
        row = row.get(step) if isinstance(row, dict) else None
    return row


def _total(decoded: Model) -> int:
    total = decoded.get("totalResults")
    if not isinstance(total, int):
        raise ValueError("the answer has no totalResults")  # noqa: TRY004
    return total


def has_more(decoded: Model, count: int) -> bool:
    """Whether a first page of `count` rows is not all there is. Raises `ValueError` for one without any."""
    total = _total(decoded)
    if total and not count:
        raise ValueError("the answer tells of resources and has none")
    return total > count


def numbered(
    path: str,
    most: int,
    restricted: Callable[[Account], Mapping[str, str]] = lambda account: {},  # noqa: ARG005
) -> Request:
    """Requests for a list by page number; `restricted` gives further parameters."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        at = position or {"page": 1}
        parameters = {"pgsiz": str(most), "pgnum": str(at["page"]), **restricted(account)}
        return VendorRequest("GET", path, parameters)

    return request


def numbered_rows(rel: str) -> Page:
    """What is made of the answers to `numbered`."""

    def page(position: Any, decoded: Any) -> ListPage:
        rows = embedded(decoded, rel)
        return ListPage(rows, following(position, decoded, len(rows)))

    return page


def following(position: Any, decoded: Model, count: int) -> dict[str, int] | None:
    """The position behind a numbered page of `count` rows; `None` at the end."""
    at = position or {"page": 1, "read": 0}
    read, total = at["read"] + count, _total(decoded)
    return {"page": at["page"] + 1, "read": read} if count and read < total else None
