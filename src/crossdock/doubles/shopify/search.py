"""The filters of a `query` argument that the double knows, in Shopify's search syntax.

Terms with `AND` between them; a term is a field, a colon, perhaps a comparison, and a value that may be
quoted (vendor's reference "Shopify API search syntax"). What is not understood is refused with 501, so that
no filter is ignored.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from crossdock.doubles.double import Refused

Record = dict[str, Any]
_TERM = re.compile(r"(?P<field>\w+):(?P<how>>=|<=|>|<)?'?(?P<value>[^']+?)'?")
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": lambda there, wanted: there >= wanted,
    "<=": lambda there, wanted: there <= wanted,
    ">": lambda there, wanted: there > wanted,
    "<": lambda there, wanted: there < wanted,
    "": lambda there, wanted: there == wanted,
}


def updated_at(record: Record, how: str, value: str) -> bool:
    """By the time of the last change."""
    return COMPARISONS[how](datetime.fromisoformat(record["updatedAt"]), datetime.fromisoformat(value))


def product_ids(record: Record, how: str, value: str) -> bool:
    """Variants of the products with these numbers."""
    return not how and record["product"]["id"].rpartition("/")[2] in value.split(",")


Filter = Callable[[Record, str, str], bool]


def searched(records: Iterable[Record], query: str | None, **filters: Filter) -> list[Record]:
    """The records that a search finds. Raises `Refused` for a filter that is not among `filters`."""
    found = list(records)
    for term in (query or "").split(" AND "):
        if not term.strip():
            continue
        read = _TERM.fullmatch(term.strip())
        if read is None or read["field"] not in filters:
            raise Refused(f"This double does not filter by {term!r}.", 501)
        meets = filters[read["field"]]
        found = [one for one in found if meets(one, read["how"] or "", read["value"])]
    return found
