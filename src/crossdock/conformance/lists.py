"""Every list can be read to its end, and is what the catalog says of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, Nonconforming, expect
from crossdock.conformance.place import Place
from crossdock.conformance.subjects import Subject
from crossdock.conformance.writes import OF_THE_COPY, well_behaved
from crossdock.connector import ListOperation, Span, WriteOperation
from crossdock.connector.listing import EVERYTHING
from crossdock.errors import VendorError
from crossdock.records.canonical import TAGS, CanonicalRecord, NotCanonical, canonical
from crossdock.write_info.implemented import implemented_fields

MOST_PAGES = 200
FAR = timedelta(days=3650)
DATES = {"created_date", "updated_date"}


def cases(subject: Subject) -> Iterator[Case]:
    """One for each list."""
    for listing in subject.integration.lists:

        def run(bench: Bench, listing: ListOperation = listing) -> None:
            with bench.place(subject) as place:
                readable(bench, place, listing)

        yield Case(subject.slug, "list", listing.function.name, run)


def readable(bench: Bench, place: Place, listing: ListOperation) -> None:
    """All pages arrive, every row is a record, and no field is filled that is said not to be."""
    name = listing.function.name
    written = written_before(place, listing)
    shape = shape_of(listing)
    records: dict[str, dict[str, Any]] = {}
    for row in rows(bench, place, listing, EVERYTHING):
        made = translated(listing, row)
        expect(made.id not in records, f"{name} has {made.id} twice")
        record = records[made.id] = orjson.loads(made.data)
        shows_no_secret(place, made.data + made.raw, f"{made.id} of {name}")
        beyond = list(unforeseen(record, shape, ""))
        expect(not beyond, f"{name} fills {beyond}, which implemented_fields says it does not")
        if listing.follows_changes:
            # A row that does not tell its last change moves no cursor.
            moment = made.updated_date or "0000-00-00T00:00:00Z"
            expect(len(moment) == 20 and moment.endswith("Z"), f"updated_date of {made.id} is {moment!r}")
    expect(records, f"{name} is empty, so nothing is proved of it")
    for record in written:
        same_record(records, record, name)
    if listing.follows_changes:
        future = Span(since=datetime.now(UTC) + FAR)
        late = list(rows(bench, place, listing, future))
        expect(not late, f"{name} has {len(late)} rows that changed in ten years")
    well_behaved(place)


def shape_of(listing: ListOperation) -> Mapping[str, Any]:
    """What the catalog says of the list's fields. Raises `Nonconforming` for samples that are no records."""
    try:
        return implemented_fields(listing)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Nonconforming(f"a sample of {listing.function.name} is no record: {error}") from error


def written_before(place: Place, listing: ListOperation) -> Sequence[Mapping[str, Any]]:
    """What a write answers that makes records of the list, if there is one that answers records."""
    create = maker(place.subject, listing)
    if create is None:
        return ()
    data = place.accepted(create, place.example(create.action.name))["data"]
    if data == "success":
        return ()
    return data if isinstance(data, list) else [data]


def maker(subject: Subject, listing: ListOperation) -> WriteOperation[Any] | None:
    """The first write that makes a record of the kind that a list has."""
    for write in subject.integration.writes:
        action = write.action
        if action.collection == listing.function.collection and action.parameter is None:
            return write
    return None


def translated(listing: ListOperation, row: Any) -> CanonicalRecord:
    """The record of a row. Raises `Nonconforming`."""
    try:
        made = canonical(listing.record, row)
    except NotCanonical as error:
        raise Nonconforming(f"a row of {listing.function.name} is no record: {error.reason}") from error
    foretold = listing.id_of(row)
    expect(foretold in {None, made.id}, f"id_of foretells {foretold}, the record's id is {made.id}")
    return made


def same_record(records: Mapping[str, Any], written: Mapping[str, Any], name: str) -> None:
    """The record that a write answered is listed as the same; dates that the list does not tell aside."""
    listed = records.get(written["id"])
    if listed is None:
        raise Nonconforming(f"{written['id']} was written, and {name} does not have it")
    untold = {field for field in DATES if not listed[field]}
    compared = written.keys() - OF_THE_COPY - {TAGS} - untold
    differing = {field: (written[field], listed.get(field)) for field in compared}
    differing = {field: both for field, both in differing.items() if both[0] != both[1]}
    expect(not differing, f"{name} has {written['id']} otherwise than the write answered it: {differing}")


def rows(bench: Bench, place: Place, listing: ListOperation, span: Span) -> Iterator[Any]:
    """The rows of every page; positions are kept as JSON in between. Raises `Nonconforming`."""
    name = listing.function.name
    position = None
    for _ in range(MOST_PAGES):
        request = listing.request(place.account, span, position)
        shows_no_secret(place, repr(request).encode(), f"a request of {name}")
        try:
            page = bench.list_page(place, listing, span, position)
        except VendorError as error:
            well_behaved(place)
            raise Nonconforming(f"{name} cannot be read: {error.message}") from error
        yield from page.rows
        try:
            position = orjson.loads(orjson.dumps(page.next))
        except TypeError as error:
            raise Nonconforming(f"{name} goes on at {page.next!r}, which is no JSON value") from error
        if position is None:
            return
    raise Nonconforming(f"{name} has more than {MOST_PAGES} pages")


def shows_no_secret(place: Place, shown: bytes, what: str) -> None:
    """Raises `Nonconforming` when a secret of the account stands in it."""
    for secret in place.secrets:
        expect(secret.encode() not in shown, f"{what} shows a secret")


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
