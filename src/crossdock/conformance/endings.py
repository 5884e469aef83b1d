"""A vendor whose pages never end does not hang a write.

Options are one request each, and a translation may ask for more five times: a vendor that always answers the
same is asked a bounded number of times, which is what is tried here.
"""

from collections.abc import Iterator
from typing import Any

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, NotTried, expect
from crossdock.conformance.subjects import Subject
from crossdock.connector import WriteOperation
from crossdock.connector.operation import no_reads

MOST_ASKED = 200
"""Requests to the vendor for one dry run. The examples' bodies are small."""


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write that reads before it writes."""
    for write in subject.integration.writes:
        if write.reads is not no_reads:

            def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
                ends(bench, subject, write)

            yield Case(subject.slug, "endless-pages", write.action.name, run)


def ends(bench: Bench, subject: Subject, write: WriteOperation[Any]) -> None:
    """A dry run against a vendor that answers each question as it did first is answered itself."""
    if subject.stand.double is None:
        raise NotTried("a system without a double cannot be made to repeat itself")
    with bench.place(subject, stuck=True) as place:
        example = place.example(write.action.name)
        sticking = place.stick()
        answer = place.send(write, example.body, example.record_id, x_dry_run="true")
        status = answer.status_code
        expect(status < 500, f"answered {status} when pages repeat: {answer.text}")
        expect(sticking.asked <= MOST_ASKED, f"asked the vendor {sticking.asked} times when pages repeat")
