"""What a vendor says when it refuses reaches the caller as it was said."""

import copy
from collections.abc import Iterator

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.place import new_key
from crossdock.conformance.subjects import Subject
from crossdock.doubles.stand import SampleRefusal


def cases(subject: Subject) -> Iterator[Case]:
    """One for each sample of the stand."""
    for number, sample in enumerate(subject.stand.refusals, start=1):

        def run(bench: Bench, sample: SampleRefusal = sample) -> None:
            refused(bench, subject, sample)

        yield Case(subject.slug, "refusal", f"{sample.action}-{number}", run)


def refused(bench: Bench, subject: Subject, sample: SampleRefusal) -> None:
    """Status, words and place are the vendor's, and the idempotency key may be used again."""
    with bench.place(subject) as place:
        write = place.operation(sample.action)
        example = place.example(sample.action)
        key = new_key()
        expect(place.double is not None, "a system without a double cannot be told to refuse")
        if place.double is None:
            return
        # A double counts a fault down; the stand's own has to stay as it is.
        place.double.tell(copy.copy(sample.answer))
        answer = place.send(write, example.body, example.record_id, idempotency_key=key)
        said = answer.json()
        status = answer.status_code
        as_told = status == sample.answer.status if sample.answer.status >= 400 else 400 <= status < 500
        expect(as_told, f"the vendor refused with {sample.answer.status}, the answer is {status}: {said}")
        expect(said["origin"] == "integration", f"the origin of the vendor's words is {said['origin']!r}")
        words = said["error"]
        expect(words == sample.words, f"the vendor said {sample.words!r}, the answer {words!r}")
        if sample.pointer is not None:
            found = [row["pointer"] for row in said.get("errors", ())]
            expect(found[:1] == [sample.pointer], f"the refusal is about {sample.pointer}, not {found}")
        again = place.send(write, example.body, example.record_id, idempotency_key=key)
        free = again.status_code == 200 and "idempotent-replayed" not in again.headers
        expect(free, f"the key was not free after the refusal: {again.status_code} {again.text}")
