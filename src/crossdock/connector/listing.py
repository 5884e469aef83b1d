"""A list operation, declared once: how one kind of record is read from a vendor, page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from crossdock.connector.vendor import Account, VendorRequest
from crossdock.schemas.list_functions import ListFunction

if TYPE_CHECKING:
    from crossdock.connector.bulk import BulkReading


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a list that is wanted: what changed at `since` or later and before `until`.

    `None` is no bound. Both know that they are UTC.
    """

    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Span()


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows as the vendor sent them, and where the list goes on.

    `next` is any JSON value that `request` understands, `None` at the end. It is kept on disk between pages.
    """

    rows: Sequence[Any]
    next: Any = None


def no_details(account: Account, row: Any) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """For lists whose rows say everything."""
    return {}


def nothing_beside(account: Account, rows: Sequence[Any]) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """For lists that need no other list."""
    return {}


def unknown_id(joined: Any) -> str | None:  # noqa: ARG001
    """For lists whose rows have to be translated before their id is known."""
    return None


def row_alone(row: Any, details: Mapping[str, Any]) -> Any:  # noqa: ARG001
    """What is translated and kept as `raw` is the row itself."""
    return row


@dataclass(frozen=True, slots=True)
class ListOperation:
    """One list of one integration.

    The functions are pure; the sync does the talking. In order of use:

    - `request(account, span, position)`: the request for a page. `position` is `None` for the first one and
      what the page before gave as `next` for the others;
    - `page(position, decoded)`: the rows of an answer. Raises `ValueError` when it is not of the vendor's
      shape. An empty page with a `next` is allowed, for lists that are read below each row of another;
    - `beside(account, rows)`: reads that the rows of a page need together, by name;
    - `details(account, row)`: further reads that a row needs, by name, and `joined(row, decoded)` what is
      made of the row and all of that; a 404 is given as `None`;
    - `record(joined)`: the canonical record. Raises `ValueError` when the row is not of the vendor's shape;
      such a row is put aside with the reason, and the others are stored;
    - `id_of(joined)`: the id that the record will have, if that can be told without translating it: a row
      that came before, byte for byte, is then not translated again, and one that cannot be translated any
      more is not taken for gone.

    With `follows_changes` the vendor regards the span, and `updated_date` of the record is the time that
    it regards; `overlap` is how far a sync goes back behind the newest change it knows. Without it
    every sync reads the whole list, and what is not there any more is marked as deleted.

    `bulk` is how the list is read by a job of the vendor's when there is much to read: the first time, and
    for a job on demand. Its rows are like those of pages.

    `samples` are rows (joined with their details) in which the vendor says everything it can: the fields that
    are filled by them are the ones that the catalog names as implemented.
    """

    function: ListFunction
    request: Callable[[Account, Span, Any], VendorRequest]
    page: Callable[[Any, Any], ListPage]
    record: Callable[[Any], Struct]
    samples: Sequence[Any]
    details: Callable[[Account, Any], Mapping[str, VendorRequest]] = no_details
    beside: Callable[[Account, Sequence[Any]], Mapping[str, VendorRequest]] = nothing_beside
    joined: Callable[[Any, Mapping[str, Any]], Any] = row_alone
    id_of: Callable[[Any], str | None] = unknown_id
    follows_changes: bool = False
    overlap: timedelta = timedelta(minutes=5)
    bulk: "BulkReading | None" = None
