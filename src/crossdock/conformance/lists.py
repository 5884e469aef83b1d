"""Every list can be read to its end, and is what the catalog says of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, NotTried, expect
from crossdock.conformance.place import Place
from crossdock.conformance.subjects import Subject
from crossdock.connector import ListOperation, Span
from crossdock.connector.listing import EVERYTHING
from crossdock.records.canonical import NotCanonical, canonical
from crossdock.write_info.implemented import implemented_fields

MOST_PAGES = 200
FAR = timedelta(days=3650)


def cases(subject: Subject) -> Iterator[Case]:
    """One for each list."""
    for listing in subject.integration.lists:

        def run(bench: Bench, listing: ListOperation = listing) -> None:
            if subject.stand.double is None:
                raise NotTried("the system is inside Crossdock: its lists are read through its own tests")
            with bench.place(subject) as place:
                readable(bench, place, listing)

        yield Case(subject.slug, "list", listing.function.name, run)


def readable(bench: Bench, place: Place, listing: ListOperation) -> None:
    """All pages arrive, every row is a record, and no field is filled that is said not to be."""
    name = listing.function.name
    shape = implemented_fields(listing)
    ids = []
    for row in rows(bench, place, listing, EVERYTHING):
        try:
            made = canonical(listing.record, row)
        except NotCanonical as error:
            raise AssertionError(f"a row of {name} is no record: {error.reason}") from error
        foretold = listing.id_of(row)
        expect(foretold in {None, made.id}, f"id_of foretells {foretold}, the record's id is {made.id}")
        record = orjson.loads(made.data)
        ids.append(made.id)
        beyond = list(unforeseen(record, shape, ""))
        expect(not beyond, f"{name} fills {beyond}, which implemented_fields says it does not")
        if listing.follows_changes:
            # A row that does not tell its last change moves no cursor.
            moment = made.updated_date or "0000-00-00T00:00:00Z"
            expect(len(moment) == 20 and moment.endswith("Z"), f"updated_date of {made.id} is {moment!r}")
    expect(len(ids) == len(set(ids)), f"{name} has an id twice")
    if listing.follows_changes:
        future = Span(since=datetime.now(UTC) + FAR)
        late = list(rows(bench, place, listing, future))
        expect(not late, f"{name} has {len(late)} rows that changed in ten years")
    double = place.double
    if double is not None:
        expect(not double.violations, f"{name} breaks the specification: {double.violations[:1]}")


def rows(bench: Bench, place: Place, listing: ListOperation, span: Span) -> Iterator[Any]:
    """The rows of every page; positions are kept as JSON in between."""
    position = None
    for _ in range(MOST_PAGES):
        page = bench.list_page(place, listing, span, position)
        yield from page.rows
        position = orjson.loads(orjson.dumps(page.next))
        if position is None:
            return
    raise AssertionError(f"{listing.function.name} has more than {MOST_PAGES} pages")


def unforeseen(value: Any, shape: Any, at: str) -> Iterator[str]:
    """The places where something is filled and the shape says false."""
    if isinstance(shape, list):
        for element in value or ():
            yield from unforeseen(element, shape[0], f"{at}[]")
    elif isinstance(shape, dict) and set(shape) == {"key"}:
        for element in (value or {}).values():
            yield from unforeseen(element, shape["key"], f"{at}.*")
    elif isinstance(shape, dict):
        for name, inner in (value or {}).items():
            yield from unforeseen(inner, shape.get(name, False), f"{at}.{name}")
    elif shape is False and _is_filled(value):
        yield at.lstrip(".")


def _is_filled(value: Any) -> bool:
    """Whether a value says anything: defaults of numbers and of yes and no do not."""
    if isinstance(value, dict):
        return any(_is_filled(inner) for inner in value.values())
    return not isinstance(value, bool | int | float) and value not in (None, "", [], "USD")
