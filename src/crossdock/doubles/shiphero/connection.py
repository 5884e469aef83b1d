"""Pages of records, as ShipHero's connections give them.

The cursors are ours: a record's place in the list. `sort` takes a field's name, with `-` before it for the
other direction, as in the vendor's examples.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.doubles.shiphero.credits import PAGE
from crossdock.doubles.shiphero.declined import Declined

Record = dict[str, Any]


def paged(records: Sequence[Record], arguments: Mapping[str, Any]) -> Record:
    """A connection: `pageInfo`, `edges` and `total_count`. Raises `Declined` for a cursor or a sort it does
    not know."""
    if arguments.get("search") is not None:
        raise Declined("This double does not search")
    rows = _sorted(list(records), arguments.get("sort"))
    start = _place(arguments.get("after"), -1) + 1
    end = _place(arguments.get("before"), len(rows))
    first, last = arguments.get("first"), arguments.get("last")
    if last is not None:
        start = max(start, end - last)
    else:
        end = min(end, start + (PAGE if first is None else first))
    edges = [{"node": row, "cursor": _cursor(place)} for place, row in enumerate(rows)][start:end]
    info = {
        "hasNextPage": end < len(rows),
        "hasPreviousPage": start > 0,
        "startCursor": edges[0]["cursor"] if edges else None,
        "endCursor": edges[-1]["cursor"] if edges else None,
    }
    return {"pageInfo": info, "edges": edges, "total_count": len(rows)}


def _sorted(rows: list[Record], by: str | None) -> list[Record]:
    if not by:
        return rows
    name = by.removeprefix("-")
    if rows and name not in rows[0]:
        raise Declined(f"Cannot sort by {name}")
    return sorted(rows, key=lambda row: str(row[name] or ""), reverse=by.startswith("-"))


def _cursor(place: int) -> str:
    return b64encode(f"cursor:{place}".encode()).decode()


def _place(cursor: str | None, otherwise: int) -> int:
    if not cursor:
        return otherwise
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix("cursor:"))
    except (NotBase64, UnicodeDecodeError, ValueError) as error:
        raise Declined("Invalid cursor") from error
