"""What all requests and answers of Business Central have in common: OData 4 with a few habits of its own.

Sources: the vendor's pages on filters, on server-driven paging (`Prefer: odata.maxpagesize`), and on error
codes (`Request_EntityChanged` is a record that somebody else changed: its ETag does not match any more).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from crossdock.connector import Account, Blame, ListPage, NotFound, Span, VendorAnswer, VendorRequest

Row = Mapping[str, Any]

GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
NO_ID = "00000000-0000-0000-0000-000000000000"
PAGE = 200
"""How many records a page may have: with the lines of each, 32 MiB are far away."""

CHANGED = "lastModifiedDateTime"
ENTITY_CHANGED = "Request_EntityChanged"
QUOTED = re.compile(r'"([A-Za-z]+)"')
INSTANT = timedelta(milliseconds=1)
"""What times in a filter are cut to."""


def entity(name: str, record_id: str, *below: str) -> str:
    """The path of one record, `/items({id})`, or of what is below it."""
    return "".join([f"/{name}({quote(record_id, safe='')})", *(f"/{part}" for part in below)])


def known_id(record_id: str) -> str:
    """The id, if it is one that Business Central can have given. Raises `NotFound`."""
    if re.fullmatch(GUID, record_id):
        return record_id
    raise NotFound("Business Central has no record with such an id.", extra={"id": record_id})


def quoted(text: str) -> str:
    """A text in a filter; a quote in it is doubled."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def collection(name: str, query: Mapping[str, str | int]) -> VendorRequest:
    """The request for a page of records."""
    return VendorRequest("GET", f"/{name}", query, headers={"prefer": f"odata.maxpagesize={PAGE}"})


def pages(
    name: str, expand: str | None = None, *, by_change: bool = True
) -> Callable[[Account, Span, Any], VendorRequest]:
    """Requests for a list. `position` is the query of the link to the next page, as the answer gave it."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        if position is not None:
            return collection(name, position)
        query: dict[str, str | int] = {}
        bounds = []
        if by_change and span.since is not None:
            bounds.append(f"{CHANGED} ge {_moment(span.since)}")
        if by_change and span.until is not None:
            bounds.append(f"{CHANGED} lt {_moment(span.until + INSTANT)}")
        if bounds:
            query["$filter"] = " and ".join(bounds)
        if expand is not None:
            query["$expand"] = expand
        return collection(name, query)

    return request


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def rows(decoded: Any) -> Sequence[Row]:
    """The records of a page. Raises `ValueError` when the answer is not one."""
    found = decoded.get("value") if isinstance(decoded, dict) else None
    if not isinstance(found, list):
        raise ValueError("the answer is not a page of records")  # noqa: TRY004
    return found


def next_query(decoded: Any) -> dict[str, str] | None:
    """The query of `@odata.nextLink`; `None` behind the last page. Its address is not followed.

    Raises `ValueError` for a link that goes nowhere.
    """
    link = decoded.get("@odata.nextLink") if isinstance(decoded, dict) else None
    if not link:
        return None
    query = dict(parse_qsl(urlsplit(str(link)).query, keep_blank_values=True))
    if not query:
        raise ValueError("the link to the next page has no query")
    return query


def page(position: Any, decoded: Any) -> ListPage:
    """The rows of an answer. Raises `ValueError` when it is no page, or one that leads to itself."""
    found, following = rows(decoded), next_query(decoded)
    if following is not None and following == position:
        raise ValueError("the page leads to itself")
    return ListPage(found, following)


def record(decoded: Any) -> Row:
    """A record. Raises `ValueError` when it has no id."""
    if not isinstance(decoded, dict) or not isinstance(decoded.get("id"), str):
        raise ValueError("the answer is not a record")  # noqa: TRY004
    return decoded


def id_of(row: Any) -> str | None:
    """The id of a row, where it has one."""
    return row.get("id") if isinstance(row, dict) and isinstance(row.get("id"), str) else None


def if_match(row: Row) -> dict[str, str]:
    """The header that lets a change through only if nobody was faster. Raises `ValueError` for no ETag."""
    etag = row.get("@odata.etag")
    if not isinstance(etag, str):
        raise ValueError("the record has no ETag")  # noqa: TRY004
    return {"if-match": etag}


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """A record that changed meanwhile is a 412 here; Business Central says it with a code."""
    if answer.status >= 400 and _error(answer).get("code") == ENTITY_CHANGED:
        return replace(answer, status=412)
    return answer


def words(answer: VendorAnswer) -> str:
    """The message of a refusal; of the token endpoint, its description."""
    said = _error(answer).get("message")
    return str(said) if said else answer.content.decode("utf-8", "replace")


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The properties that a message names in quotes: The "customerId" does not match to a Customer."""
    said = words(answer)
    return [Blame(f"/{name}", said) for name in QUOTED.findall(said)]


def _error(answer: VendorAnswer) -> Mapping[str, Any]:
    try:
        decoded = answer.json()
    except ValueError:
        return {}
    if not isinstance(decoded, dict):
        return {}
    error = decoded.get("error")
    if isinstance(error, dict):
        return error
    return {"code": error, "message": decoded.get("error_description")}
