"""The stand's example of every write is taken, stored, replayed, and does nothing as a dry run."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import orjson

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.place import Place, new_key
from crossdock.conformance.subjects import Subject
from crossdock.connector import WriteOperation
from crossdock.schemas.lists import function_of

OF_THE_COPY = {"trackstar_created_date", "trackstar_updated_date"}
"""What the stored copy of a record has besides the record itself."""


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write."""
    for write in subject.integration.writes:

        def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
            with bench.places(subject) as places:
                for step in (taken, taken, dry_run):
                    place = places()
                    step(place, write)
                    well_behaved(place)

        yield Case(subject.slug, "example", write.action.name, run)


def well_behaved(place: Place) -> None:
    """No request broke the vendor's specification. Raises `Nonconforming` naming those that did."""
    if place.double is not None:
        found = place.double.violations
        expect(not found, f"requests that break the vendor's specification: {found}")


def taken(place: Place, write: WriteOperation[Any]) -> None:
    """An example is accepted, and replayed when its key is sent again."""
    hashes = place.document()["info"]["x-schema-hashes"]
    example = place.example(write.action.name)
    key = new_key()
    answer = place.send(write, example.body, example.record_id, idempotency_key=key)
    expect(answer.status_code == 200, f"the example is refused: {answer.status_code} {answer.text}")
    said = answer.json()
    keys = {"data", "unused_fields"} | ({"id"} if write.each is None else set())
    expect(set(said) == keys, f"the answer has the keys {sorted(said)}")
    schema_hash = answer.headers.get("x-schema-hash")
    wanted = hashes[write.action.name]
    expect(schema_hash == wanted, f"x-schema-hash is {schema_hash}, write-info says {wanted}")
    _stored(place, write, said)
    again = place.send(write, example.body, example.record_id, idempotency_key=key)
    replayed = again.headers.get("idempotent-replayed") == "true" and again.content == answer.content
    expect(replayed, f"the same key was not answered alike: {again.status_code} {again.text}")


def _stored(place: Place, write: WriteOperation[Any], said: Mapping[str, Any]) -> None:
    """Every record can be read again, and has the keys of the canonical record."""
    if write.read_back is None and write.record_after is None:
        expect(said["data"] == "success", f"a write without a record answers {said['data']!r}")
        return
    if write.each is None:
        _stored_record(place, write, said["data"], said["id"])
        return
    expect(said["data"], "a write that answers many records answers none")
    for answered in said["data"]:
        _stored_record(place, write, answered, answered["id"])


def _stored_record(place: Place, write: WriteOperation[Any], answered: Any, record_id: str) -> None:
    action = write.action
    collection = f"{action.integration_type}/{action.collection}"
    stored = place.request("GET", f"/{collection}/{record_id}")
    expect(stored.status_code == 200, f"the record {record_id} cannot be read: {stored.text}")
    record = stored.json()["data"]
    expect(record == answered, f"the stored record is another than the one answered: {record}")
    canonical = function_of(action.integration_type, action.collection).record
    wanted = {field.encode_name for field in msgspec.structs.fields(canonical)} | OF_THE_COPY
    differing = wanted ^ set(record)
    expect(not differing, f"the record has not the keys of the canonical one: {sorted(differing)}")
    expect(record["id"] == record_id, f"id is {record_id}, the record's own is {record['id']}")


def dry_run(place: Place, write: WriteOperation[Any]) -> None:
    """A dry run shows requests and sends none of them."""
    example = place.example(write.action.name)
    double = place.double
    known = 0 if double is None else len(double.requests)
    answer = place.send(write, example.body, example.record_id, x_dry_run="true")
    expect(answer.status_code == 200, f"the dry run is refused: {answer.status_code} {answer.text}")
    said = answer.json()
    expect(said.get("dry_run") is True and "vendor_request" in said, f"no dry run is answered: {said}")
    if double is None:
        return
    received = [
        (request.method, request.body) for request in list(double.requests)[known:] if request.method != "GET"
    ]
    for shown in [said["vendor_request"], *said.get("further_vendor_requests", ())]:
        for method, body in received:
            sent = method == shown["method"] and _decoded(body) == shown.get("body")
            expect(not sent, f"the dry run sent {method} {shown['url']}")


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:
        return None
