"""Every declared field lands somewhere in the vendor's request, or is said to be unused."""

from collections.abc import Iterator
from typing import Any

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.declared import dotted, leaves
from crossdock.conformance.subjects import Subject
from crossdock.connector import WriteOperation
from crossdock.schemas.fields import NoBody
from crossdock.write_info.rehearsal import TEXTS, Sampler
from crossdock.write_info.schema import components, settle_account_values
from crossdock.write_info.tracing import rehearse


def cases(subject: Subject) -> Iterator[Case]:
    """One for each write with a body."""
    for write in subject.integration.writes:
        if write.body is not NoBody:

            def run(bench: Bench, write: WriteOperation[Any] = write) -> None:
                landings(bench, subject, write)

            yield Case(subject.slug, "landings", write.action.name, run)


def landings(bench: Bench, subject: Subject, write: WriteOperation[Any]) -> None:
    """Every field could be rehearsed, and one that lands nowhere is in `unused_fields` of an answer."""
    trace = rehearse(subject.integration, write)
    missing = [leaf for leaf in leaves(write.body) if leaf not in trace.landings]
    expect(not missing, f"where these fields land could not be found out: {missing}")
    nowhere = [place for place, found in trace.landings.items() if not found]
    if not nowhere:
        return
    schemas = settle_account_values(components(write.body, {}), {})
    sampler = Sampler(schemas, write.body.__name__, TEXTS[0])
    with bench.place(subject) as place:
        for leaf in nowhere:
            example = place.example(write.action.name)
            body = _with(dict(example.body), sampler.sparse(leaf), leaf.split("/")[1:])
            answer = place.send(write, body, example.record_id, x_dry_run="true")
            expect(answer.status_code == 200, f"{leaf} cannot be tried: {answer.text}")
            said = answer.json()["unused_fields"]
            expect(dotted(leaf) in said, f"{write.action.name} {leaf} lands nowhere, and is not in {said}")


def _with(body: Any, sample: Any, steps: list[str]) -> Any:
    """The body with the one field of the sample that those steps lead to."""
    if not steps or type(body) is not type(sample):
        return sample
    first, *rest = steps
    if isinstance(sample, list):
        return [_with(item, sample[0], rest) for item in body] or sample
    inner = _with(body[first], sample[first], rest) if first in body else sample[first]
    return {**body, first: inner}
