"""A write about a record that the vendor does not have is refused as that, whatever its id looks like."""

from collections.abc import Iterator
from typing import Any

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.drawn import LAW_SAYS
from crossdock.conformance.subjects import Subject
from crossdock.conformance.writes import well_behaved
from crossdock.connector import WriteOperation

IDS = ("999999999", "no such record", "-1", "999999999999999999999", "\u00e9%2f..")
"""A number that a vendor could have given, and texts that are none."""


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write whose path names a record."""
    for write in subject.integration.writes:
        if write.action.parameter:

            def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
                refused(bench, subject, write)

            yield Case(subject.slug, "unheard-of", write.action.name, run)


def refused(bench: Bench, subject: Subject, write: WriteOperation[Any]) -> None:
    """With a 404 or 422, or in the vendor's own words; and no request breaks its specification."""
    with bench.places(subject) as places:
        body = places().example(write.action.name).body
        for record_id in IDS:
            place = places()
            answer = place.send(write, body, record_id)
            said = answer.json()
            status = answer.status_code
            ours = status in {404, 422} and not str(said.get("error", "")).startswith(LAW_SAYS)
            theirs = 400 <= status < 500 and said["origin"] == "integration"
            expect(ours or theirs, f"the record {record_id!r} answered {status}: {answer.text}")
            well_behaved(place)
