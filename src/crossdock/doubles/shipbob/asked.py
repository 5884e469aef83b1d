"""A request as the operations see it, and what all lists have in common.

A parameter that the specification has and the double does not understand is refused with 501: to ignore a
filter would be to answer something else than was asked. Lists answer 50 records unless told, 250 at most
(the vendor's documentation of products), and carry the paging headers that the specification has for returns
and receiving orders and that public clients read on products.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from crossdock.doubles.double import Refused
from crossdock.doubles.rest import Reply
from crossdock.doubles.shipbob.merchant import Channel, Merchant, Model

CHANNEL = "shipbob_channel_id"
PAGE = 50
LARGEST_PAGE = 250
OURS = frozenset({"Page", "Limit", CHANNEL})

Filter = Callable[[Model, Any], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body."""

    merchant: Merchant
    parameters: Mapping[str, Any]
    body: Any

    def writer(self, scope: str) -> Channel:
        """The channel to write to. Raises `Refused` when there is none or it lacks the scope."""
        channel = self.merchant.channels.get(self.parameters[CHANNEL])
        if channel is None or scope not in channel.scopes:
            raise Refused(f"No {scope} for this channel.", 403)
        return channel

    def reads(self, scope: str) -> Callable[[int], bool]:
        """Whether a channel's records are asked for: of the named channel, or of all. Raises `Refused`."""
        wanted = self.parameters.get(CHANNEL)
        if wanted is None:
            return lambda _: True
        self.writer(scope)
        return lambda channel_id: channel_id == wanted


def moment(text: str) -> datetime:
    """A date-time of the API; UTC where it has no offset."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def after(field: str) -> Filter:
    """Records at or after a time."""
    return lambda row, bound: row.get(field) is not None and moment(row[field]) >= moment(bound)


def before(field: str) -> Filter:
    """Records at or before a time."""
    return lambda row, bound: row.get(field) is not None and moment(row[field]) <= moment(bound)


def one_of(*path: str) -> Filter:
    """Records with one of the values in a field, which may be inside another."""

    def found(row: Model, values: Any) -> bool:
        value: Any = row
        for name in path:
            value = value[name]
        return value in values

    return found


def chosen(
    rows: Iterable[Model], parameters: Mapping[str, Any], filters: Mapping[str, Filter], *also: str
) -> list[Model]:
    """The rows that pass every filter asked for; `also` are parameters that are dealt with elsewhere.

    Raises `Refused` for a parameter without a filter.
    """
    asked = {name: value for name, value in parameters.items() if name not in OURS and name not in also}
    for name in asked:
        if name not in filters:
            raise Refused(f"This double does not understand the parameter {name}.", 501)
    return [row for row in rows if all(filters[name](row, value) for name, value in asked.items())]


def page(path: str, rows: Sequence[Any], parameters: Mapping[str, Any]) -> Reply:
    """One page of a list and the headers that say where it stands. Pages count from 1; 0 is the first too."""
    number = max(1, parameters.get("Page", 1))
    size = min(max(1, parameters.get("Limit", PAGE)), LARGEST_PAGE)
    pages = -(-len(rows) // size)
    headers = {
        "total-count": str(len(rows)),
        "total-pages": str(pages),
        "page-number": str(number),
        "page-size": str(size),
    }
    if number < pages:
        headers["next-page"] = f"{path}?{_query({**parameters, 'Page': number + 1, 'Limit': size})}"
    return Reply(list(rows[(number - 1) * size : number * size]), headers=headers)


def _query(parameters: Mapping[str, Any]) -> str:
    given = {name: value for name, value in parameters.items() if name != CHANNEL}
    return urlencode(
        {
            name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
            for name, value in given.items()
        }
    )
