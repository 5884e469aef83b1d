"""What `quality.toml` says is so."""

from collections.abc import Iterator

from crossdock.catalog.quality import quality_of
from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.declared import failing, proof
from crossdock.conformance.subjects import Subject


def cases(subject: Subject) -> Iterator[Case]:
    """The rules, and the proof levels."""
    yield Case(subject.slug, "quality", "", lambda bench: rules_hold(bench, subject))
    yield Case(subject.slug, "proof", "", lambda bench: proof_was_earned(bench, subject))


def rules_hold(bench: Bench, subject: Subject) -> None:  # noqa: ARG001
    """A rule that is marked done passes its check."""
    quality = quality_of(subject.slug)
    wrong = failing(subject.integration, subject.stand, quality)
    expect(not wrong, f"marked done and is not: {wrong}")


def proof_was_earned(bench: Bench, subject: Subject) -> None:  # noqa: ARG001
    """The levels in `quality.toml` are those that the stand proves."""
    wrong = proof(subject.integration, subject.stand)
    expect(not wrong, f"proof levels in quality.toml: {wrong}")
