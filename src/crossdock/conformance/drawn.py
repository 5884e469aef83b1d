"""Bodies drawn from the published document never become requests that break the vendor's specification."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable

from crossdock.conformance.bench import Bench
from crossdock.conformance.bodies import Changes, changed, changed_bodies, drawn_bodies
from crossdock.conformance.case import Case, Nonconforming
from crossdock.conformance.law import body_schema, rules, validator
from crossdock.conformance.place import Body, Place
from crossdock.conformance.subjects import Subject
from crossdock.conformance.writes import well_behaved
from crossdock.connector import WriteOperation
from crossdock.schemas.fields import NoBody

EXAMPLES = 8
"""Of either kind, for each write."""

FEW_EXAMPLES = 2
"""The same for a real system, which takes a second for what a double does in no time."""

LAW_SAYS = "The body does not follow write-info"

SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    # What is drawn is shown as it is: to shrink it would ask the double hundreds of times more.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write with a body."""
    for write in subject.integration.writes:
        if write.body is not NoBody:

            def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
                with bench.places(subject) as places:
                    drawn(places, subject, write)

            yield Case(subject.slug, "drawn", write.action.name, run)


def drawn(places: Callable[[], Place], subject: Subject, write: WriteOperation[Any]) -> None:
    """Whole bodies, and the stand's example with some fields drawn anew: see `judge` for what is right."""
    document = places().document()
    law = validator(document, write.action)
    schema = body_schema(document, write.action) or {}
    further = rules(document, write.action)
    known = subject.stand.known
    template = places().example(write.action.name).body

    is_real = subject.stand.proof == "live" and subject.stand.double is not None
    drawing = settings(SETTINGS, max_examples=FEW_EXAMPLES if is_real else EXAMPLES)

    @drawing
    @given(drawn_bodies(schema, further, known).filter(law.is_valid))
    def whole(body: Body) -> None:
        place = places()
        try_out(place, write, body, place.example(write.action.name).record_id)

    @drawing
    @given(changed_bodies(schema, further, known, template))
    def partly(changes: Changes) -> None:
        assume(law.is_valid(changed(template, changes)))
        place = places()
        example = place.example(write.action.name)
        body = changed(example.body, changes)
        if law.is_valid(body):
            try_out(place, write, body, example.record_id)

    for check in (whole, partly):
        try:
            check()
        except Unsatisfiable:
            # Rules that pick values from far apart leave drawn bodies none that satisfy them all.
            continue


def try_out(place: Place, write: WriteOperation[Any], body: Body, record_id: str) -> None:
    """Sends a body that the document allows. Raises `Nonconforming`."""
    judge(place.send(write, body, record_id), body)
    well_behaved(place)


def judge(answer: httpx.Response, body: Body) -> None:
    """A body that the document allows is taken, or refused because of what is there at the vendor.

    That is 200, a 4xx with the vendor's words, or a 404 or 422 that says which record or field the vendor's
    data contradicts. Raises `Nonconforming` for anything else.
    """
    status = answer.status_code
    if status == 200:
        return
    said = answer.json()
    if 400 <= status < 500 and said["origin"] == "integration":
        return
    specific = bool(said.get("errors")) or "id" in said
    if status in {404, 422} and specific and not said["error"].startswith(LAW_SAYS):
        return
    raise Nonconforming(f"{body}, which write-info allows, answered {status}: {answer.text}")
