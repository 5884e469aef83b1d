"""What every answer is wrapped in, and pages of lists.

The specification describes the wrapping of reads only. That of a refusal, and the `_object` of each, are
those of the vendor's reference as the public client `distributeaid/flexport-sdk-js` has them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson

from crossdock.doubles.double import Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.flexport.client_account import API, Model

PAGE = 20
PAGING = frozenset({"page", "per", "sort", "direction"})
CODES = {400: "bad_request", 401: "unauthorized", 404: "not_found", 429: "too_many_requests"}
"""The words of the API for its statuses are not published: these are ours."""

Filter = Callable[[Model, Any], bool]


def wrapped(path: str, data: Any) -> Model:
    """A response with data."""
    return {"_object": "/api/response", "self": f"{API}{path}", "version": 2, "data": data}


def refusal(refused: Refused) -> Answer:
    """A response with an error."""
    error = {
        "_object": "/api/error",
        "status": refused.status,
        "code": CODES.get(refused.status, "error"),
        "message": refused.message,
    }
    body = {"_object": "/api/response", "self": API, "version": 2, "error": error, "data": None}
    return Answer(refused.status, orjson.dumps(body), dict(refused.headers))


def chosen(
    rows: Iterable[Model], parameters: Mapping[str, Any], filters: Mapping[str, Filter]
) -> list[Model]:
    """The rows that pass every filter asked for.

    Raises `Refused` with 501 for a parameter without a filter: to ignore it would answer something else.
    """
    asked = {name: value for name, value in parameters.items() if name not in PAGING}
    for name in asked:
        if name not in filters:
            raise Refused(f"This double does not understand the parameter {name}.", 501)
    return [row for row in rows if all(filters[name](row, value) for name, value in asked.items())]


def page(path: str, rows: Sequence[Model], parameters: Mapping[str, Any]) -> Model:
    """One page of a list, wrapped, with links to those beside it."""
    number, size = parameters.get("page", 1), parameters.get("per", PAGE)
    last = max(1, -(-len(rows) // size))

    def link(to: int) -> str:
        return f"{API}{path}?{urlencode({**parameters, 'page': to, 'per': size})}"

    data = {
        "_object": "/api/collections/paginated",
        "prev": link(number - 1) if number > 1 else None,
        "next": link(number + 1) if number < last else None,
        "total_count": len(rows),
        "data": list(rows[(number - 1) * size : number * size]),
    }
    return wrapped(path, data)
