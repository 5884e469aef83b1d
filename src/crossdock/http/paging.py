"""Lists that go back in time, page by page: what their queries ask for, and where the next page begins."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from crossdock.errors import FieldFault, Unprocessable
from crossdock.reads.page_tokens import PageTokens
from crossdock.schemas.times import epoch_of
from crossdock.storage.latest_first import Place

LARGEST_PAGE = 1_000
DEFAULT_PAGE = 100
LONGEST_TEXT = 255

Check = Callable[[str], str | None]
"""What is wrong with a value, or `None`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: its filters as they were given, its window in epoch seconds, and its page."""

    filters: Mapping[str, str]
    since: float | None
    until: float | None
    limit: int
    page_token: str | None


def asked(request: Request, filters: Mapping[str, Check], *, paged: bool = True) -> Asked:
    """What a query asks for. Raises `Unprocessable` with every fault, also for a name that is not known.

    `since` and `until` are known everywhere, `limit` and `page_token` where the answer is `paged`.
    """
    of_a_page = ("limit", "page_token") if paged else ()
    query, faults = given(request, [*filters, "since", "until", *of_a_page])
    for name, check in filters.items():
        wrong = check(query[name]) if name in query else None
        if wrong is not None:
            faults.append(FieldFault(f"/{name}", wrong))
    since, until = (_moment(query, name, faults) for name in ("since", "until"))
    if since is not None and until is not None and until < since:
        faults.append(FieldFault("/until", "is before since"))
    limit = query.get("limit", str(DEFAULT_PAGE))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= LARGEST_PAGE):
        faults.append(FieldFault("/limit", f"must be a whole number from 1 to {LARGEST_PAGE}"))
    if faults:
        raise Unprocessable("The query is not accepted.", faults, location="query")
    chosen = {name: query[name] for name in filters if name in query}
    return Asked(chosen, since, until, int(limit), query.get("page_token"))


def given(request: Request, known: Sequence[str]) -> tuple[dict[str, str], list[FieldFault]]:
    """A query by its names, and what is wrong with those: not known, or given twice."""
    query: dict[str, str] = {}
    faults: list[FieldFault] = []
    for name, value in request.query_params.multi_items():
        if name not in known:
            faults.append(FieldFault(f"/{name[:LONGEST_TEXT]}", "There is no such filter.", list(known)))
        elif name in query:
            faults.append(FieldFault(f"/{name}", "is given twice"))
        query[name] = value
    return query, faults


def _moment(query: Mapping[str, str], name: str, faults: list[FieldFault]) -> float | None:
    if name not in query:
        return None
    moment = epoch_of(query[name])
    if moment is None:
        faults.append(FieldFault(f"/{name}", "must be a date-time such as 2026-01-31T00:00:00Z"))
    return moment


def a_text(value: str) -> str | None:
    """For filters that take any text."""
    good = 0 < len(value) <= LONGEST_TEXT and value.isprintable()
    return None if good else f"must be a text of 1 to {LONGEST_TEXT} characters"


def one_of(*values: str) -> Check:
    """For filters that take one of a few words."""
    return lambda value: None if value in values else f"must be one of: {', '.join(values)}"


def a_status(value: str) -> str | None:
    """For filters that take an HTTP status."""
    return None if value.isascii() and value.isdigit() and len(value) == 3 else "must be an HTTP status"


def begins_after(tokens: PageTokens, place: str, token: str | None) -> Place | None:
    """Where a page begins. Raises `Unprocessable` for a token that is not of this list."""
    if token is None:
        return None
    at, _, row_id = tokens.read(place, token).partition(" ")
    return float(at), row_id


def next_token(tokens: PageTokens, place: str, after: Place | None) -> str | None:
    """The token of the page behind a place, where there is one."""
    return None if after is None else tokens.made(place, f"{after[0]!r} {after[1]}")
