"""A body that is wrong in one place is refused at that place, and the vendor hears nothing of it."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.law import (
    Path,
    Schema,
    body_schema,
    places,
    pointer,
    schema_at,
    validator,
    value_at,
)
from crossdock.conformance.place import Body, Place
from crossdock.conformance.subjects import Subject
from crossdock.connector import WriteOperation
from crossdock.write_info.tracing import KEPT_HERE

UNKNOWN = "no_such_field"


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write."""
    for write in subject.integration.writes:

        def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
            with bench.place(subject) as place:
                refused_in_place(place, write)

        yield Case(subject.slug, "broken", write.action.name, run)


def refused_in_place(place: Place, write: WriteOperation[Any]) -> None:
    """Null, empty, wrong type, unknown and missing: each is a 422 with a pointer to it."""
    document = place.document()
    schema = body_schema(document, write.action)
    example = place.example(write.action.name)
    if schema is None:
        _refused(place, write, {UNKNOWN: 1}, example.record_id, "")
        return
    law = validator(document, write.action)
    asked = 0 if place.double is None else len(place.double.requests)
    for path, body in breakages(schema, example.body, as_form=write.action.takes_file):
        expect(not law.is_valid(body), f"write-info allows {body}")
        _refused(place, write, body, example.record_id, pointer(path))
    if place.double is not None:
        expect(len(place.double.requests) == asked, "the vendor was asked about a body that is not allowed")


def breakages(schema: Schema, body: Body, *, as_form: bool) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Bodies that are wrong in one place, and the place. A form has texts only."""
    for path in places(body):
        if path and path[0] == KEPT_HERE and len(path) > 1:
            continue
        value = value_at(body, path)
        if path:
            yield path, _changed(body, path, "")
            if not as_form:
                yield path, _changed(body, path, None)
                yield path, _changed(body, path, 3.5 if isinstance(value, str) else "x")
        if isinstance(value, Mapping):
            yield (*path, UNKNOWN), _changed(body, (*path, UNKNOWN), "x")
            for name in schema_at(schema, path).get("required", ()):
                yield (*path, name), _without(body, (*path, name))


def _refused(place: Place, write: WriteOperation[Any], body: Body, record_id: str, at: str) -> None:
    answer = place.send(write, body, record_id)
    expect(answer.status_code == 422, f"{body} wrong at {at!r} answered {answer.status_code}: {answer.text}")
    pointers = [row["pointer"] for row in answer.json()["errors"]]
    expect(at in pointers, f"{body} is wrong at {at!r}, the answer names {pointers}")


def _changed(body: Body, path: Path, value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(dict(body))
    value_at(copied, path[:-1])[path[-1]] = value
    return copied


def _without(body: Body, path: Path) -> dict[str, Any]:
    copied = copy.deepcopy(dict(body))
    del value_at(copied, path[:-1])[path[-1]]
    return copied
