"""How a list of Ongoing is read to its end: by id.

The vendor's page "Paginating responses from the API": an answer has at most as many records as are asked for,
the next one begins behind the highest id, and the end is an empty one. 1000 is its example of a page. The
most that Ongoing gives is not told, so a short page is not taken for the last one.
"""

from collections.abc import Callable, Sequence
from typing import Any

from crossdock.connector import Account, ListPage, Span, VendorRequest
from crossdock.connector.vendor import QueryValue
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id

PAGE = 1000

IdOf = Callable[[Any], Any]


def rows_of(decoded: Any) -> list[Any]:
    """The rows of an answer. Raises `ValueError` when it is no list."""
    if not isinstance(decoded, list):
        raise ValueError("the answer is not a list")  # noqa: TRY004
    return decoded


def ids_of(rows: Sequence[Any], id_of: IdOf) -> list[int]:
    """The ids of rows; a row that has none is left out."""
    found = []
    for row in rows:
        try:
            found.append(id_of(row))
        except (KeyError, TypeError):
            continue
    return [number for number in found if isinstance(number, int)]


def behind(rows: Sequence[Any], id_of: IdOf) -> int | None:
    """The id that the next page begins at; `None` at the end.

    Raises `ValueError` for rows of which none has an id: they would be read again and again.
    """
    if not rows:
        return None
    if not (ids := ids_of(rows, id_of)):
        raise ValueError("no row of the answer has an id")
    return max(ids) + 1


def page_query(account: Account, id_from: str, most: str, start: int | None) -> dict[str, QueryValue]:
    """The parameters of a page; `id_from` and `most` are the list's names for its start and its length."""
    query: dict[str, QueryValue] = {"goodsOwnerId": goods_owner_id(account), most: PAGE}
    return query if start is None else {**query, id_from: start}


def every(path: str, id_from: str, most: str) -> Callable[[Account, Span, Any], VendorRequest]:
    """Requests for all records; a position is an id."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", path, page_query(account, id_from, most, position))

    return request


def pages(id_of: IdOf) -> Callable[[Any, Any], ListPage]:
    """What is made of the answers to them."""

    def page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
        rows = rows_of(decoded)
        return ListPage(rows, behind(rows, id_of))

    return page
