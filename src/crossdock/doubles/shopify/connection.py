"""Pages of records, as Shopify's connections give them: `first` or `last`, `after` or `before`.

The cursors are ours: a record's id, in base 64. A page has at most 250 records (vendor's pagination guide).
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.doubles.shopify.declined import Declined

Record = dict[str, Any]
LARGEST_PAGE = 250


def paged(records: Sequence[Record], arguments: Mapping[str, Any], *, whole: bool) -> Record:
    """A connection. `whole` gives all of it, as bulk operations do. Raises `Declined`."""
    rows = list(reversed(records)) if arguments.get("reverse") else list(records)
    first, last = arguments.get("first"), arguments.get("last")
    start, end = 0, len(rows)
    if not whole:
        if first is None and last is None:
            raise Declined("you must provide one of first or last", "BAD_REQUEST")
        if max(first or 0, last or 0) > LARGEST_PAGE:
            raise Declined(f"a page has at most {LARGEST_PAGE} records", "BAD_REQUEST")
        start = _place(rows, arguments.get("after"), -1) + 1
        end = _place(rows, arguments.get("before"), len(rows))
        if first is not None:
            end = min(end, start + first)
        else:
            start = max(start, end - last)  # type: ignore[operator]
    edges = [{"node": row, "cursor": _cursor(row)} for row in rows[start:end]]
    info = {
        "hasNextPage": end < len(rows),
        "hasPreviousPage": start > 0,
        "startCursor": edges[0]["cursor"] if edges else None,
        "endCursor": edges[-1]["cursor"] if edges else None,
    }
    return {"pageInfo": info, "edges": edges, "nodes": [edge["node"] for edge in edges]}


def _cursor(row: Record) -> str:
    return b64encode(row["id"].encode()).decode()


def _place(rows: Sequence[Record], cursor: str | None, otherwise: int) -> int:
    if not cursor:
        return otherwise
    try:
        wanted = b64decode(cursor, validate=True).decode()
    except (NotBase64, UnicodeDecodeError) as error:
        raise Declined("Invalid cursor", "BAD_REQUEST") from error
    for place, row in enumerate(rows):
        if row["id"] == wanted:
            return place
    raise Declined("Invalid cursor", "BAD_REQUEST")
